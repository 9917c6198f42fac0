"""Turn counts into values with their intervals, and note what a reader must know of the denominators."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np
import polars as pl

from upstream.measures.assembling import STATUS
from upstream.measures.calculations.outcomes import GROUPS
from upstream.measures.definition import Interval, MeasureDefinition
from upstream.measures.intervals import intervals
from upstream.measures.periods import add_months, month_start, months_between
from upstream.measures.reader import BuildReader
from upstream.measures.result import MeasureQuery, Status

INTERVAL_NAMES = {
    Interval.BYAR: "Byar’s interval, exact below 10 events, 95%",
    Interval.WILSON: "Wilson’s interval, 95%",
    Interval.RATE_RATIO: "interval of the ratio, 95%",
}
YOUNG_SHARE = 0.2  # with more than a fifth of the cases still open, shares of the closed ones will move
YOUNG_MONTHS = 3
SHORT_PERIODS = ("month", "quarter")


def add_residents(frame: pl.DataFrame, population: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Divide by the residents of the year in which the period ends, or of the nearest year held.

    The nearest is the latest before it, or failing that the first after. A note says which years stand in.
    """
    years = sorted(population["year"].unique())
    wanted = sorted(frame["period_end"].dt.year().unique().drop_nulls())
    if not years:
        return frame.with_columns(denominator=pl.lit(None, dtype=pl.Float64)), ("No residents are held.",)
    stand_in = {year: _nearest(year, years) for year in wanted}
    used = pl.DataFrame(list(stand_in.items()), schema={"ends_in": pl.Int32, "year": pl.Int64}, orient="row")
    frame = (
        frame.with_columns(ends_in=pl.col("period_end").dt.year())
        .join(used, on="ends_in", how="left")
        .join(population.rename({"persons": "denominator"}), on=["area_code", "year"], how="left")
        .drop("ends_in", "year")
    )
    return frame, _stand_in_notes(stand_in)


def _nearest(year: int, years: list[int]) -> int:
    before = [held for held in years if held <= year]
    return max(before) if before else min(years)


def _stand_in_notes(stand_in: dict[int, int]) -> tuple[str, ...]:
    others = sorted({used for year, used in stand_in.items() if used != year})
    notes = []
    for used in others:
        years = [year for year, other in stand_in.items() if other == used and year != used]
        span = str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
        notes.append(f"Residents of mid-{used} stand in for {span}: no nearer estimate is held.")
    return tuple(notes)


def add_values(frame: pl.DataFrame, definition: MeasureDefinition, *, divide: bool) -> pl.DataFrame:
    """Work out value, lower and upper in the definition's unit, and settle the status of every row."""
    frame = _complete(frame)
    known = pl.col("status") == Status.KNOWN.value
    if divide:
        lacking = known & (pl.col("denominator").is_null() | (pl.col("denominator") <= 0))
        lacks = pl.lit(Status.NO_DENOMINATOR.value, dtype=STATUS)
        frame = frame.with_columns(pl.when(lacking).then(lacks).otherwise("status").alias("status"))
        quotient = pl.col("numerator") / pl.col("denominator") * definition.multiplier
    else:
        quotient = pl.coalesce("value", "numerator") * definition.multiplier
    counted = known | (pl.col("status") == Status.NO_DENOMINATOR.value)
    frame = frame.with_columns(value=pl.when(known).then(quotient), numerator=pl.when(counted).then("numerator"))
    empty = known & pl.col("value").is_null()
    unknown = pl.lit(Status.NOT_HELD.value, dtype=STATUS)
    frame = frame.with_columns(pl.when(empty).then(unknown).otherwise("status").alias("status"))
    return _add_intervals(frame, definition)


def _complete(frame: pl.DataFrame) -> pl.DataFrame:
    lacking = [name for name in ("numerator", "denominator", "value") if name not in frame.columns]
    return frame.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in lacking)


def _add_intervals(frame: pl.DataFrame, definition: MeasureDefinition) -> pl.DataFrame:
    """Ask for intervals where there is a value; a withheld or unknown value has none."""
    lower, upper = np.full(frame.height, np.nan), np.full(frame.height, np.nan)
    at = frame["value"].is_not_null().to_numpy()
    if at.any() and definition.interval is not Interval.NONE:
        lower[at], upper[at] = intervals(frame.filter(at), definition)
    return frame.with_columns(
        pl.Series("lower", lower).fill_nan(None).alias("lower"), pl.Series("upper", upper).fill_nan(None).alias("upper")
    )


def mark_young(
    frame: pl.DataFrame, reader: BuildReader, definition: MeasureDefinition, query: MeasureQuery
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Mark shares of closed cases that will still move, because too many of the period's cases are open.

    A period is too young when more than a fifth of the whole force's cases were still open when the file was made,
    or when a month or quarter ends within three months of the last month of its delivery.
    """
    cases = _open_cases(reader, definition)
    young = [
        (label, _is_young(cases, start, end, query.period))
        for label, start, end in frame.select("period", "period_start", "period_end").unique().iter_rows()
    ]
    labels = [label for label, is_young in young if is_young]
    marked = pl.col("period").is_in(labels) & (pl.col("status") == Status.KNOWN.value)
    status = pl.when(marked).then(pl.lit(Status.TOO_YOUNG.value, dtype=STATUS)).otherwise("status")
    note = "Too young to judge: cases are still open, and the share of the closed ones will move."
    return frame.with_columns(status.alias("status")), (note,) if labels else ()


def _open_cases(reader: BuildReader, definition: MeasureDefinition) -> dict[date, tuple[float, float]]:
    """Count, by month, the cases that are open and all that have an outcome, of the definition's crime types."""
    types = definition.parameters.get("crime_types", ())

    def make() -> dict[date, tuple[float, float]]:
        rows = reader.table("crime_month")
        rows = rows.filter(rows.reported_by == reader.scope.force_name, rows.last_outcome.notnull())
        rows = rows.filter(rows.crime_type.isin(list(types))) if types else rows
        counted = reader.fetch(rows.group_by("month", "last_outcome").agg(cases=rows.offences.sum()))
        is_open = pl.col("last_outcome").is_in(GROUPS["open"])
        by_month = counted.group_by("month").agg(pl.col("cases").filter(is_open).sum().alias("open"), pl.sum("cases"))
        return {month: (still_open, every) for month, still_open, every in by_month.iter_rows()}

    cases: dict[date, tuple[float, float]] = reader.keep(("open", tuple(types)), make)
    return cases


def _is_young(cases: dict[date, tuple[float, float]], start: date, end: date, period: str) -> bool:
    inside = [cases[month] for month in months_between(start, end) if month in cases]
    if sum(still_open for still_open, _ in inside) > YOUNG_SHARE * sum(every for _, every in inside):
        return True
    return period in SHORT_PERIODS and _last_of_run(cases, end) < add_months(end, YOUNG_MONTHS)


def _last_of_run(held: Collection[date], end: date) -> date:
    """Follow the held months from that of `end` to the last of their unbroken run: the end of that delivery."""
    last = month_start(end)
    while add_months(last, 1) in held:
        last = add_months(last, 1)
    return last


def note_unplaced(
    reader: BuildReader, definition: MeasureDefinition, query: MeasureQuery, frame: pl.DataFrame
) -> tuple[str, ...]:
    """Say how many offences are in the total and in no area, because they have no place or lie elsewhere."""
    if definition.calculation not in ("crime_count", "crime_rate") or query.level in ("partnership", "force"):
        return ()
    known = frame.filter(pl.col("status") == Status.KNOWN.value)
    if known.is_empty():
        return ()
    start, end = known.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
    nowhere, outside = unplaced(reader, definition, start, end)
    return (
        f"{nowhere:,.0f} offences have no place and {outside:,.0f} lie outside the area; "
        "they are in the total and in no area.",
    )


def unplaced(reader: BuildReader, definition: MeasureDefinition, start: date, end: date) -> tuple[float, float]:
    """Count the own force's offences without a place, and those outside the area, from `start` to `end`."""
    parameters = definition.parameters

    def make() -> pl.DataFrame:
        rows = reader.table("crime_month")
        rows = rows.filter(rows.reported_by == reader.scope.force_name, rows.placed != "inside")
        if parameters.get("crime_types"):
            rows = rows.filter(rows.crime_type.isin(list(parameters["crime_types"])))
        if parameters.get("crime_types_left_out"):
            rows = rows.filter(~rows.crime_type.isin(list(parameters["crime_types_left_out"])))
        return reader.fetch(rows.group_by("placed", "month").agg(offences=rows.offences.sum()))

    counts: pl.DataFrame = reader.keep(("unplaced", repr(parameters)), make)
    inside = counts.filter(pl.col("month").is_between(start, end))
    by_place = dict(inside.group_by("placed").agg(pl.col("offences").sum()).iter_rows())
    return by_place.get("no place", 0.0), by_place.get("outside", 0.0)
