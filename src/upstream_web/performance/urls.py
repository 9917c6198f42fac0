"""The addresses of the performance framework."""

from __future__ import annotations

from django.urls import path

from upstream_web.performance.register import INDICATORS, QUARTERS
from upstream_web.performance.views import indicators, quarters, values
from upstream_web.performance.views.parts import part_urls
from upstream_web.records.urls import register_urls

urlpatterns = [
    path("performance/values/", values.value_entry, name="value-entry"),
    path("performance/values/<int:key>/check/", values.value_check, name="value-check"),
    path("performance/<int:key>/retire/", indicators.indicator_retire, name="indicator-retire"),
    path("performance/quarters/<str:label>/freeze/", quarters.quarter_freeze, name="quarter-freeze"),
    path("performance/quarters/<int:key>/versions/<int:number>/", quarters.quarter_version, name="quarter-version"),
    *part_urls(),
    *register_urls(QUARTERS, prefix="performance/quarters"),
    *register_urls(INDICATORS, prefix="performance"),
]
