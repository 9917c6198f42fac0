"""Classes for a map: few, with round breaks, each with its colour, its words and how many areas it holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upstream.charts import words
from upstream.charts.theme import DIVERGING, SEQUENTIAL
from upstream.methods.checks import ArgumentImpossible

# Where the breaks fall among the areas: most classes hold a fair share, the top one few, so that it stands out.
_QUANTILES = (0.18, 0.42, 0.62, 0.80, 0.95)
_ROUND = (1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10)
TIMES_THE_AVERAGE = (0.4, 0.6, 0.85, 1.15, 1.7, 2.5)


@dataclass(frozen=True)
class MapClass:
    """One step of the scale, from its lower bound up to but not including its upper."""

    low: float
    high: float
    token: str
    words: str


def round_breaks(values: Sequence[float], classes: int = 6) -> tuple[float, ...]:
    """Choose breaks on round numbers near fixed shares of the areas; fewer when values repeat.

    >>> round_breaks([float(value) for value in range(1, 101)])
    (20.0, 40.0, 60.0, 80.0, 100.0)
    """
    known = np.array([value for value in values if value is not None and math.isfinite(value)])
    if known.size == 0 or known.min() == known.max():
        return ()
    wanted = np.quantile(known, _QUANTILES[: classes - 1])
    breaks = [_nearest_round(value) for value in wanted]
    return tuple(sorted({value for value in breaks if known.min() < value <= known.max()}))


def sequential_classes(breaks: Sequence[float], decimals: int = 0) -> tuple[MapClass, ...]:
    """Give the classes of an amount: light for little, dark for much."""
    if len(breaks) >= len(SEQUENTIAL):
        raise ArgumentImpossible(
            f"{len(breaks)} breaks make {len(breaks) + 1} classes.", expected="At most six classes."
        )
    edges = [-math.inf, *breaks, math.inf]
    tokens = _spaced(len(breaks) + 1)
    step = 10.0**-decimals
    return tuple(
        MapClass(low, high, token, _amount_words(low, high, step, decimals))
        for low, high, token in zip(edges[:-1], edges[1:], tokens, strict=True)
    )


def diverging_classes() -> tuple[MapClass, ...]:
    """Give the classes of a comparison, as times the average: blue below, grey about the same, orange above."""
    edges = [-math.inf, *TIMES_THE_AVERAGE, math.inf]
    named = []
    for low, high, token in zip(edges[:-1], edges[1:], DIVERGING, strict=True):
        if low == -math.inf:
            text = f"under {high:g}"
        elif high == math.inf:
            text = f"{low:g} times and over"
        else:
            text = "about the same" if low < 1 < high else f"{low:g} to {high:g}"
        named.append(MapClass(low, high, token, text))
    return tuple(named)


def class_of(value: float | None, classes: Sequence[MapClass], decimals: int | None = None) -> int | None:
    """Find the class of a value as it is written, so that map and table never disagree; unknown has none."""
    if value is None or not math.isfinite(value):
        return None
    shown = value if decimals is None else round(value, decimals)
    return next(index for index, one in enumerate(classes) if one.low <= shown < one.high)


def _nearest_round(value: float) -> float:
    if value <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return float(min((size * power for size in _ROUND), key=lambda size: abs(size - value)).__round__(10))


def _spaced(count: int) -> list[str]:
    """Spread few classes over the whole scale, so that light and dark keep their meaning."""
    if count == 1:
        return [SEQUENTIAL[2]]
    last = len(SEQUENTIAL) - 1
    return [SEQUENTIAL[round(index * last / (count - 1))] for index in range(count)]


def _amount_words(low: float, high: float, step: float, decimals: int) -> str:
    if low == -math.inf and high == math.inf:
        return "all areas"
    if low == -math.inf:
        return f"under {words.number(high, decimals)}"
    if high == math.inf:
        return f"{words.number(low, decimals)} and over"
    top = words.number(high - step, decimals)
    return (
        words.number(low, decimals) if top == words.number(low, decimals) else f"{words.number(low, decimals)} to {top}"
    )
