"""Addresses of the duty."""

from __future__ import annotations

from django.urls import path

from upstream_web.duty.register import (
    AGREEMENTS,
    BODIES,
    CONSULTATIONS,
    CONTRIBUTIONS,
    DEFINITIONS,
    DUTY_DATES,
    FUNDING_LINES,
    FUNDING_YEARS,
    NOTICES,
)
from upstream_web.duty.views import acts, front
from upstream_web.records.urls import register_urls

CONSULTATION = "duty/consultations/<int:key>"

urlpatterns = [
    path("duty/", front.duty, name="duty"),
    path("duty/consultations/invite/", acts.consultation_invite, name="consultation-invite"),
    *register_urls(BODIES, "duty/bodies"),
    *register_urls(CONTRIBUTIONS, "duty/contributions"),
    *register_urls(AGREEMENTS, "duty/agreements"),
    path("duty/agreements/<int:key>/signatures/<int:place>/", acts.signature_sign, name="signature-sign"),
    *register_urls(DEFINITIONS, "duty/definitions"),
    *register_urls(DUTY_DATES, "duty/dates"),
    *register_urls(NOTICES, "duty/notices"),
    *register_urls(CONSULTATIONS, "duty/consultations"),
    path(f"{CONSULTATION}/reply/", acts.consultation_reply, name="consultation-reply"),
    path(f"{CONSULTATION}/remind/", acts.consultation_remind, name="consultation-remind"),
    path(f"{CONSULTATION}/changed/", acts.consultation_changed, name="consultation-changed"),
    *register_urls(FUNDING_YEARS, "duty/funding"),
    *register_urls(FUNDING_LINES, "duty/quarters"),
]
