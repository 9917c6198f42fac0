"""What one cost: missing is not nothing, few are not divided by, and nothing is finer than it is known."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.commissioning import cost, small
from upstream_web.commissioning.cost import Told


def told(spent, delivered, *, accepted=True, period="the spring"):
    return Told(
        period, accepted, None if spent is None else Decimal(spent), None if delivered is None else Decimal(delivered)
    )


# By hand: £30,120 + £29,980 for 26 + 29 people is £1,092.73 each: about £1,100.
def test_spending_is_divided_by_what_was_delivered_and_rounded():
    found = cost.unit_cost([told("30120", 26), told("29980", 29)])
    assert (found.amount, found.words) == (Decimal(1100), "about £1,100")


@pytest.mark.parametrize(
    ("periods", "why"),
    [
        ([told(100, 10), told(100, 10, accepted=False, period="the summer")], "no accepted return for the summer"),
        ([told(100, 10), told(None, 10)], "no spending told for the spring"),
        ([told(100, 10), told(100, None)], "nothing told of it for the spring"),
        ([told(100, 0)], "none was delivered"),
        ([told(100, 4)], "fewer than 5 were delivered, too few to divide by"),
        ([], "no period is over yet"),
    ],
)
def test_cost_is_not_known_and_says_why(periods, why):
    found = cost.unit_cost(periods)
    assert (found.amount, found.why_not, found.words) == (None, why, "not known")


def test_period_that_told_nothing_leaves_what_was_delivered_unknown():
    whole, missing = [told(1, 12), told(1, 9)], [told(1, 12), told(1, None)]
    assert cost.delivered(Decimal(10), whole) == cost.Delivered(Decimal(20), Decimal(21))
    assert cost.delivered(Decimal(10), whole).is_met
    assert cost.delivered(Decimal(10), missing).is_met is None
    assert cost.delivered(Decimal(10), whole).share == 105


@given(st.decimals(min_value=1, max_value=10_000_000, places=2))
def test_rounding_keeps_two_figures_and_is_near(amount):
    found = cost.rounded(amount)
    assert abs(found - amount) <= max(amount * Decimal("0.05"), Decimal("0.5"))
    assert found == found.to_integral_value()
    assert len(str(found).rstrip("0")) <= 2


@pytest.mark.parametrize(("value", "words"), [("0", "0"), ("1", "fewer than 5"), ("4", "fewer than 5"), ("5", "5")])
def test_few_people_are_covered_in_what_leaves(value, words):
    assert small.safe_words(Decimal(value), counts_people=True) == words
    assert small.safe_words(Decimal(value), counts_people=False) == value
    assert small.safe_words(None, counts_people=True) == "not known"
