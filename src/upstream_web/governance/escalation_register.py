"""Escalations as a register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words
from upstream_web.governance import clocks, policies, queries, receiving, timed
from upstream_web.governance.board_register import board_choices
from upstream_web.governance.forms import EscalationForm
from upstream_web.governance.meeting_page import shown_clock
from upstream_web.governance.meeting_register import clock_tag
from upstream_web.governance.models import Board, Escalation, EscalationState
from upstream_web.governance.operations import escalations
from upstream_web.governance.policies import ESCALATION_MOVES
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour, Register, Timed, find_register, get_register

TAGS = {
    EscalationState.RAISED: "soon", EscalationState.ACKNOWLEDGED: "open", EscalationState.ANSWERED: "open",
    EscalationState.CLOSED: "done", EscalationState.WITHDRAWN: "",
}  # fmt: skip


def state_tag(escalation: Escalation) -> Tag:
    """Give the state; one that waits for acknowledgement says so, and whether that is late."""
    if escalation.state == EscalationState.RAISED:
        stand = clocks.acknowledgement_clock(escalation, timezone.localdate())
        if stand.state == "late":
            return Tag("late", "Not acknowledged")
    return Tag(TAGS[EscalationState(escalation.state)], escalation.get_state_display())


def record_of(escalation: Escalation, person: Any) -> Any:
    """Give the record that was escalated, or None when there is none, or the person may not see it."""
    if not escalation.about_kind:
        return None
    try:
        return get_register(escalation.about_kind).get(person, escalation.about_key)
    except Http404:
        return None


def ladder(escalation: Escalation) -> list[Escalation]:
    """Give the escalations of one concern from the lowest rung to the highest."""
    rungs = [escalation]
    while rungs[0].came_after is not None:
        rungs.insert(0, rungs[0].came_after)
    while (higher := rungs[-1].taken_further.present().first()) is not None:
        rungs.append(higher)
    return rungs


def next_rung(board: Board | None) -> Board | None:
    """Give the board to which a board escalates; None leads outside."""
    return board.parent if board else None


class Escalations(Register[Escalation]):
    """What was taken to a higher board, or out to another partnership."""

    model = Escalation
    noun, plural = "escalation", "escalations"
    area, section = "act", "risks"
    see, change = Permission.ESCALATION_VIEW, Permission.ESCALATION_CHANGE
    form = EscalationForm
    searched = ("title", "reason", "asked", "answer", "to_name", "to_body__name", "to_board__name")
    related = ("from_board", "from_body", "to_board", "to_body")
    order = ("-raised_on", "-number")
    page_template = "governance/escalation.html"
    empty = "What a board cannot settle goes to the one above it, or out to the partnership that can."
    columns = (
        Column("title", "Escalation", sort=("title",)),
        Column("number", "Number", is_number=True, sort=("number",)),
        Column("receiver", "To", sort=("to_board__name", "to_body__name", "to_name")),
        Column("raised_on", "Raised", sort=("raised_on",)),
        Column("answer_by_on", "Answer by", sort=("answer_by_on",)),
        Column("state", "State", value=state_tag, sort=("state", "raised_on")),
        Column("asked", "What is asked", only_exported=True),
        Column("answer", "Answer", only_exported=True),
    )
    filters = (
        Filter("state", "State", EscalationState.choices),
        Filter("to_board", "To the board", board_choices),
        Filter("where", "Where to", (("in", "Our own boards"), ("out", "Outside")),
               narrow=lambda records, value: records.filter(to_board__isnull=value == "out")),
    )  # fmt: skip

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many are open and wait for acknowledgement."""
        waiting = records.filter(state=EscalationState.RAISED).count()
        still = records.filter(state__in=["raised", "acknowledged", "answered"]).count()
        return f"{count_words(still, 'escalation')} open, {waiting or 'none'} waiting for acknowledgement."

    def crumbs(self, record: Escalation | None = None) -> list[tuple[str, str]]:
        """Stand beneath risks."""
        return [("Risks", reverse("risk-list")), (self.title, self.address())]

    def initial(self, request: Any) -> dict[str, Any]:
        """Begin from the record that the address names, and from the board that watches it."""
        found = super().initial(request)
        kind, key = request.GET.get("kind", ""), request.GET.get("key", "")
        if kind and key.isdecimal():
            record = get_register(kind).get(request.user, key)
            found["title"] = str(record)[:200]
            watching = getattr(record, "board", None)
            if isinstance(watching, Board):
                found |= {"from_board": watching.pk, "to_board": watching.parent_id}
        return found

    def can_change(self, record: Escalation) -> str:
        """Once acknowledged, what was handed over stands."""
        return "" if record.state == EscalationState.RAISED else "It was acknowledged; what was handed over stands."

    def make(self, record: Escalation, *, by: Any, at: datetime) -> Escalation:
        """Raise it under its number."""
        return escalations.make(escalation=record, by=by, at=at)

    def change_record(self, record: Escalation, fields: list[str], *, by: Any, at: datetime) -> Escalation:
        """Change it, and tell another receiver where it has one now."""
        return escalations.change(escalation=record, fields=fields, by=by, at=at)

    def facts(self, record: Escalation) -> list[tuple[str, Any]]:
        """Say from whom to whom, and how far."""
        rows = [
            ("From", record.from_board or record.from_body), ("To", record.receiver), ("Raised", record.raised_on),
            ("Answer by", record.answer_by_on), ("State", state_tag(record)),
            ("Acknowledged", record.acknowledged_on), ("By", record.acknowledged_by),
            ("Answered", record.answered_on), ("Ended", record.ended_on), ("How", record.ended_words),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Escalation, person: Any) -> dict[str, Any]:
        """Give the record it is about, its ladder, its clock and what can be done."""
        may_move = may(person, Permission.ESCALATION_CHANGE, about=record)
        stand = clocks.acknowledgement_clock(record, timezone.localdate())
        return {
            "escalated": record_of(record, person),
            "ladder": ladder(record),
            "clock": shown_clock("Acknowledgement, five working days", stand),
            "moves": policies.moves_from(ESCALATION_MOVES, record.state).items() if may_move else (),
            "main_act": may_move,
            "receivers": receiving.Receivers().of(record) if record.state == EscalationState.RAISED else (),
        }

    def acts(self, record: Escalation, person: Any) -> list[Act]:
        """Offer the receivers to acknowledge it, and the raisers to take it further while it is open."""
        if record.removed_at:
            return []
        found = []
        if receiving.may_acknowledge(person, record):
            found.append(Act("Acknowledge", reverse("escalation-acknowledge", args=[record.pk]), True, posts=True))
        if record.is_open and may(person, Permission.ESCALATION_CHANGE, about=record):
            found.append(Act("Take it further", reverse("escalation-further", args=[record.pk])))
        return found

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days by which acknowledgements and answers are due."""
        for each in queries.open_escalations(person):
            if each.state == EscalationState.RAISED:
                stand = clocks.acknowledgement_clock(each, timezone.localdate())
                if since <= stand.due_on <= until:
                    yield Dated(each, stand.due_on, f"Acknowledgement: {each}", clock_tag(stand).kind, each.receiver)
            elif (
                each.answer_by_on and each.state == EscalationState.ACKNOWLEDGED and since <= each.answer_by_on <= until
            ):
                yield Dated(each, each.answer_by_on, f"Answer: {each}", "soon", each.receiver)

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Ask the receivers to acknowledge, and remind the raisers of what nobody has acknowledged."""
        waiting = list(queries.unacknowledged(person))
        seats = receiving.seats_held() if waiting else {}
        for each in waiting:
            stand = clocks.acknowledgement_clock(each, on)
            if receiving.may_acknowledge(person, each, seats):
                title = f"Acknowledge for {each.receiver}: {each.title}"
            elif may(person, Permission.ESCALATION_CHANGE, about=each):
                title = f"Not acknowledged by {each.receiver}: {each.title}"
            else:
                continue
            yield Dated(each, stand.due_on, title, clock_tag(stand).kind, stand.words)

    def neighbours(self, record: Escalation) -> Iterable[Neighbour]:
        """Give the rungs around it and its receiver."""
        about = find_register(record.about_kind)
        escalated = about and about.records().filter(pk=record.about_key).first()
        if escalated:
            yield Neighbour(escalated, "is about", False)
        if record.came_after:
            yield Neighbour(record.came_after, "comes after", False)
        for each in record.taken_further.present():
            yield Neighbour(each, "was taken further in", True)
        if record.to_board:
            yield Neighbour(record.to_board, "went to", True)

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give the acknowledgements."""
        return timed.of_escalations(person, since)
