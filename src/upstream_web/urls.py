"""Every address of the site. Each part brings its own; a test holds that each has a row in the access matrix."""

from __future__ import annotations

from django.urls import include, path

PARTS = (
    "records",
    "access",
    "audit",
    "organisations",
    "guide",
    "assets",
    "measures",
    "strategy",
    "performance",
    "governance",
    "inspections",
    "duty",
    "commissioning",
    "awareness",
    "reviews",
    "geography",
    "panel_updates",
    "reports",
    "public",
    "today",
    "search",
    "api",
)

urlpatterns = [path("", include(f"upstream_web.{part}.urls")) for part in PARTS]

handler400 = "upstream_web.core.errors.bad_request"
handler403 = "upstream_web.core.errors.refused"
handler404 = "upstream_web.core.errors.not_found"
handler500 = "upstream_web.core.errors.failed"
