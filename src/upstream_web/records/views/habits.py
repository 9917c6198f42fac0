"""Saved filters and the calendar of a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import check_may, may, open_to_everyone, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.calendar import calendar_of
from upstream_web.records.models import CalendarAddress, SavedFilter
from upstream_web.records.operations import habits
from upstream_web.records.register import Register, get_register
from upstream_web.records.views.lists import query_of, read_asked


def _get_list(request: SignedInRequest, kind: str) -> Register[Any]:
    register = get_register(kind)
    check_may(request.user, register.see)
    return register


@requires(Permission.HOME_VIEW)
@require_POST
def filter_save(request: SignedInRequest, kind: str) -> HttpResponse:
    """Keep what is asked of a list; what the list does not understand is left out."""
    register = _get_list(request, kind)
    query = query_of(read_asked(register, QueryDict(request.POST.get("query", ""))))
    try:
        kept = habits.save_filter(
            register=kind, name=request.POST.get("name", ""), query=query, is_shared=bool(request.POST.get("shared")),
            is_default=bool(request.POST.get("default")), by=request.user, at=timezone.now(),
        )  # fmt: skip
    except UpstreamFailure as failure:
        messages.warning(request, str(failure))
    else:
        messages.success(request, f"“{kept.name}” shows this list from now on.")
    return redirect(f"{register.address()}?{query or 'all=1'}")


def _get_own(request: SignedInRequest, filter_id: int) -> SavedFilter:
    found = SavedFilter.objects.filter(person=request.user, pk=filter_id).first()
    if found is None:
        raise Http404("There is no such filter of yours.")
    return found


@requires(Permission.HOME_VIEW)
@require_POST
def filter_delete(request: SignedInRequest, filter_id: int) -> HttpResponse:
    """Forget a filter."""
    found = _get_own(request, filter_id)
    habits.delete_filter(kept=found, by=request.user, at=timezone.now())
    return redirect(f"{get_register(found.register).address()}?all=1")


@requires(Permission.HOME_VIEW)
@require_POST
def filter_default(request: SignedInRequest, filter_id: int) -> HttpResponse:
    """Let the list open with a filter, or no longer."""
    found = _get_own(request, filter_id)
    habits.choose_default(kept=found, is_default=not found.is_default, by=request.user, at=timezone.now())
    return redirect(f"{get_register(found.register).address()}?{found.query or 'all=1'}")


@requires(Permission.CALENDAR_VIEW)
def calendar_page(request: SignedInRequest) -> HttpResponse:
    """Say how to see the dates of the plan in one's own calendar; make the secret address, or close it."""
    context: dict[str, Any] = {"area": "home", "section": "notices", "crumbs": [("Notices", reverse("notice-list"))]}
    if request.method == "POST" and request.POST.get("revoke"):
        habits.revoke_calendar_address(by=request.user, at=timezone.now())
        messages.success(request, "The address is closed: calendars that use it get nothing more.")
        return redirect("calendar")
    if request.method == "POST":
        token = habits.make_calendar_address(by=request.user, at=timezone.now())
        context["address"] = request.build_absolute_uri(reverse("calendar-feed", args=[token]))
    context["kept"] = CalendarAddress.objects.filter(person=request.user).first()
    return render(request, "records/calendar.html", context)


@open_to_everyone
@require_safe
def calendar_feed(request: Any, token: str) -> HttpResponse:
    """Give the calendar at a secret address, as far as its owner may see dates now; the address is the key to it."""
    found = CalendarAddress.objects.filter(token_hash=habits.hash_of(token)).select_related("person").first()
    if found is None or not may(found.person, Permission.CALENDAR_VIEW):
        raise Http404("There is no calendar at this address.")
    now = timezone.now()
    text, events = calendar_of(found.person, at=now, site=request.build_absolute_uri("/"))
    if found.read_on != timezone.localdate(now):
        habits.note_calendar_read(address=found, events=events, by=found.person, at=now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
