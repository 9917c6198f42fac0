"""Addresses of the duty."""

from __future__ import annotations

from django.urls import path

from upstream_web.duty.register import (
    AGREEMENTS,
    BODIES,
    CONSULTATIONS,
    CONTRIBUTIONS,
    DEFINITIONS,
    DISCLOSURES,
    DUTY_DATES,
    FUNDING_LINES,
    FUNDING_YEARS,
    JUDGEMENTS,
    NOTICES,
    RETURNS,
    ROUNDS,
)
from upstream_web.duty.views import acts, evaluations, front, gateways, letters, returns
from upstream_web.records.urls import register_urls

CONSULTATION, RETURN, ROUND = "duty/consultations/<int:key>", "duty/returns/<int:key>", "duty/evaluations/<int:key>"
JUDGEMENT = "duty/judgements/<int:key>"

urlpatterns = [
    path("duty/", front.duty, name="duty"),
    path("duty/sharing/", gateways.gateway_table, name="gateway-table"),
    *register_urls(DISCLOSURES, "duty/disclosures"),
    *register_urls(ROUNDS, "duty/evaluations"),
    path(f"{ROUND}/moderate/", evaluations.evaluation_moderate, name="duty-evaluation-moderate"),
    path(f"{ROUND}/sign/", evaluations.evaluation_sign, name="duty-evaluation-sign"),
    path(f"{ROUND}/open/", evaluations.evaluation_open_again, name="duty-evaluation-open-again"),
    path(f"{JUDGEMENT}/close-gap/", evaluations.judgement_close_gap, name="duty-judgement-close-gap"),
    path(f"{JUDGEMENT}/open-gap/", evaluations.judgement_open_gap, name="duty-judgement-open-gap"),
    path(f"{ROUND}/as-it-stands.<slug:form>", evaluations.evaluation_preview, name="duty-evaluation-preview"),
    path(f"{ROUND}/version-<int:number>.<slug:form>", evaluations.evaluation_file, name="duty-evaluation-file"),
    *register_urls(JUDGEMENTS, "duty/judgements"),
    path(f"{CONSULTATION}/letter.<slug:form>", letters.consultation_letter, name="consultation-letter"),
    path("duty/contributions/<int:key>/letter.<slug:form>", letters.contribution_letter, name="contribution-letter"),
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
    *register_urls(RETURNS, "duty/returns"),
    path(f"{RETURN}/fill/", returns.return_fill, name="duty-return-fill"),
    path(f"{RETURN}/step/<slug:step>/", returns.return_step, name="duty-return-step"),
    path(f"{RETURN}/sign/", returns.return_sign, name="duty-return-sign"),
    path(f"{RETURN}/back/", returns.return_send_back, name="duty-return-send-back"),
    path(f"{RETURN}/send/", returns.return_send, name="duty-return-send"),
    path(f"{RETURN}/open/", returns.return_open_again, name="duty-return-open-again"),
    path(f"{RETURN}/as-it-stands.<slug:form>", returns.return_preview, name="duty-return-preview"),
    path(f"{RETURN}/version-<int:number>.<slug:form>", returns.return_file, name="duty-return-file"),
]
