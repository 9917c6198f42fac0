"""What the state of a meeting, its minutes, a risk or an escalation allows. States and moves are tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from upstream.exceptions import WrongUse
from upstream_web.core.words import day_words
from upstream_web.governance.models import (
    Escalation,
    EscalationState,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
)


class MoveRefused(WrongUse):
    """The state something is in does not allow what was asked."""


@dataclass(frozen=True)
class Move:
    """From which states a move starts and where it ends.

    `asks` is what it must be told in words, if anything, and `longest` in how many signs.
    """

    label: str
    begins: tuple[str, ...]
    ends: str
    asks: str = ""
    longest: int = 500


M, N, E = MeetingState, MinutesState, EscalationState

MEETING_MOVES: Mapping[str, Move] = {
    "call": Move("Call the meeting", (M.PLANNED,), M.CALLED),
    "hold": Move("Close the meeting", (M.CALLED,), M.HELD),
    "send-minutes": Move("Send the draft minutes round", (M.HELD,), M.MINUTED),
    "approve-minutes": Move("Approve the minutes", (M.MINUTED,), M.APPROVED),
    "cancel": Move("Cancel the meeting", (M.PLANNED, M.CALLED), M.CANCELLED, asks="Why is it cancelled?"),
    "plan-again": Move("Plan it again", (M.CANCELLED,), M.PLANNED),
}
# What those do who received an escalation, and what those do who keep the register of the raisers.
RECEIVER_MOVES: Mapping[str, Move] = {"acknowledge": Move("Acknowledge", (E.RAISED,), E.ACKNOWLEDGED)}
ESCALATION_MOVES: Mapping[str, Move] = {
    "record-acknowledgement": Move(
        "Record an acknowledgement",
        (E.RAISED,),
        E.ACKNOWLEDGED,
        asks="Who acknowledged it, and by what way did that arrive?",
        longest=120,
    ),
    "answer": Move("Record the answer", (E.ACKNOWLEDGED,), E.ANSWERED, asks="What was answered?", longest=1000),
    "close": Move("Close", (E.ANSWERED, E.ACKNOWLEDGED), E.CLOSED, asks="How did it end?"),
    "withdraw": Move("Withdraw", (E.RAISED, E.ACKNOWLEDGED), E.WITHDRAWN, asks="Why is it withdrawn?"),
}
# While a meeting is in one of these, its agenda, or what happened at it, may be written.
AGENDA_OPEN = (M.PLANNED, M.CALLED)
RECORD_OPEN = (M.CALLED, M.HELD)


def can_move(moves: Mapping[str, Move], name: str, state: str) -> bool:
    """Tell whether a move starts from a state."""
    return state in moves[name].begins


def moves_from(moves: Mapping[str, Move], state: str) -> dict[str, Move]:
    """Give the moves that start from a state."""
    return {name: move for name, move in moves.items() if state in move.begins}


def check_move(moves: Mapping[str, Move], name: str, thing: Meeting | Escalation, words: str = "") -> Move:
    """Give the move; raises `MoveRefused` unless the thing's state begins it and it was told what it asks."""
    move = moves[name]
    if thing.state not in move.begins:
        labels = dict(thing._meta.get_field("state").flatchoices)
        raise MoveRefused(
            f"“{thing}” is: {thing.get_state_display().lower()}.",
            expected=f"“{move.label}” begins from: {', '.join(labels[state].lower() for state in move.begins)}.",
            do="Look at it as it is now.",
        )
    if move.asks and not words.strip():
        raise MoveRefused(f"“{move.label}” needs words.", expected=move.asks, do="Write a sentence.")
    if len(words.strip()) > move.longest:
        raise MoveRefused(f"The words have {len(words.strip()):,} signs.", expected=f"at most {move.longest:,}.")
    return move


def check_agenda_open(meeting: Meeting) -> None:
    """Raise `MoveRefused` when the agenda can no longer be changed; what the meeting is now is read anew."""
    meeting.refresh_from_db(fields=["state"])
    if meeting.state not in AGENDA_OPEN:
        raise MoveRefused(f"The agenda of {meeting} is closed.", expected="A meeting that is still to come.")


def check_record_open(meeting: Meeting) -> None:
    """Raise `MoveRefused` when nothing more can be recorded of the meeting, which is read anew."""
    meeting.refresh_from_db(fields=["state"])
    if meeting.state in RECORD_OPEN:
        return
    do = "Call it first." if meeting.state == M.PLANNED else "What was minuted is corrected when minutes are approved."
    raise MoveRefused(f"{meeting} is: {meeting.get_state_display().lower()}. Nothing is recorded at it now.", do=do)


def check_minutes_open(minutes: Minutes) -> None:
    """Raise `MoveRefused` when the minutes are approved: they stand as they are."""
    if minutes.state == N.APPROVED:
        raise MoveRefused(f"{minutes} are approved and stand as they are.", do="Note a correction at the next meeting.")


def check_day_has_come(meeting: Meeting, on: date) -> None:
    """Raise `MoveRefused` when a meeting is to be closed before its day."""
    if meeting.held_on > on:
        raise MoveRefused(
            f"{meeting} is on {day_words(meeting.held_on)} and has not sat yet.",
            do="Close it when it has met; where it met on another day, move it there first.",
        )


def check_approval(minutes: Minutes, at_meeting: Meeting, on: date) -> None:
    """Raise `MoveRefused` unless minutes that were sent round are approved at a later meeting of the same board, which
    has sat by the day `on`."""
    faults = []
    if minutes.state != N.SENT:
        faults.append("they have been sent round and are not approved yet")
    if at_meeting.board_id != minutes.meeting.board_id:
        faults.append("the meeting that approves them is of the same board")
    if at_meeting.pk == minutes.meeting_id or at_meeting.held_on <= minutes.meeting.held_on:
        faults.append("it is a later meeting")
    if at_meeting.state in AGENDA_OPEN and not at_meeting.has_sat(on):
        raise MoveRefused(
            f"{at_meeting} is on {day_words(at_meeting.held_on)} and has not sat yet.",
            expected="A board approves minutes when it meets: at a meeting that was called and whose day has come.",
            do="Approve them on that day or after it.",
        )
    if at_meeting.state == M.CANCELLED:
        faults.append("that meeting was not cancelled")
    if faults:
        raise MoveRefused(f"{minutes} cannot be approved.", expected=f"That {'; '.join(faults)}.")
