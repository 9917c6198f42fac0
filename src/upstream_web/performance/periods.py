"""The periods of an indicator: months, quarters and years of the calendar, and which of them are over or due."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from upstream.measures.periods import Period, make_periods
from upstream_web.performance.models import Frequency

SHOWN = {Frequency.MONTH: 36, Frequency.QUARTER: 20, Frequency.YEAR: 15}
DAYS = {Frequency.MONTH: 31, Frequency.QUARTER: 92, Frequency.YEAR: 366}
KIND = {Frequency.MONTH: "month", Frequency.QUARTER: "quarter", Frequency.YEAR: "year"}


def periods_between(frequency: str, since: date, until: date) -> list[Period]:
    """List the whole periods that lie between two days, both inclusive."""
    found = make_periods(KIND[Frequency(frequency)], since, until, whole=True)
    return [period for period in found if period.start >= since and period.end <= until]


def recent_periods(frequency: str, until: date) -> list[Period]:
    """List the newest whole periods that were over on a day, as many as a chart shows, oldest first."""
    return list(_recent_periods(frequency, until))


@lru_cache(maxsize=64)
def _recent_periods(frequency: str, until: date) -> tuple[Period, ...]:
    most = SHOWN[Frequency(frequency)]
    since = until - timedelta(days=DAYS[Frequency(frequency)] * (most + 1))
    return tuple(periods_between(frequency, since, until)[-most:])


def period_of(frequency: str, day: date) -> Period:
    """Give the period in which a day lies."""
    return make_periods(KIND[Frequency(frequency)], day, day, whole=True)[0]


def words_of(start: date, end: date) -> str:
    """Write a period as people say it: June 2026, April to June 2026, 2025, September 2024 to August 2025."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}"
    if start.year == end.year:
        return str(start.year) if (start.month, end.month) == (1, 12) else f"{start:%B} to {end:%B %Y}"
    return f"{start:%B %Y} to {end:%B %Y}"
