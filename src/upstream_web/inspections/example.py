"""The inspections of the worked example: two real reports, an invented audit, and what was done about them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from upstream_web.access.models import User
from upstream_web.inspections.codes import Party
from upstream_web.inspections.models import (
    Answer,
    Benchmark,
    Dispatch,
    EvidenceItem,
    Inspection,
    Practice,
    PublicRow,
    Recommendation,
    ResponseRecord,
)
from upstream_web.inspections.operations import evidence, ladder, practices, public_rows, publishing, responses
from upstream_web.inspections.page import offices
from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record
from upstream_web.records.operations import keeping, links
from upstream_web.records.register import find_register

LONDON = ZoneInfo("Europe/London")
MORNING = time(10)
REPORTER, REVIEWER = "lead@example", "manager@example"
SIGNERS = {Party.CHIEF: "Deputy chief constable’s office", Party.COMMISSIONER: "Commissioner’s office"}
Said = dict[str, Any]


@dataclass
class _Load:
    """One loading: who does it, and what it has looked up."""

    by: Any
    at: datetime
    people: dict[str, User] = field(default_factory=dict)
    bodies: dict[str, Organisation] = field(default_factory=dict)

    def moment(self, on: date) -> datetime:
        """Give the morning of a day, but no moment after the loading."""
        return min(datetime.combine(on, MORNING, LONDON), self.at)

    def body(self, key: str) -> Organisation | None:
        """Give an organisation by its key."""
        return self.bodies.get(key)


def load(folder: Path, *, by: Any, at: datetime) -> int:
    """Make the reports, responses, ladders and practice of the example, unless there are some; gives the reports."""
    here = folder / "inspections"
    path = here / "inspections.toml"
    if Inspection.objects.exists() or not path.is_file():
        return 0
    people = {person.username: person for person in User.objects.all()}
    bodies = {body.key: body for body in Organisation.objects.all()}
    loading = _Load(by, at, people, bodies)
    reports = tomllib.loads(path.read_text(encoding="utf-8"))["inspection"]
    for said in reports:
        _report(loading, said)
    _practice(loading, here / "practice.toml")
    return len(reports)


def _report(loading: _Load, said: Said) -> None:
    parts = {name: said.pop(name, None) for name in ("response", "elsewhere", "recommendation")}
    at = loading.moment(said["published_on"])
    texts = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    inspection = keeping.make(record=Inspection(**texts), by=loading.by, at=at)
    asked = [(_recommendation(loading, inspection, dict(each), at), each) for each in parts["recommendation"] or ()]
    if parts["response"]:
        _response(loading, inspection, parts["response"])
    for each in parts["elsewhere"] or ():
        response = ResponseRecord(inspection=inspection, is_ours=False, **each)
        responses.begin(response=response, bodies={}, by=loading.by, at=at)
    for recommendation, each in asked:
        recommendation.refresh_from_db()
        _history(loading, recommendation, each)


OF_LADDER = ("step", "reviews", "public", "actions", "indicators")


def _recommendation(loading: _Load, inspection: Inspection, said: Said, at: datetime) -> Recommendation:
    kept = {name: value for name, value in said.items() if name not in OF_LADDER}
    body = loading.body(kept.pop("body", ""))
    recommendation = Recommendation(inspection=inspection, body=body, **kept)
    return keeping.make(record=recommendation, by=loading.by, at=at)


def _response(loading: _Load, inspection: Inspection, said: Said) -> None:
    at, agreed_at = loading.moment(inspection.published_on or loading.at.date()), loading.moment(said["agreed_on"])
    names = {name: said[name] for name in ("force", "commissioner_title")}
    response = ResponseRecord(inspection=inspection, is_ours=True, **names)
    responses.begin(response=response, bodies=offices(), by=loading.by, at=at)
    chief, commissioner = response.part(Party.CHIEF), response.part(Party.COMMISSIONER)
    assert chief is not None
    assert commissioner is not None
    chief.words = said["chief"].strip()
    commissioner.words, commissioner.closing_words = said["commissioner"].strip(), said["closing"].strip()
    for part in (chief, commissioner):
        responses.redraft(part=part, fields=["words"], by=loading.by, at=at)
    for each in said.get("answer", ()):
        recommendation = inspection.recommendations.get(number=each.pop("number"), sort="recommendation")
        responses.draft_answer(answer=Answer(part=chief, recommendation=recommendation, **each), by=loading.by, at=at)
    for part in (chief, commissioner):
        part.refresh_from_db()
        responses.agree(part=part, on=said["agreed_on"], by=SIGNERS[Party(part.party)], at=agreed_at)
    response.refresh_from_db()
    publishing.publish(response=response, by=loading.by, at=loading.moment(said["published_on"]))
    for each in said.get("copy", ()):
        dispatch = Dispatch(response=response, **each)
        responses.send(dispatch=dispatch, by=loading.by, at=loading.moment(each["sent_on"]))


def _history(loading: _Load, recommendation: Recommendation, said: Said) -> None:
    """Take the steps in the order of their days; on one day in the order of the file."""
    taken = [dict(each) for each in said.get("step", ())] + [
        each for reviews in said.get("reviews", ()) for each in _reviews(reviews)
    ]
    for each in sorted(taken, key=lambda each: each["on"]):
        name, on = each.pop("take"), each.pop("on")
        _TAKERS[name](loading, recommendation, on, each)
    _link(loading, recommendation, said)
    if row := dict(said.get("public", {})):
        is_approved = row.pop("approved")
        kept = public_rows.write(row=PublicRow(recommendation=recommendation, **row), by=loading.by, at=loading.at)
        if is_approved:
            public_rows.approve(row=kept, on=loading.at.date(), by=REVIEWER, at=loading.at)


def _reviews(said: Said) -> list[Said]:
    common = {"pace": "on time"} | {name: value for name, value in said.items() if name not in ("days", "words")}
    return [
        {"take": "review", "on": on, "words": words, **common}
        for on, words in zip(said["days"], said["words"], strict=True)
    ]


Taker = Callable[[_Load, Recommendation, date, Said], None]


def _step(operation: Callable[..., Any], day: str, **fixed: Any) -> Taker:
    """Take a step by its operation; `day` is what the operation calls the day."""

    def take(loading: _Load, recommendation: Recommendation, on: date, said: Said) -> None:
        given = {"recommendation": recommendation, day: on, **fixed, **said}
        operation(**given, by=loading.people.get(REPORTER, loading.by), at=loading.moment(on))

    return take


def _owner(loading: _Load, recommendation: Recommendation, on: date, said: Said) -> None:
    given = said | {"owner": loading.people.get(said.get("owner", "")), "body": loading.body(said["body"])}
    ladder.name_owner(recommendation=recommendation, on=on, by=REVIEWER, at=loading.moment(on), **given)


def _evidence(loading: _Load, recommendation: Recommendation, on: date, said: Said) -> None:
    review, adder, at = said.pop("review"), said.pop("by", REPORTER), loading.moment(on)
    item = EvidenceItem(recommendation=recommendation, dated=on, **said)
    evidence.add(item=item, by=adder, at=at)
    evidence.review(item=item, proves=item.proves, words=review, on=on, by=REVIEWER, at=at)


def _recheck(loading: _Load, recommendation: Recommendation, on: date, said: Said) -> None:
    first = recommendation.rechecks.present().filter(checked_on__isnull=True).first()
    assert first is not None
    ladder.record_recheck(recheck=first, checked_on=on, by=REVIEWER, at=loading.moment(on), **said)


_TAKERS: dict[str, Taker] = {
    "hold-plenary": _step(ladder.hold_plenary, "held_on"),
    "state-position": _step(ladder.state_position, "stated_on"),
    "name-owner": _owner,
    "approve-plan": _step(ladder.approve_plan, "on"),
    "review": _step(ladder.review, "reviewed_on"),
    "evidence": _evidence,
    "audit-satisfied": _step(ladder.record_audit_view, "given_on", satisfied=True),
    "request-closure": _step(ladder.request_closure, "requested_on"),
    "give-level": _step(ladder.give_level, "decided_on"),
    "close": _step(ladder.close, "on"),
    "recheck": _recheck,
}


LINKED = (("action", "title", "answers"), ("indicator", "key", "measures"))


def _link(loading: _Load, recommendation: Recommendation, said: Said) -> None:
    """Link the actions that answer it and the indicators that measure it, as far as the example has them."""
    for kind, name, relation in LINKED:
        register, wanted = find_register(kind), said.get(f"{kind}s", ())
        start: Record
        for start in register.model.objects.present().filter(**{f"{name}__in": wanted}) if register else ():
            links.make(relation=relation, start=start, end=recommendation, by=loading.by, at=loading.at)


def _practice(loading: _Load, path: Path) -> None:
    if not path.is_file():
        return
    for said in tomllib.loads(path.read_text(encoding="utf-8"))["practice"]:
        benchmarks, tabled_on = said.pop("benchmark", []), said.pop("tabled_on", None)
        at = loading.moment(said["entered_on"])
        held = Inspection.objects.filter(title__startswith=said["report"]).first()
        practice = keeping.make(record=Practice(inspection=held, **said), by=loading.by, at=at)
        for each in benchmarks:
            body, lead = loading.body(each.pop("body")), loading.people.get(each.pop("lead", ""))
            if body is not None:
                benchmark = Benchmark(practice=practice, body=body, lead=lead, **each)
                keeping.make(record=benchmark, by=loading.by, at=loading.moment(each.get("decided_on", at.date())))
        if tabled_on:
            practices.table(practices=[practice], on=tabled_on, by=loading.by, at=loading.moment(tabled_on))
