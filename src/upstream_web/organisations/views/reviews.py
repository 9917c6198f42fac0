"""Looking again at who may do what: movements, yearly confirmation, unused accounts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream.exceptions import WrongUse
from upstream_web.access import bodies, clocks
from upstream_web.access.authorisation import may, requires
from upstream_web.access.models import Grant, User
from upstream_web.access.operations import grants as grant_operations
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.organisations import reviewing
from upstream_web.organisations.forms import PeriodForm
from upstream_web.organisations.operations import access_reviews
from upstream_web.organisations.registers import ORGANISATIONS
from upstream_web.organisations.reviewing import Moved
from upstream_web.organisations.views.people import FRAME

DOWNLOADED = declare("report of joiners, movers and leavers downloaded", ActKind.DISCLOSURE)
PERIOD_DAYS = 91
HEAD = ("Person", "Sign-in name", "What", "Held before", "Holds after")


def _period(request: SignedInRequest) -> tuple[PeriodForm, date, date]:
    """Read the two days that are asked for; the last three months when none are, or when they cannot be read."""
    today = timezone.localdate()
    usual = {"first": today - timedelta(days=PERIOD_DAYS), "last": today}
    form = PeriodForm(request.GET) if request.GET else PeriodForm(initial=usual)
    if form.is_bound and form.is_valid():
        return form, form.cleaned_data["first"], form.cleaned_data["last"]
    return form, usual["first"], usual["last"]


def said(grants: tuple[Grant, ...], names: Mapping[str, str]) -> str:
    """Say grants in one line: `Lead in a member body (Northbridge Police)`."""
    named = bodies.with_names(grants, names)
    return "; ".join(f"{grant.role_title} ({body or 'the partnership'})" for grant, body in named) or "nothing"


def _lines(moved: Iterable[Moved]) -> list[tuple[str, str, str, str, str]]:
    names = bodies.names_by_key()
    return [
        (each.user.name, each.user.username, each.movement.value, said(each.before, names),
         said(each.after or each.between, names))
        for each in moved
    ]  # fmt: skip


def _changes(request: SignedInRequest) -> HttpResponse:
    form, first, last = _period(request)
    moved = reviewing.movements(first, last)
    context = {
        **FRAME,
        "form": form,
        "first": first,
        "last": last,
        "moved": list(zip(moved, _lines(moved), strict=True)),
        "counts": {kind.value: sum(each.movement is kind for each in moved) for kind in reviewing.Movement},
        "crumbs": [("People and access", ORGANISATIONS.address()), ("Joined, moved, left", "")],
    }
    return render(request, "organisations/access_changes.html", context)


def _safe(text: str) -> str:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _changes_file(request: SignedInRequest) -> HttpResponse:
    _, first, last = _period(request)
    moved = reviewing.movements(first, last)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="joined-moved-left-{first}-{last}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(HEAD)
    writer.writerows([_safe(cell) for cell in line] for line in _lines(moved))
    announce(
        DOWNLOADED.words,
        by=request.user.get_username(),
        at=timezone.now(),
        kind="access",
        about=f"{first} to {last}",
        detail={"rows": len(moved)},
    )
    return response


def _confirm_list(request: SignedInRequest) -> HttpResponse:
    found = reviewing.confirmations(timezone.localdate())
    named = bodies.with_names(each.grant for each in found.grants)
    context = {
        **FRAME,
        "found": found,
        "rows": [(each, body) for each, (_, body) in zip(found.grants, named, strict=True)],
        "may_end": may(request.user, Permission.ACCESS_CHANGE),
        "crumbs": [("People and access", ORGANISATIONS.address()), ("Yearly confirmation", "")],
    }
    return render(request, "organisations/access_review.html", context)


@require_POST
def _confirm(request: SignedInRequest, grant_id: int) -> HttpResponse:
    grant = get_object_or_404(Grant.objects.select_related("user"), pk=grant_id)
    try:
        grant_operations.confirm(grant=grant, by=request.user, at=timezone.now())
    except WrongUse as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Confirmed: {grant.user.name}, {grant.role_title}.")
    return redirect("access-review")


def _dormant(request: SignedInRequest) -> HttpResponse:
    found, names = reviewing.dormant(timezone.localdate()), bodies.names_by_key()
    context = {
        **FRAME,
        "limit": clocks.disuse_limit(),
        "dormant": [(each, bodies.with_names(each.grants, names)) for each in found],
        "crumbs": [("People and access", ORGANISATIONS.address()), ("Unused accounts", "")],
    }
    return render(request, "organisations/dormant_list.html", context)


@require_POST
def _end_dormant(request: SignedInRequest) -> HttpResponse:
    """End the access of those who were chosen, as far as they are unused still."""
    chosen = {int(key) for key in request.POST.getlist("person") if key.isdecimal()}
    unused = [each.user for each in reviewing.dormant(timezone.localdate()) if each.user.pk in chosen]
    people: list[User] = [user for user in unused if user.pk != request.user.pk]
    if not people:
        messages.warning(request, "Nobody was chosen.")
        return redirect("dormant-list")
    access_reviews.end_unused(people=people, by=request.user, at=timezone.now())
    messages.success(request, f"Access ended: {', '.join(user.name for user in people)}.")
    return redirect("dormant-list")


access_changes = requires(Permission.ACCESS_VIEW)(_changes)
access_changes_file = requires(Permission.ACCESS_VIEW)(_changes_file)
access_review = requires(Permission.ACCESS_REVIEW)(_confirm_list)
access_confirm = requires(Permission.ACCESS_REVIEW)(_confirm)
dormant_list = requires(Permission.ACCESS_VIEW)(_dormant)
dormant_end = requires(Permission.ACCESS_CHANGE)(_end_dormant)
