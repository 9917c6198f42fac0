"""The front page: how the duty stands."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.financial_years import financial_year
from upstream_web.duty import evaluations, queries, standing
from upstream_web.duty.funding_register import money_sentence
from upstream_web.duty.models import IN_THE_ACT
from upstream_web.duty.register import (
    AGREEMENTS,
    BODIES,
    CONSULTATIONS,
    CONTRIBUTIONS,
    DEFINITIONS,
    DISCLOSURES,
    DUTY_DATES,
    FUNDING_YEARS,
    NOTICES,
    RETURNS,
    ROUNDS,
)
from upstream_web.organisations.models.organisation import OrganisationType

PARTS = (BODIES, CONTRIBUTIONS, AGREEMENTS, CONSULTATIONS, NOTICES, DEFINITIONS, DUTY_DATES, FUNDING_YEARS, RETURNS,
         DISCLOSURES, ROUNDS)  # fmt: skip


@requires(Permission.DUTY_VIEW)
@require_safe
def duty(request: SignedInRequest) -> HttpResponse:
    """Say how the duty stands: what the Act asks, every body, the money, the clocks."""
    today = timezone.localdate()
    rows = standing.evidence_of_the_act(today)
    year = queries.get_funding_year(financial_year(today))
    last = evaluations.last_round()
    context = {
        "evaluation": last,
        "evaluation_said": evaluations.sentence(last, evaluations.rows(last)) if last else "",
        "late_gaps": evaluations.late_gaps(today),
        "area": "account",
        "section": "duty",
        "section_page": True,
        "answer": standing.answer(rows),
        "rows": rows,
        "bodies": standing.bodies_with_state(request.user),
        "standings": [OrganisationType(each).label for each in IN_THE_ACT],
        "clocks": standing.yearly_clocks(today),
        "money": money_sentence(year) if year else "",
        "year": year,
        "definition": queries.definition_in_force(today),
        "overdue": queries.overdue_consultations(today, request.user),
        "missing": queries.missing_contributions(today, request.user),
        "parts": [*((part.title, part.address()) for part in PARTS), ("What may be shared", reverse("gateway-table"))],
        "today": today,
    }
    return render(request, "duty/front.html", context)
