"""Draw a result as it stands, for a notebook: what to draw is chosen from its shape."""

from __future__ import annotations

import altair as alt
import polars as pl

from upstream.charts.control_chart import control_chart
from upstream.charts.figure import Figure
from upstream.charts.interval_dots import interval_dots
from upstream.exceptions import MeasureCannotBeCutThatWay
from upstream.measures.definition import Kind
from upstream.measures.result import MeasureResult
from upstream.methods.xmr import xmr

PER_CENT = 100.0
MOST_ROWS = 30
MONTHS_OF_LIMITS = 24  # older months are drawn, but recording and areas were others then


def draw(result: MeasureResult) -> alt.Chart:
    """Draw one area through time as a control chart, or several areas in their latest known period as dots."""
    specification = figure_of(result).wide
    config = {name: value for name, value in specification.get("config", {}).items() if value is not None}
    return alt.Chart.from_dict(specification | {"config": config})


def figure_of(result: MeasureResult) -> Figure:
    """Choose the figure for a result; raises `MeasureCannotBeCutThatWay` when nothing in it is known."""
    if result.known.is_empty():
        raise MeasureCannotBeCutThatWay(f"Nothing is known of {result.definition.name} in this cut.")
    if result.frame["area_code"].n_unique() == 1 and not result.query.breakdown:
        return _through_time(result)
    return _side_by_side(result)


def _through_time(result: MeasureResult) -> Figure:
    definition = result.definition
    frame = result.frame.sort("period_start")
    limits = xmr(
        frame["value"].cast(float).fill_null(float("nan")),
        polarity=definition.polarity.value,
        unit=definition.unit,
        minimum=None if definition.kind is Kind.SCORE else 0.0,
        maximum=PER_CENT if definition.kind is Kind.SHARE else None,
        baseline=slice(-MONTHS_OF_LIMITS, None) if result.query.period == "month" else None,
    )
    return control_chart(
        frame,
        name=definition.name,
        title=definition.title,
        subtitle=f"{definition.unit}, {frame['area_name'][0]}",
        limits=limits,
        unit=definition.unit,
        decimals=definition.decimals,
        measure=definition.name,
        provenance=result.provenance,
    )


def _side_by_side(result: MeasureResult) -> Figure:
    """Show areas, or breakdowns of one area, in the last period of which anything is known, highest first."""
    definition, breakdown = result.definition, result.query.breakdown
    last = result.known.sort("period_end")["period"][-1]
    frame = result.frame.filter(pl.col("period") == last).sort("value", descending=True, nulls_last=True)
    parts = ["area_name", *breakdown] if frame["area_code"].n_unique() > 1 else list(breakdown)
    frame = frame.with_columns(label=pl.concat_str(pl.col(parts).fill_null("not stated"), separator=", "))
    return interval_dots(
        frame.head(MOST_ROWS),
        name=definition.name,
        title=definition.title,
        subtitle=f"{definition.unit}, {last}",
        unit=definition.unit,
        decimals=definition.decimals,
        measure=definition.name,
        provenance=result.provenance,
        notes=(f"The highest {MOST_ROWS} of {frame.height}.",) if frame.height > MOST_ROWS else (),
    )
