"""Axes: round steps for amounts, periods of equal width for time, and labels kept from touching."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

import polars as pl

from upstream.charts import words
from upstream.methods.checks import ArgumentImpossible

_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def step_for(span: float, steps: int) -> float:
    """Give the round step (1, 2, 2.5 or 5 times a power of ten) that cuts a span into about so many parts."""
    rough = span / max(1, steps)
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    return next((size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999), 10 * power)


def round_domain(low: float, high: float, *, steps: int = 4, from_zero: bool = False) -> tuple[float, float, float]:
    """Give an axis's start, end and step that hold both values, on round numbers."""
    if from_zero:
        low, high = min(0.0, low), max(0.0, high)
    if high <= low:
        high = low + (abs(low) or 1.0)
        low = 0.0 if low >= 0 else low
    step = step_for(high - low, steps)
    start, end = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return start, end, step


def ticks(start: float, end: float, step: float) -> list[float]:
    """List the round values of an axis."""
    return [round(start + index * step, 10) for index in range(round((end - start) / step) + 1)]


def decimals_for(step: float) -> int:
    """Give the decimals that tell one tick from the next."""
    return next((places for places in range(6) if abs(step * 10**places - round(step * 10**places)) < 1e-6), 6)


def spread(places: Sequence[float], least: float, *, top: float, bottom: float) -> list[float]:
    """Move label places as little as will keep them `least` pixels apart, in their order, within bounds."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [places[index] for index in order]
    for _ in range(60):
        clashes = [index for index in range(len(moved) - 1) if moved[index + 1] - moved[index] < least - 0.01]
        if not clashes:
            break
        for index in clashes:
            push = (least - (moved[index + 1] - moved[index])) / 2
            moved[index], moved[index + 1] = moved[index] - push, moved[index + 1] + push
        moved = [min(max(place, top), bottom) for place in moved]
    answer = [0.0] * len(places)
    for index, place in zip(order, moved, strict=True):
        answer[index] = place
    return answer


@dataclass(frozen=True)
class Gap:
    """A run of periods that are not held, by position; `first` and `last` are both inside it."""

    first: int
    last: int


@dataclass(frozen=True)
class Timeline:
    """Periods of one length in order, each drawn equally wide, with the value held for each or not-a-number."""

    starts: tuple[date, ...]
    values: tuple[float, ...]
    kind: str

    @classmethod
    def of(cls, frame: pl.DataFrame, *, value: str = "value") -> Timeline:
        """Read `period_start` and a value from a frame; periods must follow one another without a hole."""
        frame = frame.sort("period_start")
        starts = tuple(frame["period_start"].to_list())
        values = tuple(math.nan if v is None else float(v) for v in frame[value].to_list())
        return cls(starts, values, _kind(starts))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The runs of periods not held."""
        return tuple(Gap(first, last) for known, first, last in self._runs() if not known)

    @property
    def held(self) -> tuple[Gap, ...]:
        """The runs of periods held."""
        return tuple(Gap(first, last) for known, first, last in self._runs() if known)

    @property
    def noun(self) -> str:
        """What one period is called."""
        return self.kind

    def span(self, run: Gap, *, short: bool = False) -> str:
        """Name a run of periods in words."""
        return words.span(self.starts[run.first], self.starts[run.last], self.kind, short=short)

    def tick_labels(self, cell: float) -> list[tuple[int, str]]:
        """Choose which periods carry a tick and what it says, given the pixels of one period."""
        if self.kind == "year":
            every = max(1, math.ceil(36 / cell))
            return [(index, str(start.year)) for index, start in enumerate(self.starts) if index % every == 0]
        every = next((months for months in (1, 3, 6, 12) if months * cell / _MONTHS_IN[self.kind] >= 34), 12)
        if every == 12 and self.kind == "month":  # too tight for months: the year stands at its January
            return [(i, str(start.year)) for i, start in enumerate(self.starts) if start.month == 1]
        chosen = [(i, start) for i, start in enumerate(self.starts) if (start.month - 1) % every == 0]
        return [(i, words.period(start, self.kind, short=True, year=False)) for i, start in chosen]

    def year_labels(self, cell: float) -> list[tuple[int, str]]:
        """Give the first period of each year; years too short for their label leave it out."""
        if self.kind == "year" or (self.kind == "month" and 6 * cell < 34):
            return []
        years = [(year, [i for i, _ in rows]) for year, rows in groupby(enumerate(self.starts), lambda r: r[1].year)]
        return [(rows[0], str(year)) for year, rows in years if len(rows) * cell >= 30]

    def _runs(self) -> list[tuple[bool, int, int]]:
        runs = groupby(range(len(self.values)), lambda index: math.isfinite(self.values[index]))
        return [(known, (rows := list(indexes))[0], rows[-1]) for known, indexes in runs]


def _kind(starts: tuple[date, ...]) -> str:
    """Tell months, quarters and years apart by their distance; a hole in the periods is refused."""
    steps = {(after.year - before.year) * 12 + after.month - before.month for before, after in pairwise(starts)}
    if not steps:
        return "month"
    kind = next((kind for kind, months in _MONTHS_IN.items() if steps == {months}), None)
    if kind is None:
        raise ArgumentImpossible(
            f"The periods of the series are {sorted(steps)} months apart.",
            expected="Every month, quarter or year once, in order.",
            do="Keep a row with a null value for each period that is not held.",
        )
    return kind
