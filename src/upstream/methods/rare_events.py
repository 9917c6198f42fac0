"""Charts for events too rare for monthly counts: the time, or the number of cases, between one and the next."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from upstream.methods.checks import ArgumentImpossible, Floats, check_counts
from upstream.methods.xmr import RUN_LENGTH, Rule, runs_of, sides_of, xmr

NELSON_POWER = 3.6


@dataclass(frozen=True)
class RareEventsChart:
    """Spacings between events in order, with the limits of ordinary variation in the same unit.

    `signals` holds +1 where spacings are longer than chance gives (events rarer), -1 where shorter, else 0, and
    `rules` which rule said so. `waiting` is the time since the last event: it is not finished, so it can only tell
    that events have become rarer.
    """

    spacings: tuple[float, ...]
    centre: float
    lower: float
    upper: float
    signals: tuple[int, ...]
    rules: tuple[tuple[Rule, ...], ...]
    waiting: float | None
    waiting_signal: int
    provisional: bool
    unit: str
    method: str


def days_between(days: Sequence[date]) -> list[int]:
    """Give the days from each event to the next; the events are put in order first.

    >>> days_between([date(2025, 3, 1), date(2025, 1, 1), date(2025, 1, 31)])
    [30, 29]
    """
    ordered = sorted(days)
    return [(after - before).days for before, after in pairwise(ordered)]


def t_chart(days_between_events: ArrayLike, *, waiting: float | None = None, unit: str = "days") -> RareEventsChart:
    """Chart the time between events, which is far from normal and is made so by the power 1/3.6.

    Limits are those of an XmR chart of the transformed times, turned back into days. Two events on one day are taken
    as half a day apart, since the transformation cannot tell from zero. `waiting` is the time since the
    last event.

    >>> chart = t_chart([20, 35, 12, 28, 41, 17, 30, 22, 26, 33, 15, 29])
    >>> chart.lower < 12 and chart.upper > 41, any(chart.signals)
    (True, False)

    Source: L. S. Nelson, *Journal of Quality Technology* 26 (1994) 166-167.
    """
    times = np.maximum(check_counts("days_between_events", days_between_events), 0.5)
    chart = xmr(times ** (1 / NELSON_POWER), minimum=0.0)
    centre, lower, upper = (value**NELSON_POWER for value in (chart.centre, chart.lower, chart.upper))
    return RareEventsChart(
        spacings=tuple(float(value) for value in times),
        centre=centre,
        lower=lower,
        upper=upper,
        signals=tuple(signal.direction for signal in chart.signals),
        rules=tuple(signal.rules for signal in chart.signals),
        waiting=waiting,
        waiting_signal=int(waiting is not None and waiting > upper),
        provisional=chart.provisional,
        unit=unit,
        method="t chart: XmR limits of times to the power 1/3.6",
    )


def g_chart(cases_between_events: ArrayLike, *, waiting: float | None = None, unit: str = "cases") -> RareEventsChart:
    """Chart the number of cases between events, which is geometric when each case carries the same small risk.

    Limits lie three standard deviations either side of the mean, sqrt(mean * (mean + 1)), and not below zero. The
    distribution is lopsided, so runs are counted about the median, and the lower limit seldom says anything.

    >>> chart = g_chart([30, 12, 55, 4, 18, 41, 9, 26, 33, 7, 15, 22])
    >>> round(chart.upper, 1), chart.lower
    (92.2, 0.0)

    Source: J. C. Benneyan, *Health Care Management Science* 4 (2001) 305-318.
    """
    cases = check_counts("cases_between_events", cases_between_events)
    if cases.ndim != 1:
        raise ArgumentImpossible("cases_between_events is not one series.", expected="One number an event, in order.")
    held = cases[np.isfinite(cases)]
    mean = float(held.mean()) if held.size > 1 else math.nan
    spread = 3 * math.sqrt(mean * (mean + 1)) if math.isfinite(mean) else math.nan
    upper, lower = mean + spread, max(0.0, mean - spread) if math.isfinite(mean) else math.nan
    signals, rules = _g_signals(cases, lower, upper)
    return RareEventsChart(
        spacings=tuple(float(value) for value in cases),
        centre=mean,
        lower=lower,
        upper=upper,
        signals=signals,
        rules=rules,
        waiting=waiting,
        waiting_signal=int(waiting is not None and waiting > upper),
        provisional=held.size < 12,
        unit=unit,
        method="g chart: geometric limits at three standard deviations",
    )


def _g_signals(cases: Floats, lower: float, upper: float) -> tuple[tuple[int, ...], tuple[tuple[Rule, ...], ...]]:
    median = float(np.nanmedian(cases)) if np.isfinite(cases).any() else math.nan
    outside = np.where(cases > upper, 1, np.where(cases < lower, -1, 0))
    runs = runs_of(sides_of(cases, median), RUN_LENGTH)
    rules = tuple(
        tuple(rule for rule, found in ((Rule.OUTSIDE_LIMITS, out), (Rule.RUN, run)) if found)
        for out, run in zip(outside, runs, strict=True)
    )
    return tuple(int(out or run) for out, run in zip(outside, runs, strict=True)), rules
