"""Loads the boards, meetings, risks and escalations of a worked example, as they came about day by day."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.governance.models import (
    AgendaItem,
    Board,
    CameFrom,
    Decision,
    Declaration,
    Escalation,
    Meeting,
    MeetingAction,
    Minutes,
    Risk,
    RiskReview,
    Seat,
)
from upstream_web.governance.operations import agendas, days, escalations, meetings, minutes, risks
from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record
from upstream_web.records.operations import keeping, links
from upstream_web.records.register import find_register

FOLDER = "governance"
FILES = ("boards.toml", "meetings.toml", "risks.toml", "escalations.toml")
CALLED_BEFORE, MINUTES_AFTER = timedelta(days=8), timedelta(days=9)
AWAY = {"a": "apologies", "x": "absent"}
Table = Mapping[str, Any]


def load(folder: Path, *, by: str = "set-up", at: datetime) -> int:
    """Load everything where there is no board yet; gives the number of meetings made.

    Each thing is written by its own operation on the day on which it happened; what lies after `at` is only planned.
    """
    folder = folder / FOLDER
    if Board.objects.exists() or not all((folder / name).is_file() for name in FILES):
        return 0
    told = [tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in FILES]
    with transaction.atomic():
        return _Loading(told[0]["bodies"], until=timezone.localdate(at), by=by).load(*told)


def _at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


class _Loading:
    """One loading: what was made so far, by the names under which the files speak of it."""

    def __init__(self, bodies: Mapping[str, str], *, until: date, by: str) -> None:
        kept = {each.key: each for each in Organisation.objects.filter(key__in=bodies.values())}
        self.bodies = {name: kept[key] for name, key in bodies.items()}
        self.people = {person.username: person for person in User.objects.filter(username__endswith="@example")}
        self.until, self.by = until, by
        self.boards: dict[str, Board] = {}
        self.seats: dict[str, list[Seat]] = {}
        self.risks: dict[str, Risk] = {}
        self.waiting: dict[str, Minutes] = {}

    def load(self, boards: Table, met: Table, risks_: Table, raised: Table) -> int:
        """Load in the order in which things rest on one another."""
        for each in boards["board"]:
            self._board(each)
        for each in sorted(met["meeting"], key=lambda each: each["on"]):
            self._meeting(each)
        for each in risks_["risk"]:
            self._risk(each)
        for each in raised["escalation"]:
            self._escalation(each)
        return len(met["meeting"])

    # ---- boards ----------------------------------------------------------------------------------------------
    def _board(self, told: Table) -> None:
        board = Board(
            name=told["name"], board_kind=told["kind"], purpose=told["purpose"], terms=told["terms"].strip(),
            terms_agreed_on=told["agreed"], cycle=told["cycle"], quorum_members=told["quorum"],
            usual_place=told["place"], usual_start=told["start"], usual_minutes=told["minutes"],
            standing_items="\n".join(told["standing"]), parent=self.boards.get(told.get("parent", "")),
        )  # fmt: skip
        at = _at(told["since"])
        self.boards[told["key"]] = keeping.make(record=board, by=self.by, at=at)
        self.seats[told["key"]] = [
            keeping.make(record=self._seat(board, told["since"], *each), by=self.by, at=at) for each in told["seats"]
        ]

    def _seat(self, board: Board, since: date, body: str, role: str, deputy: str, marks: str) -> Seat:
        signs_in = {"Partnership manager": "manager@example"}.get(role)
        return Seat(
            board=board, body=self.bodies[body], role=role, deputy_role=deputy, from_on=since,
            is_chair="c" in marks, is_needed="n" in marks, votes="o" not in marks,
            person=self.people.get(signs_in or ""),
        )  # fmt: skip

    # ---- meetings --------------------------------------------------------------------------------------------
    def _meeting(self, told: Table) -> None:
        board = self.boards[told["board"]]
        meeting = Meeting(board=board, held_on=told["on"])
        meetings.make(meeting=meeting, by=self.by, at=_at(told["on"] - timedelta(days=120)))
        if "moved" in told:
            day, why = told["moved"]
            meetings.move(meeting=meeting, held_on=day, why=why, by=self.by, at=_at(told["on"] - timedelta(days=2)))
        if "item" not in told or meeting.held_on > self.until:
            return
        items = self._agenda(meeting, told)
        meetings.call(meeting=meeting, by=self.by, at=_at(meeting.held_on - CALLED_BEFORE))
        self._hold(meeting, told, items)
        self._minute(meeting, told)

    def _agenda(self, meeting: Meeting, told: Table) -> list[tuple[AgendaItem, Table]]:
        at = _at(meeting.held_on - CALLED_BEFORE, 9)
        first = [{"title": "Welcome, apologies and interests", "asks": "note", "minutes": 5, "from": CameFrom.STANDING}]
        if told["board"] in self.waiting:
            number = self.waiting[told["board"]].meeting.number
            first.append({
                "title": f"Minutes of meeting {number}", "asks": "approve", "minutes": 5, "from": CameFrom.STANDING,
                "notes": f"the minutes of meeting {number} were agreed as a true record",
            })  # fmt: skip
        made = []
        for each in [*first, *told["item"]]:
            item = AgendaItem(
                meeting=meeting, title=each["title"], asks=each["asks"], minutes=each["minutes"],
                presenter=each.get("by", ""), came_from=each.get("from", CameFrom.HAND),
            )  # fmt: skip
            made.append((agendas.add(item=item, by=self.by, at=at), each))
        return made

    def _hold(self, meeting: Meeting, told: Table, items: Sequence[tuple[AgendaItem, Table]]) -> None:
        at = _at(meeting.held_on, 15)
        for place, seat in enumerate(self.seats[told["board"]], start=1):
            how = told.get("away", {}).get(str(place), "")
            mark = AWAY.get(how, "deputy" if how else "present")
            who = how if mark == "deputy" else ""
            days.mark(meeting=meeting, seat=seat, mark=mark, who=who, by=self.by, at=at)
        for item, each in items:
            self._item(meeting, item, each, at)
        meetings.hold(meeting=meeting, by=self.by, at=at)

    def _item(self, meeting: Meeting, item: AgendaItem, told: Table, at: datetime) -> None:
        if told.get("notes"):
            item.notes = "\n".join(line.strip() for line in told["notes"].strip().splitlines())
            days.note(item=item, by=self.by, at=at)
        for who, what, handled in told.get("declared", ()):
            declared = Declaration(meeting=meeting, item=item, who=who, what=what, handled=handled)
            days.declare(declaration=declared, by=self.by, at=at)
        for words, why, owner, due, state, became in told.get("decisions", ()):
            decision = Decision(meeting=meeting, item=item, words=words, reason=why, owner_role=owner, due_on=due)
            days.decide(decision=decision, by=self.by, at=at)
            if state != "stands":
                days.end_decision(decision=decision, state=state, words=became, by=self.by, at=_at(due))
            self._link("decides-on", decision, told.get("decides_on", ()), at=at)
        for words, owner, body, due, done, came in told.get("actions", ()):
            action = MeetingAction(
                meeting=meeting, item=item, words=words, owner_role=owner, body=self.bodies[body], due_on=due
            )
            days.arise(action=action, by=self.by, at=at)
            if done and done <= self.until:
                days.end_action(action=action, state="done", words=came, by=self.by, at=_at(done))

    def _minute(self, meeting: Meeting, told: Table) -> None:
        """Draft and send the minutes, and approve those of the meeting before, as this one did."""
        earlier = self.waiting.pop(told["board"], None)
        if earlier is not None:
            minutes.approve(
                minutes=earlier, at_meeting=meeting, corrections=told.get("corrections", ""), by="board@example",
                at=_at(meeting.held_on, 16),
            )  # fmt: skip
        sent_on = meeting.held_on + MINUTES_AFTER
        if sent_on <= self.until:
            drafted = minutes.draft(meeting=meeting, by=self.by, at=_at(meeting.held_on + timedelta(days=2)))
            self.waiting[told["board"]] = minutes.send(minutes=drafted, by=self.by, at=_at(sent_on))

    # ---- risks -----------------------------------------------------------------------------------------------
    def _risk(self, told: Table) -> None:
        names = ("title", "category", "cause", "event", "effect", "response", "controls")
        (before, first, target) = (told["before"], told["first"], told["target"])
        risk = Risk(
            **{name: told[name] for name in names}, sort=told.get("sort", "risk"), planned=told.get("planned", ""),
            owner_role=told["role"], owner_body=self.bodies[told["body"]], board=self.boards[told["board"]],
            owner=self.people.get(told.get("owner", "")), raised_on=told["raised"], likelihood_before=before[0],
            impact_before=before[1], likelihood=first[0], impact=first[1], likelihood_target=target[0],
            impact_target=target[1],
        )  # fmt: skip
        risks.make(risk=risk, by=self.by, at=_at(told["raised"]))
        for on, likelihood, impact, words in told["reviews"]:
            if on <= self.until:
                review = RiskReview(risk=risk, reviewed_on=on, likelihood=likelihood, impact=impact, words=words)
                risks.review(review=review, by=told.get("owner", self.by), at=_at(on))
        if "closed" in told:
            on, words = told["closed"]
            risks.set_state(risk=risk, state="closed", words=words, by=self.by, at=_at(on))
        self._link("threatens", risk, told.get("threatens", ()), at=_at(told["raised"]))
        self._link("treats", risk, told.get("treated_by", ()), at=_at(told["raised"]), backward=True)
        self.risks[risk.title] = risk

    def _link(
        self, relation: str, record: Record, titles: Sequence[str], *, at: datetime, backward: bool = False
    ) -> None:
        """Link a record with actions by their titles, or them with it, where the plan is kept here and has them."""
        actions = find_register("action")
        for action in actions.records().filter(title__in=titles) if actions else ():
            start, end = (action, record) if backward else (record, action)
            links.make(relation=relation, start=start, end=end, by=self.by, at=at)

    def _escalation(self, told: Table) -> None:
        risk = self.risks[told["about"]]
        kind, key = risk.trail_name()
        made = Escalation(
            title=told["title"], about_kind=kind, about_key=key, from_board=self.boards[told["from"]],
            to_board=self.boards.get(told.get("to_board", "")), to_name=told.get("to_name", ""),
            reason=told["reason"], asked=told["asked"], raised_on=told["raised"], answer_by_on=told["answer_by"],
        )  # fmt: skip
        escalations.make(escalation=made, by=self.by, at=_at(told["raised"]))
        for name, on, words in told["moves"]:
            if on <= self.until:
                escalations.move(escalation=made, name=name, words=words, by=self.by, at=_at(on))
