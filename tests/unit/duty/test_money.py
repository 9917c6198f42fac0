"""The arithmetic of awards: parts add up, and what is not known is not nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.core.money import pounds, split_evenly
from upstream_web.duty import money


@dataclass(frozen=True)
class Line:
    quarter: int
    sort: str
    profile: Decimal
    actual: Decimal | None = None
    forecast: Decimal | None = None


AMOUNTS = st.decimals(min_value=0, max_value=10_000_000, places=2)
LINES = st.lists(
    st.builds(
        Line, st.integers(1, 4), st.sampled_from(["labour", "other"]), AMOUNTS, st.none() | AMOUNTS, st.none() | AMOUNTS
    ),
    max_size=12,
)


@given(AMOUNTS, st.integers(1, 12))
def test_parts_of_an_amount_add_up_to_it_and_differ_by_a_penny_at_most(amount, parts):
    found = split_evenly(amount, parts)
    assert sum(found) == amount
    assert max(found) - min(found) <= Decimal("0.01")


@given(AMOUNTS, LINES)
def test_quarters_and_sorts_come_to_the_same_total(award, lines):
    year = money.year_of_money(award, lines)
    for parts in (year.quarters, year.sorts):
        for name in ("profile", "expected", "spent_so_far", "variance"):
            assert sum((getattr(each, name) for _, each in parts), Decimal(0)) == getattr(year.total, name)
    assert year.underspend + year.total.expected == award
    assert year.unplanned + year.total.profile == award
    assert year.underspend == year.unplanned - year.total.variance


# Worked by hand: 100 planned and 90 spent, 50 planned and not told, 25 planned with 30 forecast.
def test_sum_is_not_known_while_a_part_is_not():
    lines = [
        Line(1, "labour", Decimal(100), Decimal(90)),
        Line(2, "labour", Decimal(50)),
        Line(3, "labour", Decimal(25), None, Decimal(30)),
    ]
    found = money.add_up(lines)
    assert found.actual is None
    assert not found.is_known
    assert (found.profile, found.spent_so_far, found.expected, found.variance) == (175, 90, 170, -5)
    assert (found.told, money.add_up(lines[1:]).told) == (1, 0)


@pytest.mark.parametrize(
    ("actual", "needed"), [("95.00", False), ("94.99", True), ("105.00", False), ("105.01", True), (None, False)]
)
def test_a_twentieth_of_the_plan_needs_no_reason(actual, needed):
    assert money.needs_reason(Line(1, "labour", Decimal(100), Decimal(actual) if actual else None)) is needed


@pytest.mark.parametrize(
    ("amount", "words"),
    [(Decimal("81750"), "£81,750"), (Decimal("0.5"), "£0.50"), (Decimal("-3100.00"), "−£3,100"), (None, "not known")],
)
def test_pounds_in_words(amount, words):
    assert pounds(amount) == words
