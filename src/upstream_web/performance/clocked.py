"""The values of an indicator that says how often a time limit is kept: a share for each period, from the clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from upstream.clocks import ClockRule
from upstream.measures.periods import Period
from upstream_web.core.clocks import rules
from upstream_web.performance.models import Indicator
from upstream_web.performance.result import KNOWN, Origin, Point
from upstream_web.records.kept_time import compliance_of, timed
from upstream_web.records.register import Timed

PER_CENT = 100
BEFORE = timedelta(days=400)  # a clock may begin more than a year before its last day


def find_rule(indicator: Indicator) -> ClockRule | None:
    """Give the rule that it follows; None when there is none of that name any more."""
    return rules().get(indicator.clock)


def points_of(indicator: Indicator, periods: Sequence[Period]) -> tuple[Point, ...]:
    """Give one point a period: the share of clocks due in it that were met in time, as known at its end."""
    if not periods:
        return ()
    found = [each for each in timed(None, periods[0].start - BEFORE) if each.clock.rule.name == indicator.clock]
    return tuple(_point(period, found) for period in periods)


def _point(period: Period, clocks: Sequence[Timed]) -> Point:
    kept = compliance_of(clocks, period.start, period.end)
    if kept.rate is None or kept.lower is None or kept.upper is None:
        return Point(period.start, period.end, period.label, status="none fell due")
    return Point(
        period.start, period.end, period.label, value=kept.rate * PER_CENT, lower=kept.lower * PER_CENT,
        upper=kept.upper * PER_CENT, numerator=kept.met, denominator=kept.counted, status=KNOWN,
    )  # fmt: skip


def origin_of(indicator: Indicator) -> Origin:
    """Say which rule is followed, on whose word, and how the share is counted."""
    rule = find_rule(indicator)
    if rule is None:
        return Origin("clock", indicator.clock, "", notes=("There is no rule of this name any more.",))
    return Origin(
        "clock", rule.title, "Share of clocks that fell due in the period and were met in time; Wilson score interval",
        feeds=("Records of this workbench",), filters=(rule.sentence,), notes=(f"{rule.why} ({rule.source})",),
    )  # fmt: skip
