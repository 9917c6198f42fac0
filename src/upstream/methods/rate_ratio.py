"""How many times one rate is another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtri

from upstream.methods.checks import (
    ArgumentImpossible,
    Floats,
    broadcast,
    check_confidence_level,
    check_counts,
    check_denominators,
    divide,
)

LOG_NORMAL = "log-normal"
EXACT = "exact, given the total of both"


@dataclass(frozen=True, eq=False)
class RateRatio:
    """First rate over second, with limits; `methods` says for each row which interval it was given."""

    events: Floats
    population: Floats
    other_events: Floats
    other_population: Floats
    value: Floats
    lower: Floats
    upper: Floats
    methods: NDArray[Any]
    confidence_level: float
    unit: str = "times"
    method: str = "ratio of two Poisson rates"


def rate_ratio(
    *,
    events: ArrayLike,
    population: ArrayLike,
    other_events: ArrayLike,
    other_population: ArrayLike,
    confidence_level: float = 0.95,
    method: str = "log-normal",
) -> RateRatio:
    """Divide the rate of the first group by that of the other.

    `method` is "log-normal" (the logarithm of the ratio taken as normal) or "exact" (the binomial distribution of
    the first count given both, which never covers less than promised). Where either count is zero the log-normal
    interval does not exist, and the exact one is given instead: a zero first count gives 0 to an upper limit, a
    zero other count a lower limit to infinity, and zero in both 0 to infinity with an unknown ratio.

    >>> answer = rate_ratio(events=41, population=28_010, other_events=15, other_population=19_017)
    >>> round(float(answer.value), 3), round(float(answer.lower), 3), round(float(answer.upper), 3)
    (1.856, 1.027, 3.353)

    Source: K. J. Rothman and S. Greenland, *Modern Epidemiology* (2nd ed., 1998), chapter 14, for the breast-cancer
    counts of the example; C. J. Clopper and E. S. Pearson, *Biometrika* 26 (1934) 404-413, for the exact limits.
    """
    level = _check_method(method, check_confidence_level(confidence_level))
    first, people, second, others = broadcast(
        check_counts("events", events),
        check_denominators("population", population),
        check_counts("other_events", other_events),
        check_denominators("other_population", other_population),
    )
    weight = others / people
    value = divide(first, second) * weight
    value = np.where((second == 0) & (first > 0) & np.isfinite(weight), np.inf, value)
    exact_lower, exact_upper = (limit * weight for limit in _exact_odds(first, second, level))
    z = float(ndtri(1 - (1 - level) / 2))
    spread = np.exp(z * np.sqrt(divide(1, first) + divide(1, second)))
    use_exact = np.isnan(spread) | (method == "exact")
    known = np.isfinite(first) & np.isfinite(second) & np.isfinite(weight)
    return RateRatio(
        events=first,
        population=people,
        other_events=second,
        other_population=others,
        value=value,
        lower=np.where(use_exact, exact_lower, value / spread),
        upper=np.where(use_exact, exact_upper, value * spread),
        methods=np.where(known, np.where(use_exact, EXACT, LOG_NORMAL), "none: not known"),
        confidence_level=level,
    )


def _check_method(method: str, level: float) -> float:
    if method not in ("log-normal", "exact"):
        raise ArgumentImpossible(f"method is {method!r}.", expected="'log-normal' or 'exact'.")
    return level


def _exact_odds(first: Floats, second: Floats, level: float) -> tuple[Floats, Floats]:
    """Give Clopper-Pearson limits of the first count's share of both, as odds."""
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        low = np.where(first > 0, betaincinv(np.maximum(first, 1e-9), second + 1, tail), 0.0)
        high = np.where(second > 0, betaincinv(first + 1, np.maximum(second, 1e-9), 1 - tail), 1.0)
        unknown = np.where(np.isnan(first + second), np.nan, 0.0)
        return low / (1 - low) + unknown, np.where(high < 1, high / (1 - high), np.inf) + unknown
