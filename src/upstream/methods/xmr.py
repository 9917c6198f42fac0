"""The XmR control chart: what month-to-month variation alone would give, and which points go beyond it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from upstream.methods.checks import ArgumentImpossible, Floats

# For ranges of two: d2 is the mean and d3 the standard deviation of the range of two standard normal draws.
D2 = 2 / math.sqrt(math.pi)
D3 = math.sqrt(2 - 4 / math.pi)
LIMIT_FACTOR = 3 / D2  # 2.65868, commonly rounded to 2.66
RANGE_FACTOR = 1 + 3 * D3 / D2  # 3.26653, commonly rounded to 3.267
RUN_LENGTH = 7
TREND_LENGTH = 7
FEWEST_POINTS_FOR_FIRM_LIMITS = 12


class Rule(StrEnum):
    """The signs of special cause, strongest first; a point that meets several is read by the first."""

    OUTSIDE_LIMITS = "outside the limits"
    RUN = "seven or more in a row on one side of the average"
    TWO_OF_THREE = "two of three close to a limit"
    TREND = "seven or more in a row rising or falling"


class Verdict(StrEnum):
    """What a point tells us, given which direction is better."""

    ORDINARY = "ordinary"
    WORSE = "worse"
    BETTER = "better"
    CHANGED = "changed"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Signal:
    """What one point of the series shows: `direction` is +1 for high or rising, -1 for low or falling, else 0."""

    rules: tuple[Rule, ...]
    direction: int
    verdict: Verdict


@dataclass(frozen=True)
class Latest:
    """The newest known point: its place, value and signal, and how long the present run on one side is."""

    index: int | None
    value: float
    signal: Signal
    points_on_this_side: int


@dataclass(frozen=True)
class XmrResult:
    """Limits, signals and the answer for the newest point of one series.

    Unknown values are not-a-number. `provisional` is true while the limits rest on fewer than twelve points.
    """

    values: tuple[float, ...]
    centre: float
    lower: float
    upper: float
    mean_moving_range: float
    moving_range_limit: float
    moving_ranges: tuple[float, ...]
    points_used: int
    ranges_used: int
    ranges_screened: int
    provisional: bool
    signals: tuple[Signal, ...]
    latest: Latest
    polarity: str
    unit: str
    screened: bool
    method: str = "XmR chart, limits at the average ± 2.66 mean moving ranges"

    @property
    def known(self) -> bool:
        """Whether limits could be drawn at all: that takes two months that follow one another."""
        return math.isfinite(self.upper)


def xmr(
    values: ArrayLike,
    *,
    polarity: str = "neither",
    unit: str = "",
    screen_moving_ranges: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    baseline: slice | None = None,
) -> XmrResult:
    """Set the limits of ordinary variation for one series in time order and find what goes beyond them.

    `values` has one entry a period, not-a-number where the period is not held. A moving range is taken only
    between two held neighbours, and no run, trend or two-of-three reaches across a gap.

    Limits are the mean ± 3/d2 (2.65868) times the mean moving range. With `screen_moving_ranges` ranges
    beyond 3.26653 times their mean are left out once before the limits are set, as NHS England's *Making Data
    Count* does; Wheeler does not, and nor do we unless asked. `minimum` and `maximum` cut limits that the
    quantity cannot reach (0 for a count, 100 for a percentage). `baseline` sets the limits from part of the
    series only. `polarity` is "lower is better", "higher is better" or "neither".

    Rules, strongest first: a point outside the limits; seven or more in a row on one side of the average
    (a point on the average ends the run); two of three neighbours in the outer third on the same side;
    seven or more in a row each higher, or each lower, than the one before.

    >>> chart = xmr([10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 30], polarity="lower is better")
    >>> chart.latest.signal.verdict.value, round(chart.centre, 2), round(chart.mean_moving_range, 2)
    ('worse', 12.92, 3.45)

    Source: D. J. Wheeler, *Understanding Variation* (2nd ed., 2000); NHS England, *Making Data Count*.
    """
    series = _check_series(values)
    base = series[baseline] if baseline is not None else series
    ranges = np.abs(np.diff(base))
    used, screened = _screen(ranges, screen_moving_ranges)
    centre = float(np.nanmean(base)) if np.isfinite(base).any() else math.nan
    mean_range = float(used.mean()) if used.size else math.nan
    lower, upper = _limits(centre, mean_range, minimum, maximum)
    signals = _signals(series, centre, mean_range, (lower, upper), polarity)
    points = int(np.isfinite(base).sum())
    return XmrResult(
        values=tuple(float(value) for value in series),
        centre=centre,
        lower=lower,
        upper=upper,
        mean_moving_range=mean_range,
        moving_range_limit=RANGE_FACTOR * mean_range,
        moving_ranges=tuple(float(value) for value in np.abs(np.diff(series))),
        points_used=points,
        ranges_used=int(used.size),
        ranges_screened=screened,
        provisional=points < FEWEST_POINTS_FOR_FIRM_LIMITS,
        signals=signals,
        latest=_latest(series, centre, signals),
        polarity=str(polarity),
        unit=unit,
        screened=screen_moving_ranges,
    )


def _check_series(values: ArrayLike) -> Floats:
    series = np.asarray(values, dtype=float)
    if series.ndim != 1:
        raise ArgumentImpossible(
            f"values has {series.ndim} dimensions.", expected="One series in time order.", do="Call once a series."
        )
    if np.isinf(series).any():
        raise ArgumentImpossible("values holds infinity.", expected="Numbers, or nan for a period not held.")
    return series


def _screen(ranges: Floats, wanted: bool) -> tuple[Floats, int]:
    """Keep the ranges between held neighbours, leaving out once those that the range limit calls special."""
    held = ranges[np.isfinite(ranges)]
    if not wanted or held.size == 0:
        return held, 0
    kept = held[held <= RANGE_FACTOR * held.mean()]
    return kept, int(held.size - kept.size)


def _limits(centre: float, mean_range: float, minimum: float | None, maximum: float | None) -> tuple[float, float]:
    lower, upper = centre - LIMIT_FACTOR * mean_range, centre + LIMIT_FACTOR * mean_range
    if minimum is not None and math.isfinite(lower):
        lower = max(lower, minimum)
    if maximum is not None and math.isfinite(upper):
        upper = min(upper, maximum)
    return lower, upper


def _signals(
    series: Floats, centre: float, mean_range: float, limits: tuple[float, float], polarity: str
) -> tuple[Signal, ...]:
    rules, directions = _find_signals(series, centre, mean_range / D2, *limits)
    return tuple(
        Signal(rule, direction, _verdict(value, mean_range, direction, polarity))
        for value, rule, direction in zip(series, rules, directions, strict=True)
    )


def _find_signals(
    series: Floats, centre: float, sigma: float, lower: float, upper: float
) -> tuple[list[tuple[Rule, ...]], list[int]]:
    """Give, for each point, the rules it meets and the direction of the strongest."""
    by_rule = {
        Rule.OUTSIDE_LIMITS: _outside(series, lower, upper),
        Rule.RUN: runs_of(sides_of(series, centre), RUN_LENGTH),
        Rule.TWO_OF_THREE: _two_of_three(series, centre, sigma),
        Rule.TREND: _trends(series),
    }
    rules, directions = [], []
    for index in range(series.size):
        met = {rule: int(found[index]) for rule, found in by_rule.items() if found[index]}
        rules.append(tuple(met))
        directions.append(next(iter(met.values()), 0))
    return rules, directions


def _outside(series: Floats, lower: float, upper: float) -> NDArray[np.int8]:
    """Mark points above (+1) or below (-1) two bounds; a difference that is only rounding does not count."""
    slack = 1e-9 * max(1e-300, float(np.nanmax(np.abs(series), initial=0.0)))
    found = np.zeros(series.size, dtype=np.int8)
    found[series > upper + slack] = 1
    found[series < lower - slack] = -1
    return found


def sides_of(series: Floats, centre: float) -> NDArray[np.int8]:
    """Mark each point above (+1) or below (-1) the average; on it, or unknown, is 0 and ends a run."""
    return _outside(series, centre, centre)


def runs_of(sides: NDArray[np.int8], least: int) -> NDArray[np.int8]:
    """Keep only marks that stand in a row of at least `least` alike."""
    found = np.zeros_like(sides)
    start = 0
    for index in range(1, sides.size + 1):
        if index == sides.size or sides[index] != sides[start]:
            if sides.size and sides[start] and index - start >= least:
                found[start:index] = sides[start]
            start = index
    return found


def _two_of_three(series: Floats, centre: float, sigma: float) -> NDArray[np.int8]:
    """Mark points beyond two sigma that have another such, same side, within three held neighbours."""
    found = np.zeros(series.size, dtype=np.int8)
    near = _outside(series, centre - 2 * sigma, centre + 2 * sigma)
    for first in range(series.size - 2):
        window = slice(first, first + 3)
        if not np.isfinite(series[window]).all():
            continue
        for side in (1, -1):
            close = near[window] == side
            if close.sum() >= 2:
                found[window][close] = side
    return found


def _trends(series: Floats) -> NDArray[np.int8]:
    """Mark every point of a row of at least seven that only rises or only falls."""
    found = np.zeros(series.size, dtype=np.int8)
    steps = _outside(np.diff(series), 0.0, 0.0)
    kept = runs_of(steps, TREND_LENGTH - 1)
    found[:-1] = kept
    rest = kept != 0
    found[1:][rest] = kept[rest]
    return found


def _verdict(value: float, mean_range: float, direction: int, polarity: str) -> Verdict:
    if not math.isfinite(value) or not math.isfinite(mean_range):
        return Verdict.NOT_KNOWN
    if direction == 0:
        return Verdict.ORDINARY
    better = {"lower is better": -1, "higher is better": 1}.get(str(polarity), 0)
    if better == 0:
        return Verdict.CHANGED
    return Verdict.BETTER if direction == better else Verdict.WORSE


def _latest(series: Floats, centre: float, signals: tuple[Signal, ...]) -> Latest:
    """Find the newest held point and count back how many in a row lie on its side of the average."""
    held = np.flatnonzero(np.isfinite(series))
    if held.size == 0:
        return Latest(None, math.nan, Signal((), 0, Verdict.NOT_KNOWN), 0)
    last = int(held[-1])
    sides = sides_of(series, centre)
    run = 0
    while run <= last and sides[last] and sides[last - run] == sides[last]:
        run += 1
    return Latest(last, float(series[last]), signals[last], run)
