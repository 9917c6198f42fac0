"""A rate: events for so many people, with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from upstream.methods.byars_poisson import EXACT_BELOW_EVENTS, NO_INTERVAL, poisson_count
from upstream.methods.checks import Floats, broadcast, check_counts, check_denominators


@dataclass(frozen=True, eq=False)
class PoissonRate:
    """Rates per `multiplier` of the population, with limits and the method each was given."""

    events: Floats
    population: Floats
    value: Floats
    lower: Floats
    upper: Floats
    methods: NDArray[Any]
    multiplier: float
    confidence_level: float
    unit: str
    method: str = "crude rate; Byar's method, exact Poisson below 10 events"


def poisson_rate(
    events: ArrayLike,
    population: ArrayLike,
    *,
    multiplier: float = 1_000,
    confidence_level: float = 0.95,
    unit: str = "",
    exact_below: float = EXACT_BELOW_EVENTS,
) -> PoissonRate:
    """Divide events by the population they come from, and give the limits that chance alone leaves open.

    Arrays may be of any shape that broadcasts (all areas by all months in one call). Unknown counts, and
    populations that are unknown or zero, give an unknown rate; a known zero gives a rate of zero with an upper limit.
    The interval takes events as independent; where one event brings others it is too narrow (see `dispersion`).

    >>> answer = poisson_rate(817, 2172)
    >>> round(float(answer.value)), round(float(answer.lower)), round(float(answer.upper))
    (376, 351, 403)

    Source: Association of Public Health Observatories, *Technical Briefing 3* (2008); Breslow and Day (1987), p. 69.
    """
    counts, people = broadcast(check_counts("events", events), check_denominators("population", population))
    interval = poisson_count(counts, confidence_level=confidence_level, exact_below=exact_below)
    factor = multiplier / people
    return PoissonRate(
        events=counts,
        population=people,
        value=counts * factor,
        lower=interval.lower * factor,
        upper=interval.upper * factor,
        methods=np.where(np.isnan(people), NO_INTERVAL, interval.methods),
        multiplier=multiplier,
        confidence_level=confidence_level,
        unit=unit or f"per {multiplier:,.0f}",
    )
