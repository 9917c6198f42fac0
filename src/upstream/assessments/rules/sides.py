"""On which side of a reference an interval lies: the one question that most rules ask first."""

from __future__ import annotations

from enum import StrEnum

from upstream.assessments.document import Number


class Side(StrEnum):
    """Where an interval lies, seen from a reference."""

    ABOVE = "above"
    BELOW = "below"
    ACROSS = "across"
    NOT_KNOWN = "not known"


def side_of(number: Number, reference: float) -> Side:
    """Say on which side of `reference` the whole interval of `number` lies; touching it counts as across."""
    if number.value is None or number.lower is None or number.upper is None:
        return Side.NOT_KNOWN
    if number.lower > reference:
        return Side.ABOVE
    return Side.BELOW if number.upper < reference else Side.ACROSS


def apart(first: Number, second: Number) -> Side:
    """Say whether the interval of `first` lies wholly above or below that of `second`."""
    if first.lower is None or first.upper is None or second.lower is None or second.upper is None:
        return Side.NOT_KNOWN
    if first.lower > second.upper:
        return Side.ABOVE
    return Side.BELOW if first.upper < second.lower else Side.ACROSS
