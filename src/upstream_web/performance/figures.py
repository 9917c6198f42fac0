"""The drawings of an indicator, made from its result and nothing else: the page and the pack draw the same."""

from __future__ import annotations

import polars as pl

from upstream.charts import control_chart, small_control_chart
from upstream.charts.figure import Figure
from upstream.charts.overlay import Overlay
from upstream.methods import XmrResult
from upstream_web.core.words import capital
from upstream_web.performance.calculation import limits_of
from upstream_web.performance.result import Point, Result

FEWEST = 2


def figure_of(result: Result, *, small: bool = False) -> Figure | None:
    """Draw the control chart since the last new start of the limits; None while fewer than two values are held."""
    points = result.points[result.limits_start :]
    if sum(point.value is not None for point in points) < FEWEST:
        return None
    chart = small_control_chart if small else control_chart
    return chart(
        _frame(points),
        name=f"indicator-{result.key}{'-small' if small else ''}",
        title=result.title,
        subtitle=f"{capital(result.unit)} by {result.frequency}",
        limits=chart_limits(result),
        unit=result.unit,
        decimals=result.decimals,
        gap_reason="not held" if result.origin.kind == "measure" else "no value",
        overlay=_overlay(result, points, small=small),
    )


def chart_limits(result: Result) -> XmrResult:
    """Set the limits again from the values of the result: the same values give the same limits."""
    maximum = 100.0 if result.unit.startswith("%") else None
    return limits_of(result.points[result.limits_start :], polarity=result.polarity, maximum=maximum)


def _frame(points: tuple[Point, ...]) -> pl.DataFrame:
    return pl.DataFrame(
        {"period_start": [point.start for point in points], "value": [point.value for point in points]},
        schema_overrides={"value": pl.Float64},
    )


def _overlay(result: Result, points: tuple[Point, ...], *, small: bool) -> Overlay:
    target = result.target_line[result.limits_start :] if any(v is not None for v in result.target_line) else ()
    if small:
        return Overlay(target=target)
    places = [
        (next((place for place, point in enumerate(points) if point.start <= event.on <= point.end), None), event.what)
        for event in result.events
    ]
    before = result.baseline
    return Overlay(
        target=target,
        target_words="target",
        baseline=before.value if before else None,
        baseline_words="before" if before else "",
        events=tuple((place, what) for place, what in places if place is not None),
    )
