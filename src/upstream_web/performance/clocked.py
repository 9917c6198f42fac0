"""The values of an indicator that says how often a time limit is kept: a share for each period, from the clocks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from upstream.clocks import ClockRule
from upstream.measures.periods import Period
from upstream_web.core.clocks import rules
from upstream_web.performance.models import Indicator
from upstream_web.performance.periods import recent_periods
from upstream_web.performance.result import KNOWN, Origin, Point
from upstream_web.records.kept_time import compliance_of, timed
from upstream_web.records.register import Timed

PER_CENT = 100
BEFORE = timedelta(days=400)  # a clock may begin more than a year before its last day


def find_rule(indicator: Indicator) -> ClockRule | None:
    """Give the rule that it follows; None when there is none of that name any more."""
    return rules().get(indicator.clock)


def clocks_of(indicators: Iterable[Indicator], until: date) -> dict[str, list[Timed]]:
    """Give by rule the clocks that these indicators are about, in the order of their last days, read once for all."""
    followed = {each.clock: recent_periods(each.frequency, until) for each in indicators if each.is_clocked}
    starts = [periods[0].start for periods in followed.values() if periods]
    found: dict[str, list[Timed]] = {rule: [] for rule in followed}
    for each in timed(None, min(starts) - BEFORE) if starts else ():
        if each.clock.rule.name in found:
            found[each.clock.rule.name].append(each)
    return {rule: sorted(clocks, key=_due_on) for rule, clocks in found.items()}


def points_of(periods: Sequence[Period], clocks: Sequence[Timed]) -> tuple[Point, ...]:
    """Give one point a period: the share of `clocks`, in the order of their last days, due in it and met in time."""
    return tuple(
        _point(period, clocks[bisect_left(clocks, period.start, key=_due_on) :
                              bisect_right(clocks, period.end, key=_due_on)])
        for period in periods
    )  # fmt: skip


def _due_on(each: Timed) -> date:
    return each.clock.due_on


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
