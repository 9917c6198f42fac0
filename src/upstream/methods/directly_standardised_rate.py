"""A directly standardised rate: what the rate would be if the population had the standard's make-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from upstream.methods.byars_poisson import poisson_count
from upstream.methods.checks import Floats, check_counts, check_denominators, check_same_strata

FEWEST_EVENTS = 10


@dataclass(frozen=True, eq=False)
class DirectlyStandardisedRate:
    """Standardised rates per `multiplier`; `too_few` marks those that rest on fewer than ten events."""

    strata: tuple[str, ...]
    events: Floats
    population: Floats
    standard: Floats
    value: Floats
    lower: Floats
    upper: Floats
    variance: Floats
    too_few: Floats
    multiplier: float
    confidence_level: float
    unit: str
    method: str = "directly standardised rate; Dobson's method on Byar's or exact limits"


def directly_standardised_rate(
    events: Mapping[str, ArrayLike],
    population: Mapping[str, ArrayLike],
    standard: Mapping[str, float],
    *,
    multiplier: float = 100_000,
    confidence_level: float = 0.95,
    unit: str = "",
) -> DirectlyStandardisedRate:
    """Weight the rate of each stratum (such as an age band) by the standard population, and add up.

    Each mapping goes from the name of a stratum to its number, or to one number an area. The names must agree:
    strata are joined by name, never by place. A stratum without people makes the rate unknown, since it
    has no rate to weight. The sum of events must be whole for the limits to mean what they say.

    >>> answer = directly_standardised_rate(
    ...     {"young": 10, "old": 40}, {"young": 1000, "old": 2000}, {"young": 6, "old": 4}, multiplier=1000
    ... )
    >>> round(float(answer.value), 1), round(float(answer.lower), 2), round(float(answer.upper), 2)
    (14.0, 9.84, 19.13)

    Source: A. J. Dobson et al., *Statistics in Medicine* 10 (1991) 457-462.
    """
    names = check_same_strata(events=events, population=population, standard=standard)
    counts = np.stack(np.broadcast_arrays(*[check_counts("events", events[name]) for name in names]))
    people = np.stack(np.broadcast_arrays(*[check_denominators("population", population[name]) for name in names]))
    weights = np.array([float(standard[name]) for name in names])
    shaped = weights.reshape(-1, *([1] * (max(counts.ndim, people.ndim) - 1)))
    share = shaped / weights.sum()
    value = (share * counts / people).sum(axis=0)
    variance = (share**2 * counts / people**2).sum(axis=0)
    total = counts.sum(axis=0) + 0 * value
    interval = poisson_count(total, confidence_level=confidence_level)
    stretch = _stretch(variance, total, share, people)
    return DirectlyStandardisedRate(
        strata=names,
        events=total,
        population=people.sum(axis=0),
        standard=weights,
        value=value * multiplier,
        lower=np.maximum(0, value + stretch * (interval.lower - total)) * multiplier,
        upper=(value + stretch * (interval.upper - total)) * multiplier,
        variance=variance * multiplier**2,
        too_few=total < FEWEST_EVENTS,
        multiplier=multiplier,
        confidence_level=confidence_level,
        unit=unit or f"per {multiplier:,.0f}, standardised",
    )


def _stretch(variance: Floats, total: Floats, share: Floats, people: Floats) -> Floats:
    """Give the weight of one event; with no events at all, that of the stratum where one would weigh most."""
    heaviest = (share / people).max(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, np.sqrt(variance / total), heaviest)
