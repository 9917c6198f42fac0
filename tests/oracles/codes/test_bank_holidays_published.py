"""Bank holidays of England and Wales as published at gov.uk/bank-holidays, 2018 to 2026, and dates of Easter."""

from __future__ import annotations

from datetime import date

import pytest

from upstream.codes import add_working_days, bank_holidays, is_working_day
from upstream.codes.bank_holidays import easter
from upstream.codes.reading import UnknownCode

# Month-day as in the lists of the government's page for England and Wales.
PUBLISHED = {
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_as_published(year: int) -> None:
    assert " ".join(f"{holiday.day:%m-%d}" for holiday in bank_holidays(year)) == PUBLISHED[year]


@pytest.mark.parametrize(
    ("year", "substitutes"),
    [
        (2020, {"12-28": "Boxing Day"}),
        (2021, {"12-27": "Christmas Day", "12-28": "Boxing Day"}),
        (2022, {"01-03": "New Year’s Day", "12-27": "Christmas Day"}),
        (2023, {"01-02": "New Year’s Day"}),
        (2024, {}),
    ],
)
def test_substitute_days_as_published(year: int, substitutes: dict[str, str]) -> None:
    found = {f"{holiday.day:%m-%d}": holiday.name for holiday in bank_holidays(year) if holiday.substitute}
    assert found == substitutes


# Easter Sundays from the table of the Book of Common Prayer (1662, as amended) and almanacs; the extremes of the
# calendar are 22 March (1818) and 25 April (1943, 2038).
@pytest.mark.parametrize(
    "day",
    ["1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2030-04-21", "2038-04-25"],
)
def test_easter_of_almanacs(day: str) -> None:
    assert easter(int(day[:4])) == date.fromisoformat(day)


@pytest.mark.parametrize("year", [2001, 2031])
def test_years_that_are_not_held(year: int) -> None:
    with pytest.raises(UnknownCode, match="2002 to 2030"):
        bank_holidays(year)


def test_working_days_around_christmas_2026() -> None:
    # Thursday 24 December; the 25th is a holiday, the 26th a Saturday given back on Monday the 28th.
    assert is_working_day(date(2026, 12, 24))
    assert not is_working_day(date(2026, 12, 28))
    assert add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert add_working_days(date(2026, 12, 24), 0) == date(2026, 12, 24)
