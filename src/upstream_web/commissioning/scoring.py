"""How bids are judged: marks into points, points into an order, and how far assessors agree. People decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

HIGHEST_MARK = 5
APART = 2  # marks that lie so far apart are talked over before anything is decided
TENTH = Decimal("0.1")


def points(marks: Mapping[int, int], weights: Mapping[int, int]) -> Decimal:
    """Give one assessor's points out of 100: marks by criterion, each counted by its weight.

    Raises KeyError when a criterion has no mark: a bid is judged by all of them or not at all.

    >>> points({1: 5, 2: 0}, {1: 60, 2: 40})
    Decimal('60.0')
    """
    whole = sum(weights.values()) * HIGHEST_MARK
    return (Decimal(sum(marks[key] * weight for key, weight in weights.items()) * 100) / whole).quantize(TENTH)


@dataclass(frozen=True)
class Judged:
    """One bid as its assessors see it together. `mean` is None while too few have scored."""

    bid: int
    asked: Decimal
    by_assessor: tuple[Decimal, ...]
    needed: int
    apart: tuple[int, ...]  # the criteria on which marks lie far apart

    @property
    def mean(self) -> Decimal | None:
        """The mean of the assessors' points, to a tenth."""
        if len(self.by_assessor) < self.needed:
            return None
        return (sum(self.by_assessor, Decimal(0)) / len(self.by_assessor)).quantize(TENTH, ROUND_HALF_UP)

    @property
    def lowest(self) -> Decimal | None:
        """The fewest points that an assessor gave."""
        return min(self.by_assessor, default=None)

    @property
    def highest(self) -> Decimal | None:
        """The most points that an assessor gave."""
        return max(self.by_assessor, default=None)


def judge(
    bid: int, asked: Decimal, marks: Sequence[Mapping[int, int]], weights: Mapping[int, int], needed: int
) -> Judged:
    """Put the marks of several assessors together; an assessor who has not marked every criterion does not count."""
    whole = [each for each in marks if weights and weights.keys() <= each.keys()]
    apart = [
        key for key in weights
        if len(whole) > 1 and max(each[key] for each in whole) - min(each[key] for each in whole) >= APART
    ]  # fmt: skip
    return Judged(bid, asked, tuple(points(each, weights) for each in whole), needed, tuple(apart))


@dataclass(frozen=True)
class Ranked:
    """A bid's place by the rule; equal means share a place. `fits`: it and all before it fit the money."""

    judged: Judged
    place: int | None
    passes: bool
    fits: bool

    @property
    def would_be_funded(self) -> bool:
        """What the rule alone would say."""
        return self.passes and self.fits


def rank(judged: Iterable[Judged], *, available: Decimal, pass_mark: int) -> list[Ranked]:
    """Order bids by their mean, most first; those that are not judged yet come last, without a place.

    Money goes down the order as far as it reaches: a bid that does not fit is passed over for the next that does.
    """
    known = sorted((each for each in judged if each.mean is not None), key=lambda each: (-_mean(each), each.bid))
    left = available
    found: list[Ranked] = []
    for each in known:
        place = 1 + sum(_mean(other) > _mean(each) for other in known)
        passes = _mean(each) >= pass_mark
        fits = passes and each.asked <= left
        left -= each.asked if fits else Decimal(0)
        found.append(Ranked(each, place, passes, fits))
    return found


def _mean(judged: Judged) -> Decimal:
    assert judged.mean is not None
    return judged.mean


@dataclass(frozen=True)
class Agreement:
    """How far assessors agree: of all pairs of marks for one criterion of one bid, how many lie at most one apart."""

    near: int
    pairs: int

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        if not self.pairs:
            return "No bid has marks of two assessors yet."
        return f"{self.near} of {self.pairs} pairs of marks lie at most one apart."


def agreement(marks_of_bids: Iterable[Sequence[Mapping[int, int]]]) -> Agreement:
    """Compare the marks of every two assessors of a bid, criterion by criterion."""
    gaps = [
        abs(one[key] - other[key])
        for marks in marks_of_bids
        for one, other in combinations(marks, 2)
        for key in one.keys() & other.keys()
    ]
    return Agreement(sum(gap <= 1 for gap in gaps), len(gaps))


def departure(ranked: Sequence[Ranked], bid: int, *, is_funded: bool) -> str:
    """Say how a decision about a bid departs from what the rule alone would say; empty when it does not."""
    own = next((each for each in ranked if each.judged.bid == bid), None)
    if own is None:
        return "It was decided before enough assessors had scored it." if is_funded else ""
    if is_funded and not own.passes:
        return "It is funded below the pass mark."
    if is_funded and not own.fits:
        return "It is funded although the money ends before it in the order."
    if not is_funded and own.would_be_funded:
        return "It is not funded although the order and the money would reach it."
    return ""
