"""Addresses of the audit trail."""

from django.urls import path

from upstream_web.audit.views import lines, lists

urlpatterns = [
    path("account/trail/", lists.trail_list, name="trail-list"),
    path("account/trail/export.csv", lists.trail_export, name="trail-export"),
    path("account/trail/check/", lists.trail_check, name="trail-check"),
    path("account/trail/person/", lines.trail_person, name="trail-person"),
    path("account/trail/lines/<int:chain>/", lines.trail_event, name="trail-event"),
]
