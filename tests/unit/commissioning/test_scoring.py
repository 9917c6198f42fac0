"""How bids are judged: weights, ranks, the money's reach, and what departs from the rule."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.commissioning import scoring

WEIGHTS = {1: 30, 2: 30, 3: 20, 4: 20}
MARKS = st.fixed_dictionaries({key: st.integers(0, scoring.HIGHEST_MARK) for key in WEIGHTS})


def bid(key, mean, asked, needed=1):
    return scoring.Judged(key, Decimal(asked), (Decimal(mean),), needed, ())


# By hand: (4·30 + 4·30 + 5·20 + 4·20) / 500 = 420 / 500 = 84 of 100.
def test_points_are_marks_by_weight():
    assert scoring.points({1: 4, 2: 4, 3: 5, 4: 4}, WEIGHTS) == Decimal("84.0")


@given(MARKS)
def test_points_lie_between_0_and_100_and_grow_with_each_mark(marks):
    found = scoring.points(marks, WEIGHTS)
    assert 0 <= found <= 100
    for key, mark in marks.items():
        if mark < scoring.HIGHEST_MARK:
            assert scoring.points(marks | {key: mark + 1}, WEIGHTS) > found


def test_bid_without_enough_assessors_has_no_mean_and_half_marks_do_not_count():
    found = scoring.judge(1, Decimal(10), [{1: 4, 2: 4, 3: 4, 4: 4}, {1: 5}], WEIGHTS, needed=2)
    assert (found.mean, len(found.by_assessor)) == (None, 1)


def test_marks_two_apart_are_named():
    found = scoring.judge(1, Decimal(10), [{1: 3, 2: 3, 3: 5, 4: 3}, {1: 1, 2: 2, 3: 4, 4: 3}], WEIGHTS, needed=2)
    assert found.apart == (1,)
    # 66 and 46: (90+90+100+60)/5 = 68; (30+60+80+60)/5 = 46.
    assert (found.lowest, found.highest, found.mean) == (Decimal("46.0"), Decimal("68.0"), Decimal("57.0"))


def test_money_goes_down_the_order_past_what_does_not_fit():
    found = scoring.rank(
        [bid(1, 80, 60), bid(2, 70, 50), bid(3, 70, 40), bid(4, 40, 1)], available=Decimal(100), pass_mark=50
    )
    assert [(each.judged.bid, each.place, each.would_be_funded) for each in found] == [
        (1, 1, True), (2, 2, False), (3, 2, True), (4, 4, False),
    ]  # fmt: skip
    assert scoring.departure(found, 2, is_funded=True).startswith("It is funded although the money ends")
    assert scoring.departure(found, 4, is_funded=True) == "It is funded below the pass mark."
    assert scoring.departure(found, 3, is_funded=False).startswith("It is not funded although")
    assert scoring.departure(found, 9, is_funded=True).startswith("It was decided before")
    assert scoring.departure(found, 1, is_funded=True) == scoring.departure(found, 4, is_funded=False) == ""


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), max_size=8), st.integers(0, 300), st.integers(0, 100)
)
def test_rule_never_promises_more_than_there_is_and_never_below_the_pass_mark(bids, available, pass_mark):
    judged = [bid(key, mean, asked) for key, (mean, asked) in enumerate(bids)]
    found = scoring.rank(judged, available=Decimal(available), pass_mark=pass_mark)
    funded = [each for each in found if each.would_be_funded]
    assert sum(each.judged.asked for each in funded) <= available
    assert all(each.judged.mean >= pass_mark for each in funded)
    assert [each.place for each in found] == sorted(each.place for each in found)


@pytest.mark.parametrize(
    ("marks", "near", "pairs"),
    [([[{1: 3}, {1: 4}]], 1, 1), ([[{1: 3, 2: 0}, {1: 3, 2: 2}]], 1, 2), ([[{1: 3}]], 0, 0)],
)
def test_agreement_counts_pairs_at_most_one_apart(marks, near, pairs):
    found = scoring.agreement(marks)
    assert (found.near, found.pairs) == (near, pairs)
