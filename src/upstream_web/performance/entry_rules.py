"""What a typed value must be, and what makes it odd enough to be explained."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from upstream_web.core.drawing.numbers import number
from upstream_web.performance.calculation import limits_of
from upstream_web.performance.models import Indicator, TypedAs
from upstream_web.performance.result import Point
from upstream_web.performance.typed import with_interval

FEWEST_TO_COMPARE = 8
DENOMINATOR_MOVES = 0.2


@dataclass(frozen=True)
class Findings:
    """What the rules found: `faults` must be put right, `warnings` may be explained."""

    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def look_at(indicator: Indicator, first: float | None, second: float | None, before: Sequence[Point] = ()) -> Findings:
    """Hold what was typed against the rules; `before` are the periods that count already, oldest first."""
    faults = tuple(_faults(indicator, first, second))
    return Findings(faults) if faults else Findings((), tuple(_warnings(indicator, first, second, before)))


def _faults(indicator: Indicator, first: float | None, second: float | None) -> list[str]:
    if first is None:
        return ["Give a number."]
    if not math.isfinite(first) or (second is not None and not math.isfinite(second)):
        return ["Give a number that has an end."]
    found = []
    counted = indicator.typed_as != TypedAs.VALUE
    if counted and first < 0:
        found.append("A count is never below nothing.")
    if counted and first != int(first):
        found.append("A count is a whole number.")
    if indicator.takes_denominator and not second:
        found.append("Give the number that it is divided by; it is never nothing.")
    if second is not None and second < 0:
        found.append("The number that it is divided by is never below nothing.")
    if not indicator.takes_denominator and second is not None:
        found.append("This indicator takes one number; leave the second empty.")
    if indicator.typed_as == TypedAs.SHARE and second and first > second:
        found.append("The part is larger than the whole.")
    return found


def _warnings(indicator: Indicator, first: float | None, second: float | None, before: Sequence[Point]) -> list[str]:
    known = [point for point in before if point.value is not None]
    value = first if second is None else with_interval(indicator, first or 0.0, second)[0]
    found = []
    chart = limits_of(before, polarity=indicator.polarity)
    comparable = value is not None and len(known) >= FEWEST_TO_COMPARE and chart.known
    if value is not None and comparable and not chart.lower <= value <= chart.upper:
        places = indicator.decimals + 1
        between = f"{number(chart.lower, places)} to {number(chart.upper, places)}"
        found.append(f"{number(value, indicator.decimals)} lies outside the range expected, {between}.")
    last = known[-1].denominator if known else None
    if second and last and abs(second - last) > DENOMINATOR_MOVES * last:
        found.append(f"It is divided by {number(second)}, the period before by {number(last)}.")
    return found
