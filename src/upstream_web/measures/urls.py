"""Addresses of the explorer."""

from django.urls import path, re_path

from upstream_web.measures.views import downloads, measures

urlpatterns = [
    path("measures/", measures.measure_list, name="measure-list"),
    path("measures/<str:name>/", measures.measure, name="measure"),
    path("measures/<str:name>/map.json", downloads.measure_map, name="measure-map"),
    re_path(
        r"^measures/(?P<name>[^/]+)/download\.(?P<kind>csv|xlsx|ods|geojson)$",
        downloads.measure_download,
        name="measure-download",
    ),
]
