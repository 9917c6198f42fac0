"""Lines through time: up to four series, each named at its end, broken where something is not held."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Unpack

import polars as pl

from upstream.charts import words
from upstream.charts.axes import Timeline, decimals_for, round_domain, spread, ticks
from upstream.charts.control_chart import draw_gap, draw_time_axis
from upstream.charts.drawing import Drawing, Padding, Pixels, nothing_held, text_width
from upstream.charts.figure import About, Figure
from upstream.charts.theme import SERIES
from upstream.methods.checks import ArgumentImpossible


def lines(
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    unit: str = "",
    series: str = "series",
    quiet: Sequence[str] = (),
    decimals: int = 1,
    from_zero: bool = True,
    gap_reason: str = "no file received",
    width: float = 660,
    **about: Unpack[About],
) -> Figure:
    """Draw one line for each value of the column `series` (at most four, and any number of `quiet` ones in grey).

    `frame` has `period_start`, the series and `value` (null where not held), every series with every period. No line
    is drawn over a gap; where no series is held the gap is hatched and named.
    """
    timelines = _timelines(frame, series, quiet)
    drawn = [_draw(timelines, quiet, size, decimals, from_zero, gap_reason) for size in (width, 358.0)]
    table = frame.pivot(on=series, index="period_start", values="value").sort("period_start")
    kind = next(iter(timelines.values())).kind
    labels = [words.period(day, kind) for day in table["period_start"].to_list()]
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=drawn[0], narrow=drawn[1],
        table=table.with_columns(pl.Series("period_start", labels)).rename({"period_start": "Period"}),
        alternative=_describe(timelines, quiet, subtitle, decimals), **about,
    )  # fmt: skip


def _timelines(frame: pl.DataFrame, series: str, quiet: Sequence[str]) -> dict[str, Timeline]:
    names = frame[series].unique(maintain_order=True).to_list()
    if len([name for name in names if name not in quiet]) > len(SERIES):
        raise ArgumentImpossible(
            f"{len(names) - len(quiet)} series were given.",
            expected=f"At most {len(SERIES)}, so that each can be told apart.",
            do="Name the others as quiet, or draw a chart for each.",
        )
    return {str(name): Timeline.of(frame.filter(pl.col(series) == name)) for name in names}


def _draw(
    timelines: dict[str, Timeline], quiet: Sequence[str], width: float, decimals: int, from_zero: bool, gap_reason: str
) -> dict[str, Any]:
    whole = _any_held(timelines)
    held = [v for line in timelines.values() for v in line.values if math.isfinite(v)]
    if not held:
        return nothing_held(width, 264)
    low, high, step = round_domain(min(held), max(held), from_zero=from_zero and min(held) >= 0)
    ends = [_end(name, line, decimals) for name, line in timelines.items()]
    room = max(text_width(text, strong=True) for _, text in ends) + 12
    left = max(text_width(words.number(high, decimals_for(step))) + 12, 34)
    drawing = Drawing(width, 264, Padding(left, 14, min(room, width * 0.42), 40), (0, len(whole.values)), (low, high))
    rows = [
        {"y": round(drawing.y_pixel(v)) + 0.5, "text": words.number(v, decimals_for(step))}
        for v in ticks(low, high, step)
    ]
    drawing.lines(rows, "chart-grid", x=0, x2=drawing.plot_width, y=Pixels("y"))
    drawing.text(rows, x=-7, y=Pixels("y"), align="right")
    for gap in whole.gaps:
        draw_gap(drawing, whole, gap, small=False, reason=gap_reason)
    colours = iter(SERIES)
    tokens = {name: "chart-quiet" if name in quiet else next(colours) for name in timelines}
    for name in sorted(timelines, key=lambda one: one not in quiet):
        _line(drawing, timelines[name], tokens[name], decimals, name)
    _name_ends(drawing, ends, list(tokens.values()), quiet, list(timelines))
    draw_time_axis(drawing, whole)
    return drawing.spec()


def _any_held(timelines: dict[str, Timeline]) -> Timeline:
    """Give a series that is held wherever any is."""
    first = next(iter(timelines.values()))
    columns = zip(*[line.values for line in timelines.values()], strict=True)
    values = tuple(next((v for v in column if math.isfinite(v)), math.nan) for column in columns)
    return Timeline(first.starts, values, first.kind)


def _line(drawing: Drawing, line: Timeline, token: str, decimals: int, name: str) -> None:
    rows: list[dict[str, Any]] = [
        {"x": index + 0.5, "y": line.values[index], "order": index, "part": part,
         "note": f"{name}, {words.period(line.starts[index], line.kind)}: {words.number(line.values[index], decimals)}"}
        for part, run in enumerate(line.held)
        for index in range(run.first, run.last + 1)
    ]  # fmt: skip
    if rows:
        drawing.path(rows, token, x="x", y="y", width=1.25 if token == "chart-quiet" else 1.75)
        dots = [{key: row[key] for key in ("x", "y", "note")} for row in rows]
        drawing.points(dots, token, x="x", y="y", radius=2 if token == "chart-quiet" else 2.8)


def _end(name: str, line: Timeline, decimals: int) -> tuple[float, str]:
    """Give the last held value of a series and what is written beside it."""
    held = [value for value in line.values if math.isfinite(value)]
    return (held[-1], f"{name} {words.number(held[-1], decimals)}") if held else (math.nan, f"{name}: not held")


def _name_ends(
    drawing: Drawing, ends: list[tuple[float, str]], tokens: list[str], quiet: Sequence[str], names: list[str]
) -> None:
    places = [drawing.y_pixel(value) if math.isfinite(value) else drawing.plot_height for value, _ in ends]
    moved = spread(places, 15, top=3, bottom=drawing.plot_height - 2)
    for place, (_, text), token, name in zip(moved, ends, tokens, names, strict=True):
        grey = name in quiet
        drawing.write(drawing.plot_width + 8, place, text, "ink-3" if grey else token, strong=not grey)


def _describe(timelines: dict[str, Timeline], quiet: Sequence[str], subtitle: str, decimals: int) -> str:
    said = [words.sentence(f"Lines: {subtitle[:1].lower()}{subtitle[1:]}")]
    for name, line in timelines.items():
        if name in quiet:
            continue
        held = [(i, v) for i, v in enumerate(line.values) if math.isfinite(v)]
        if not held:
            said.append(f"{name} is not held.")
            continue
        ends = [
            f"{words.number(v, decimals)} in {words.period(line.starts[i], line.kind)}" for i, v in (held[0], held[-1])
        ]
        said.append(f"{name}: {ends[0]}, {ends[1]}." if len(held) > 1 else f"{name}: {ends[0]}.")
    whole = _any_held(timelines)
    if whole.gaps:
        said.append(f"Unknown, not zero: {words.listed([whole.span(gap) for gap in whole.gaps])}.")
    return " ".join(said)
