"""What holds of bank holidays in every year."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from upstream.codes import add_working_days, bank_holidays, is_working_day

years = st.integers(2002, 2030)
days = st.dates(date(2002, 1, 1), date(2029, 12, 31))


@given(years)
def test_at_least_eight_on_weekdays_and_no_two_on_one_day(year: int) -> None:
    found = [holiday.day for holiday in bank_holidays(year)]
    assert len(found) == len(set(found)) >= 8
    assert all(day.weekday() < 5 and day.year == year for day in found)
    assert found == sorted(found)


@given(days, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(day: date, number: int) -> None:
    end = add_working_days(day, number)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(is_working_day(one) for one in between) == number
    assert is_working_day(end)
