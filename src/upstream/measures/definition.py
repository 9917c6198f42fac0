"""What a measure is: the reviewed facts about a number, read from TOML."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Polarity(StrEnum):
    """Which direction is better, if either."""

    LOWER_IS_BETTER = "lower is better"
    HIGHER_IS_BETTER = "higher is better"
    NEITHER = "neither"


class Kind(StrEnum):
    """What sort of number it is, which decides the interval and how it may be added up."""

    COUNT = "count"
    RATE = "rate"
    SHARE = "share"
    RATIO = "ratio"
    SCORE = "score"


class Interval(StrEnum):
    """How the uncertainty of a value is stated. A complete count has none, and then nothing is shown."""

    BYAR = "byar"
    WILSON = "wilson"
    RATE_RATIO = "rate ratio"
    NONE = "none"


@dataclass(frozen=True)
class MeasureDefinition:
    """One measure as its authors wrote it down. `parameters` go to the calculation unchanged.

    `events` is what people call the things that a rate counts: offences, searches; empty where it counts none.
    The first of `levels` and of `periods` is what a page shows when nothing else is asked for.
    """

    name: str
    title: str
    short_title: str
    theme: str
    kind: Kind
    why: str
    numerator: str
    denominator: str
    is_not: str
    unit: str
    multiplier: float
    polarity: Polarity
    polarity_note: str
    feeds: tuple[str, ...]
    source: str
    caveats: tuple[str, ...]
    calculation: str
    parameters: dict[str, Any]
    levels: tuple[str, ...]
    periods: tuple[str, ...]
    breakdowns: tuple[str, ...]
    decimals: int
    author: str
    checked_by: str
    reviewed_on: date
    review_due_on: date
    version: int
    tags: tuple[str, ...] = field(default=())
    interval: Interval = Interval.NONE
    events: str = ""
