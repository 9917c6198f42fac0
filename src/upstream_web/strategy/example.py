"""Loads the strategy and the delivery plan of a worked example from its folder, as it came about day by day."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.measures.queries import definitions
from upstream_web.organisations.models import Organisation
from upstream_web.records.operations import keeping
from upstream_web.strategy.models import (
    Action,
    ActionBody,
    Commitment,
    CommitmentEvidence,
    Milestone,
    Priority,
    Strategy,
    StrategySection,
)
from upstream_web.strategy.operations import actions, milestones, reviews, standings, strategies

FOLDER = "strategy"
CONFIDENCE = {"h": "high", "m": "medium", "l": "low"}
LAST_PLANNING = date(2026, 10, 1)
Table = Mapping[str, Any]


def load(folder: Path, *, by: str = "set-up", at: datetime) -> int:
    """Load the strategy and its actions where there is none yet; gives the number of actions made.

    Each thing is written by its own operation at the day on which it happened, so that history, log and RAG states
    are as they would be had the plan been kept here from the beginning.
    """
    folder = folder / FOLDER
    if Strategy.objects.exists() or not (folder / "strategy.toml").is_file():
        return 0
    told = _read(folder / "strategy.toml")
    plan = _read(folder / "actions.toml") if (folder / "actions.toml").is_file() else {"action": [], "bodies": {}}
    with transaction.atomic():
        strategy = _load_strategy(told, by=by)
        made = _load_plan(plan, until=timezone.localdate(at), by=by)
        standings.refresh(by=by, at=at)
    strategies.open_to_public(strategy=strategy, by=told.get("publisher", by), at=at)
    return made


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=timezone.get_default_timezone())


# ---- the strategy ---------------------------------------------------------------------------------------------
def _load_strategy(told: Table, *, by: str) -> Strategy:
    at = _at(told["published_on"])
    names = ("title", "period_from", "period_until", "aim", "definition", "definition_words")
    strategy = strategies.make(strategy=Strategy(**{name: told[name] for name in names}), by=by, at=at)
    for place, section in enumerate(told["section"], start=1):
        part = StrategySection(
            strategy=strategy,
            place=place,
            heading=section["heading"],
            text=section["text"].strip(),
            after_priorities=section.get("after_priorities", False),
        )
        strategies.write(part=part, by=by, at=at)
    for each in told["priority"]:
        _load_priority(strategy, each, told["sources"], by=by, at=at)
    strategies.publish(strategy=strategy, by=told.get("publisher", by), at=at)
    for each in told.get("review", ()):
        _load_review(strategy, each, by=told.get("publisher", by))
    return strategy


def _load_review(strategy: Strategy, told: Table, *, by: str) -> None:
    """Load a yearly review: one that ended with the strategy standing, or one still under way with its decisions."""
    review = reviews.begin(strategy=strategy, by=by, at=_at(told["begun"]))
    review.evidence_words, review.worked_words = told["evidence"], told.get("worked", "")
    reviews.write(review=review, fields=["evidence_words", "worked_words"], by=by, at=_at(told["begun"]))
    promises = {each.code: each for each in Commitment.objects.filter(priority__strategy=strategy)}
    priorities = {each.number: each for each in strategy.priorities.all()}
    decided = [
        reviews.Decided(
            priority=priorities[each["priority"]],
            commitment=promises.get(each.get("commitment", "")),
            verdict=each["verdict"],
            words=each.get("words", ""),
            reason=each.get("reason", ""),
        )
        for each in told.get("decides", ())
    ]
    if decided:
        reviews.decide(review=review, decided=decided, by=by, at=_at(told["begun"]))
    if "stood_on" in told:
        reviews.stand(review=review, by=by, at=_at(told["stood_on"]))


def _load_priority(strategy: Strategy, each: Table, sources: Table, *, by: str, at: datetime) -> None:
    priority = Priority(
        strategy=strategy,
        number=each["number"],
        title=each["title"],
        meaning=each["meaning"],
        is_contextual=each.get("is_contextual", False),
    )
    strategies.write(part=priority, by=by, at=at)
    for number, promise in enumerate(each.get("commitment", ()), start=1):
        commitment = Commitment(priority=priority, number=number, words=promise["words"])
        strategies.write(part=commitment, by=by, at=at)
        for evidence in _evidence(commitment, promise["evidence"], sources):
            strategies.write(part=evidence, by=by, at=at)


def _evidence(commitment: Commitment, told: Table, sources: Table) -> Iterator[CommitmentEvidence]:
    measures = list(told.get("measures", ()))
    for source, says in told.items():
        if source == "measures":
            continue
        origin = sources[source]
        yield CommitmentEvidence(
            commitment=commitment,
            source=source,
            says=says,
            is_from=origin["from"],
            dated_on=origin["on"],
            measure=measures.pop(0) if source == "data" and measures else "",
        )
    for measure in measures:
        origin = sources["data"]
        yield CommitmentEvidence(
            commitment=commitment, source="data", says=_said_by(measure), is_from=origin["from"],
            dated_on=origin["on"], measure=measure,
        )  # fmt: skip


def _said_by(measure: str) -> str:
    known = definitions().get(measure)
    return f"Counted and followed here: {known.title if known else measure}."


# ---- the plan -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Happening:
    """Something that happened to an action on a day; of one day, what stands first in `order` comes first."""

    day: date
    order: int
    do: Callable[[], object]


def _load_plan(plan: Table, *, until: date, by: str) -> int:
    bodies = {short: Organisation.objects.get(key=key) for short, key in plan["bodies"].items()}
    people = {person.username: person for person in User.objects.all()}
    promises = {each.code: each for each in Commitment.objects.select_related("priority")}
    first = Strategy.objects.get(number=1).published_on or date.min
    made = [(told, _make(told, bodies, people, promises, not_before=first, by=by)) for told in plan["action"]]
    by_name = {told["id"]: action.pk for told, action in made if "id" in told}
    for told, _ in made:
        told["parts"] = [(bodies[short].key, *rest) for short, *rest in told.get("parts", ())]
    happenings = [each for told, action in made for each in _happenings(told, action.pk, by_name, people, by=by)]
    happened = (each for each in happenings if each.day <= until)
    for each in sorted(happened, key=lambda happening: (happening.day, happening.order)):
        each.do()
    return len(made)


def planned_on(told: Table, not_before: date) -> date:
    """Give the day on which an action came into the plan: when it starts, or for those to come, the last planning."""
    return max(not_before, min(told["starts"], LAST_PLANNING))


def _make(
    told: Table, bodies: Table, people: Table, promises: Mapping[str, Commitment], *, not_before: date, by: str
) -> Action:
    at = _at(planned_on(told, not_before))
    action = Action(
        title=told["title"],
        what=told.get("what", ""),
        commitment=promises[told["for"]],
        lead_body=bodies[told["body"]],
        lead_role=told.get("role", ""),
        lead=people.get(told.get("lead", "")),
        starts_on=told["starts"],
        due_on=told["due"],
        cost_planned=Decimal(told.get("cost", 0)),
        output_expected=told.get("output", ""),
        outcome_expected=told.get("outcome", ""),
    )
    actions.make(action=action, by=by, at=at)
    for short in told.get("with", ()):
        keeping.make(record=ActionBody(action=action, body=bodies[short]), by=by, at=at)
    for title, due_on, *_ in told.get("milestones", ()):
        milestones.make(milestone=Milestone(action=action, title=title, due_on=due_on), by=by, at=at)
    return action


def _happenings(told: Table, key: int, by_name: Table, people: Table, *, by: str) -> Iterator[Happening]:
    who = people.get(told.get("lead", "")) or told.get("role", by)
    for name in told.get("needs", ()):
        day = min(told["starts"], LAST_PLANNING)
        yield Happening(day, 0, _need(key, by_name[name], day, by=by))
    for day, percent, done, following, confidence in told.get("notes", ()):
        said = actions.Report(
            done=done, percent=percent, confidence=CONFIDENCE[confidence], next=following,
            slip_reason=told.get("slip", ""), spent=None,
        )  # fmt: skip
        yield Happening(day, 1, _report(key, said, day, by=who))
    for short, day, percent, done in told.get("parts", ()):
        yield Happening(day, 1, _report_part(key, short, percent, done, day))
    for title, _, *reached in told.get("milestones", ()):
        for day in reached:
            yield Happening(day, 2, _reach(key, title, day, by=who))
    for day, new_day, reason, agreed_by in told.get("moved", ()):
        yield Happening(day, 3, _rebaseline(key, new_day, reason, agreed_by, day, by=by))
    yield from _endings(told, key, who, by=by)


def _endings(told: Table, key: int, who: Any, *, by: str) -> Iterator[Happening]:
    for state, name in (("blocked", "blocked"), ("stopped", "stopped")):
        if name in told:
            day, words = told[name]
            yield Happening(day, 4, _move(key, state, words, day, by=who))
    if "done" in told:
        yield Happening(told["done"], 4, _move(key, "done", "", told["done"], by=who))
    last = max(
        [told["starts"], *(note[0] for note in told.get("notes", ())), *([told["done"]] if "done" in told else [])]
    )
    after = {"cost_spent": Decimal(told["spent"])} if "spent" in told else {}
    after |= {"outcome_seen": told["came_of_it"]} if "came_of_it" in told else {}
    if after:
        yield Happening(last, 5, _change(key, after, last, by=who))
    if "comment" in told:
        yield Happening(last, 6, _comment(key, told["comment"], last, by=who))
    if "escalate" in told:
        day, reason = told["escalate"]
        yield Happening(day, 6, _escalate(key, reason, day, by=who))


# Each gives what is to be done later: the action is read then, as it is by that day.
def _need(key: int, needed: int, day: date, *, by: Any) -> Callable[[], object]:
    return lambda: milestones.need(action=_action(key), needs=_action(needed), by=by, at=_at(day))


def _report(key: int, said: actions.Report, day: date, *, by: Any) -> Callable[[], object]:
    return lambda: actions.report(action=_action(key), said=said, by=by, at=_at(day))


def _report_part(key: int, body: str, percent: int, done: str, day: date) -> Callable[[], object]:
    """Let a contributing body say something of its part; told by the key of the organisation, as `bodies` gives it."""

    def said() -> ActionBody:
        part = ActionBody.objects.select_related("action", "body").get(action=key, body__key=body)
        return actions.report_part(part=part, done=done, percent=percent, by=str(part.body), at=_at(day))

    return said


def _reach(key: int, title: str, day: date, *, by: Any) -> Callable[[], object]:
    return lambda: milestones.reach(
        milestone=Milestone.objects.select_related("action").get(action=key, title=title), on=day, by=by, at=_at(day)
    )


def _rebaseline(key: int, due_on: date, reason: str, agreed_by: str, day: date, *, by: Any) -> Callable[[], object]:
    return lambda: actions.rebaseline(
        action=_action(key), due_on=due_on, reason=reason, agreed_by=agreed_by, by=by, at=_at(day)
    )


def _move(key: int, to: str, words: str, day: date, *, by: Any) -> Callable[[], object]:
    return lambda: actions.move(action=_action(key), to=to, words=words, by=by, at=_at(day))


def _comment(key: int, words: str, day: date, *, by: Any) -> Callable[[], object]:
    return lambda: actions.comment_on_rag(action=_action(key), words=words, by=by, at=_at(day))


def _escalate(key: int, reason: str, day: date, *, by: Any) -> Callable[[], object]:
    return lambda: actions.ask_to_escalate(action=_action(key), reason=reason, by=by, at=_at(day))


def _change(key: int, values: Mapping[str, Any], day: date, *, by: Any) -> Callable[[], object]:
    def change() -> Action:
        action = _action(key)
        for name, value in values.items():
            setattr(action, name, value)
        return actions.change(action=action, fields=sorted(values), by=by, at=_at(day))

    return change


def _action(key: int) -> Action:
    return Action.objects.get(pk=key)
