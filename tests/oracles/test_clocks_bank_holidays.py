"""Bank holidays as published at gov.uk/bank-holidays (Open Government Licence v3.0), written off by hand."""

from __future__ import annotations

from datetime import date

import pytest

from upstream.clocks import BankHoliday, Calendar, CalendarNotHeld

# Month-day as in the government's lists, weekends left out and substitute days in. Specials: 8 May 2020 (VE Day in
# place of 4 May), 2 and 3 June 2022 (jubilee, spring holiday moved), 19 September 2022 (state funeral), 8 May 2023
# (coronation), 15 June 2026 (Scotland only, World Cup).
PUBLISHED = {
    "england-and-wales": {
        2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
        2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
        2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
        2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
        2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    },
    "scotland": {
        2019: "01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26",
        2020: "01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28",
        2021: "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28",
        2022: "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27",
        2023: "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26",
        2024: "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
        2025: "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
        2026: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
    },
    "northern-ireland": {
        2019: "01-01 03-18 04-19 04-22 05-06 05-27 07-12 08-26 12-25 12-26",
        2020: "01-01 03-17 04-10 04-13 05-08 05-25 07-13 08-31 12-25 12-28",
        2022: "01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27",
        2023: "01-02 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26",
        2024: "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
        2025: "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
        2026: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
    },
}


@pytest.mark.parametrize(
    ("division", "year"), [(division, year) for division, years in PUBLISHED.items() for year in years]
)
def test_bank_holidays_as_published(division: str, year: int) -> None:
    found = " ".join(f"{holiday.day:%m-%d}" for holiday in Calendar(division).bank_holidays(year))
    assert found == PUBLISHED[division][year]


# Earlier specials, from the proclamations in the London Gazette: Golden Jubilee, a royal wedding, Diamond Jubilee.
@pytest.mark.parametrize("day", ["2002-06-03", "2002-06-04", "2011-04-29", "2012-06-04", "2012-06-05"])
def test_proclaimed_days_of_earlier_years(day: str) -> None:
    assert Calendar().bank_holiday(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30"])
def test_ordinary_days_that_were_moved(day: str) -> None:
    assert Calendar().is_working_day(date.fromisoformat(day))


def test_working_days_around_christmas_2026() -> None:
    # Thursday 24 December; the 25th is a holiday, the 26th a Saturday given back on Monday the 28th.
    calendar = Calendar()
    assert calendar.is_working_day(date(2026, 12, 24))
    assert not calendar.is_working_day(date(2026, 12, 28))
    assert calendar.add(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert calendar.add(date(2026, 12, 29), -1) == date(2026, 12, 24)
    assert calendar.add(date(2026, 12, 24), 0) == date(2026, 12, 24)


def test_day_proclaimed_later_is_added_and_takes_another_s_place() -> None:
    calendar = Calendar(added=(BankHoliday(date(2031, 6, 3), "Proclaimed"),), removed=(date(2031, 5, 26),))
    assert calendar.bank_holiday(date(2031, 6, 3)) == "Proclaimed"
    assert calendar.is_working_day(date(2031, 5, 26))
    assert Calendar().bank_holiday(date(2031, 5, 26))
    assert "2 changed by the partnership" in calendar.source


def test_source_names_the_list_and_its_version() -> None:
    assert Calendar("scotland").source.startswith("Bank holidays (scotland) as published at gov.uk/bank-holidays; ")


@pytest.mark.parametrize("year", [1999, 2100])
def test_years_that_are_not_held(year: int) -> None:
    with pytest.raises(CalendarNotHeld, match="2000 to 2099"):
        Calendar().bank_holidays(year)


def test_place_that_is_not_held() -> None:
    with pytest.raises(CalendarNotHeld, match="england-and-wales, scotland, northern-ireland"):
        Calendar("isle-of-man")
