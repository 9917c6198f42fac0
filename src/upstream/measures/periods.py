"""Months and what is made of them: quarters, years, rolling years, and the years that publishers use."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

MONTHLY = ("month", "quarter", "year", "rolling year", "span")
PUBLISHED = ("rolling year", "financial year", "school year", "year", "edition", "census")
PERIODS = tuple(dict.fromkeys((*MONTHLY, *PUBLISHED)))
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Period:
    """A stretch of time with its label; both dates are inclusive."""

    label: str
    start: date
    end: date

    @property
    def months(self) -> tuple[date, ...]:
        """First days of the months it covers."""
        return months_between(self.start, self.end)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1


def month_start(day: date) -> date:
    """Give the first day of the month of `day`."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """Give the last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """Give the first day of the month that lies `months` after that of `day` (before it when negative)."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def months_between(start: date, end: date) -> tuple[date, ...]:
    """List the first days of the months from that of `start` to that of `end`, both inclusive."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return tuple(add_months(start, step) for step in range(max(count, 0)))


def month_name(day: date) -> str:
    """Write a month as people say it: December 2025."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def span_name(start: date, end: date) -> str:
    """Write a stretch of whole months as people say it: January to September 2025."""
    if (start.year, start.month) == (end.year, end.month):
        return month_name(start)
    if start.year == end.year:
        whole = start.month == 1 and end.month == 12
        return str(start.year) if whole else f"{MONTH_NAMES[start.month - 1]} to {month_name(end)}"
    return f"{month_name(start)} to {month_name(end)}"


def list_months(months: Sequence[date]) -> str:
    """Write months in order, putting those that follow one another together: January to April 2024, June 2024."""
    runs: list[list[date]] = []
    for month in sorted(months):
        if runs and add_months(runs[-1][-1], 1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(span_name(run[0], run[-1]) for run in runs)


def make_periods(period: str, start: date, end: date, *, whole: bool) -> list[Period]:
    """List the periods of one kind between two dates.

    With `whole` the periods at the two ends are taken even where they reach beyond; without it only those that
    lie inside. A rolling year is taken where its last month lies inside; a span is the stretch itself.
    """
    if period == "span":
        return [_span(start, end)]
    made = (_MAKERS[period](month) for month in months_between(start, end))
    periods = list(dict.fromkeys(made))
    if whole or period == "rolling year":
        return periods
    return [item for item in periods if item.start >= month_start(start) and item.end <= month_end(end)]


def _month(month: date) -> Period:
    return Period(f"{month:%Y-%m}", month, month_end(month))


def _quarter(month: date) -> Period:
    first = date(month.year, (month.month - 1) // 3 * 3 + 1, 1)
    return Period(f"{month.year}-Q{(month.month + 2) // 3}", first, month_end(add_months(first, 2)))


def _year(month: date) -> Period:
    return Period(str(month.year), date(month.year, 1, 1), date(month.year, 12, 31))


def _rolling_year(month: date) -> Period:
    return Period(f"year to {month:%Y-%m}", add_months(month, -11), month_end(month))


def _span(start: date, end: date) -> Period:
    return Period(f"{start:%Y-%m} to {end:%Y-%m}", month_start(start), month_end(end))


_MAKERS: dict[str, Callable[[date], Period]] = {
    "month": _month,
    "quarter": _quarter,
    "year": _year,
    "rolling year": _rolling_year,
}


def published_period(period: str, moment: date | int) -> Period:
    """Give the stretch that a publisher means by a year number or a last day.

    A school year is known by the calendar year in which it ends; a rolling and a financial year by its last
    day; a year, an edition and a census by its number.
    """
    if isinstance(moment, date):
        return _ending_on(period, moment)
    if period == "school year":
        return Period(f"{moment - 1}/{moment % 100:02d}", date(moment - 1, 9, 1), date(moment, 8, 31))
    return Period(str(moment), date(moment, 1, 1), date(moment, 12, 31))


def _ending_on(period: str, last: date) -> Period:
    """Give the twelve months to a last day. The Home Office once wrote 30 December for a year to 31 December."""
    end = month_end(last)
    start = add_months(end, -11)
    if period == "financial year":
        return Period(f"{end.year - 1}/{end.year % 100:02d}", start, end)
    return Period(f"year to {end:%Y-%m}", start, end)
