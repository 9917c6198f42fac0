"""Freezing a quarter, and reading an earlier version of one."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.performance import queries, scorecard
from upstream_web.performance.calculation import calculate
from upstream_web.performance.freezing import indicators_of
from upstream_web.performance.models import Quarter
from upstream_web.performance.operations import quarters
from upstream_web.performance.quarter_page import page_context
from upstream_web.performance.register import QUARTERS
from upstream_web.records.views.pages import frame


def _starts_on(label: str) -> date:
    """Read 2026-Q3; raises Http404."""
    year, _, number = label.partition("-Q")
    if not (year.isdecimal() and len(year) == 4 and number in {"1", "2", "3", "4"}):
        raise Http404(f"{label} is not a quarter, such as 2026-Q3.")
    return date(int(year), int(number) * 3 - 2, 1)


@requires(Permission.QUARTER_FREEZE)
def quarter_freeze(request: SignedInRequest, label: str) -> HttpResponse:
    """Show what would be frozen, ask for the reason when it was frozen before, and freeze."""
    starts_on = _starts_on(label)
    quarter = Quarter.objects.filter(starts_on=starts_on).first() or Quarter(starts_on=starts_on)
    if request.method == "POST":
        try:
            made = quarters.freeze(
                starts_on=starts_on, reason=request.POST.get("reason", "")[:500], by=request.user, at=timezone.now()
            )
        except WrongUse as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, f"Frozen as version {made.number}. Whatever the data do now, it stays.")
            return redirect(made.quarter)
    today = timezone.localdate()
    results = calculate(indicators_of(quarter.ends_on), until=quarter.ends_on, today=today)
    context = {
        **frame(QUARTERS, None, here=f"Freeze {quarter}"),
        "quarter": quarter,
        "latest": quarter.latest if quarter.pk else None,
        "results": results,
        "sentence": scorecard.sentence_of(results),
        "silent": [result for result in results if result.comment_is_missing],
        "missing": [result for result in results if result.missing],
        "waiting": queries.waiting_for_check(),
        "is_over": quarter.ends_on < today,
    }
    return render(request, "performance/freeze.html", context)


@requires(Permission.INDICATOR_VIEW)
@require_safe
def quarter_version(request: SignedInRequest, key: int, number: int) -> HttpResponse:
    """Show an earlier version of a frozen quarter, as it was."""
    quarter = QUARTERS.get(request.user, key)
    if not quarter.freezes.filter(number=number).exists():
        raise Http404(f"{quarter} has no version {number}.")
    context = {
        **frame(QUARTERS, quarter, here=f"Version {number}"),
        **page_context(quarter, request.user, number),
        "facts": QUARTERS.facts(quarter),
        "address": reverse("quarter", args=[quarter.pk]),
    }
    return render(request, "performance/quarter.html", context)
