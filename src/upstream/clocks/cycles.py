"""Dates that come round: when a board, a review or a return falls due in the time ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from upstream.clocks.counting import land, last_day
from upstream.clocks.rules import ClockRule
from upstream.exceptions import WrongUse


class DoesNotRecur(WrongUse):
    """Recurring dates were asked of a rule that runs once."""


@dataclass(frozen=True)
class CycleDate:
    """One turn of a cycle: the last day for it, and the first where it may not come too early."""

    number: int
    due_on: date
    earliest_on: date | None = None


def next_dates(rule: ClockRule, start: date, until: date) -> tuple[CycleDate, ...]:
    """List the turns of a cycle that began on `start`, after that day and up to and including `until`.

    Each is counted from `start` and not from the turn before, so that a short month or a holiday does not shift
    all that follow. Raises `DoesNotRecur` for a rule that runs once.

    >>> from upstream.clocks import load_rules
    >>> [str(turn.due_on) for turn in next_dates(load_rules()["board_cycle"], date(2026, 1, 14), date(2026, 9, 1))]
    ['2026-04-14', '2026-07-14']
    """
    if not rule.recurs:
        raise DoesNotRecur(
            f"“{rule.title}” runs once.", expected="A rule with recurs = true.", do="Start a clock of it instead."
        )
    turns: list[CycleDate] = []
    before = start
    while True:
        number = len(turns) + 1
        due = land(rule, start, last_day(rule, start, length=number * rule.length))
        if due > until:
            return tuple(turns)
        earliest = last_day(rule, before, length=rule.earliest_length) if rule.earliest_length else None
        turns.append(CycleDate(number, due, earliest))
        before = due
