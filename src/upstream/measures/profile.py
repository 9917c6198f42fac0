"""Everything that is measured of one area, each number beside the whole area and the areas next to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import polars as pl

from upstream.exceptions import UpstreamFailure
from upstream.measures.calculator import calculate
from upstream.measures.definition import Kind, MeasureDefinition
from upstream.measures.loading import load_definitions
from upstream.measures.reader import BuildReader
from upstream.measures.result import MeasureResult
from upstream.partnership import Partnership

if TYPE_CHECKING:
    from upstream.store.builds import Build

WHOLE = "partnership"


class Standing(StrEnum):
    """Where a value stands beside another that is taken as given."""

    SURELY_ABOVE = "surely above"
    SURELY_BELOW = "surely below"
    NO_SURE_DIFFERENCE = "no sure difference"
    NOT_SAID = ""  # there is no interval to say it by


@dataclass(frozen=True)
class LevelMeasure:
    """One measure for every area of a level in the latest period known, and for the whole area if it has one."""

    definition: MeasureDefinition
    period: str
    result: MeasureResult
    whole: float | None

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The rows by code of area."""
        return {row["area_code"]: row for row in self.result.frame.iter_rows(named=True)}


@dataclass(frozen=True)
class ProfileLine:
    """One measure of one area. `neighbours` are the lowest and highest value known next to it."""

    definition: MeasureDefinition
    period: str
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    status: str
    whole: float | None
    standing: Standing
    neighbours: tuple[float, float] | None


def level_profile(source: Partnership | Build | BuildReader, level: str) -> tuple[LevelMeasure, ...]:
    """Calculate every measure that goes down to `level`; a count that is also given as a rate is left out.

    The latest period in which anything is known is taken, of the kind that the definition lists first.
    """
    definitions = load_definitions(source if isinstance(source, Partnership) else None)
    wanted = [one for one in definitions.values() if level in one.levels and not _told_as_rate(one, definitions)]
    found = (_latest(source, definition, level) for definition in wanted)
    return tuple(measure for measure in found if measure is not None)


def area_profile(
    measures: Sequence[LevelMeasure], code: str, *, neighbours: Sequence[str] = ()
) -> tuple[ProfileLine, ...]:
    """Take one area out of a level's profile, with the range of its `neighbours`."""
    lines = []
    for measure in measures:
        rows = measure.rows
        if code in rows:
            lines.append(_line(measure, rows[code], [rows[one] for one in neighbours if one in rows]))
    return tuple(lines)


def standing_of(lower: float | None, upper: float | None, reference: float | None) -> Standing:
    """Say where an interval stands beside `reference`: surely above it, surely below it, or neither.

    >>> standing_of(351.0, 403.0, 36.1).value, standing_of(30.0, 40.0, 36.1).value
    ('surely above', 'no sure difference')
    """
    if lower is None or upper is None or reference is None:
        return Standing.NOT_SAID
    if lower > reference:
        return Standing.SURELY_ABOVE
    return Standing.SURELY_BELOW if upper < reference else Standing.NO_SURE_DIFFERENCE


def _told_as_rate(definition: MeasureDefinition, definitions: dict[str, MeasureDefinition]) -> bool:
    stem, _, kind = definition.name.rpartition("_")
    return kind == "count" and definition.kind is Kind.COUNT and f"{stem}_rate" in definitions


def _latest(
    source: Partnership | Build | BuildReader, definition: MeasureDefinition, level: str
) -> LevelMeasure | None:
    period = definition.periods[0]
    try:
        result = calculate(source, definition.name, level=level, period=period)
    except UpstreamFailure:
        return None
    known = result.known.sort("period_end")
    if known.is_empty():
        return None
    last = known.row(-1, named=True)
    frame = result.frame.filter(pl.col("period") == last["period"])
    whole = _whole(source, definition, period, last["period"])
    latest = MeasureResult(result.definition, result.query, frame, result.provenance)
    return LevelMeasure(definition, last["period"], latest, whole)


def _whole(
    source: Partnership | Build | BuildReader, definition: MeasureDefinition, period: str, label: str
) -> float | None:
    if WHOLE not in definition.levels or definition.kind is Kind.COUNT:
        return None
    frame = calculate(source, definition.name, level=WHOLE, period=period).frame.filter(pl.col("period") == label)
    value: float | None = frame["value"][0] if frame.height == 1 else None
    return value


def _line(measure: LevelMeasure, row: dict[str, Any], beside: Sequence[dict[str, Any]]) -> ProfileLine:
    values = [one["value"] for one in beside if one["value"] is not None]
    return ProfileLine(
        definition=measure.definition,
        period=measure.period,
        numerator=row["numerator"],
        denominator=row["denominator"],
        value=row["value"],
        lower=row["lower"],
        upper=row["upper"],
        status=row["status"],
        whole=measure.whole,
        standing=standing_of(row["lower"], row["upper"], measure.whole),
        neighbours=(min(values), max(values)) if values else None,
    )
