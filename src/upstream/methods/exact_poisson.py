"""The exact interval of a count, from the Poisson distribution itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from upstream.methods.checks import Floats, check_confidence_level, check_counts


@dataclass(frozen=True, eq=False)
class ExactPoisson:
    """Counts with their exact limits, in events."""

    events: Floats
    lower: Floats
    upper: Floats
    confidence_level: float
    unit: str = "events"
    method: str = "exact Poisson interval"


def exact_poisson(events: ArrayLike, *, confidence_level: float = 0.95) -> ExactPoisson:
    """Give the limits that a Poisson count of this size leaves open (Garwood's interval).

    The lower limit is the mean that would give this many or more with half the error probability, the upper the
    mean that would give this many or fewer; both come from the chi-squared (here: gamma) distribution. The lower
    limit of zero events is zero. Unknown counts (nan) give unknown limits.

    >>> answer = exact_poisson(10)
    >>> round(float(answer.lower), 3), round(float(answer.upper), 3)
    (4.795, 18.39)

    Source: F. Garwood, *Biometrika* 28 (1936) 437-442.
    """
    level = check_confidence_level(confidence_level)
    counts = check_counts("events", events)
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore"):
        lower = np.where(counts == 0, 0.0, gammaincinv(counts, tail))
        upper = gammaincinv(counts + 1, 1 - tail)
    return ExactPoisson(counts, lower, upper, level)
