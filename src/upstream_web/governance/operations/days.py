"""What is recorded while a meeting sits: who is there, interests, what is said, decisions, actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from upstream_web.core.operations import operation, tell
from upstream_web.governance import policies
from upstream_web.governance.models import (
    AgendaItem,
    ArisingState,
    Attendance,
    Decision,
    DecisionState,
    Declaration,
    Meeting,
    MeetingAction,
    Seat,
)
from upstream_web.governance.operations.numbers import next_number
from upstream_web.governance.policies import MoveRefused
from upstream_web.records.operations import keeping


@operation("attendance recorded")
def mark(*, meeting: Meeting, seat: Seat, mark: str, who: str = "", by: Any, at: datetime) -> Attendance:
    """Record how a seat is filled; `who` is the deputy, by role."""
    policies.check_record_open(meeting)
    found = meeting.attendances.present().filter(seat=seat).first()
    row = found or Attendance(meeting=meeting, seat=seat, body=seat.body)
    row.mark, row.who = mark, who.strip()
    tell(meeting, seat=seat.pk, mark=mark)
    return keeping.keep(row, by=by, at=at) if found else keeping.keep_new(row, by=by, at=at)


@operation("guest recorded")
def add_guest(*, guest: Attendance, by: Any, at: datetime) -> Attendance:
    """Record that somebody without a seat was there."""
    policies.check_record_open(guest.meeting)
    guest.mark = "present"
    tell(guest.meeting)
    return keeping.keep_new(guest, by=by, at=at)


@operation("interest declared")
def declare(*, declaration: Declaration, by: Any, at: datetime) -> Declaration:
    """Record an interest and how it was dealt with."""
    policies.check_record_open(declaration.meeting)
    tell(declaration.meeting)
    return keeping.keep_new(declaration, by=by, at=at)


@operation("note of a meeting kept")
def note(*, item: AgendaItem, by: Any, at: datetime) -> AgendaItem:
    """Write what was said on an item."""
    policies.check_record_open(item.meeting)
    tell(item.meeting, item=item.pk)
    return keeping.keep(item, by=by, at=at)


@operation("decision recorded")
def decide(*, decision: Decision, by: Any, at: datetime) -> Decision:
    """Record a decision under the next number of the board."""
    policies.check_record_open(decision.meeting)
    decision.board = decision.meeting.board
    decision.number = next_number(Decision.objects.filter(board=decision.board))
    keeping.keep_new(decision, by=by, at=at)
    tell(decision, number=decision.number)
    return decision


@operation("action arising recorded")
def arise(*, action: MeetingAction, by: Any, at: datetime) -> MeetingAction:
    """Record what somebody was asked to do, under the next number of the board."""
    policies.check_record_open(action.meeting)
    action.board = action.meeting.board
    action.number = next_number(MeetingAction.objects.filter(board=action.board))
    keeping.keep_new(action, by=by, at=at)
    tell(action, number=action.number)
    return action


@operation("action arising ended")
def end_action(*, action: MeetingAction, state: str, words: str = "", by: Any, at: datetime) -> MeetingAction:
    """Say that an action arising is done, or dropped for a reason."""
    if action.state != ArisingState.OPEN:
        raise MoveRefused(f"{action} is: {action.get_state_display().lower()}.", expected="An open action.")
    if state not in (ArisingState.DONE, ArisingState.DROPPED):
        raise MoveRefused(f"An action does not end as {state!r}.", expected="Done or dropped.")
    if state == ArisingState.DROPPED and not words.strip():
        raise MoveRefused(f"{action} is dropped for no reason.", expected="The reason.")
    action.state, action.ended_on, action.ended_words = state, timezone.localdate(at), words.strip()
    tell(action, after=state)
    return keeping.keep(action, by=by, at=at)


@operation("action arising opened again")
def reopen_action(*, action: MeetingAction, by: Any, at: datetime) -> MeetingAction:
    """Take back that an action is done or dropped."""
    action.state, action.ended_on, action.ended_words = ArisingState.OPEN, None, ""
    tell(action)
    return keeping.keep(action, by=by, at=at)


@operation("decision followed up")
def end_decision(*, decision: Decision, state: str, words: str, by: Any, at: datetime) -> Decision:
    """Say that a decision was carried out, or withdrawn for a reason, or stands again."""
    if state == DecisionState.WITHDRAWN and not words.strip():
        raise MoveRefused(f"{decision} is withdrawn for no reason.", expected="The reason.")
    decision.state, decision.state_words = state, words.strip()
    tell(decision, after=state)
    return keeping.keep(decision, by=by, at=at)
