"""Periods of an agreement, and the list of awards."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.commissioning.periods import periods


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 1500), st.sampled_from([1, 3, 6, 12]))
def test_periods_cover_every_day_once(starts_on, days, months):
    ends_on = starts_on + timedelta(days=days)
    found = periods(starts_on, ends_on, months)
    assert (found[0].begins_on, found[-1].ends_on) == (starts_on, ends_on)
    assert all(one.ends_on + timedelta(days=1) == other.begins_on for one, other in pairwise(found))
    assert all(each.begins_on <= each.ends_on for each in found)


# The 31st has no fellow in shorter months: counted from the first day each time, it comes back.
def test_months_are_counted_from_the_first_day():
    found = periods(date(2026, 1, 31), date(2026, 5, 30), 1)
    assert [each.begins_on for each in found] == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 4, 1), date(2027, 3, 31), 12),
        (date(2026, 4, 1), date(2026, 4, 30), 1),
        (date(2026, 4, 15), date(2026, 5, 14), 1),
    ],
)
def test_months_of_an_award_are_whole(first, last, months):
    from upstream_web.commissioning.publication import months_between

    assert months_between(first, last) == months
