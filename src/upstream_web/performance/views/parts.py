"""Making, changing and taking away the parts of an indicator, all by one set of pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream_web.access.authorisation import requires
from upstream_web.access.requests import SignedInRequest
from upstream_web.performance.calculation import calculate_one
from upstream_web.performance.models import Indicator
from upstream_web.performance.parts import COMMENTARIES, PARTS, PartKind
from upstream_web.performance.register import INDICATORS
from upstream_web.records import history
from upstream_web.records.operations import keeping

View = Callable[..., HttpResponseBase]


def guarded(view: View, part: PartKind) -> View:
    """Tie a view to a kind of part and to what it takes to write it."""

    @wraps(view)
    def tied(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, part, *args, **kwargs)

    return requires(part.change)(tied)


def part_new(request: SignedInRequest, part: PartKind, parent: int) -> HttpResponse:
    """Show the form of a new part, and write it."""
    indicator = part.get_indicator(request.user, parent)
    begin = part.model(indicator=indicator)
    form = part.form(
        request.POST or None, instance=begin, person=request.user, initial=_initial(request, part, indicator)
    )
    if request.method == "POST" and form.is_valid():
        keeping.make(record=form.instance, by=request.user, at=timezone.now())
        messages.success(request, f"{part.noun.capitalize()} kept.")
        return redirect(indicator)
    return _form(request, part, indicator, form, f"New {part.noun}")


def _initial(request: SignedInRequest, part: PartKind, indicator: Indicator) -> dict[str, Any]:
    """Begin a commentary on the newest value, in the lead's name."""
    if part is not COMMENTARIES:
        return {}
    today = timezone.localdate()
    latest = calculate_one(indicator, until=today, today=today).latest
    found: dict[str, Any] = {"said_by": indicator.lead_role}
    return found | ({"period_start": latest.start, "period_end": latest.end} if latest else {})


def part_edit(request: SignedInRequest, part: PartKind, key: int) -> HttpResponse:
    """Show the form of a part, and write what was changed."""
    record = part.get(request.user, key)
    before = {field.attname: getattr(record, field.attname) for field in history.fields_of(part.model)}
    form = part.form(request.POST or None, instance=record, person=request.user)
    if request.method == "POST" and form.is_valid():
        fields = form.changed_names(before)
        try:
            if fields:
                keeping.change(record=record, fields=fields, by=request.user, at=timezone.now())
        except keeping.ChangedMeanwhile as changed:
            form.add_error(None, f"{changed} Look at what it says now, and save again.")
        else:
            messages.success(request, "Saved." if fields else "Nothing was changed.")
            return redirect(record.indicator)
    return _form(request, part, record.indicator, form, f"Change {part.noun}", record)


def part_remove(request: SignedInRequest, part: PartKind, key: int) -> HttpResponse:
    """Take a part out of sight; it is kept in the history."""
    record = part.get(request.user, key)
    keeping.remove(record=record, reason="taken away", by=request.user, at=timezone.now())
    messages.success(request, f"{part.noun.capitalize()} taken away.")
    return redirect(record.indicator)


def _form(
    request: SignedInRequest, part: PartKind, indicator: Indicator, form: Any, heading: str, record: Any = None
) -> HttpResponse:
    context = {
        "area": INDICATORS.area,
        "section": INDICATORS.section,
        "crumbs": [*INDICATORS.crumbs(), (str(indicator), indicator.get_absolute_url()), (heading, "")],
        "heading": heading,
        "indicator": indicator,
        "part": part,
        "record": record,
        "form": form,
        "conflicts": form.conflicts,
    }
    return render(request, "performance/part_form.html", context)


def part_urls() -> list[URLPattern]:
    """Give the addresses of every kind of part."""
    found = []
    for part in PARTS:
        under = f"performance/parts/{part.kind}"
        found += [
            path(f"{under}/new/<int:parent>/", guarded(part_new, part), name=f"{part.kind}-new"),
            path(f"{under}/<int:key>/change/", guarded(part_edit, part), name=f"{part.kind}-edit"),
            path(f"{under}/<int:key>/remove/", guarded(require_POST(part_remove), part), name=f"{part.kind}-remove"),
        ]
    return found
