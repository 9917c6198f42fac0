"""Working days: which days are closed in a part of the United Kingdom, and how working days are counted over them.

Bank holidays come from the `holidays` package (MIT), which follows the lists published at gov.uk/bank-holidays,
special proclamations included; the tests hold it to those lists. A day proclaimed after the package was made is
added in the partnership's folder, without waiting for a newer one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from upstream.exceptions import WrongUse

DIVISIONS = {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
FIRST_YEAR, LAST_YEAR = 2000, 2099
SATURDAY = 5
ONE_DAY = timedelta(days=1)


class CalendarNotHeld(WrongUse):
    """Bank holidays were asked for a place or a year that no calendar here covers."""


@dataclass(frozen=True, order=True)
class BankHoliday:
    """One day on which offices are closed by proclamation or statute."""

    day: date
    name: str


@dataclass(frozen=True)
class Calendar:
    """Bank holidays of one division, with what a partnership knows of later proclamations.

    `division` is as GOV.UK names it: england-and-wales, scotland or northern-ireland. `added` are days that the
    division's list lacks, `removed` ordinary holidays that do not fall this time.

    >>> calendar = Calendar("england-and-wales")
    >>> calendar.add(date(2026, 12, 24), 2)      # Christmas, Boxing Day given back on Monday, a weekend
    datetime.date(2026, 12, 30)
    """

    division: str = "england-and-wales"
    added: tuple[BankHoliday, ...] = ()
    removed: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if self.division not in DIVISIONS:
            raise CalendarNotHeld(
                f"There are no bank holidays for “{self.division}”.",
                expected=f"One of {', '.join(DIVISIONS)}.",
                do="Put it right where the calendar is named: [calendar] in partnership.toml, or the clock’s rule.",
            )

    def bank_holidays(self, year: int) -> tuple[BankHoliday, ...]:
        """List the bank holidays of `year` in order; those on a weekend are left out, their substitutes are in."""
        return _weekday_holidays(self, year)

    def bank_holiday(self, day: date) -> str:
        """Give the name of the bank holiday on `day`, or nothing."""
        return _closed_days(self, day.year).get(day, "")

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` is neither on a weekend nor a bank holiday."""
        return day.weekday() < SATURDAY and not self.bank_holiday(day)

    def add(self, day: date, number: int) -> date:
        """Find the day `number` working days after `day`, or before it when negative; `day` itself is not counted."""
        step = ONE_DAY if number > 0 else -ONE_DAY
        left = abs(number)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def count(self, after: date, until: date) -> int:
        """Count the working days after `after`, up to and including `until`; none when `until` is not later."""
        if until <= after:
            return 0
        weeks, rest = divmod((until - after).days, 7)
        weekdays = 5 * weeks + sum((until - n * ONE_DAY).weekday() < SATURDAY for n in range(rest))
        closed = (h.day for year in range(after.year, until.year + 1) for h in self.bank_holidays(year))
        return weekdays - sum(after < day <= until for day in closed)

    def on_or_after(self, day: date) -> date:
        """Find the first working day that is not before `day`."""
        return self.add(day - ONE_DAY, 1)

    def on_or_before(self, day: date) -> date:
        """Find the last working day that is not after `day`."""
        return self.add(day + ONE_DAY, -1)

    @property
    def source(self) -> str:
        """Where the days come from, with the version, for a page or paper that rests on them."""
        import holidays

        changed = len(self.added) + len(self.removed)
        own = f", {changed} changed by the partnership" if changed else ""
        published = f"Bank holidays ({self.division}) as published at gov.uk/bank-holidays"
        return f"{published}; holidays {holidays.__version__}{own}"


def days_from(first: date, last: date) -> Iterator[date]:
    """Give every day from `first` to `last`, both included, backwards when `last` is earlier."""
    step = 1 if last >= first else -1
    return (first + timedelta(days=step * n) for n in range(abs((last - first).days) + 1))


@lru_cache(maxsize=512)
def _closed_days(calendar: Calendar, year: int) -> dict[date, str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarNotHeld(
            f"Bank holidays of {year} are not held.",
            expected=f"A year from {FIRST_YEAR} to {LAST_YEAR}.",
            do="Look whether the date is right.",
        )
    import holidays  # a large package, wanted only where working days are counted

    listed = holidays.country_holidays("GB", subdiv=DIVISIONS[calendar.division], years=year)
    days = {day: name for day, name in listed.items() if day.year == year and day not in calendar.removed}
    return days | {holiday.day: holiday.name for holiday in calendar.added if holiday.day.year == year}


@lru_cache(maxsize=512)
def _weekday_holidays(calendar: Calendar, year: int) -> tuple[BankHoliday, ...]:
    closed = sorted(_closed_days(calendar, year).items())
    return tuple(BankHoliday(day, name) for day, name in closed if day.weekday() < SATURDAY)
