"""Observed against expected: the indirectly standardised ratio and rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from upstream.methods.byars_poisson import NO_INTERVAL, poisson_count
from upstream.methods.checks import Floats, broadcast, check_counts, check_denominators, check_same_strata


@dataclass(frozen=True, eq=False)
class IndirectlyStandardisedRatio:
    """Observed over expected events, times `multiplier` (1, or 100 by custom for mortality ratios)."""

    observed: Floats
    expected: Floats
    value: Floats
    lower: Floats
    upper: Floats
    methods: NDArray[Any]
    multiplier: float
    confidence_level: float
    unit: str
    method: str = "indirectly standardised ratio; Byar's method, exact Poisson below 10 events"


def expected_events(
    population: Mapping[str, ArrayLike],
    reference_events: Mapping[str, float],
    reference_population: Mapping[str, float],
) -> Floats:
    """Give the events there would be if each stratum of the population had the reference's rate.

    >>> float(expected_events({"a": 100, "b": 300}, {"a": 5, "b": 4}, {"a": 1000, "b": 2000}))
    1.1
    """
    names = check_same_strata(population=population, reference_events=reference_events, standard=reference_population)
    total = np.asarray(0.0)
    for name in names:
        rate = check_counts("reference_events", reference_events[name]) / check_denominators(
            "reference_population", reference_population[name]
        )
        total = total + check_counts("population", population[name]) * rate
    return total


def indirectly_standardised_ratio(
    observed: ArrayLike,
    expected: ArrayLike,
    *,
    multiplier: float = 1.0,
    confidence_level: float = 0.95,
    unit: str = "",
) -> IndirectlyStandardisedRatio:
    """Divide observed events by those expected, which are taken as known without error.

    >>> answer = indirectly_standardised_ratio(50, 40)
    >>> round(float(answer.value), 2), round(float(answer.lower), 2), round(float(answer.upper), 2)
    (1.25, 0.93, 1.65)

    Source: N. E. Breslow and N. E. Day, *Statistical Methods in Cancer Research* II (IARC 1987), section 2.3.
    """
    counts, means = broadcast(check_counts("observed", observed), check_denominators("expected", expected))
    interval = poisson_count(counts, confidence_level=confidence_level)
    factor = multiplier / means
    return IndirectlyStandardisedRatio(
        observed=counts,
        expected=means,
        value=counts * factor,
        lower=interval.lower * factor,
        upper=interval.upper * factor,
        methods=np.where(np.isnan(means), NO_INTERVAL, interval.methods),
        multiplier=multiplier,
        confidence_level=confidence_level,
        unit=unit or "observed / expected",
    )


def indirectly_standardised_rate(
    observed: ArrayLike,
    expected: ArrayLike,
    *,
    reference_rate: float,
    confidence_level: float = 0.95,
    unit: str = "",
) -> IndirectlyStandardisedRatio:
    """Multiply the ratio by the reference's own rate, which gives it the unit of a rate.

    >>> round(float(indirectly_standardised_rate(50, 40, reference_rate=36.1).value), 1)
    45.1
    """
    return indirectly_standardised_ratio(
        observed, expected, multiplier=reference_rate, confidence_level=confidence_level, unit=unit or "rate"
    )
