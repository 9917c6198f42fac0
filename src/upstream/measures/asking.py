"""The short way to ask, for notebooks and the command: by=("district", "month")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from upstream.exceptions import MeasureCannotBeCutThatWay
from upstream.measures.calculator import calculate, find_definition
from upstream.measures.loading import LEVELS, load_definitions
from upstream.measures.periods import PERIODS
from upstream.measures.result import MeasureResult
from upstream.partnership import Partnership


def measure_by(
    partnership: Partnership,
    name: str,
    by: Sequence[str] = (),
    *,
    start: date | None = None,
    end: date | None = None,
    areas: Sequence[str] = (),
) -> MeasureResult:
    """Calculate a measure cut by one level, one period and any breakdowns, named in any order."""
    definition = find_definition(load_definitions(partnership), name)
    words = [_plain(word, partnership) for word in by]
    levels = [word for word in words if word in LEVELS]
    periods = [word for word in words if word in PERIODS]
    for kind, found in (("area level", levels), ("period", periods)):
        if len(found) > 1:
            raise MeasureCannotBeCutThatWay(f"by names {' and '.join(found)}.", expected=f"One {kind} at most.")
    return calculate(
        partnership,
        name,
        level=levels[0] if levels else definition.levels[0],
        period=periods[0] if periods else definition.periods[0],
        start=start,
        end=end,
        areas=areas,
        breakdown=[word for word in words if word not in LEVELS and word not in PERIODS],
    )


def _plain(word: str, partnership: Partnership) -> str:
    """Read `area` as the small areas of the partnership's census, and rolling_year as rolling year."""
    if word == "area":
        return f"lsoa{partnership.config.lsoa_vintage % 100}"
    spaced = word.replace("_", " ")
    return spaced if spaced in PERIODS else word
