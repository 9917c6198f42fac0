"""Targets against intervals and process limits, as a table.

Expected answers follow from the definitions by hand. Those of assurance agree with the icons of NHSRplotthedots
(`spc` with a target: "P" when the far limit meets the target, "F" when even the near one does not, else "?").
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream.methods import ArgumentImpossible, Assurance, Met, Standing, stand_to, target_status

NAN = math.nan
NUMBERS = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("side", "value", "lower", "upper", "target", "met"),
    [
        ("at most", 8.0, 7.0, 9.0, 10.0, Met.MET),
        ("at most", 8.0, 7.0, 10.0, 10.0, Met.MET),  # the target itself is good enough
        ("at most", 8.0, 7.0, 10.1, 10.0, Met.UNCERTAIN),
        ("at most", 11.0, 9.9, 12.0, 10.0, Met.UNCERTAIN),
        ("at most", 11.0, 10.0, 12.0, 10.0, Met.UNCERTAIN),
        ("at most", 11.0, 10.1, 12.0, 10.0, Met.NOT_MET),
        ("at most", 10, NAN, NAN, 10.0, Met.MET),  # a complete count has no interval
        ("at most", 11, NAN, NAN, 10.0, Met.NOT_MET),
        ("at most", NAN, NAN, NAN, 10.0, Met.NOT_KNOWN),
        ("at most", 8.0, 7.0, 9.0, NAN, Met.NOT_KNOWN),
        ("at least", 12.0, 10.0, 14.0, 10.0, Met.MET),
        ("at least", 12.0, 9.9, 14.0, 10.0, Met.UNCERTAIN),
        ("at least", 8.0, 6.0, 10.0, 10.0, Met.UNCERTAIN),
        ("at least", 8.0, 6.0, 9.9, 10.0, Met.NOT_MET),
        ("at least", 0, NAN, NAN, 0.0, Met.MET),
    ],
)
def test_target_is_met_not_met_or_too_uncertain(side, value, lower, upper, target, met):
    assert target_status(value, target, side=side, lower=lower, upper=upper).met is met


@pytest.mark.parametrize(
    ("side", "low", "high", "target", "assurance"),
    [
        ("at most", 5.0, 9.0, 10.0, Assurance.WILL),
        ("at most", 5.0, 15.0, 10.0, Assurance.MAY),
        ("at most", 11.0, 15.0, 10.0, Assurance.WILL_NOT),
        ("at least", 11.0, 15.0, 10.0, Assurance.WILL),
        ("at least", 5.0, 15.0, 10.0, Assurance.MAY),
        ("at least", 5.0, 9.0, 10.0, Assurance.WILL_NOT),
        ("at least", NAN, NAN, 10.0, Assurance.NOT_KNOWN),
    ],
)
def test_assurance_is_told_by_the_limits_not_by_the_newest_value(side, low, high, target, assurance):
    for value in (1.0, 10.0, 99.0):
        answer = target_status(value, target, side=side, limit_lower=low, limit_upper=high)
        assert answer.assurance is assurance


@pytest.mark.parametrize(
    ("value", "ends", "reference", "reference_ends", "standing"),
    [
        (9.1, (8.6, 9.6), 8.0, (NAN, NAN), Standing.ABOVE),
        (9.1, (8.6, 9.6), 8.5, (8.0, 8.7), Standing.CANNOT_TELL),
        (7.0, (6.5, 7.5), 8.0, (7.6, 8.4), Standing.BELOW),
        (12, (NAN, NAN), 12, (NAN, NAN), Standing.ON_IT),
        (NAN, (NAN, NAN), 12, (NAN, NAN), Standing.NOT_KNOWN),
    ],
)
def test_values_are_told_apart_only_when_intervals_do_not_meet(value, ends, reference, reference_ends, standing):
    answer = stand_to(
        value, reference, lower=ends[0], upper=ends[1], reference_lower=reference_ends[0],
        reference_upper=reference_ends[1],
    )  # fmt: skip
    assert answer is standing


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS).map(sorted), NUMBERS)
def test_turning_the_axis_round_turns_the_side_round(interval, target):
    low, value, high = interval
    one = target_status(value, target, side="at most", lower=low, upper=high, limit_lower=low, limit_upper=high)
    other = target_status(
        -value, -target, side="at least", lower=-high, upper=-low, limit_lower=-high, limit_upper=-low
    )
    assert (one.met, one.assurance) == (other.met, other.assurance)


def test_side_must_be_one_of_two():
    with pytest.raises(ArgumentImpossible, match="'at most' or 'at least'"):
        target_status(1.0, 2.0, side="below")
