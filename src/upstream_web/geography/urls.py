"""Addresses of areas."""

from django.urls import path

from upstream_web.geography.views import areas, outlines

urlpatterns = [
    path("areas/", areas.area_list, name="area-list"),
    path("areas/outlines/<str:level>.json", outlines.area_outlines, name="area-outlines"),
    path("areas/<str:level>/<str:code>/", areas.area, name="area"),
]
