"""What is done to minutes: drafting from what was recorded, editing, sending round, approving."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from upstream_web.core.operations import operation, tell
from upstream_web.core.words import day_words
from upstream_web.governance import attendance, minuting, policies
from upstream_web.governance.minuting import Came, Took
from upstream_web.governance.models import (
    AHEAD,
    AgendaItem,
    Asked,
    CameFrom,
    Meeting,
    Minute,
    Minutes,
    MinutesState,
)
from upstream_web.governance.policies import MEETING_MOVES, MoveRefused
from upstream_web.records.models import Notice
from upstream_web.records.operations import keeping, notices

ATTENDANCE, DECLARATIONS, NEXT = "Attendance", "Declarations of interest", "Next meeting"


def _texts(meeting: Meeting) -> Iterator[tuple[str, AgendaItem | None, str]]:
    """Give heading, item and words of each text, in reading order."""
    found = attendance.places(meeting)
    came = [Came(each.seat.role, str(each.seat.body), each.mark, _who(each.attendance)) for each in found]
    guests = [minuting.sentence(f"In attendance: {each.who}") for each in attendance.guests(meeting)]
    quorum = attendance.quorum_of(meeting, found).words
    yield ATTENDANCE, None, "\n\n".join([minuting.attendance_text(came), *guests, quorum])
    declared = [
        (each.who, each.what, each.item.title if each.item else "", each.handled)
        for each in meeting.declarations.present().select_related("item").order_by("pk")
    ]
    yield DECLARATIONS, None, minuting.declarations_text(declared)
    for item in meeting.items.present().filter(is_dropped=False):
        decisions, actions = _took(item)
        if item.notes.strip() or decisions or actions or not _is_opening(item):
            notes = item.notes if item.notes.strip() else _approved(item)
            yield item.title, item, minuting.item_text(item.asks, notes, decisions, actions)
    ahead = Meeting.objects.present().filter(board=meeting.board_id, held_on__gt=meeting.held_on, state__in=AHEAD)
    following = ahead.order_by("held_on").first()
    if following:
        yield NEXT, None, f"{day_words(following.held_on)}{', ' + following.place if following.place else ''}."


def _who(row: Any) -> str:
    return row.who if row else ""


def _approved(item: AgendaItem) -> str:
    """Say that the minutes which an item is about were approved at its meeting, and how they were corrected."""
    if item.about_kind != Meeting.kind:
        return ""
    approved = Minutes.objects.filter(approved_at=item.meeting_id).select_related("meeting")
    found = approved.filter(meeting=int(item.about_key)).first()
    if found is None:
        return ""
    said = f"the minutes of meeting {found.meeting.number} were approved"
    return f"{said} with these corrections: {' '.join(found.corrections.split())}" if found.corrections else said


def _is_opening(item: AgendaItem) -> bool:
    """Whether an item only opens the meeting or a report: where nothing was said on it, the minutes say nothing."""
    return item.came_from == CameFrom.STANDING and item.asks == Asked.NOTE


def _took(item: AgendaItem) -> tuple[list[Took], list[Took]]:
    decisions = [
        Took(each.number, each.words, each.reason, each.owner_role or str(each.body or ""), each.due_on)
        for each in item.decisions.present().select_related("body").order_by("number")
    ]
    actions = [
        Took(each.number, each.words, "", each.owner_role, each.due_on)
        for each in item.arising.present().order_by("number")
    ]
    return decisions, actions


@operation("minutes drafted")
def draft(*, meeting: Meeting, by: Any, at: datetime) -> Minutes:
    """Draft the minutes, or draft again what nobody has edited since."""
    if not meeting.is_behind:
        raise MoveRefused(f"{meeting} has not been held.", expected="A meeting that was closed.")
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        minutes = keeping.keep_new(Minutes(meeting=meeting, drafted_on=timezone.localdate(at)), by=by, at=at)
    policies.check_minutes_open(minutes)
    known = {(each.item_id, "" if each.item_id else each.heading): each for each in meeting.minute_texts.present()}
    for place, (heading, item, words) in enumerate(_texts(meeting), start=1):
        _write(known.get((item.pk if item else None, "" if item else heading)), meeting, place, heading, item, words,
               by=by, at=at)  # fmt: skip
    tell(meeting)
    return minutes


def _write(
    text: Minute | None, meeting: Meeting, place: int, heading: str, item: AgendaItem | None, words: str,
    *, by: Any, at: datetime,
) -> None:  # fmt: skip
    if text is None:
        text = Minute(meeting=meeting, item=item, place=place, heading=heading, words=words)
        keeping.keep_new(text, by=by, at=at)
    elif not text.is_edited and (text.words, text.place, text.heading) != (words, place, heading):
        text.words, text.place, text.heading = words, place, heading
        keeping.keep(text, by=by, at=at)


@operation("minutes edited")
def rewrite(*, text: Minute, by: Any, at: datetime) -> Minute:
    """Write what a person made of a text; drafting again leaves it alone from now on."""
    policies.check_minutes_open(Minutes.objects.get(meeting=text.meeting_id))
    text.is_edited = True
    tell(text.meeting, text=text.heading)
    return keeping.keep(text, by=by, at=at)


@operation("minutes sent round")
def send(*, minutes: Minutes, by: Any, at: datetime) -> Minutes:
    """Send the draft to the members; it can still be corrected until it is approved."""
    meeting = minutes.meeting
    meeting.state = policies.check_move(MEETING_MOVES, "send-minutes", meeting).ends
    minutes.state, minutes.sent_on = MinutesState.SENT, timezone.localdate(at)
    keeping.keep(meeting, by=by, at=at)
    seats = meeting.board.seats.present().exclude(person=None)
    members = {seat.person_id for seat in seats if seat.person_id and seat.is_held_on(meeting.held_on)}
    notices.give(
        to=members, reason=Notice.Reason.CHANGED, name=(meeting.kind, meeting.pk),
        words="The draft minutes are ready to be checked", occasion="minutes sent round", at=at,
    )  # fmt: skip
    tell(meeting, members=len(members))
    return keeping.keep(minutes, by=by, at=at)


@operation("minutes approved")
def approve(*, minutes: Minutes, at_meeting: Meeting, corrections: str = "", by: Any, at: datetime) -> Minutes:
    """Approve minutes at a later meeting that has sat, as corrected where corrections are named.

    From now on they stand.
    """
    policies.check_approval(minutes, at_meeting, timezone.localdate(at))
    meeting = minutes.meeting
    meeting.state = policies.check_move(MEETING_MOVES, "approve-minutes", meeting).ends
    # The board approves on the day on which it meets, however much later that is written down.
    minutes.state, minutes.approved_on = MinutesState.APPROVED, at_meeting.held_on
    minutes.approved_at, minutes.corrections = at_meeting, corrections.strip()
    minutes.approved_by = by if isinstance(by, str) else by.get_username()
    keeping.keep(meeting, by=by, at=at)
    tell(meeting, approved_at=at_meeting.number)
    return keeping.keep(minutes, by=by, at=at)
