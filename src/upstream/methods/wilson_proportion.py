"""A share of a whole, with Wilson's interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from upstream.methods.checks import (
    Floats,
    broadcast,
    check_confidence_level,
    check_counts,
    check_denominators,
    check_part_of,
)


@dataclass(frozen=True, eq=False)
class WilsonProportion:
    """Shares times `multiplier` (100 for per cent) with their limits."""

    numerator: Floats
    denominator: Floats
    value: Floats
    lower: Floats
    upper: Floats
    multiplier: float
    confidence_level: float
    unit: str
    method: str = "proportion; Wilson score interval"


def wilson_proportion(
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    multiplier: float = 1.0,
    confidence_level: float = 0.95,
    unit: str = "",
) -> WilsonProportion:
    """Divide a part by its whole, and give Wilson's limits, which hold up for few cases and near 0 and 1.

    None of something, and all of it, still give an honest interval. A whole of zero gives an unknown share.

    >>> answer = wilson_proportion(81, 263)
    >>> round(float(answer.lower), 4), round(float(answer.upper), 4)
    (0.2553, 0.3662)

    Source: E. B. Wilson, *JASA* 22 (1927) 209-212; R. G. Newcombe, *Statistics in Medicine* 17 (1998) 857-872.
    """
    z = float(ndtri(1 - (1 - check_confidence_level(confidence_level)) / 2))
    part, whole = broadcast(check_counts("numerator", numerator), check_denominators("denominator", denominator))
    check_part_of("numerator", part, "denominator", whole)
    share = part / whole
    centre = 2 * part + z**2
    half = z * np.sqrt(z**2 + 4 * part * (1 - share))
    bottom = 2 * (whole + z**2)
    return WilsonProportion(
        numerator=part,
        denominator=whole,
        value=share * multiplier,
        lower=np.where(part == 0, 0.0 * share, (centre - half) / bottom) * multiplier,
        upper=np.where(part == whole, 1.0, (centre + half) / bottom) * multiplier,
        multiplier=multiplier,
        confidence_level=confidence_level,
        unit=unit or ("%" if multiplier == 100 else "share"),
    )
