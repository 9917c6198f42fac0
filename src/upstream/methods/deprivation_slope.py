"""How a rate changes from the most to the least deprived tenth, with intervals that know areas differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from upstream.methods.checks import (
    ArgumentImpossible,
    Floats,
    check_confidence_level,
    check_counts,
    check_denominators,
    check_same_length,
)


@dataclass(frozen=True, eq=False)
class DeprivationSlope:
    """Rates by group with limits, and three ways to say in one number how steep the step is.

    `ratio` is the rate of the most deprived group over that of the least; `slope` (slope index of inequality) the
    difference that the fitted line gives between the most and the least deprived person, in the unit of the rate;
    `relative` (relative index of inequality) the same as a ratio. Each is a value with lower and upper limit.
    """

    groups: tuple[int, ...]
    areas: Floats
    events: Floats
    population: Floats
    rate: Floats
    lower: Floats
    upper: Floats
    ratio: tuple[float, float, float]
    slope: tuple[float, float, float]
    relative: tuple[float, float, float]
    resamples: int
    multiplier: float
    confidence_level: float
    unit: str
    method: str = "population-weighted line across groups; limits from resampling areas within groups"


def deprivation_slope(
    events: ArrayLike,
    population: ArrayLike,
    group: ArrayLike,
    *,
    generator: np.random.Generator,
    multiplier: float = 1_000,
    resamples: int = 1_000,
    confidence_level: float = 0.95,
    unit: str = "",
) -> DeprivationSlope:
    """Compare rates across deprivation groups (1 is the most deprived), from one row a small area.

    Areas of one group differ a good deal among themselves, so the limits come from drawing areas, not offences, again
    and again within each group, and taking the middle of the results; counting offences alone would make them many
    times too narrow. A group of one area cannot show how much areas differ, and its limits close on its value.
    Areas that are not known are left out.

    >>> answer = deprivation_slope([80, 60, 22, 18], [1000] * 4, [1, 1, 2, 2], generator=np.random.default_rng(1))
    >>> answer.rate.tolist(), answer.ratio[0], [round(part) for part in answer.slope]
    ([70.0, 20.0], 3.5, [100, 76, 124])

    Source: J. P. Mackenbach and A. E. Kunst, *Social Science and Medicine* 44 (1997) 757-771; B. Efron and
    R. J. Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13.
    """
    level = check_confidence_level(confidence_level)
    counts, people, groups, names = _known_areas(events, population, group)
    member = (groups[None, :] == names[:, None]).astype(float)
    weights = _resampled_weights(groups, names, resamples, generator)
    drawn_events, drawn_people = (weights * counts) @ member.T, (weights * people) @ member.T
    rates = multiplier * (member @ counts) / (member @ people)
    drawn = multiplier * drawn_events / drawn_people
    tails = ((1 - level) / 2, 1 - (1 - level) / 2)
    slope, relative = _line(rates, member @ people)
    drawn_slope, drawn_relative = _line(drawn, drawn_people)
    lower, upper = np.quantile(drawn, tails, axis=0)
    return DeprivationSlope(
        groups=tuple(int(name) for name in names), areas=member.sum(axis=1), events=member @ counts,
        population=member @ people, rate=rates, lower=lower, upper=upper,
        ratio=_with_limits(_ratio(rates), _ratio(drawn), tails),
        slope=_with_limits(slope, drawn_slope, tails), relative=_with_limits(relative, drawn_relative, tails),
        resamples=resamples, multiplier=multiplier, confidence_level=level, unit=unit or f"per {multiplier:,.0f}",
    )  # fmt: skip


def _known_areas(events: ArrayLike, population: ArrayLike, group: ArrayLike) -> tuple[Floats, ...]:
    counts = np.atleast_1d(check_counts("events", events))
    people = np.atleast_1d(check_denominators("population", population))
    groups = np.atleast_1d(np.asarray(group, dtype=float))
    check_same_length(events=counts, population=people, group=groups)
    held = np.isfinite(counts) & np.isfinite(people) & np.isfinite(groups)
    names = np.unique(groups[held])
    if names.size < 2:
        raise ArgumentImpossible(
            f"The areas fall into {names.size} group.", expected="At least two deprivation groups with known areas."
        )
    return counts[held], people[held], groups[held], names


def _resampled_weights(groups: Floats, names: Floats, resamples: int, generator: np.random.Generator) -> Floats:
    """Say how often each area is drawn when as many areas as a group has are drawn from it, with replacement."""
    weights = np.empty((resamples, groups.size))
    for name in names:
        inside = groups == name
        size = int(inside.sum())
        weights[:, inside] = generator.multinomial(size, np.full(size, 1 / size), size=resamples)
    return weights


def _line(rates: Floats, people: Floats) -> tuple[Floats, Floats]:
    """Fit a line through the groups at the middle of their place in the population; give its fall and its ratio."""
    share = people / people.sum(axis=-1, keepdims=True)
    place = np.cumsum(share, axis=-1) - share / 2
    centre, level = ((share * part).sum(axis=-1, keepdims=True) for part in (place, rates))
    spread = (share * (place - centre) ** 2).sum(axis=-1)
    gradient = (share * (place - centre) * (rates - level)).sum(axis=-1) / spread
    most = level[..., 0] - gradient * centre[..., 0]
    least = most + gradient
    with np.errstate(divide="ignore", invalid="ignore"):
        return -gradient, np.where(least > 0, most / least, np.nan)


def _ratio(rates: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(rates[..., 0] / rates[..., -1])


def _with_limits(value: Floats, drawn: Floats, tails: tuple[float, float]) -> tuple[float, float, float]:
    known = drawn[np.isfinite(drawn)]
    if known.size == 0:
        return float(value), float("nan"), float("nan")
    lower, upper = np.quantile(known, tails)
    return float(value), float(lower), float(upper)
