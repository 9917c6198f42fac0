"""Addresses of the audit trail."""

from django.urls import path

from upstream_web.audit.views import lines, lists

urlpatterns = [
    path("trail/", lists.trail_list, name="trail-list"),
    path("trail/export.csv", lists.trail_export, name="trail-export"),
    path("trail/check/", lists.trail_check, name="trail-check"),
    path("trail/person/", lines.trail_person, name="trail-person"),
    path("trail/lines/<int:chain>/", lines.trail_event, name="trail-event"),
]
