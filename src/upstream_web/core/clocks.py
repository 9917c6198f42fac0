"""The rules of the one clock engine as this partnership has them, read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from django.conf import settings

from upstream.clocks import Clock, ClockRule, get_rule, load_rules, start
from upstream_web.core.workbench import get_partnership


@lru_cache(maxsize=4)
def _rules(folder: str) -> dict[str, ClockRule]:
    """Read the rules once: a list of consultations asks for them on every line."""
    partnership = get_partnership()
    return dict(load_rules(partnership.folder, bank_holidays=partnership.config.bank_holidays))


def rules() -> dict[str, ClockRule]:
    """Give every rule by its name."""
    return _rules(str(settings.PARTNERSHIP_FOLDER))


def rule(name: str) -> ClockRule:
    """Give a rule as this partnership has it."""
    return get_rule(rules(), name)


def started(name: str, *, at: date, stopped: date | None = None) -> Clock:
    """Start a clock from the days of a record, and stop it where the record says that the thing was done.

    What was done before its clock began was done in time. A day that was mistyped must cost nobody else the page that
    lists this clock among others.
    """
    return start(rule(name), at=at, stopped=None if stopped is None else max(stopped, at))


def due_on(name: str, begins: date) -> date:
    """Give the last day of a clock that begins on a day."""
    return start(rule(name), at=begins).due_on


def turns(of: ClockRule, days: Sequence[date], *, still_runs: bool = True) -> Iterator[Clock]:
    """Give a clock from each day to the next, for what comes round; the last one runs on unless it has ended.

    A day that stands twice counts once, since nothing is owed between two things of one day.
    """
    known = sorted(set(days))
    for since, until in pairwise(known):
        yield start(of, at=since, stopped=until)
    if known and still_runs:
        yield start(of, at=known[-1])
