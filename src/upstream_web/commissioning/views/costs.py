"""What one output or outcome cost, and the list of awards."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.commissioning import cost, drawing, publication, queries
from upstream_web.commissioning.small import number_words
from upstream_web.commissioning.steps import AwardsForm
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.core.drawing.figures import show
from upstream_web.core.financial_years import financial_year
from upstream_web.core.money import pounds
from upstream_web.core.workbench import get_partnership

AWARDS_SENT = declare("list of awards downloaded", ActKind.DISCLOSURE)
FRAME = {"area": "act", "section": "funds"}


@requires(Permission.FUND_VIEW)
@require_safe
def costs(request: SignedInRequest) -> HttpResponse:
    """Compare what one cost where services count in the same unit."""
    found = queries.comparisons(timezone.localdate(), request.user)
    groups = [
        {
            "compared": each,
            "figure": show(drawing.costs(each), identifier=f"cost-{number}"),
            "lines": [(line, *_told_words(line), line.unit_cost) for line in each.lines],
        }
        for number, each in enumerate(found)
    ]
    known = sum(line.unit_cost.amount is not None for each in found for line in each.lines)
    context = {
        **FRAME, "groups": groups, "known": known, "lines": sum(len(each.lines) for each in found),
        "in_it": cost.IN_IT, "not_in_it": cost.NOT_IN_IT, "crumbs": [("Funds", reverse("fund-list")), ("Costs", "")],
    }  # fmt: skip
    return render(request, "commissioning/costs.html", context)


def _told_words(line: queries.TargetTold) -> tuple[str, str]:
    """Say what was spent and delivered; nothing before a period is over, and not known while a return is missing."""
    if not line.periods:
        return "", ""
    is_whole = all(each.is_accepted and each.spent is not None for each in line.periods)
    spent = pounds(line.unit_cost.spent) if is_whole else "not known"
    return spent, number_words(line.delivered.delivered)


def _asked(request: SignedInRequest) -> tuple[AwardsForm, date, date]:
    """Read the days that are asked for; this financial year unless others are given."""
    first = date(financial_year(timezone.localdate()), 4, 1)
    last = date(first.year + 1, 3, 31)
    form = AwardsForm(request.GET or None, initial={"since": first, "until": last})
    if form.is_bound and form.is_valid():
        return form, form.cleaned_data["since"], form.cleaned_data["until"]
    return form, first, last


@requires(Permission.FUND_VIEW)
@require_safe
def award_list(request: SignedInRequest) -> HttpResponse:
    """Show the awards of some days as they would be published."""
    form, since, until = _asked(request)
    found = publication.awards(since, until, request.user)
    context = {
        **FRAME, "form": form, "since": since, "until": until,
        "awards": [(each, pounds(each.value)) for each in found], "columns": publication.COLUMNS,
        "publisher": publication.publisher_of(get_partnership().config),
        "crumbs": [("Funds", reverse("fund-list")), ("List of awards", "")],
    }  # fmt: skip
    return render(request, "commissioning/awards.html", context)


@requires(Permission.FUND_VIEW)
@require_safe
def award_file(request: SignedInRequest) -> HttpResponse:
    """Send the awards of some days in the form of open grant publication."""
    _, since, until = _asked(request)
    found = publication.awards(since, until, request.user)
    paid = {each.pk: str(queries.promise_of(each).paid) for each in found}
    rows = publication.rows(found, publication.publisher_of(get_partnership().config), disbursed=paid)
    response = HttpResponse(publication.as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="awards-{since}-to-{until}.csv"'
    announce(
        AWARDS_SENT.words, by=request.user.get_username(), at=timezone.now(), about=f"{since} to {until}",
        detail={"rows": len(found)},
    )  # fmt: skip
    return response
