"""Funnel limits: how far from the common level chance alone would carry a unit of each size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from upstream.methods.checks import ArgumentImpossible, Floats, broadcast, check_counts, check_denominators

LEVELS = (0.95, 0.998)


@dataclass(frozen=True, eq=False)
class FunnelLimits:
    """Values with the limits for their size, at two or more levels (rows of `lower` and `upper`).

    `position` says for each unit how far out it lies: 0 inside all limits, ±1 beyond the first, ±2 beyond the second.
    `dispersion` is how much wider than chance the middle of the field is spread; above 1 the limits were widened by it.
    """

    numerator: Floats
    denominator: Floats
    value: Floats
    target: float
    lower: Floats
    upper: Floats
    position: NDArray[np.int64]
    levels: tuple[float, ...]
    dispersion: float
    widened: bool
    family: str
    multiplier: float
    unit: str
    method: str

    def limits_at(self, denominators: ArrayLike) -> tuple[Floats, Floats]:
        """Give the limits for other sizes, for drawing the funnel: one row a level."""
        sizes = check_denominators("denominators", denominators)
        lower, upper = _limits(sizes, self.target / self.multiplier, self.levels, self.family, self._widening)
        return lower * self.multiplier, upper * self.multiplier

    @property
    def _widening(self) -> float:
        return self.dispersion if self.widened else 1.0


def funnel_limits(
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    family: str = "poisson",
    target: float | None = None,
    levels: tuple[float, ...] = LEVELS,
    over_dispersion: bool = False,
    multiplier: float = 1.0,
    unit: str = "",
) -> FunnelLimits:
    """Set limits about a common level for units of different size.

    `family` is "poisson" for rates (events for people) or "proportion" for shares of a whole. The target is the pooled
    level unless given, in the unit of the result. Limits are exact quantiles, smoothed between whole counts. With
    `over_dispersion` the spread of the units, after pulling the outer tenth at each end inwards, is compared with
    what chance gives, and the limits (then normal) are widened if it is more: most public data vary that way, and
    without it half the units would stand out.

    >>> funnel = funnel_limits([5, 40, 90], [100, 1000, 1000], multiplier=100)
    >>> funnel.position.tolist(), round(funnel.target, 2)
    ([0, -2, 2], 6.43)

    Source: D. J. Spiegelhalter, *Statistics in Medicine* 24 (2005) 1185-1202, with its appendix for exact limits.
    """
    counts, sizes = broadcast(check_counts("numerator", numerator), check_denominators("denominator", denominator))
    _check_family(family, levels)
    held = np.isfinite(counts) & np.isfinite(sizes)
    level = float(counts[held].sum() / sizes[held].sum()) if target is None else target / multiplier
    dispersion = _winsorised_dispersion(counts[held], sizes[held], level, family)
    widened = over_dispersion and dispersion > 1
    lower, upper = _limits(sizes, level, levels, family, dispersion if widened else 1.0)
    value = counts / sizes
    how = "normal limits widened for over-dispersion" if widened else "exact limits"
    return FunnelLimits(
        numerator=counts, denominator=sizes, value=value * multiplier, target=level * multiplier,
        lower=lower * multiplier, upper=upper * multiplier, position=_position(value, lower, upper),
        levels=tuple(levels), dispersion=dispersion, widened=widened, family=family, multiplier=multiplier,
        unit=unit, method=f"funnel plot, {family}; {how}",
    )  # fmt: skip


def _check_family(family: str, levels: tuple[float, ...]) -> None:
    if family not in ("poisson", "proportion"):
        raise ArgumentImpossible(f"family is {family!r}.", expected="'poisson' or 'proportion'.")
    if not levels or any(not 0 < level < 1 for level in levels) or list(levels) != sorted(levels):
        raise ArgumentImpossible(f"levels are {levels}.", expected="Proportions between 0 and 1, narrowest first.")


def _limits(
    sizes: Floats, level: float, levels: tuple[float, ...], family: str, widening: float
) -> tuple[Floats, Floats]:
    """Give lower and upper limits, one row for each level."""
    tails = [(1 - chosen) / 2 for chosen in levels]
    if widening > 1:
        error = np.sqrt(widening * _variance(level, family) / sizes)
        shifts = [float(ndtri(1 - tail)) * error for tail in tails]
        top = 1.0 if family == "proportion" else np.inf
        return np.stack([np.maximum(0, level - s) for s in shifts]), np.stack(
            [np.minimum(top, level + s) for s in shifts]
        )
    lower = np.stack([_quantile(sizes, level, tail, family) for tail in tails])
    upper = np.stack([_quantile(sizes, level, 1 - tail, family) for tail in tails])
    return lower, upper


def _variance(level: float, family: str) -> float:
    return level * (1 - level) if family == "proportion" else level


def _quantile(sizes: Floats, level: float, probability: float, family: str) -> Floats:
    """Give the count at a quantile, interpolated between whole counts, as a level."""
    from scipy.stats import binom, poisson  # slow to import, and every command would wait for it

    spread: Any = binom(sizes, level) if family == "proportion" else poisson(sizes * level)
    with np.errstate(invalid="ignore"):
        count = spread.ppf(probability)
        step = spread.cdf(count) - spread.cdf(count - 1)
        back = np.where(step > 0, (spread.cdf(count) - probability) / np.where(step > 0, step, 1), 0)
        return np.maximum(0, count - back) / sizes


def _winsorised_dispersion(counts: Floats, sizes: Floats, level: float, family: str) -> float:
    """Give the mean squared z-score with the outer tenth at each end pulled in to the tenth's edge."""
    variance = _variance(level, family)
    if counts.size < 3 or variance <= 0:
        return float("nan")
    scores = (counts / sizes - level) / np.sqrt(variance / sizes)
    low, high = np.quantile(scores, [0.1, 0.9])
    return float((np.clip(scores, low, high) ** 2).mean())


def _position(value: Floats, lower: Floats, upper: Floats) -> NDArray[np.int64]:
    with np.errstate(invalid="ignore"):
        return (value > upper).sum(axis=0) - (value < lower).sum(axis=0)
