"""Making, changing and taking away the parts of a strategy or an action, all by one set of pages."""

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

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import requires
from upstream_web.access.requests import SignedInRequest
from upstream_web.records import history
from upstream_web.records.operations import keeping
from upstream_web.strategy.parts import PARTS, Part

View = Callable[..., HttpResponseBase]


def guarded(view: View, part: Part[Any]) -> View:
    """Tie a view to a part and to what it takes; what the state of the plan refuses is said in words."""

    @wraps(view)
    def tied(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, part, *args, **kwargs)

    return requires(part.change)(tied)


def part_new(request: SignedInRequest, part: Part[Any], parent: int) -> HttpResponse:
    """Show the form of a new part, and write it."""
    above = part.get_parent(request.user, parent)
    form = part.form(request.POST or None, instance=part.new(above), person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            part.make(form.instance, by=request.user, at=timezone.now())
        except WrongUse as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{part.noun.capitalize()} added.")
            return redirect(above)
    return _form(request, part, above, form, f"Add {part.noun}")


def part_edit(request: SignedInRequest, part: Part[Any], key: int) -> HttpResponse:
    """Show the form of a part, and write what was changed."""
    record = part.get(request.user, key)
    above = part.parent_of(record)
    before = {field.attname: getattr(record, field.attname) for field in history.fields_of(part.model)}
    form = part.form(request.POST or None, instance=record, person=request.user)
    if request.method == "POST" and form.is_valid():
        fields = form.changed_names(before)
        try:
            if fields:
                part.change_record(record, fields, by=request.user, at=timezone.now())
        except keeping.ChangedMeanwhile as changed:
            form.add_error(None, f"{changed} Look at what it says now, and save again.")
        else:
            messages.success(request, "Saved." if fields else "Nothing was changed.")
            return redirect(above)
    return _form(request, part, above, form, f"Change {part.noun}", record)


def part_remove(request: SignedInRequest, part: Part[Any], key: int) -> HttpResponse:
    """Take a part out of sight; it is kept in the history."""
    record = part.get(request.user, key)
    part.remove(record, by=request.user, at=timezone.now())
    messages.success(request, f"{part.noun.capitalize()} taken away.")
    return redirect(part.parent_of(record))


def _form(
    request: SignedInRequest, part: Part[Any], above: Any, form: Any, heading: str, record: Any = None
) -> HttpResponse:
    register = part.parents
    context = {
        "area": register.area,
        "section": register.section,
        "crumbs": [*register.crumbs(above), (str(above), above.get_absolute_url()), (heading, "")],
        "heading": heading,
        "above": above,
        "part": part,
        "record": record,
        "form": form,
        "conflicts": form.conflicts,
    }
    return render(request, "strategy/part_form.html", context)


def part_urls() -> list[URLPattern]:
    """Give the addresses of every kind of part."""
    found = []
    for part in PARTS:
        under = f"plan-parts/{part.kind}"
        found += [
            path(f"{under}/new/<int:parent>/", guarded(part_new, part), name=f"{part.kind}-new"),
            path(f"{under}/<int:key>/change/", guarded(part_edit, part), name=f"{part.kind}-edit"),
            path(f"{under}/<int:key>/remove/", guarded(require_POST(part_remove), part), name=f"{part.kind}-remove"),
        ]
    return found
