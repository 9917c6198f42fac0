"""The periods of an agreement, for each of which a return is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from upstream.clocks import add_months


@dataclass(frozen=True)
class Period:
    """Some days, the first and the last included."""

    begins_on: date
    ends_on: date


def periods(starts_on: date, ends_on: date, months: int) -> list[Period]:
    """Cut an agreement into periods of so many months from its first day; the last one ends with it.

    >>> [str(each.ends_on) for each in periods(date(2026, 4, 1), date(2026, 10, 31), 3)]
    ['2026-06-30', '2026-09-30', '2026-10-31']
    """
    found: list[Period] = []
    begins_on = starts_on
    while begins_on <= ends_on:
        following = add_months(starts_on, months * (len(found) + 1))
        found.append(Period(begins_on, min(following - timedelta(days=1), ends_on)))
        begins_on = following
    return found
