"""The one page on which a meeting is recorded while it sits. Each save is one operation; scripts save as one types."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.governance import attendance
from upstream_web.governance.forms import ArisingForm, DecisionForm, DeclarationForm, GuestForm, NoteForm
from upstream_web.governance.meeting_page import kept_items
from upstream_web.governance.models import AgendaItem, Attendance, Decision, Mark, MeetingAction
from upstream_web.governance.operations import days
from upstream_web.governance.policies import RECORD_OPEN
from upstream_web.governance.register import MEETINGS
from upstream_web.governance.views.asking import do_and_return, get_present, refusal
from upstream_web.records.operations.keeping import ChangedMeanwhile
from upstream_web.records.views.pages import frame

TRIES = 3


def item_parts(item: AgendaItem, person: Any, form: NoteForm | None = None) -> dict[str, Any]:
    """Give what the block of one item shows."""
    return {
        "item": item,
        "form": form or NoteForm(instance=item, person=person, prefix=f"i{item.pk}"),
        "decisions": list(item.decisions.present().order_by("number")),
        "arising": list(item.arising.present().order_by("number")),
        "decision_form": DecisionForm(person=person, prefix=f"d{item.pk}"),
        "arising_form": ArisingForm(person=person, prefix=f"a{item.pk}"),
    }


@requires(Permission.MEETING_CHANGE)
def meeting_day(request: SignedInRequest, key: int) -> HttpResponse:
    """Show everything that is recorded at a meeting, in the order in which it happens."""
    meeting = get_present(MEETINGS, request, key)
    found = attendance.places(meeting)
    context = {
        **frame(MEETINGS, meeting, here="Record"),
        "places": found,
        "marks": Mark.choices,
        "quorum": attendance.quorum_of(meeting, found),
        "guests": attendance.guests(meeting),
        "guest_form": GuestForm(person=request.user, prefix="guest"),
        "declarations": list(meeting.declarations.present().select_related("item")),
        "declaration_form": DeclarationForm(person=request.user, meeting=meeting, prefix="declaration"),
        "blocks": [item_parts(item, request.user) for item in kept_items(meeting)],
        "is_open": meeting.state in RECORD_OPEN,
    }
    return render(request, "governance/day.html", context)


@requires(Permission.MEETING_CHANGE)
@require_POST
def meeting_mark(request: SignedInRequest, key: int) -> HttpResponse:
    """Record how one seat is filled; a script gets the seat and the quorum back, others the page."""
    meeting = get_present(MEETINGS, request, key)
    place = next((each for each in attendance.places(meeting) if str(each.seat.pk) == request.POST.get("seat")), None)
    mark = request.POST.get("mark", "")
    if place is None or mark not in Mark.values:
        return redirect("meeting-day", key)
    who = request.POST.get("who", "")[:160] if mark == Mark.DEPUTY else ""
    record = partial(
        days.mark, meeting=meeting, seat=place.seat, mark=mark, who=who, by=request.user, at=timezone.now()
    )
    if not request.htmx:
        return do_and_return(request, record, f"{meeting.get_absolute_url()}record/#seat-{place.seat.pk}")
    error = ""
    try:
        record()
    except (WrongUse, ChangedMeanwhile) as refused:
        error = refusal(refused)
    found = attendance.places(meeting)
    context = {
        "record": meeting, "marks": Mark.choices, "quorum": attendance.quorum_of(meeting, found), "error": error,
        "place": next(each for each in found if each.seat.pk == place.seat.pk), "is_open": True, "saved": not error,
    }  # fmt: skip
    return render(request, "governance/parts/marked.html", context)


@requires(Permission.MEETING_CHANGE)
@require_POST
def meeting_guest(request: SignedInRequest, key: int) -> HttpResponse:
    """Record somebody who is there without a seat."""
    meeting = get_present(MEETINGS, request, key)
    guest = Attendance(meeting=meeting)
    form = GuestForm(request.POST, instance=guest, person=request.user, prefix="guest")
    if not form.is_valid():
        messages.error(request, "Say who was there.")
        return redirect("meeting-day", key)
    add = partial(days.add_guest, guest=guest, by=request.user, at=timezone.now())
    return do_and_return(request, add, f"{meeting.get_absolute_url()}record/#attendance")


@requires(Permission.MEETING_CHANGE)
@require_POST
def meeting_declare(request: SignedInRequest, key: int) -> HttpResponse:
    """Record an interest."""
    meeting = get_present(MEETINGS, request, key)
    form = DeclarationForm(request.POST, person=request.user, meeting=meeting, prefix="declaration")
    if not form.is_valid():
        messages.error(request, "Say who declares what.")
        return redirect(f"{meeting.get_absolute_url()}record/#declarations")
    declare = partial(days.declare, declaration=form.instance, by=request.user, at=timezone.now())
    return do_and_return(request, declare, f"{meeting.get_absolute_url()}record/#declarations")


def _item(request: SignedInRequest, key: int) -> AgendaItem:
    item = get_object_or_404(AgendaItem.objects.present().select_related("meeting__board"), pk=key, is_dropped=False)
    item.meeting = get_present(MEETINGS, request, item.meeting_id)
    return item


def save_note(request: SignedInRequest, key: int) -> tuple[AgendaItem, NoteForm, str]:
    """Keep what was said on an item, merged with what another note taker saved meanwhile; gives the refusal, if any."""
    for _ in range(TRIES):
        item = _item(request, key)
        form = NoteForm(request.POST, instance=item, person=request.user, prefix=f"i{key}")
        if not form.is_valid():
            return item, form, ""
        if not form.has_changed():
            return item, form, ""
        try:
            days.note(item=item, by=request.user, at=timezone.now())
        except ChangedMeanwhile:
            continue
        except WrongUse as refused:
            return item, form, str(refused)
        return item, form, ""
    return item, form, "Others are saving this item again and again. Save once more."


@requires(Permission.MEETING_CHANGE)
@require_POST
def item_note(request: SignedInRequest, key: int) -> HttpResponse:
    """Keep what was said on an item."""
    item, form, error = save_note(request, key)
    place = f"{item.meeting.get_absolute_url()}record/#item-{key}"
    if request.htmx and not form.errors:
        return render(request, "governance/parts/noted.html", {"item": item, "error": error, "at": timezone.now()})
    if request.htmx:
        response = render(request, "governance/parts/note_form.html", {"item": item, "form": form, "is_open": True})
        response["HX-Retarget"], response["HX-Reswap"] = f"#note-{key}", "outerHTML"
        return response
    if form.errors:
        context = {**frame(MEETINGS, item.meeting, here="Record"), "item": item, "form": form, "is_open": True}
        return render(request, "governance/note.html", context)
    if error:
        messages.error(request, error)
    return redirect(place)


def _leave(request: SignedInRequest, key: int, form: Any, act: Any, missing: str) -> HttpResponse:
    """Keep what an item leaves behind; a script gets the list back with an empty form, others the page."""
    item = _item(request, key)
    error = missing if not form.is_valid() else ""
    if not error:
        try:
            act(item)
        except (WrongUse, ChangedMeanwhile) as refused:
            error = refusal(refused)
    if not request.htmx:
        if error:
            messages.error(request, error)
        return redirect(f"{item.meeting.get_absolute_url()}record/#item-{key}")
    parts = item_parts(item, request.user)
    if error:
        parts["decision_form" if isinstance(form, DecisionForm) else "arising_form"] = form
    return render(request, "governance/parts/left_behind.html", {**parts, "error": error, "is_open": True})


@requires(Permission.MEETING_CHANGE)
@require_POST
def item_decide(request: SignedInRequest, key: int) -> HttpResponse:
    """Record a decision on an item."""
    form = DecisionForm(request.POST, instance=Decision(), person=request.user, prefix=f"d{key}")

    def keep(item: AgendaItem) -> None:
        form.instance.meeting, form.instance.item = item.meeting, item
        days.decide(decision=form.instance, by=request.user, at=timezone.now())

    return _leave(request, key, form, keep, "Say what was decided.")


@requires(Permission.MEETING_CHANGE)
@require_POST
def item_arise(request: SignedInRequest, key: int) -> HttpResponse:
    """Record what somebody was asked to do on an item."""
    form = ArisingForm(request.POST, instance=MeetingAction(), person=request.user, prefix=f"a{key}")

    def keep(item: AgendaItem) -> None:
        form.instance.meeting, form.instance.item = item.meeting, item
        days.arise(action=form.instance, by=request.user, at=timezone.now())

    return _leave(request, key, form, keep, "Say what is to be done, by whom and by when.")
