"""Clocks across all kinds of record: which run and how they stand, and how often time was kept in a period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from upstream.clocks import ClockRule, Compliance, Stand, State, compliance, stand, state_of
from upstream.clocks.counting import LONDON, ONE_DAY
from upstream_web.access.authorisation import may
from upstream_web.core.clocks import rules
from upstream_web.records.register import Timed, registers

LOOKS_BACK = timedelta(days=760)  # two years and a month: enough for four quarters beside the four before
LATE, SOON = (State.LATE,), (State.DUE_TODAY, State.DUE_SOON)
SHOWN = {"late": LATE, "soon": SOON}


@dataclass(frozen=True)
class Line:
    """One clock that runs, with how it stands now."""

    timed: Timed
    stand: Stand

    @property
    def look(self) -> str:
        """The kind of tag that shows it."""
        return "late" if self.stand.state in LATE else "soon" if self.stand.state in SOON else ""


@dataclass(frozen=True)
class Kept:
    """One rule: how often time was kept where it fell due in a period, and how many run and are late now."""

    rule: ClockRule
    result: Compliance
    running: int
    late_now: int


def timed(person: Any, since: date) -> list[Timed]:
    """Give the clocks of every kind of record that `person` may see; of all records where none is given."""
    return [
        each
        for register in registers()
        if person is None or may(person, register.see)
        for each in register.clocks(person, since)
    ]


def open_lines(clocks: Iterable[Timed], on: date) -> list[Line]:
    """Give the clocks that run on a day, the one that ends first before the others."""
    at = moment_of(on, time.max)
    found = [Line(each, stand(each.clock, at=at)) for each in clocks if state_of(each.clock, at=at).is_open]
    return sorted(found, key=lambda line: (line.stand.due_on, line.timed.title))


def due_between(clocks: Iterable[Timed], since: date, until: date) -> list[Timed]:
    """Give the clocks whose last day lies from one day to another, both included."""
    return [each for each in clocks if since <= each.clock.due_on <= until]


def compliance_of(clocks: Sequence[Timed], since: date, until: date, *, on: date | None = None) -> Compliance:
    """Count how many of those that fell due in a period kept their time.

    Known is what had happened when the day after it began, so that what is open on its last day counts as late; on a
    day `on` within the period what ends that day still runs.
    """
    at = moment_of(on, time.max) if on is not None and on <= until else moment_of(until + ONE_DAY, time())
    return compliance([each.clock for each in due_between(clocks, since, until)], at=at)


def moment_of(day: date, hour: time) -> datetime:
    """Give a moment of a day in the United Kingdom."""
    return datetime.combine(day, hour, LONDON)


def kept_by_rule(clocks: Sequence[Timed], lines: Sequence[Line], since: date, until: date, on: date) -> list[Kept]:
    """Say for each rule that is at work how often time was kept in a period, and what runs on a day.

    `lines` are the clocks that run on that day, as `open_lines` gives them.
    """
    by_rule: dict[str, list[Timed]] = defaultdict(list)
    for each in clocks:
        by_rule[each.clock.rule.name].append(each)
    running = Counter(line.timed.clock.rule.name for line in lines)
    late = Counter(line.timed.clock.rule.name for line in lines if line.stand.state in LATE)
    return [
        Kept(rule, compliance_of(by_rule[name], since, until, on=on), running[name], late[name])
        for name, rule in rules().items()
        if name in by_rule
    ]


def periods(on: date) -> list[tuple[str, str, date, date]]:
    """Offer periods to count over: key, words, first and last day; the first is the one that a page opens with."""
    start = date(on.year, on.month - (on.month - 1) % 3, 1)
    before = _months_before(start, 3)
    return [
        ("year", "the last twelve months", on - timedelta(days=365) + timedelta(days=1), on),
        ("quarter", "this quarter so far", start, on),
        ("before", "the quarter before", before, start - timedelta(days=1)),
        ("earlier", "the year before last", on - timedelta(days=730) + timedelta(days=1), on - timedelta(days=365)),
    ]


def _months_before(day: date, number: int) -> date:
    months = day.year * 12 + day.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)
