"""Months, and the years that are made of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream.measures import periods
from upstream.measures.periods import make_periods, published_period


@pytest.mark.parametrize(
    ("period", "moment", "label", "start", "end"),
    [
        ("school year", 2017, "2016/17", date(2016, 9, 1), date(2017, 8, 31)),
        ("school year", 2000, "1999/00", date(1999, 9, 1), date(2000, 8, 31)),
        ("financial year", date(2018, 3, 31), "2017/18", date(2017, 4, 1), date(2018, 3, 31)),
        ("rolling year", date(2017, 12, 30), "year to 2017-12", date(2017, 1, 1), date(2017, 12, 31)),
        ("rolling year", date(2016, 2, 29), "year to 2016-02", date(2015, 3, 1), date(2016, 2, 29)),
        ("edition", 2025, "2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_published_periods(period: str, moment: date | int, label: str, start: date, end: date) -> None:
    made = published_period(period, moment)
    assert (made.label, made.start, made.end) == (label, start, end)


def test_quarters_between_dates_are_whole_ones_unless_all_is_asked_for() -> None:
    inside = make_periods("quarter", date(2024, 2, 1), date(2024, 9, 30), whole=False)
    assert [item.label for item in inside] == ["2024-Q2", "2024-Q3"]
    every = make_periods("quarter", date(2024, 2, 1), date(2024, 8, 31), whole=True)
    assert [item.label for item in every] == ["2024-Q1", "2024-Q2", "2024-Q3"]


def test_rolling_years_are_those_that_end_inside() -> None:
    made = make_periods("rolling year", date(2024, 11, 1), date(2024, 12, 31), whole=False)
    assert [(item.label, item.start) for item in made] == [
        ("year to 2024-11", date(2023, 12, 1)),
        ("year to 2024-12", date(2024, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2025, 1, 1), date(2025, 9, 30), "January to September 2025"),
        (date(2024, 11, 1), date(2025, 2, 28), "November 2024 to February 2025"),
        (date(2025, 3, 1), date(2025, 3, 31), "March 2025"),
    ],
)
def test_spans_as_people_say_them(start: date, end: date, said: str) -> None:
    assert periods.span_name(start, end) == said


def test_months_in_a_row_are_named_together() -> None:
    held = [date(2024, 4, 1), date(2024, 1, 1), date(2024, 2, 1), date(2024, 6, 1)]
    assert periods.list_months(held) == "January to February 2024, April 2024, June 2024"


@given(st.dates(date(1990, 1, 1), date(2050, 12, 31)), st.integers(-400, 400))
def test_adding_months_and_taking_them_away_comes_back(day: date, step: int) -> None:
    assert periods.add_months(periods.add_months(day, step), -step) == day.replace(day=1)


@given(
    st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(0, 60), st.sampled_from(["month", "quarter", "year"])
)
def test_periods_cover_every_month_once(first: date, more: int, period: str) -> None:
    last = periods.month_end(periods.add_months(first, more))
    covered = [month for item in make_periods(period, first, last, whole=True) for month in item.months]
    assert len(covered) == len(set(covered))
    assert set(periods.months_between(first, last)) <= set(covered)
