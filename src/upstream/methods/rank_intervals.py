"""Ranks that own up to their uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from upstream.methods.checks import Floats, broadcast, check_confidence_level, check_counts, check_denominators

_DRAWS_AT_ONCE = 2_000_000  # cells held in memory together


@dataclass(frozen=True, eq=False)
class RankIntervals:
    """Ranks from the highest rate (1) down, with the ranks that chance leaves open.

    `likely_top` is the share of draws in which the unit stands in the top tenth. Units that are not known have none.
    """

    events: Floats
    population: Floats
    rank: Floats
    lower: Floats
    upper: Floats
    likely_top: Floats
    draws: int
    confidence_level: float
    unit: str = "rank from the highest"
    method: str = "ranks of rates drawn from their gamma distributions"


def rank_intervals(
    events: ArrayLike,
    population: ArrayLike = 1.0,
    *,
    generator: np.random.Generator,
    draws: int = 1_000,
    confidence_level: float = 0.95,
    top: float = 0.1,
) -> RankIntervals:
    """Rank rates from the highest and say between which ranks each could as well stand.

    Each draw gives every unit a rate from the gamma distribution that its count leaves open (events + 1/2, so that a
    unit with none can still have a rate), and ranks them; the interval holds the middle of the ranks. Equal
    rates share the mean of their ranks. The generator is passed in, so that the same seed gives the same answer.

    >>> answer = rank_intervals([90, 60, 55, 10], 1000, generator=np.random.default_rng(1))
    >>> answer.rank.tolist(), answer.lower.tolist(), answer.upper.tolist()
    ([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 2.0, 4.0], [1.0, 3.0, 3.0, 4.0])

    Source: H. Goldstein and D. J. Spiegelhalter, *Journal of the Royal Statistical Society A* 159 (1996) 385-443.
    """
    level = check_confidence_level(confidence_level)
    counts, people = broadcast(check_counts("events", events), check_denominators("population", population))
    held = np.flatnonzero(np.isfinite(counts) & np.isfinite(people))
    rank, lower, upper, likely = (np.full(counts.shape, np.nan) for _ in range(4))
    if held.size:
        ranks = _drawn_ranks(counts[held], people[held], draws, generator)
        tail = (1 - level) / 2
        rank[held] = _ranks(-(counts[held] / people[held]))
        lower[held] = np.quantile(ranks, tail, axis=0, method="closest_observation")
        upper[held] = np.quantile(ranks, 1 - tail, axis=0, method="closest_observation")
        likely[held] = (ranks <= max(1, round(top * held.size))).mean(axis=0)
    return RankIntervals(counts, people, rank, lower, upper, likely, draws, level)


def _drawn_ranks(counts: Floats, people: Floats, draws: int, generator: np.random.Generator) -> NDArray[np.int32]:
    """Rank each draw, some draws at a time so that memory stays small."""
    at_once = max(1, _DRAWS_AT_ONCE // counts.size)
    parts = []
    for first in range(0, draws, at_once):
        rates = generator.gamma(counts + 0.5, size=(min(at_once, draws - first), counts.size)) / people
        order = np.argsort(-rates, axis=1)
        ranks = np.empty(order.shape, dtype=np.int32)
        np.put_along_axis(ranks, order, np.arange(1, counts.size + 1, dtype=np.int32)[None, :], axis=1)
        parts.append(ranks)
    return np.concatenate(parts)


def _ranks(values: Floats) -> Floats:
    """Rank from the lowest, equal values sharing the mean of their ranks."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], dtype=float)
