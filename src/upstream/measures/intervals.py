"""Ask the methods for the interval that a definition names."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from upstream.measures.definition import Interval, MeasureDefinition
from upstream.methods.poisson_rate import poisson_rate
from upstream.methods.rate_ratio import rate_ratio
from upstream.methods.wilson_proportion import wilson_proportion

Limits = tuple[NDArray[Any], NDArray[Any]]


def intervals(frame: pl.DataFrame, definition: MeasureDefinition) -> Limits:
    """Give lower and upper limits, in the definition's unit, for rows that all have a value."""
    if definition.interval is Interval.BYAR:
        rate = poisson_rate(frame["numerator"], frame["denominator"], multiplier=definition.multiplier)
        return rate.lower, rate.upper
    if definition.interval is Interval.WILSON:
        share = wilson_proportion(frame["numerator"], frame["denominator"], multiplier=definition.multiplier)
        return share.lower, share.upper
    ratio = rate_ratio(
        events=frame["numerator"],
        population=frame["persons"],
        other_events=frame["base_count"],
        other_population=frame["base_persons"],
    )
    # A comparison group without events leaves the ratio open upwards; there is then no upper limit to show.
    return ratio.lower, np.where(np.isinf(ratio.upper), np.nan, ratio.upper)
