"""Whether rates differ more than chance alone would make them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from upstream.methods.checks import Floats, broadcast, check_counts, check_denominators


@dataclass(frozen=True)
class Dispersion:
    """How far counts lie from a common rate: 1 is what chance gives, 10 is ten times its variance.

    `p_value` is the chance of at least this much unevenness if every unit had the same rate.
    """

    units: int
    events: float
    statistic: float
    degrees_of_freedom: int
    ratio: float
    p_value: float
    unit: str = "times the variance of chance"
    method: str = "Pearson's chi-squared test of one common Poisson rate"


def dispersion(events: ArrayLike, exposure: ArrayLike = 1.0) -> Dispersion:
    """Test whether counts are compatible with one rate for all units; unknown counts are left out.

    The test leans on expected counts of about five or more; with smaller ones read the ratio, not the p-value.

    >>> answer = dispersion([10, 20, 30])
    >>> answer.statistic, answer.degrees_of_freedom, round(answer.p_value, 5)
    (10.0, 2, 0.00674)

    Source: R. A. Fisher, *Biometrics* 6 (1950) 17-24.
    """
    counts, sizes = broadcast(check_counts("events", events), check_denominators("exposure", exposure))
    held = np.isfinite(counts) & np.isfinite(sizes)
    observed, sizes = counts[held], sizes[held]
    total, freedom = float(observed.sum()), int(observed.size) - 1
    if freedom < 1 or total == 0:
        return Dispersion(int(observed.size), total, np.nan, max(freedom, 0), np.nan, np.nan)
    statistic = _chi_squared(observed, total * sizes / sizes.sum())
    p_value = float(chdtrc(freedom, statistic))
    return Dispersion(int(observed.size), total, statistic, freedom, statistic / freedom, p_value)


def _chi_squared(observed: Floats, expected: Floats) -> float:
    return float(((observed - expected) ** 2 / expected).sum())
