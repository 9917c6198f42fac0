"""The values of an indicator that other records tell, such as training coverage: a share at the end of each period."""

from __future__ import annotations

from collections.abc import Sequence

from upstream.measures.periods import Period
from upstream.methods import wilson_proportion
from upstream_web.performance.models import Indicator
from upstream_web.performance.result import KNOWN, Origin, Point
from upstream_web.records.register import Counted, registers

PER_CENT = 100


def all_counted() -> dict[str, Counted]:
    """Give by key every share that records of this workbench tell."""
    return {each.key: each for register in registers() for each in register.counted()}


def points_of(indicator: Indicator, periods: Sequence[Period]) -> tuple[Point, ...]:
    """Give one point a period: the share on its last day; one whose whole nobody said is not known."""
    share = all_counted().get(indicator.counted)
    if share is None:
        return ()
    found = share.over([period.end for period in periods])
    return tuple(_point(period, part, whole) for period, (part, whole) in zip(periods, found, strict=True))


def _point(period: Period, part: int, whole: int | None) -> Point:
    if not whole:
        return Point(period.start, period.end, period.label, status="nobody said of how many")
    share = wilson_proportion(part, whole, multiplier=PER_CENT)
    return Point(
        period.start, period.end, period.label, value=float(share.value), lower=float(share.lower),
        upper=float(share.upper), numerator=part, denominator=whole, status=KNOWN,
    )  # fmt: skip


def origin_of(indicator: Indicator) -> Origin:
    """Say which records tell it, and how the share is counted."""
    share = all_counted().get(indicator.counted)
    if share is None:
        return Origin("records", indicator.counted, "", notes=("No record tells this share any more.",))
    return Origin(
        "records", share.title, "Part of a whole on the last day of the period; Wilson score interval",
        feeds=("Records of this workbench",), filters=(share.how,),
    )  # fmt: skip
