"""Bank holidays of England and Wales by rule, and working days counted over them.

The rule is the Banking and Financial Dealings Act 1971 with the days proclaimed every year since 1978 (New Year,
early May); a day that falls on a weekend is given back on the next working day. Days by special proclamation are
data, 2002 to 2030.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from upstream.codes.reading import UnknownCode, read_toml

FIRST_YEAR, LAST_YEAR = 2002, 2030
MONDAY, SATURDAY = 0, 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class BankHoliday:
    """One day off; `substitute` says that it stands for a day that fell on a weekend."""

    day: date
    name: str
    substitute: bool = False


@cache
def bank_holidays(year: int) -> tuple[BankHoliday, ...]:
    """List the bank holidays of England and Wales in `year`, in order of day.

    Raises `UnknownCode` outside 2002 to 2030, for which special days are not on record here.

    >>> [holiday.day.isoformat() for holiday in bank_holidays(2027)][-2:]
    ['2027-12-27', '2027-12-28']
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnknownCode(
            f"Bank holidays of {year} are not held.",
            expected=f"a year from {FIRST_YEAR} to {LAST_YEAR}",
            do="Add the special days to codes/bank_holidays.toml and move the bounds.",
        )
    specials = [item for item in _specials() if item["day"].year == year]
    moved = {item["moved_from"] for item in specials if "moved_from" in item}
    days = [holiday for holiday in _by_rule(year) if holiday.day not in moved]
    return tuple(sorted([*days, *(BankHoliday(item["day"], item["name"]) for item in specials)]))


def is_working_day(day: date) -> bool:
    """Tell whether `day` is neither on a weekend nor a bank holiday."""
    return day.weekday() < SATURDAY and all(holiday.day != day for holiday in bank_holidays(day.year))


def add_working_days(day: date, number: int) -> date:
    """Find the day that lies `number` working days after `day`; `day` itself is not counted.

    >>> add_working_days(date(2026, 12, 24), 2)      # Christmas, Boxing Day given back on Monday, a weekend
    datetime.date(2026, 12, 30)
    """
    while number > 0:
        day += ONE_DAY
        number -= is_working_day(day)
    return day


def easter(year: int) -> date:
    """Find Easter Sunday of the Gregorian calendar.

    Method: J.-M. Oudin's form of the ecclesiastical rule, in P. K. Seidelmann (ed.), Explanatory Supplement to the
    Astronomical Almanac, University Science Books 1992, chapter on calendars.

    >>> easter(2026)
    datetime.date(2026, 4, 5)
    """
    century = year // 100
    golden = year % 19
    correction = (century - 17) // 25
    moon = (century - century // 4 - (century - correction) // 3 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    shift = moon - weekday
    month = 3 + (shift + 40) // 44
    return date(year, month, shift + 28 - 31 * (month // 4))


def _by_rule(year: int) -> list[BankHoliday]:
    sunday = easter(year)
    fixed = [
        BankHoliday(sunday - 2 * ONE_DAY, "Good Friday"),
        BankHoliday(sunday + ONE_DAY, "Easter Monday"),
        BankHoliday(_first_monday(date(year, 5, 1)), "Early May bank holiday"),
        BankHoliday(_first_monday(date(year, 5, 25)), "Spring bank holiday"),
        BankHoliday(_first_monday(date(year, 8, 25)), "Summer bank holiday"),
    ]
    return [*_given_back([(date(year, 1, 1), "New Year’s Day")]), *fixed, *_christmas(year)]


def _christmas(year: int) -> list[BankHoliday]:
    """When Christmas falls on a Sunday, Boxing Day keeps its Monday and Christmas is given back on the Tuesday."""
    days = [(date(year, 12, 25), "Christmas Day"), (date(year, 12, 26), "Boxing Day")]
    return _given_back(sorted(days, key=lambda item: item[0].weekday() >= SATURDAY))


def _given_back(days: list[tuple[date, str]]) -> list[BankHoliday]:
    taken: list[BankHoliday] = []
    for day, name in days:
        given = day
        while given.weekday() >= SATURDAY or any(holiday.day == given for holiday in taken):
            given += ONE_DAY
        taken.append(BankHoliday(given, name, substitute=given != day))
    return taken


def _first_monday(on_or_after: date) -> date:
    return on_or_after + timedelta(days=(MONDAY - on_or_after.weekday()) % 7)


def _specials() -> list[dict[str, Any]]:
    return list(read_toml("bank_holidays.toml")["special"])
