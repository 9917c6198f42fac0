"""What governance itself proposes for agendas: standing items, minutes to approve, escalations, and whatever any
register of the site knows to be late or due before the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.governance import agenda
from upstream_web.governance.agenda import Proposal
from upstream_web.governance.models import (
    OPEN_ESCALATIONS,
    AgendaItem,
    ArisingState,
    Asked,
    BoardKind,
    CameFrom,
    Escalation,
    Meeting,
    MeetingAction,
    MeetingState,
)
from upstream_web.records.register import ASKED, Dated, registers

# How far back a day that nobody has dealt with is still looked for.
LOOKS_BACK = timedelta(days=730)
# These come onto agendas by ways of their own, above.
OWN_KINDS = frozenset({"meeting", "escalation", "meeting-action"})
BY_RULE = "Red for longer than the rule allows"


def standing(meeting: Meeting, person: Any) -> Iterator[Proposal]:
    """Propose the board's standing items in its order, with the minutes that wait for approval after the first."""
    items = [Proposal(title, CameFrom.STANDING, "Standing items") for title in meeting.board.standing]
    yield from items[:1]
    yield from minutes_to_approve(meeting)
    yield from items[1:]


def minutes_to_approve(meeting: Meeting) -> Iterator[Proposal]:
    """Propose the minutes of earlier meetings that were sent round."""
    waiting = Meeting.objects.present().filter(
        board=meeting.board_id, state=MeetingState.MINUTED, held_on__lt=meeting.held_on
    )
    for earlier in waiting.select_related("board").order_by("held_on"):
        yield Proposal(
            f"Minutes of meeting {earlier.number}", CameFrom.STANDING, "Minutes", Asked.APPROVE,
            "meeting", str(earlier.pk), earlier.held_on,
        )  # fmt: skip


def escalations(meeting: Meeting, person: Any) -> Iterator[Proposal]:
    """Propose what was escalated to the board and is open."""
    waiting = Escalation.objects.present().filter(to_board=meeting.board_id, state__in=OPEN_ESCALATIONS)
    for each in waiting.select_related("from_board", "from_body").order_by("raised_on"):
        yield Proposal(
            each.title, CameFrom.ESCALATED, "Escalations", Asked.DECIDE, "escalation", str(each.pk), each.raised_on,
            each.asked, 15, str(each.from_board or each.from_body or ""),
        )  # fmt: skip


def asked_to_escalate(meeting: Meeting, person: Any) -> Iterator[Proposal]:
    """Propose what somebody asks to take to a board, unless this board has had it on an agenda since it was asked."""
    if meeting.board.board_kind == BoardKind.OTHER:
        return
    had = AgendaItem.objects.present().filter(
        meeting__board=meeting.board_id, meeting__held_on__lt=meeting.held_on, is_dropped=False
    )
    seen = {(kind, key): day for kind, key, day in had.values_list("about_kind", "about_key", "meeting__held_on")}
    for register in registers():
        for each in register.to_escalate(person) if may(person, register.see) else ():
            kind, key = each.record.trail_name()
            if each.what != ASKED:  # by rule: lines of one item, since there may be many
                yield Proposal(
                    each.title, CameFrom.LATE, BY_RULE, Asked.DISCUSS, kind, key, each.on, each.words, is_own=True
                )  # fmt: skip
            elif seen.get((kind, key), date.min) < each.on:
                yield Proposal(
                    f"For the board: {each.title}"[:200], CameFrom.ESCALATED, "Asked to be escalated", Asked.DECIDE,
                    kind, key, each.on, each.words, 10, register.noun.capitalize(),
                )  # fmt: skip


def actions_arising(meeting: Meeting, person: Any) -> Iterator[Proposal]:
    """Propose the board's own open actions arising that are due by the meeting."""
    waiting = MeetingAction.objects.present().filter(
        board=meeting.board_id, state=ArisingState.OPEN, due_on__lte=meeting.held_on
    )
    today = timezone.localdate()
    for each in waiting.order_by("due_on"):
        came_from = CameFrom.LATE if each.due_on < today else CameFrom.DUE
        yield Proposal(
            str(each), came_from, "Actions arising", kind="meeting-action", key=str(each.pk), on=each.due_on,
            words=each.owner_role, is_own=True,
        )  # fmt: skip


def whatever_registers_know(meeting: Meeting, person: Any) -> Iterator[Proposal]:
    """Propose what any register knows to be late, or due by the day of the meeting, as far as the person may see it."""
    for register in registers():
        if register.kind in OWN_KINDS or not may(person, register.see):
            continue
        seen = set()
        waiting = list(register.waiting_for(person, meeting.held_on))
        dated = list(register.dates(person, meeting.held_on - LOOKS_BACK, meeting.held_on))
        for each in [*waiting, *dated]:
            if each.on <= meeting.held_on and each.state != "done" and each.record.trail_name() not in seen:
                seen.add(each.record.trail_name())
                yield _proposal(register.title, each, timezone.localdate())


def _proposal(source: str, found: Dated, today: date) -> Proposal:
    kind, key = found.record.trail_name()
    came_from = CameFrom.LATE if found.on < today else CameFrom.DUE
    return Proposal(found.title, came_from, source, kind=kind, key=key, on=found.on, words=found.words)


agenda.source("Standing items", standing)
agenda.source("Escalations", escalations)
agenda.source("Asked to be escalated", asked_to_escalate)
agenda.source("Actions arising", actions_arising)
agenda.source("Registers", whatever_registers_know)
