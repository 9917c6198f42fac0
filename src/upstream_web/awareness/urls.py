"""Addresses of education and awareness."""

from __future__ import annotations

from django.urls import path

from upstream_web.awareness.register import (
    ACTIVITY_SESSIONS,
    CAMPAIGNS,
    CHARTERS,
    COMPLETIONS,
    COURSES,
    HEADCOUNTS,
    OBSERVATIONS,
    PACKAGES,
    PROGRAMMES,
    REACH_FIGURES,
    REQUIREMENTS,
    SESSIONS,
    SETTINGS,
    SIGN_UPS,
    TEAMS,
)
from upstream_web.awareness.views import charters, coverage, front, packages, sessions, sheets
from upstream_web.records.urls import register_urls

PACKAGE, SESSION = "education/packages/<int:key>", "education/sessions/<int:key>"
COURSE, SIGNATURE = "education/courses/<int:key>", "education/signatures/<int:key>"
TRAINING = "education/training"

urlpatterns = [
    path("education/", front.awareness, name="awareness"),
    *register_urls(PACKAGES, "education/packages"),
    path(f"{PACKAGE}/approve/", packages.package_approve, name="package-approve"),
    path(f"{PACKAGE}/retire/", packages.package_retire, name="package-retire"),
    *register_urls(SETTINGS, "education/settings"),
    *register_urls(SESSIONS, "education/sessions"),
    path(f"{SESSION}/report/", sessions.session_report, name="session-report"),
    path(f"{SESSION}/move/", sessions.session_move, name="session-move"),
    path(f"{SESSION}/cancel/", sessions.session_cancel, name="session-cancel"),
    *register_urls(OBSERVATIONS, "education/observations"),
    *register_urls(COURSES, "education/courses"),
    path(f"{COURSE}/coverage.<slug:form>", coverage.coverage_export, name="coverage-export"),
    *register_urls(TEAMS, "education/teams"),
    *register_urls(REQUIREMENTS, "education/requirements"),
    *register_urls(HEADCOUNTS, "education/headcounts"),
    path(f"{TRAINING}/sheet/", sheets.training_sheet_page, name="training-sheet"),
    path(f"{TRAINING}/sheet/template.xlsx", sheets.training_template, name="training-template"),
    path(f"{TRAINING}/sheet/take/", sheets.training_take, name="training-take"),
    *register_urls(COMPLETIONS, TRAINING),
    *register_urls(CAMPAIGNS, "education/campaigns"),
    *register_urls(REACH_FIGURES, "education/reach"),
    *register_urls(CHARTERS, "education/charters"),
    *register_urls(SIGN_UPS, "education/signatures"),
    path(f"{SIGNATURE}/renew/", charters.signature_renew, name="signature-renew"),
    path(f"{SIGNATURE}/visit/", charters.signature_visit, name="signature-visit"),
    path(f"{SIGNATURE}/leave/", charters.signature_leave, name="signature-leave"),
    *register_urls(PROGRAMMES, "education/programmes"),
    *register_urls(ACTIVITY_SESSIONS, "education/activity-sessions"),
]
