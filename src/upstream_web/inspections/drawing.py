"""A measure by month around two days that matter: the publication of a report, and the deadline it set."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from upstream.charts import words
from upstream.charts.axes import Timeline, decimals_for, round_domain, ticks
from upstream.charts.control_chart import draw_gap, draw_time_axis
from upstream.charts.drawing import Drawing, Padding, Pixels, text_width
from upstream.charts.figure import Figure
from upstream.measures import MeasureResult
from upstream.measures.result import Status

Event = tuple[str, date]
EVENT_ROOM = 18


def around_events(
    result: MeasureResult, frame: pl.DataFrame, events: list[Event], *, name: str, title: str, subtitle: str
) -> Figure:
    """Draw months as dots with their intervals; hollow ones are too young to judge, hatched ones are not held.

    `frame` has one row a month without a hole, from the measure's result.
    """
    wide = _draw(frame, events, width=800, decimals=result.definition.decimals, long=True)
    narrow = _draw(frame, events, width=358, decimals=result.definition.decimals, long=False)
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=wide, narrow=narrow, table=_table(frame, result),
        alternative=_alternative(frame, subtitle, events), measure=result.definition.name,
        provenance=result.provenance, notes=_notes(frame),
    )  # fmt: skip


def _draw(frame: pl.DataFrame, events: list[Event], *, width: float, decimals: int, long: bool) -> dict[str, Any]:
    series = Timeline.of(frame)
    known = [row for row in frame.iter_rows(named=True) if row["value"] is not None]
    values = [value for row in known for value in (row["value"], row["lower"], row["upper"]) if value is not None]
    low, high, step = round_domain(0.0, max(values, default=1.0) or 1.0, from_zero=True)
    top = EVENT_ROOM * len(events) + 8
    padding = Padding(16 + text_width(words.number(high, decimals_for(step))), top, 14, 40)
    drawing = Drawing(width, 260 + top, padding, (0, len(series.values)), (low, high))
    _grid(drawing, low, high, step)
    for gap in series.gaps:
        draw_gap(drawing, series, gap, small=False, reason="not held")
    _dots(drawing, series, frame, decimals)
    _events(drawing, series, events, long=long)
    draw_time_axis(drawing, series)
    return drawing.spec()


def _grid(drawing: Drawing, low: float, high: float, step: float) -> None:
    rows = [
        {"y": round(drawing.y_pixel(value)) + 0.5, "text": words.number(value, decimals_for(step))}
        for value in ticks(low, high, step)
    ]
    drawing.lines(rows, "chart-grid", x=0, x2=drawing.plot_width, y=Pixels("y"))
    drawing.text(rows, x=-7, y=Pixels("y"), align="right")


def _dots(drawing: Drawing, series: Timeline, frame: pl.DataFrame, decimals: int) -> None:
    rows = [
        {
            "x": place + 0.5, "y": row["value"], "lower": row["lower"], "upper": row["upper"],
            "young": row["status"] == Status.TOO_YOUNG,
            "note": f"{words.period(row['period_start'], 'month')}: {words.number(row['value'], decimals)}",
        }
        for place, row in enumerate(frame.sort("period_start").iter_rows(named=True))
        if row["value"] is not None
    ]  # fmt: skip
    ranged = [row for row in rows if row["lower"] is not None]
    drawing.lines(ranged, "chart-interval", width=2, round_cap=True, x="x", y="lower", y2="upper")
    for young in (False, True):
        some = [{key: row[key] for key in ("x", "y", "note")} for row in rows if row["young"] == young]
        if some:
            drawing.points(some, "chart-1", x="x", y="y", radius=4, hollow=young)


def _events(drawing: Drawing, series: Timeline, events: list[Event], *, long: bool) -> None:
    """Draw each day as a line through the plot with its name above, each on a row of its own."""
    for row, (label, day) in enumerate(events):
        place = _place(series, day)
        x, y = drawing.x_pixel(place), -(EVENT_ROOM * (len(events) - row)) + 6
        drawing.lines([{}], "ink", x=x, y=y + 4, y2=drawing.plot_height)
        text = f"{label} {day.day} {day:%b %Y}" if long else label
        room = text_width(text, strong=True)
        left = min(max(x - 4, 0), drawing.plot_width - room)
        drawing.write(left, y - 4, text, "ink", strong=True, dy=4)


def _place(series: Timeline, day: date) -> float:
    """Give the place of a day on the axis of months, within its month."""
    first = series.starts[0]
    months = (day.year - first.year) * 12 + day.month - first.month
    return min(max(months + (day.day - 1) / 31, 0.0), float(len(series.starts)))


def _notes(frame: pl.DataFrame) -> tuple[str, ...]:
    young = frame.filter(pl.col("status") == Status.TOO_YOUNG).height
    said = ["Bars are 95% intervals. Hatched months are not held: unknown, not zero."]
    if young:
        said.append("Hollow dots are months in which many cases were still open when the file was made.")
    return tuple(said)


def _table(frame: pl.DataFrame, result: MeasureResult) -> pl.DataFrame:
    unit = result.definition.unit
    return frame.select(
        pl.col("period_start").dt.strftime("%B %Y").alias("Month"),
        pl.col("numerator").alias("Cases"),
        pl.col("denominator").alias("Of"),
        pl.col("value").alias(words.capital(unit) if unit else "Value"),
        pl.col("lower").alias("Lower"),
        pl.col("upper").alias("Upper"),
        pl.col("status").cast(pl.String).alias("Standing"),
    )


def _alternative(frame: pl.DataFrame, subtitle: str, events: list[Event]) -> str:
    known = [row for row in frame.iter_rows(named=True) if row["value"] is not None]
    said = [f"{subtitle}."]
    if known:
        values = [row["value"] for row in known]
        said.append(
            f"Between {words.number(min(values), 1)} and {words.number(max(values), 1)} in {len(known)} months."
        )
    missing = frame.height - len(known)
    if missing:
        said.append(f"{missing} months are not held.")
    said += [f"{label}: {day.day} {day:%B %Y}." for label, day in events]
    return " ".join(said)
