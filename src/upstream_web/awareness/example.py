"""Loads what the worked example holds about education, training and awareness, as it came about day by day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from upstream_web.awareness.criteria import OBSERVATION_CRITERIA, PACKAGE_CRITERIA
from upstream_web.awareness.example_outreach import load_outreach
from upstream_web.awareness.models import (
    Completion,
    Course,
    Headcount,
    Observation,
    Package,
    Requirement,
    Session,
    Setting,
    Team,
)
from upstream_web.awareness.operations import packages, sessions
from upstream_web.organisations.models import Organisation
from upstream_web.records.operations import keeping

FOLDER = "awareness"
FILES = ("packages", "settings", "sessions", "training", "outreach", "activities")
PROVIDERS = {"walk": "county", "carry": "wharfside", "owned": "wharfside", "respect": "city", "screen": "commissioner"}
INVENTED = " (invented)"
PERSONNEL, TRAINING = "Personnel system of the body (invented)", "Training record of the body (invented)"
Table = Mapping[str, Any]


def load(folder: Path, *, by: str = "set-up", at: datetime) -> int:
    """Load everything where no package is kept yet; gives the number of sessions made.

    Each thing is written by its own operation on the day on which it happened; what lies after `at` is left out.
    """
    paths = [folder / FOLDER / f"{name}.toml" for name in FILES]
    if Package.objects.exists() or not all(path.is_file() for path in paths):
        return 0
    told = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}
    with transaction.atomic():
        loading = _Loading(told["packages"]["bodies"], until=timezone.localdate(at), by=by)
        loading.education(told["packages"], told["settings"], told["sessions"])
        loading.training(told["training"])
        load_outreach(told["outreach"], told["activities"], loading.bodies, until=loading.until, by=by)
    return len(loading.sessions)


def at_noon(day: date) -> datetime:
    """Give noon of a day."""
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())


def or_none(value: Any) -> Any:
    """Read an empty text as nothing known."""
    return None if value == "" else value


class _Loading:
    """One loading: what was made so far, by the names under which the files speak of it."""

    def __init__(self, bodies: Mapping[str, str], *, until: date, by: str) -> None:
        self.until, self.by = until, by
        self.bodies = {key: Organisation.objects.get(name=name) for key, name in bodies.items()}
        self.packages: dict[str, Package] = {}
        self.settings: dict[str, Setting] = {}
        self.sessions: dict[tuple[date, str], Session] = {}
        self.teams: dict[str, Team] = {}

    def education(self, taught: Table, there: Table, held: Table) -> None:
        """Load packages, settings and sessions."""
        for each in taught["package"]:
            self._package(each)
        listed = [self._setting(line, there["counted_on"]) for line in there["setting"]]
        keeping.make_all(records=listed, by=self.by, at=at_noon(date(2025, 9, 1)))
        self.settings = {each.name.removesuffix(INVENTED): each for each in listed}
        moved = {(on, name): (first, why) for on, name, first, why in held["moved"]}
        for line in held["session"]:
            self._session(line, moved)
        for line in held["observed"]:
            self._observation(line)
        for each in taught["package"]:  # retired once its sessions are there
            if "retired" in each:
                package = self.packages[each["id"]]
                packages.retire(package=package, reason=each["retired"], by=self.by, at=at_noon(each["checked"]))

    def _package(self, told: Table) -> None:
        lacks = told.get("lacks", [])
        made = Package(
            title=told["title"], theme=told["theme"], sort=told["sort"], summary=told["summary"],
            key_stages=told["stages"], age_from=told["ages"][0], age_to=told["ages"][1], lessons=told["lessons"],
            minutes=told["minutes"], owner=self.bodies[told["owner"]], edition=told["edition"], rating=told["rating"],
            rating_source=told["source"], criteria=" ".join(code for code, _ in PACKAGE_CRITERIA if code not in lacks),
            checked_on=told.get("checked"), review_on=told.get("review"), is_invented=True,
        )  # fmt: skip
        on = at_noon(told.get("checked", date(2026, 10, 6)))
        self.packages[told["id"]] = keeping.make(record=made, by=self.by, at=on)
        if not lacks:
            packages.approve(package=made, words="Quality group of the partnership", by=self.by, at=on)

    def _setting(self, line: Sequence[Any], counted_on: date) -> Setting:
        name, phase, district, on_roll, needs = line
        return Setting(
            name=name, phase=phase, district=district, on_roll=or_none(on_roll),
            roll_on=counted_on if on_roll != "" else None, needs=needs, kept_by=self.bodies["commissioner"],
            is_invented=True,
        )  # fmt: skip

    def _session(self, line: Sequence[Any], moved: Mapping[tuple[date, str], tuple[date, str]]) -> None:
        on, name, package, groups, state, why, counts = line
        first, moved_why = moved.get((on, name), (on, ""))
        planned_at = min(first - timedelta(days=30), self.until)
        made = Session(
            package=self.packages[package], setting=self.settings[name], provider=self.bodies[PROVIDERS[package]],
            on=first, year_groups=groups, is_invented=True,
        )  # fmt: skip
        sessions.plan(session=made, by=self.by, at=at_noon(planned_at))
        if moved_why:
            moved_at = min(first - timedelta(days=2), self.until)
            sessions.move(session=made, to=on, reason=moved_why, by=self.by, at=at_noon(moved_at))
        if state == "cancelled":
            sessions.cancel(session=made, reason=why, by=self.by, at=at_noon(on - timedelta(days=1)))
        elif state == "held" and on <= self.until:
            said = sessions.Report(*(or_none(count) for count in counts))
            sessions.report(session=made, said=said, by=self.by, at=at_noon(min(on + timedelta(days=3), self.until)))
        self.sessions[on, name] = made

    def _observation(self, line: Sequence[Any]) -> None:
        on, name, body, missed, judgement, strengths, action, due_on, done_on = line
        if on > self.until:
            return
        seen = [code for code, _ in OBSERVATION_CRITERIA if code not in missed.split()]
        made = Observation(
            session=self.sessions[on, name], body=self.bodies[body], criteria=" ".join(seen), judgement=judgement,
            observer_role="PSHE coordinator" if body == "commissioner" else "Education safeguarding lead",
            strengths=strengths, action=action, action_due_on=or_none(due_on), action_done_on=or_none(done_on),
            is_invented=True,
        )  # fmt: skip
        keeping.make(record=made, by=self.by, at=at_noon(on))

    def training(self, told: Table) -> None:
        """Load teams with their headcounts, courses, who must have them, and what was counted."""
        heads: list[tuple[date, Team, int]] = []
        for key, (name, body, who, counted) in told["teams"].items():
            self.teams[key] = Team(body=self.bodies[body], name=name, who=who, is_invented=True)
            heads += [(on, self.teams[key], number) for on, number in counted]
        keeping.make_all(records=self.teams.values(), by=self.by, at=at_noon(date(2024, 3, 1)))
        for on, rows in _by_day(heads):
            found = [Headcount(team=team, on=on, number=number, source=PERSONNEL) for _, team, number in rows]
            keeping.make_all(records=found, by=self.by, at=at_noon(on))
        for each in told["course"]:
            self._course(each, told["counts"][each["id"]])

    def _course(self, told: Table, counts: Mapping[str, Sequence[Any]]) -> None:
        course = Course(
            title=told["title"], about=told["about"], owner=self.bodies[told["owner"]], edition=told["edition"],
            form=told["form"], minutes=told["minutes"], validity_months=told.get("months"),
            target_per_cent=told["target"], why=told["why"], is_invented=True,
        )  # fmt: skip
        first = min(on for rows in counts.values() for on, _, _ in rows)
        keeping.make(record=course, by=self.by, at=at_noon(first - timedelta(days=60)))
        required = [Requirement(course=course, team=self.teams[key], due_on=told["due"]) for key in counts]
        keeping.make_all(records=required, by=self.by, at=at_noon(first - timedelta(days=30)))
        lines = [(on, self.teams[key], what, number) for key, rows in counts.items() for on, what, number in rows]
        for on, rows in _by_day(lines):
            found = [
                Completion(course=course, team=team, on=on, sort=what, number=number, source=TRAINING)
                for _, team, what, number in rows
            ]
            if on <= self.until:
                keeping.make_all(records=found, by=self.by, at=at_noon(on))


def _by_day(lines: Iterable[tuple[date, *tuple[Any, ...]]]) -> list[tuple[date, list[Any]]]:
    """Put lines together that begin with the same day."""
    ordered = sorted(lines, key=itemgetter(0))
    return [(on, list(rows)) for on, rows in groupby(ordered, key=itemgetter(0))]
