"""Dates as people write them in these documents, in words and figures, British order."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})\b\.?,?\s+(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    r"|\b(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>(?:20)?\d\d)\b"
    rf"|\b(?P<us_month>{MONTH})\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<us_year>(?:19|20)\d\d)\b"
    rf"|\b(?P<only_month>{MONTH})\b\.?,?\s+(?P<only_year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
ALONE = re.compile(r"^(?:dated?\b)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)?\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class PrintedDate:
    """A date as printed. Where only a month is, `day` is its first and `only_month` says so."""

    day: date
    text: str
    start: int
    only_month: bool = False

    @property
    def end_of_month(self) -> date:
        """The last day of its month."""
        return self.day.replace(day=calendar.monthrange(self.day.year, self.day.month)[1])


def dates_in(text: str) -> Iterator[PrintedDate]:
    """Give every date in a text, in order; impossible ones are left out.

    >>> [found.day.isoformat() for found in dates_in("from 8 March 2023 to 20/11/2025")]
    ['2023-03-08', '2025-11-20']
    """
    for match in DATE.finditer(text):
        found = _read(match)
        if found:
            yield found


def is_day(text: str) -> bool:
    """Whether a line holds a day and nothing else.

    >>> is_day("Date: 3 May 2024"), is_day("By 3 May 2024")
    (True, False)
    """
    match = DATE.search(text)
    return match is not None and ALONE.match(text[: match.start()] + text[match.end() :]) is not None


def _read(match: re.Match[str]) -> PrintedDate | None:
    part = match.groupdict()
    try:
        if part["iso"]:
            day = date.fromisoformat(part["iso"])
        elif part["day"]:
            day = date(int(part["year"]), MONTHS[part["month"].casefold()], int(part["day"]))
        elif part["d"]:
            year = int(part["y"]) + (2000 if len(part["y"]) == 2 else 0)
            day = date(year, int(part["m"]), int(part["d"]))
        elif part["us_day"]:
            day = date(int(part["us_year"]), MONTHS[part["us_month"].casefold()], int(part["us_day"]))
        else:
            month = date(int(part["only_year"]), MONTHS[part["only_month"].casefold()], 1)
            return PrintedDate(month, match.group(), match.start(), only_month=True)
    except ValueError:
        return None
    return PrintedDate(day, match.group(), match.start())


def written(day: date) -> str:
    """A date as British papers write it.

    >>> written(date(2024, 3, 31))
    '31 March 2024'
    """
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
