"""What is done to meetings: planning, moving, calling, holding and cancelling them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from upstream_web.core.operations import operation, tell
from upstream_web.governance import attendance, policies
from upstream_web.governance.models import Board, Meeting
from upstream_web.governance.operations.numbers import next_number
from upstream_web.governance.policies import MEETING_MOVES, MoveRefused
from upstream_web.records.operations import keeping


@operation("meeting planned")
def make(*, meeting: Meeting, by: Any, at: datetime) -> Meeting:
    """Plan a meeting under the next number of its board, with the board's usual time and place where none is given."""
    board = meeting.board
    meeting.number = next_number(Meeting.objects.filter(board=board))
    if meeting.starts_at is None and board.usual_start:
        meeting.starts_at = board.usual_start
        begins = datetime.combine(meeting.held_on, board.usual_start)
        ends = begins + timedelta(minutes=board.usual_minutes)
        meeting.ends_at = ends.time() if ends.date() == begins.date() else None
    meeting.place = meeting.place or board.usual_place
    keeping.keep_new(meeting, by=by, at=at)
    tell(meeting, on=meeting.held_on.isoformat())
    return meeting


@operation("meetings planned ahead")
def plan_ahead(*, board: Board, days: Iterable[date], by: Any, at: datetime) -> list[Meeting]:
    """Plan a meeting for each of `days`; one on which the board meets already is left out."""
    taken = set(Meeting.objects.present().filter(board=board).values_list("held_on", flat=True))
    made = [make(meeting=Meeting(board=board, held_on=day), by=by, at=at) for day in sorted(set(days) - taken)]
    tell(board, meetings=len(made))
    return made


@operation("meeting moved")
def move(*, meeting: Meeting, held_on: date, why: str, by: Any, at: datetime) -> Meeting:
    """Move a meeting that is still to come to another day; the first day it was meant for stays known."""
    if not meeting.is_ahead:
        raise MoveRefused(f"{meeting} is: {meeting.get_state_display().lower()}.", expected="A meeting still to come.")
    if not why.strip() or held_on == meeting.held_on:
        raise MoveRefused(f"{meeting} stays where it is.", expected="Another day, and the reason for it.")
    tell(meeting, before=meeting.held_on.isoformat(), after=held_on.isoformat(), reason=why)
    meeting.moved_from = meeting.moved_from or meeting.held_on
    meeting.held_on, meeting.why = held_on, why.strip()
    return keeping.keep(meeting, by=by, at=at)


@operation("meeting called")
def call(*, meeting: Meeting, by: Any, at: datetime) -> Meeting:
    """Call a meeting: its agenda and papers go to the members."""
    move_ = policies.check_move(MEETING_MOVES, "call", meeting)
    if not meeting.items.present().filter(is_dropped=False).exists():
        raise MoveRefused(f"{meeting} has no agenda.", expected="At least one item.", do="Make the agenda first.")
    meeting.state, meeting.called_on = move_.ends, timezone.localdate(at)
    tell(meeting)
    return keeping.keep(meeting, by=by, at=at)


@operation("meeting held")
def hold(*, meeting: Meeting, by: Any, at: datetime) -> Meeting:
    """Close a meeting: everybody's attendance is known, and the minutes can be drafted."""
    move_ = policies.check_move(MEETING_MOVES, "hold", meeting)
    policies.check_day_has_come(meeting, timezone.localdate(at))
    found = attendance.places(meeting)
    unknown = [str(place.seat) for place in found if not place.mark]
    if unknown:
        raise MoveRefused(
            f"{len(unknown)} of {len(found)} seats have no attendance: {'; '.join(unknown)}.",
            expected="Present, deputy, apologies or absent for each seat.",
        )
    meeting.state = move_.ends
    tell(meeting, quorate=attendance.quorum_of(meeting, found).is_met)
    return keeping.keep(meeting, by=by, at=at)


@operation("meeting cancelled")
def cancel(*, meeting: Meeting, why: str, by: Any, at: datetime) -> Meeting:
    """Cancel a meeting that is still to come."""
    meeting.state = policies.check_move(MEETING_MOVES, "cancel", meeting, why).ends
    meeting.why = why.strip()
    tell(meeting, reason=why)
    return keeping.keep(meeting, by=by, at=at)


@operation("cancelled meeting planned again")
def plan_again(*, meeting: Meeting, by: Any, at: datetime) -> Meeting:
    """Take a cancellation back."""
    meeting.state = policies.check_move(MEETING_MOVES, "plan-again", meeting).ends
    meeting.called_on = None
    tell(meeting)
    return keeping.keep(meeting, by=by, at=at)
