"""Typing values in, and checking those that somebody else typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import check_may, may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.drawing.figures import show
from upstream_web.performance import entry_sheet, figures, queries
from upstream_web.performance.calculation import calculate_one
from upstream_web.performance.entry_sheet import SheetRow
from upstream_web.performance.indicator_page import number_words
from upstream_web.performance.models import Indicator, Source, TypedValue
from upstream_web.performance.operations import values
from upstream_web.performance.periods import recent_periods, words_of
from upstream_web.performance.register import INDICATORS
from upstream_web.records.operations.keeping import ChangedMeanwhile

WHERE = {"area": INDICATORS.area, "section": INDICATORS.section}
REVISABLE = 4


def _allowed(person: Any) -> dict[int, Indicator]:
    typed = queries.adopted(person).filter(source=Source.TYPED)
    return {each.pk: each for each in typed if may(person, Permission.INDICATOR_REPORT, about=each)}


@requires(Permission.INDICATOR_REPORT)
def value_entry(request: SignedInRequest) -> HttpResponse:
    """Show the sheet of what is due, take what was pasted or typed, and keep it when nothing is wrong with it."""
    allowed = _allowed(request.user)
    refused: list[str] = []
    if request.method == "POST" and "paste" in request.POST:
        rows, refused = entry_sheet.pasted_rows(request.POST["paste"], allowed.values())
        for row in rows:
            row.read()
    elif request.method == "POST":
        rows = entry_sheet.named_rows(request.POST, allowed)
        entry_sheet.fill(rows, request.POST)
        if _keep(request, rows):
            return redirect("value-entry")
    else:
        rows = _rows(request, allowed)
    context = {
        **WHERE,
        "crumbs": [*INDICATORS.crumbs(), ("Type in values", "")],
        "rows": rows,
        "refused": refused,
        "faults": [(row, row.faults) for row in rows if row.faults],
        "to_check": queries.waiting_for_check(request.user),
        "mine_waiting": [v for v in queries.waiting_for_check() if v.entered_by == request.user.get_username()],
        "allowed": list(allowed.values()),
    }
    return render(request, "performance/entry.html", context)


def _rows(request: SignedInRequest, allowed: dict[int, Indicator]) -> list[SheetRow]:
    """Give what is due; for one indicator its last periods, so that they can be revised too."""
    asked = request.GET.get("indicator", "")
    today = timezone.localdate()
    if asked.isdecimal() and int(asked) in allowed:
        indicator = allowed[int(asked)]
        found = [SheetRow(indicator, period) for period in recent_periods(indicator.frequency, today)[-REVISABLE:]]
        return entry_sheet.with_counting(found)
    due = queries.due_entries(today, allowed.values())
    return [SheetRow(each.indicator, each.period, each.due_on) for each in due]


def _keep(request: SignedInRequest, rows: list[SheetRow]) -> bool:
    """Keep what was typed, all or none; the rows carry what is wrong."""
    filled = [row for row in rows if row.is_filled]
    entries = [row.read() for row in filled]
    if not filled:
        messages.info(request, "Nothing was typed in.")
        return True
    if any(entry is None for entry in entries):
        return False
    try:
        kept = values.enter(entries=[e for e in entries if e is not None], by=request.user, at=timezone.now())
    except (WrongUse, ChangedMeanwhile) as wrong:
        messages.warning(request, str(wrong))
        return False
    messages.success(request, f"{len(kept)} kept. A second person checks them; until then they do not count.")
    return True


@requires(Permission.INDICATOR_REPORT)
def value_check(request: SignedInRequest, key: int) -> HttpResponse:
    """Show a value that waits beside those before it, and let a second person decide."""
    value = TypedValue.objects.present().filter(pk=key).select_related("indicator__lead_body", "revises").first()
    if value is None:
        raise Http404("There is no such value.")
    indicator = INDICATORS.get(request.user, value.indicator_id)
    check_may(request.user, Permission.INDICATOR_REPORT, about=indicator)
    if request.method == "POST":
        words = request.POST.get("words", "").strip()[:500]
        try:
            if request.POST.get("decision") == "check":
                values.check(value=value, words=words, by=request.user, at=timezone.now())
                messages.success(request, "Checked. The value counts now.")
            else:
                values.send_back(value=value, words=words, by=request.user, at=timezone.now())
                messages.success(request, "Sent back.")
        except (WrongUse, ChangedMeanwhile) as refused:
            messages.warning(request, str(refused))
            return redirect(reverse("value-check", args=[key]))
        return redirect("value-entry")
    return render(request, "performance/check.html", _check_context(request, value, indicator))


def _check_context(request: SignedInRequest, value: TypedValue, indicator: Any) -> dict[str, Any]:
    today = timezone.localdate()
    drawn = figures.figure_of(calculate_one(indicator, until=today, today=today))
    return {
        **WHERE,
        "crumbs": [*INDICATORS.crumbs(), (str(indicator), indicator.get_absolute_url()), ("Check", "")],
        "value": value,
        "indicator": indicator,
        "shown": number_words(value, indicator),
        "before": number_words(value.revises, indicator) if value.revises else "",
        "period": words_of(value.period_start, value.period_end),
        "figure": show(drawn, identifier="through-time") if drawn else None,
        "is_own": value.entered_by == request.user.get_username(),
    }
