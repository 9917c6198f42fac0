"""Funnel plots: units of every size against the limits that chance alone would set for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np
import polars as pl

from upstream.charts import words
from upstream.charts.axes import decimals_for, round_domain, ticks
from upstream.charts.drawing import Drawing, Padding, Pixels, text_width
from upstream.charts.figure import About, Figure, with_notes
from upstream.methods.funnel_limits import FunnelLimits

MOST_NAMES = 8
_LEVEL_LOOKS = ((4, 3), ())  # the inner limit dashed, the outer whole


def funnel(
    labels: Sequence[str],
    limits: FunnelLimits,
    *,
    name: str,
    title: str,
    subtitle: str,
    size_words: str = "residents",
    noun: str = "areas",
    polarity: str = "lower is better",
    decimals: int = 1,
    width: float = 660,
    **about: Unpack[About],
) -> Figure:
    """Draw each unit by its size and value; those beyond the outer limit take a shape and the farthest their name."""
    content = _content(labels, limits, polarity, decimals)
    drawn = [_draw(content, limits, size, size_words, decimals) for size in (width, 358.0)]
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=drawn[0], narrow=drawn[1], table=_table(content),
        alternative=_describe(content, limits, subtitle, noun, decimals),
        **with_notes(about, f"{words.capital(limits.method)}."),
    )  # fmt: skip


def _content(labels: Sequence[str], limits: FunnelLimits, polarity: str, decimals: int) -> list[dict[str, Any]]:
    """Give one row a known unit, with how far out it lies."""
    worse = {"lower is better": 1, "higher is better": -1}.get(str(polarity), 0)
    columns = zip(labels, limits.denominator, limits.value, limits.position, strict=True)
    return [
        {
            "name": label, "x": float(size), "y": float(value), "position": int(position),
            "look": "inside" if abs(position) < 2 else "changed" if not worse else
                    "worse" if position * worse > 0 else "better",
            "note": f"{label}: {words.number(float(value), decimals)}",
        }
        for label, size, value, position in columns
        if np.isfinite(size) and np.isfinite(value)
    ]  # fmt: skip


def _draw(
    content: list[dict[str, Any]], limits: FunnelLimits, width: float, size_words: str, decimals: int
) -> dict[str, Any]:
    sizes = [row["x"] for row in content] or [1.0]
    start, end, x_step = round_domain(0, max(sizes), steps=4)
    grid = np.linspace(max(min(sizes) * 0.8, end / 500), end, 90)
    lower, upper = limits.limits_at(grid)
    shown = [row["y"] for row in content] + [limits.target]
    top = max(*shown, float(np.nanquantile(upper[-1], 0.9)))
    low, high, step = round_domain(
        0 if min(shown) < top * 0.4 else min(*shown, float(np.nanquantile(lower[-1], 0.1))), top
    )
    drawing = Drawing(width, 340 if width > 400 else 300, Padding(40, 14, 92, 44), (start, end), (low, high))
    _axes(drawing, ticks(low, high, step), ticks(start, end, x_step), size_words)
    for level, bounds in enumerate(zip(lower, upper, strict=True)):
        for bound in bounds:
            _limit(drawing, grid, bound, _LEVEL_LOOKS[min(level, 1)], low, high)
    drawing.lines([{}], "chart-mean", x=0, x2=drawing.plot_width, y=drawing.y_pixel(limits.target))
    _units(drawing, content)
    _limit_names(drawing, limits, upper, decimals)
    return drawing.spec()


def _axes(drawing: Drawing, up: list[float], along: list[float], size_words: str) -> None:
    floor, right = drawing.plot_height, drawing.plot_width
    places = decimals_for(up[1] - up[0])
    rows = [{"y": round(drawing.y_pixel(v)) + 0.5, "text": words.number(v, places)} for v in up]
    drawing.lines(rows, "chart-grid", x=0, x2=right, y=Pixels("y"))
    drawing.text(rows, x=-7, y=Pixels("y"), align="right")
    if right < 300:
        along = along[::2]
    marks = [{"x": v, "text": words.number(v, 0)} for v in along]
    drawing.lines([{}], "chart-axis", x=0, x2=right, y=floor + 0.5)
    drawing.lines(marks, "chart-axis", x="x", y=floor, y2=floor + 4)
    drawing.text(marks, x="x", y=floor + 18, dy=0, align="center")
    drawing.write(right, floor + 36, f"{size_words} →", "ink-2", dy=0, align="right")


def _limit(drawing: Drawing, grid: np.ndarray, bound: np.ndarray, dash: Sequence[int], low: float, high: float) -> None:
    """Draw one limit as a line, as far as it lies inside the plot."""
    rows = [
        {"x": round(float(x), 2), "y": round(float(y), 4), "order": index, "part": 0}
        for index, (x, y) in enumerate(zip(grid, bound, strict=True))
        if low <= y <= high
    ]
    drawing.path(rows, "chart-limit", x="x", y="y", width=1)
    if dash:
        drawing.layers[-1]["mark"]["strokeDash"] = list(dash)


def _units(drawing: Drawing, content: list[dict[str, Any]]) -> None:
    looks = {
        "inside": ("circle", "chart-quiet", 3.2), "changed": ("square", "notice", 3.6),
        "worse": ("diamond", "concern", 4.2), "better": ("triangle-up", "improve", 4.2),
    }  # fmt: skip
    for look, (shape, token, radius) in looks.items():
        some = [{key: row[key] for key in ("x", "y", "note")} for row in content if row["look"] == look]
        if some:
            drawing.points(some, token, x="x", y="y", radius=radius, shape=shape)
    outer = sorted((row for row in content if row["look"] != "inside"), key=lambda row: -abs(row["y"]))
    taken: list[tuple[float, float, float]] = []
    for row in outer:
        x, y, wide = drawing.x_pixel(row["x"]), drawing.y_pixel(row["y"]), text_width(row["name"])
        left = x + 9 if x + 9 + wide < drawing.plot_width else x - 9 - wide
        free = all(abs(y - other) > 13 or left > end or left + wide < begin for begin, end, other in taken)
        if free and len(taken) < MOST_NAMES:
            drawing.write(left, y, row["name"], "ink-2", halo=True)
            taken.append((left, left + wide, y))


def _limit_names(drawing: Drawing, limits: FunnelLimits, upper: np.ndarray, decimals: int) -> None:
    """Name the limits and the average where they leave the plot."""
    rows = [(drawing.y_pixel(limits.target), f"{words.number(limits.target, decimals)} average")]
    for level, bound in zip(limits.levels, upper, strict=True):
        rows.append((drawing.y_pixel(float(bound[-1])), f"{100 * level:g}% limit"))
    rows.sort(reverse=True)
    place = rows[0][0]
    for index, (y, text) in enumerate(rows):
        place = y if index == 0 else min(y, place - 14)
        drawing.write(drawing.plot_width + 7, place, text, "ink-2" if "average" in text else "ink-3")


def _describe(content: list[dict[str, Any]], limits: FunnelLimits, subtitle: str, noun: str, decimals: int) -> str:
    above, below = ([r for r in content if r["position"] == end] for end in (2, -2))
    level = f"{100 * limits.levels[-1]:g}%"
    said = [
        words.sentence(f"Funnel plot of {len(content):,} {noun}: {subtitle[:1].lower()}{subtitle[1:]}"),
        f"The average is {words.number(limits.target, decimals)}.",
        f"Beyond the {level} limits lie {words.spelled(len(above))} above and {words.spelled(len(below))} below.",
    ]
    if above:
        names = [row["name"] for row in sorted(above, key=lambda row: -row["y"])[:5]]
        said.append(f"Farthest above: {words.listed(names)}.")
    return " ".join(said)


def _table(content: list[dict[str, Any]]) -> pl.DataFrame:
    told = {0: "inside", 1: "beyond the inner limit, high", -1: "beyond the inner limit, low",
            2: "beyond the outer limit, high", -2: "beyond the outer limit, low"}  # fmt: skip
    return pl.DataFrame(
        {
            "Unit": [row["name"] for row in content],
            "Size": [row["x"] for row in content],
            "Value": [row["y"] for row in content],
            "Position": [told[row["position"]] for row in content],
        }
    )
