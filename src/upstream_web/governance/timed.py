"""The clocks of boards, meetings, risks and escalations, one by one, for lists, reminders and rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from upstream_web.core.clocks import rule, turns
from upstream_web.governance import clocks, queries, receiving
from upstream_web.governance.models import BEHIND, EscalationState, Meeting, MeetingState, Minutes, RiskReview, Seat
from upstream_web.records.register import Timed


def chairs() -> dict[int, tuple[int, ...]]:
    """Give the person who chairs each board now, by the key of the board, where one signs in."""
    seats = Seat.objects.present().filter(is_chair=True, until_on=None, person__isnull=False)
    return {board: (person,) for board, person in seats.values_list("board_id", "person_id")}


def of_meetings(person: Any, since: date) -> Iterator[Timed]:
    """Give for each meeting the sending of its papers, and once it was held its draft minutes."""
    told = chairs()
    found = queries.meetings(person).filter(held_on__gte=since).exclude(state=MeetingState.CANCELLED)
    minutes = {each.meeting_id: each for each in Minutes.objects.filter(meeting__in=found)}
    for meeting in found.order_by("held_on"):
        above = told.get(meeting.board_id, ())
        yield Timed(meeting, clocks.of_papers(meeting), f"Papers of {meeting}", above=above)
        if meeting.state in BEHIND:
            clock = clocks.of_minutes(meeting, minutes.get(meeting.pk))
            yield Timed(meeting, clock, f"Draft minutes of {meeting}", above=above)


def of_boards(person: Any, since: date) -> Iterator[Timed]:
    """Give for each board the time from one meeting to the next."""
    told, held = chairs(), defaultdict(list)
    behind = Meeting.objects.present().filter(state__in=BEHIND, held_on__gte=since)
    for key, day in behind.values_list("board_id", "held_on"):
        held[key].append(day)
    for board in queries.boards():
        for clock in turns(clocks.cycle_of(board), held[board.pk]):
            yield Timed(board, clock, f"{board} meets", above=told.get(board.pk, ()))


def of_risks(person: Any, since: date) -> Iterator[Timed]:
    """Give for each open risk the time from one look to the next."""
    risks = list(queries.open_risks(person))
    told, looks = chairs(), defaultdict(list)
    reviews = RiskReview.objects.present().filter(risk__in=risks, reviewed_on__gte=since)
    for key, day in reviews.values_list("risk_id", "reviewed_on"):
        looks[key].append(day)
    for risk in risks:
        days = [*([risk.raised_on] if risk.raised_on >= since else []), *looks[risk.pk]]
        days = days or [risk.reviewed_on or risk.raised_on]
        for clock in turns(rule(clocks.REVIEW), days):
            owner = (risk.owner_id,) if risk.owner_id else ()
            yield Timed(risk, clock, f"Review of the risk “{risk}”", owner, told.get(risk.board_id or 0, ()))


def of_escalations(person: Any, since: date) -> Iterator[Timed]:
    """Give for each escalation its acknowledgement; while it waits, those who may give it answer for it."""
    unheard = {"state": EscalationState.WITHDRAWN, "acknowledged_on": None}  # nobody owes an acknowledgement any more
    found = list(queries.escalations(person).filter(raised_on__gte=since).exclude(**unheard))
    waits = any(each.state == EscalationState.RAISED for each in found)
    receivers = receiving.Receivers() if waits else None
    for each in found:
        asked = receivers.of(each) if receivers and each.state == EscalationState.RAISED else ()
        title = f"Acknowledgement by {each.receiver}: {each.title}"
        yield Timed(each, clocks.of_acknowledgement(each), title, tuple(person.pk for person in asked))
