"""Byar's approximate interval of a count, and the choice between it and the exact one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from upstream.methods.checks import Floats, check_confidence_level, check_counts, divide
from upstream.methods.exact_poisson import exact_poisson

BYARS = "Byar's method"
EXACT = "exact Poisson"
NO_INTERVAL = "none: not known"
EXACT_BELOW_EVENTS = 10


@dataclass(frozen=True, eq=False)
class PoissonCount:
    """Counts with their limits, in events; `methods` says for each which interval it was given."""

    events: Floats
    lower: Floats
    upper: Floats
    methods: NDArray[Any]
    confidence_level: float
    exact_below: float
    unit: str = "events"
    method: str = f"{BYARS}, {EXACT} below 10 events"


def byars_poisson(events: ArrayLike, *, confidence_level: float = 0.95) -> tuple[Floats, Floats]:
    """Give Byar's lower and upper limits of a count, in events; the lower limit of zero events is zero.

    >>> lower, upper = byars_poisson(10)
    >>> round(float(lower), 2), round(float(upper), 2)
    (4.79, 18.39)

    Source: N. E. Breslow and N. E. Day, *Statistical Methods in Cancer Research* II (IARC 1987), p. 69.
    """
    z = float(ndtri(1 - (1 - check_confidence_level(confidence_level)) / 2))
    counts = check_counts("events", events)
    more = counts + 1
    root = 1 - divide(1, 9 * counts) - z * divide(1, 3 * np.sqrt(counts))
    lower = np.where(counts == 0, 0.0, counts * np.maximum(root, 0) ** 3)
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return lower, upper


def poisson_count(
    events: ArrayLike, *, confidence_level: float = 0.95, exact_below: float = EXACT_BELOW_EVENTS
) -> PoissonCount:
    """Give the limits of counts: exact where few (fewer than `exact_below`), else Byar's, saying which.

    >>> poisson_count([4, 40]).methods.tolist()
    ['exact Poisson', "Byar's method"]
    """
    counts = check_counts("events", events)
    exact = exact_poisson(counts, confidence_level=confidence_level)
    lower, upper = byars_poisson(counts, confidence_level=confidence_level)
    few = counts < exact_below
    methods = np.where(np.isnan(counts), NO_INTERVAL, np.where(few, EXACT, BYARS))
    return PoissonCount(
        events=counts,
        lower=np.where(few, exact.lower, lower),
        upper=np.where(few, exact.upper, upper),
        methods=methods,
        confidence_level=confidence_level,
        exact_below=exact_below,
    )
