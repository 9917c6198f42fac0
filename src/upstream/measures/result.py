"""What a measure answers: a frame, and everything needed to trust it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from upstream.measures.definition import MeasureDefinition

if TYPE_CHECKING:
    from altair import Chart


class Status(StrEnum):
    """Whether a cell of a result is known, and if not, why."""

    KNOWN = "known"
    NOT_HELD = "not held"  # no file was received for the period
    PART_HELD = "part held"  # some months of a longer period are missing; the value is withheld
    NO_DENOMINATOR = "no denominator"
    WITHHELD = "withheld by publisher"
    TOO_YOUNG = "too young to judge"  # the value is given, but it will still move: draw it hollow


@dataclass(frozen=True)
class MeasureQuery:
    """What was asked. Both dates are inclusive; empty tuples mean everything held."""

    measure: str
    level: str
    period: str
    start: date | None = None
    end: date | None = None
    areas: tuple[str, ...] = ()
    breakdown: tuple[str, ...] = ()


@dataclass(frozen=True)
class FeedUsed:
    """One feed behind a figure: its receipts in force and the span they cover."""

    feed: str
    title: str
    receipts: tuple[str, ...]
    first_period: date | None
    last_period: date | None


@dataclass(frozen=True)
class Provenance:
    """How to make the same figure again."""

    build: str
    built_at: datetime
    feeds: tuple[FeedUsed, ...]
    definition_version: int
    method: str
    confidence_level: float | None
    software_version: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasureResult:
    """The answer to one query.

    `frame` has one row for each area, period and breakdown value, sorted in that order, with columns
    area_code, area_name, level, period (label such as 2025-03, 2025-Q1, 2025), period_start, period_end,
    one column a breakdown, numerator, denominator, value, lower, upper (in the definition's unit) and
    status. value, lower and upper are null unless status is `known` or `too young to judge`; so is numerator,
    which is also given where only the denominator lacks. A held month without rows is a known zero.
    """

    definition: MeasureDefinition
    query: MeasureQuery
    frame: pl.DataFrame
    provenance: Provenance

    @property
    def known(self) -> pl.DataFrame:
        """The rows that have a value, those too young to judge included."""
        return self.frame.filter(pl.col("value").is_not_null())

    def chart(self) -> Chart:
        """Draw the result for a notebook: a control chart of one area through time, otherwise areas as dots."""
        from upstream.measures.drawing import draw  # charts are loaded only where something is drawn

        return draw(self)
