"""Put counted rows on areas and periods, and say of every cell whether it is known and, if not, why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from upstream.measures.calculations import Counted
from upstream.measures.periods import Period, list_months, make_periods, published_period
from upstream.measures.reader import BuildReader
from upstream.measures.result import MeasureQuery, Status

SUMS = ("numerator", "denominator", "withheld", "value", "persons", "base_count", "base_persons")
STATUS = pl.Enum([status.value for status in Status])


def by_months(
    reader: BuildReader, counted: Counted, rows: pl.DataFrame, places: pl.DataFrame, query: MeasureQuery
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Add months up to the periods asked for; a period with a month that is not held is left unknown."""
    held = reader.held_months(*counted.held_by) if counted.held_by else frozenset(rows["moment"].unique())
    periods = _periods(query, held)
    calendar = _calendar(periods, held)
    months = _months_of(periods)
    present = [name for name in SUMS if name in rows.columns]
    summed = (
        rows.join(places.select("area_code"), left_on="area", right_on="area_code", how="semi")
        .join(months, left_on="moment", right_on="month")
        .group_by("area", "period", *query.breakdown)
        .agg(pl.col(present).sum(), pl.col("moment").n_unique().alias("months_with_rows"))
    )
    frame = _spread(places, calendar, rows, query)
    frame = frame.join(
        summed,
        left_on=["area_code", "period", *query.breakdown],
        right_on=["area", "period", *query.breakdown],
        how="left",
        nulls_equal=True,
    )
    return _fill(frame, counted), _gap_notes(periods, held)


def _periods(query: MeasureQuery, held: frozenset[date]) -> list[Period]:
    """List the periods from the start to the end asked for, or else from the first held month to the last."""
    start, end = query.start or min(held, default=None), query.end or max(held, default=None)
    if start is None or end is None:
        return []
    return make_periods(query.period, start, end, whole=query.start is None and query.end is None)


def _calendar(periods: Iterable[Period], held: frozenset[date]) -> pl.DataFrame:
    """Say of each period whether all, some or none of its months are held."""
    rows = [(p.label, p.start, p.end, len(p.months), _status(p, held).value) for p in periods]
    types: dict[Any, Any] = {  # names and types, wider than Polars declares
        "period": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "months": pl.Int64,
        "status": STATUS,
    }
    return pl.DataFrame(rows, schema=list(types), orient="row").cast(types)


def _status(period: Period, held: frozenset[date]) -> Status:
    months = set(period.months)
    if months <= held:
        return Status.KNOWN
    return Status.PART_HELD if months & held else Status.NOT_HELD


def _months_of(periods: Iterable[Period]) -> pl.DataFrame:
    """List each period with each of its months; a month belongs to twelve rolling years."""
    rows = [(period.label, month) for period in periods for month in period.months]
    return pl.DataFrame(rows, schema={"period": pl.String, "month": pl.Date}, orient="row")


def _spread(places: pl.DataFrame, calendar: pl.DataFrame, rows: pl.DataFrame, query: MeasureQuery) -> pl.DataFrame:
    """Make one row for each area, period and value of the breakdowns that occurs at all."""
    frame = places.join(calendar, how="cross")
    if query.breakdown:
        frame = frame.join(rows.select(query.breakdown).unique(), how="cross")
    return frame


def _fill(frame: pl.DataFrame, counted: Counted) -> pl.DataFrame:
    """Read a held period without rows as zero where the table lists every event, and as not held where it does not."""
    present = [name for name in ("numerator", "denominator") if name in frame.columns]
    known = pl.col("status") == Status.KNOWN.value
    missing = pl.col("months_with_rows").is_null()
    if counted.absent_is_zero:
        frame = frame.with_columns(pl.when(known).then(pl.col(present).fill_null(0.0)))
    else:
        frame = frame.with_columns(_absent(known, missing).alias("status"))
    return _mark_withheld(frame).drop("months_with_rows", "months")


def _absent(known: pl.Expr, missing: pl.Expr) -> pl.Expr:
    """Give the status where the publisher lists what there is: a row that is not there is not known to be zero."""
    some = pl.col("months_with_rows") < pl.col("months")
    return (
        pl.when(known & missing)
        .then(pl.lit(Status.NOT_HELD.value, dtype=STATUS))
        .when(known & some)
        .then(pl.lit(Status.PART_HELD.value, dtype=STATUS))
        .otherwise("status")
    )


def _mark_withheld(frame: pl.DataFrame) -> pl.DataFrame:
    """A sum that lacks a number which the publisher held back is itself unknown."""
    if "withheld" not in frame.columns:
        return frame
    hidden = (pl.col("status") == Status.KNOWN.value) & (pl.col("withheld") > 0)
    status = pl.when(hidden).then(pl.lit(Status.WITHHELD.value, dtype=STATUS)).otherwise("status")
    return frame.with_columns(status.alias("status")).drop("withheld")


def _gap_notes(periods: Iterable[Period], held: frozenset[date]) -> tuple[str, ...]:
    """Name the periods that are held in part, with the months that are."""
    notes = []
    for period in periods:
        here = sorted(set(period.months) & held)
        if here and len(here) < len(period.months):
            notes.append(f"{period.label}: only {list_months(here)} held, so its value is left out.")
    return tuple(notes[:6])


def as_published(
    counted: Counted, rows: pl.DataFrame, places: pl.DataFrame, query: MeasureQuery
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Take periods as the publisher gives them; an area without a row in a period that others have is not held."""
    moments = sorted(rows["moment"].unique().drop_nulls().to_list())
    periods = [(moment, published_period(query.period, moment)) for moment in moments]
    calendar = pl.DataFrame(
        [(moment, p.label, p.start, p.end) for moment, p in periods if _inside(p, query)],
        schema={"moment": rows.schema["moment"], "period": pl.String, "period_start": pl.Date, "period_end": pl.Date},
        orient="row",
    )
    frame = _spread(places, calendar, rows, query).join(
        rows.with_columns(months_with_rows=1, months=1),
        left_on=["area_code", "moment", *query.breakdown],
        right_on=["area", "moment", *query.breakdown],
        how="left",
        nulls_equal=True,
    )
    known = pl.lit(Status.KNOWN.value, dtype=STATUS).alias("status")
    return _fill(frame.with_columns(known), counted).drop("moment"), ()


def _inside(period: Period, query: MeasureQuery) -> bool:
    """Whether a published period ends within the dates asked for."""
    after_start = query.start is None or period.end >= query.start
    return after_start and (query.end is None or period.end <= query.end)
