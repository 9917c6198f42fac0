"""A measure through time, as a figure of the library."""

from __future__ import annotations

import polars as pl

from upstream.charts import Figure, control_chart, interval_dots, lines
from upstream.measures import MeasureDefinition, MeasureResult
from upstream.measures.sentences import State
from upstream.measures.summary import Series, Summary
from upstream_web.core.drawing.figures import ShownFigure, show
from upstream_web.core.words import capital
from upstream_web.measures import queries
from upstream_web.measures.choices import Choice

FINDINGS = {State.ORDINARY: "No sign of change through time", State.NOT_KNOWN: "Through time"}


def series_of(summary: Summary | None) -> Series | None:
    """The series to chart: in the measure's own unit for each thirty days where it has one."""
    return (summary.per_30_days or summary.per_day) if summary else None


LEAST_YEARS = 3
MOST_LINES = 4


def trend(choice: Choice) -> ShownFigure | None:
    """The control chart of the whole area; for measures that do not come by the month, their years."""
    summary = queries.find_summary(choice.definition.name)
    series = series_of(summary)
    if summary is None or series is None:
        return year_by_year(choice)
    definition = choice.definition
    figure = control_chart(
        series.frame,
        name=f"{definition.name}-through-time",
        title=FINDINGS.get(series.said.state, series.said.label),
        subtitle=f"{subtitle(series)}, with the range expected from month-to-month variation",
        limits=series.limits,
        unit=series.unit,
        decimals=decimals_of(definition, series),
        measure=definition.name,
        provenance=summary.provenance,
        notes=(series.said.text,),
    )
    return show(figure, identifier="through-time")


def subtitle(series: Series) -> str:
    """The unit as the beginning of a sentence."""
    return f"{capital(series.unit)} by month"


def decimals_of(definition: MeasureDefinition, series: Series) -> int:
    """Enough places to tell months apart: a month is a twelfth of the year that the definition has in mind."""
    centre = abs(series.limits.centre)
    return definition.decimals if centre >= 10 else max(definition.decimals, 2 if centre >= 0.1 else 3)


def year_by_year(choice: Choice) -> ShownFigure | None:
    """Years side by side: dots with intervals of one area, or a line for each of a few; none for fewer years."""
    definition = choice.definition
    if choice.period is None:
        return None
    result = queries.find_result(definition.name, level=definition.levels[0], period=choice.period.kind)
    frame = without_overlap(result.frame) if result else pl.DataFrame()
    if result is None or frame.is_empty() or frame["period_end"].n_unique() < LEAST_YEARS:
        return None
    areas = frame["area_name"].n_unique()
    if areas > MOST_LINES:
        return None
    figure = _dots(definition, result, frame) if areas == 1 else _lines(definition, result, frame)
    return show(figure, identifier="through-time")


def without_overlap(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep one period a year: where twelve months are published each quarter, those that end in the commonest month."""
    ends = frame["period_end"].unique().dt.month()
    return frame.filter(pl.col("period_end").dt.month() == ends.mode().min())


def _of_years(definition: MeasureDefinition, frame: pl.DataFrame, whose: str) -> str:
    last = max(frame["period_end"].to_list())
    ending = "" if f"{last:%m}" == "12" else f", years to {last:%B}"
    return f"{capital(definition.unit)}, {whose}{ending}"


def _dots(definition: MeasureDefinition, result: MeasureResult, frame: pl.DataFrame) -> Figure:
    labelled = frame.with_columns(pl.col("period_end").dt.year().cast(pl.String).alias("label"))
    has_interval = labelled["lower"].is_not_null().any()
    return interval_dots(
        labelled, name=f"{definition.name}-year-by-year", title="Year by year", vertical=True,
        subtitle=_of_years(definition, frame, frame["area_name"][0]) + (", with 95% intervals" if has_interval else ""),
        unit=definition.unit, decimals=definition.decimals, measure=definition.name, provenance=result.provenance,
    )  # fmt: skip


def _lines(definition: MeasureDefinition, result: MeasureResult, frame: pl.DataFrame) -> Figure:
    # A school or financial year is told by the year it ends in, here as in the subtitle.
    ending = frame.with_columns(pl.col("period_end").dt.truncate("1y").alias("period_start"))
    return lines(
        ending, name=f"{definition.name}-year-by-year", title="Year by year", series="area_name",
        subtitle=_of_years(definition, frame, "by area"), unit=definition.unit, decimals=definition.decimals,
        measure=definition.name, provenance=result.provenance,
        notes=("The table below gives the interval of each figure of the period chosen.",),
    )  # fmt: skip
