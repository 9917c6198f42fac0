"""Whether a value meets its target, and whether a process can be relied on to meet it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from upstream.methods.checks import ArgumentImpossible

AT_MOST = "at most"
AT_LEAST = "at least"


class Standing(StrEnum):
    """Where a value lies beside a reference, as far as the intervals allow."""

    ABOVE = "above"
    BELOW = "below"
    ON_IT = "the same as"
    CANNOT_TELL = "not to be told apart from"
    NOT_KNOWN = "not known"


class Met(StrEnum):
    """Whether a target is met, as far as the interval of the value allows."""

    MET = "met"
    NOT_MET = "not met"
    UNCERTAIN = "too uncertain to say"
    NOT_KNOWN = "not known"


class Assurance(StrEnum):
    """What the limits of a process say of the target in the periods to come, if nothing changes."""

    WILL = "will consistently meet"
    MAY = "may or may not meet"
    WILL_NOT = "will not meet"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class TargetStatus:
    """The answer for one value: whether the target is met, and what the process promises."""

    value: float
    target: float
    side: str
    met: Met
    assurance: Assurance
    method: str = "the whole interval on the right side of the target; limits of ordinary variation against the target"


def stand_to(
    value: float,
    reference: float,
    *,
    lower: float = math.nan,
    upper: float = math.nan,
    reference_lower: float = math.nan,
    reference_upper: float = math.nan,
) -> Standing:
    """Say where a value stands beside a reference; two intervals that overlap do not tell the two apart.

    A value or reference without an interval is taken as exact. Intervals that do not overlap prove a difference;
    those that do leave it open, which errs on the side of saying nothing.

    >>> stand_to(9.1, 8.0, lower=8.6, upper=9.6), stand_to(9.1, 9.0, lower=8.6, upper=9.6)
    (<Standing.ABOVE: 'above'>, <Standing.CANNOT_TELL: 'not to be told apart from'>)

    Source: N. Schenker and J. F. Gentleman, *The American Statistician* 55 (2001) 182-186, on how careful that is.
    """
    if not math.isfinite(value) or not math.isfinite(reference):
        return Standing.NOT_KNOWN
    low, high = _ends(value, lower, upper)
    from_, until = _ends(reference, reference_lower, reference_upper)
    if low > until:
        return Standing.ABOVE
    if high < from_:
        return Standing.BELOW
    return Standing.ON_IT if low == high == from_ == until else Standing.CANNOT_TELL


def target_status(
    value: float,
    target: float,
    *,
    side: str,
    lower: float = math.nan,
    upper: float = math.nan,
    limit_lower: float = math.nan,
    limit_upper: float = math.nan,
) -> TargetStatus:
    """Hold a value with its interval (`lower`, `upper`) and its process (`limit_…`) against a target.

    `side` is "at most" or "at least". Met: the whole interval lies on the right side, the target itself included.
    Not met: the whole interval lies beyond it. Otherwise it is too uncertain to say. A complete count has no interval
    and is met or not. The process will consistently meet the target when both its limits of ordinary variation do,
    will not when neither does, and otherwise may or may not, whatever the newest value was.

    >>> answer = target_status(9.1, 9.5, side="at most", lower=8.6, upper=9.4, limit_lower=8.0, limit_upper=10.4)
    >>> answer.met.value, answer.assurance.value
    ('met', 'may or may not meet')

    Source: NHS England, *Making Data Count*: variation and assurance icons.
    """
    if side not in (AT_MOST, AT_LEAST):
        raise ArgumentImpossible(f"side is {side!r}.", expected=f"{AT_MOST!r} or {AT_LEAST!r}.")
    met = _met(value, target, side, *_ends(value, lower, upper))
    return TargetStatus(value, target, side, met, _assurance(target, side, limit_lower, limit_upper))


def _ends(value: float, lower: float, upper: float) -> tuple[float, float]:
    """Give the ends of an interval; one that is missing is the value itself."""
    return (lower if math.isfinite(lower) else value), (upper if math.isfinite(upper) else value)


def _met(value: float, target: float, side: str, low: float, high: float) -> Met:
    if not math.isfinite(value) or not math.isfinite(target):
        return Met.NOT_KNOWN
    if side == AT_MOST:
        return Met.MET if high <= target else Met.NOT_MET if low > target else Met.UNCERTAIN
    return Met.MET if low >= target else Met.NOT_MET if high < target else Met.UNCERTAIN


def _assurance(target: float, side: str, low: float, high: float) -> Assurance:
    if not (math.isfinite(target) and math.isfinite(low) and math.isfinite(high)):
        return Assurance.NOT_KNOWN
    good, bad = (high <= target, low > target) if side == AT_MOST else (low >= target, high < target)
    return Assurance.WILL if good else Assurance.WILL_NOT if bad else Assurance.MAY
