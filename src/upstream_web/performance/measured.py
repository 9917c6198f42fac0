"""The values of an indicator that is a measure of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from upstream.exceptions import UpstreamFailure
from upstream.measures import MeasureDefinition, MeasureResult
from upstream.measures.definition import Kind
from upstream.measures.periods import Period
from upstream.measures.summary import DAYS_OF_A_STANDARD_MONTH
from upstream_web.measures import queries
from upstream_web.measures.series import without_overlap
from upstream_web.performance.models import Frequency, Indicator
from upstream_web.performance.periods import SHOWN, periods_between, recent_periods
from upstream_web.performance.result import KNOWN, Origin, Point

YEARS = ("year", "rolling year", "school year", "financial year")
LEAST_BEFORE = 24
NUMBERS = ("value", "lower", "upper")


def find_definition(indicator: Indicator) -> MeasureDefinition | None:
    """Give the definition of its measure; None when the catalogue has none of that name any more."""
    return queries.definitions().get(indicator.measure)


def is_standard_month(indicator: Indicator, definition: MeasureDefinition | None) -> bool:
    """Tell whether values are given for thirty days, so that February does not look like a fall."""
    counts = definition is not None and definition.kind in (Kind.COUNT, Kind.RATE)
    return counts and indicator.frequency == Frequency.MONTH


def find_result(indicator: Indicator) -> MeasureResult | None:
    """Ask the library for the whole series; None where nothing is held or it cannot be cut so."""
    definition = find_definition(indicator)
    period = definition and _period(indicator, definition)
    if definition is None or not period:
        return None
    try:
        return queries.get_result(
            indicator.measure,
            level=indicator.grain or definition.levels[0],
            period=period,
            areas=(indicator.area_code,) if indicator.area_code else (),
            breakdown=(indicator.breakdown,) if indicator.breakdown else (),
        )
    except UpstreamFailure:
        return None


def _period(indicator: Indicator, definition: MeasureDefinition) -> str:
    """Give the library's word for its frequency; a year is the first kind of year that the measure has."""
    if indicator.frequency != Frequency.YEAR:
        return indicator.frequency if indicator.frequency in definition.periods else ""
    return next((name for name in definition.periods if name in YEARS), "")


def points_of(indicator: Indicator, result: MeasureResult | None, periods: Sequence[Period]) -> tuple[Point, ...]:
    """Give one point a period; a period without a row is not known."""
    definition = find_definition(indicator)
    frame = _rows(indicator, result)
    standard = is_standard_month(indicator, definition)
    if indicator.frequency == Frequency.YEAR:
        return _years(frame, periods)
    held = {row["period_start"]: row for row in frame.iter_rows(named=True)}
    return tuple(_point(period, held.get(period.start), standard) for period in periods)


def reaching_back(indicator: Indicator, result: MeasureResult | None, periods: list[Period]) -> list[Period]:
    """Reach back to what was held last where that lies before the periods: old values are shown, with the gap since."""
    known = _rows(indicator, result)
    known = known.filter(pl.col("value").is_not_null()) if known.height else known
    held: list[date] = known["period_end"].to_list() if known.height else []
    newest = max(held, default=date.max)
    if not periods or newest >= periods[0].start:
        return periods
    return recent_periods(indicator.frequency, newest)[-LEAST_BEFORE:] + periods_between(
        indicator.frequency, newest + timedelta(days=1), periods[-1].end
    )


def _rows(indicator: Indicator, result: MeasureResult | None) -> pl.DataFrame:
    """Keep one row a period: those of the part of the breakdown, and of the one area."""
    if result is None:
        return pl.DataFrame()
    frame = result.frame
    if indicator.breakdown:
        frame = frame.filter(pl.col(indicator.breakdown).cast(pl.String) == indicator.breakdown_value)
    if frame.height and frame["area_code"].n_unique() > 1:
        return frame.clear()
    if indicator.frequency == Frequency.YEAR and frame.height:
        frame = without_overlap(frame)
    return frame.sort("period_start")


def _point(period: Period, row: dict[str, Any] | None, standard: bool) -> Point:
    if row is None or row["value"] is None:
        return Point(period.start, period.end, period.label, status=row["status"] if row else "not held")
    factor = DAYS_OF_A_STANDARD_MONTH / period.days if standard else 1.0
    numbers = {name: None if row[name] is None else float(row[name]) * factor for name in NUMBERS}
    return Point(
        period.start, period.end, period.label, **numbers, numerator=row["numerator"], denominator=row["denominator"],
        status=KNOWN if row["status"] == KNOWN else row["status"],
    )  # fmt: skip


def _years(frame: pl.DataFrame, periods: Sequence[Period]) -> tuple[Point, ...]:
    """Give the publisher's years up to the newest period that is over; those not published yet are not known."""
    if frame.is_empty() or not periods:
        return ()
    until, points = periods[-1].end, []
    held = {row["period_start"].year: row for row in frame.iter_rows(named=True)}
    first = frame.row(0, named=True)
    for year in range(first["period_start"].year, until.year + 1):
        start = _same_day(first["period_start"], year)
        end = _same_day(first["period_end"], year + first["period_end"].year - first["period_start"].year)
        if end <= until:
            row = held.get(year)
            label = row["period"] if row else str(end.year)
            points.append(_point(Period(label, start, end), row, standard=False))
    return tuple(points[-SHOWN[Frequency.YEAR] :])


def _same_day(day: date, year: int) -> date:
    return day.replace(year=year) if (day.month, day.day) != (2, 29) else date(year, 2, 28)


def origin_of(indicator: Indicator, result: MeasureResult | None) -> Origin:
    """Say where the values come from."""
    definition = find_definition(indicator)
    area = _area(indicator, result)
    filters = [part for part in (area, _part_words(indicator)) if part]
    name = definition.title if definition else indicator.measure
    if result is None:
        return Origin("measure", name, "", filters=tuple(filters), notes=("Nothing is held of this measure.",))
    made = result.provenance
    notes = (
        ("Counts are given for thirty days.", *made.notes) if is_standard_month(indicator, definition) else made.notes
    )
    return Origin(
        kind="measure",
        name=name,
        method=made.method,
        version=f"{indicator.measure}, version {made.definition_version}",
        build=made.build,
        feeds=tuple(feed.title for feed in made.feeds),
        receipts=tuple(receipt for feed in made.feeds for receipt in feed.receipts),
        filters=tuple(filters),
        software=made.software_version,
        notes=tuple(notes),
    )


def _area(indicator: Indicator, result: MeasureResult | None) -> str:
    names = result.frame["area_name"].unique().to_list() if result is not None and result.frame.height else []
    return str(names[0]) if len(names) == 1 else indicator.area_code


def _part_words(indicator: Indicator) -> str:
    return f"{indicator.breakdown.replace('_', ' ')}: {indicator.breakdown_value}" if indicator.breakdown else ""
