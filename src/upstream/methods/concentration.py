"""How much of the harm lies in how few of the places, and how much of that is chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from upstream.methods.checks import ArgumentImpossible, Floats, broadcast, check_counts, check_denominators

SHARES_OF_PLACES = (0.01, 0.05, 0.1, 0.25, 0.5)


@dataclass(frozen=True, eq=False)
class Concentration:
    """Shares of all events in the places with most of them.

    For each share of places: how many places that is, the share of events they hold, the share of people who live
    there, and the share they would hold by chance if every person ran the same risk, with the range of such chance.
    `curve` gives, for each number of places in order, the share of events (the first entry is no places).
    `gini` is 0 when all places hold alike and nears 1 when one holds all.
    """

    places: int
    events: float
    share_of_places: tuple[float, ...]
    places_counted: tuple[int, ...]
    share_of_events: Floats
    share_of_people: Floats
    by_chance: Floats
    by_chance_lower: Floats
    by_chance_upper: Floats
    gini: float
    gini_by_chance: float
    half_of_events_in: int
    curve: Floats
    draws: int
    unit: str = "share of events"
    method: str = "cumulative share of places ranked by events; chance from multinomial draws"


def concentration(
    events: ArrayLike,
    population: ArrayLike = 1.0,
    *,
    generator: np.random.Generator,
    share_of_places: Sequence[float] = SHARES_OF_PLACES,
    draws: int = 200,
) -> Concentration:
    """Put the places in order, most events first, and add up.

    Some unevenness is chance: with few events even places of equal risk differ. `by_chance` deals the same events to
    people at random and adds up the same way. Places that are not known are left out.

    >>> answer = concentration([50, 20, 10, 10, 10], generator=np.random.default_rng(1), share_of_places=[0.2, 0.4])
    >>> answer.share_of_events.tolist(), answer.places_counted, round(answer.gini, 2)
    ([0.5, 0.7], (1, 2), 0.36)

    Source: M. O. Lorenz (1905) and C. Gini (1912) for the curve; W. Bernasco and W. Steenbeek, *Journal of
    Quantitative Criminology* 33 (2017) 451-467, for why chance must be taken off.
    """
    counts, people = broadcast(check_counts("events", events), check_denominators("population", population))
    held = np.isfinite(counts) & np.isfinite(people)
    counts, people = counts[held], people[held]
    total = float(counts.sum())
    if counts.size == 0 or total == 0:
        raise ArgumentImpossible("No events in any known place.", expected="At least one event.")
    places = tuple(max(1, round(share * counts.size)) for share in share_of_places)
    order = np.argsort(-counts, kind="stable")
    curve = np.concatenate([[0.0], np.cumsum(counts[order]) / total])
    chance = _curves_by_chance(total, people, draws, generator)
    picked = chance[:, list(places)]
    return Concentration(
        places=counts.size, events=total, share_of_places=tuple(share_of_places), places_counted=places,
        share_of_events=curve[list(places)],
        share_of_people=np.cumsum(people[order])[np.array(places) - 1] / people.sum(),
        by_chance=picked.mean(axis=0), by_chance_lower=np.quantile(picked, 0.025, axis=0),
        by_chance_upper=np.quantile(picked, 0.975, axis=0), gini=_gini(curve),
        gini_by_chance=float(np.mean([_gini(one) for one in chance])),
        half_of_events_in=int(np.searchsorted(curve, 0.5 - 1e-12)), curve=curve, draws=draws,
    )  # fmt: skip


def _curves_by_chance(total: float, people: Floats, draws: int, generator: np.random.Generator) -> Floats:
    """Deal the events to people at random, over and over, and give the curve of each deal."""
    dealt = generator.multinomial(round(total), people / people.sum(), size=draws)
    ordered = -np.sort(-dealt, axis=1)
    curves = np.cumsum(ordered, axis=1) / max(1, round(total))
    return np.concatenate([np.zeros((draws, 1)), curves], axis=1)


def _gini(curve: Floats) -> float:
    """Give the Gini coefficient from a curve of places with most events first."""
    places = curve.size - 1
    area = float((curve[1:] + curve[:-1]).sum()) / (2 * places)
    return 2 * area - 1
