"""Age pyramids: a population by age and sex, beside another's outline."""

from __future__ import annotations

from typing import Any, Unpack

import polars as pl

from upstream.charts import words
from upstream.charts.axes import decimals_for, round_domain, ticks
from upstream.charts.drawing import Drawing, Padding, Pixels, text_width
from upstream.charts.figure import About, Figure


def age_pyramid(
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    compared: str = "",
    marked: tuple[str, ...] = (),
    width: float = 660,
    **about: Unpack[About],
) -> Figure:
    """Draw the share of all residents in each age band, men to the left and women to the right.

    `frame` has `age_band` (youngest first), `male` and `female` as numbers of people and, if wanted,
    `male_compared` and `female_compared` of the area it is `compared` with. Bands in `marked` are darker.
    """
    rows = _rows(frame, marked)
    drawn = [_draw(rows, size, compared) for size in (width, 358.0)]
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=drawn[0], narrow=drawn[1],
        table=frame.rename({"age_band": "Age", "male": "Men and boys", "female": "Women and girls"}),
        alternative=_describe(rows, subtitle), **about,
    )  # fmt: skip


def _rows(frame: pl.DataFrame, marked: tuple[str, ...]) -> list[dict[str, Any]]:
    """Turn people into per cent of all, for both areas."""
    sides: list[str] = [side for side in ("male", "female") if side in frame.columns]
    total = sum(float(frame[side].sum()) for side in sides) or 1.0
    others = [f"{side}_compared" for side in sides if f"{side}_compared" in frame.columns]
    other_total = sum(float(frame[side].sum()) for side in others) or 1.0
    rows = []
    for row in frame.iter_rows(named=True):
        shares = {side: 100 * float(row[side]) / total for side in sides}
        shares |= {side: 100 * float(row[side]) / other_total for side in others}
        rows.append({"label": str(row["age_band"]), "marked": not marked or row["age_band"] in marked, **shares})
    return rows


def _draw(rows: list[dict[str, Any]], width: float, compared: str) -> dict[str, Any]:
    pitch, gutter = 18, max(text_width(row["label"]) for row in rows) + 18
    height = pitch * len(rows)
    most = max(value for row in rows for key, value in row.items() if isinstance(value, float))
    _, end, step = round_domain(0, most, steps=3)
    drawing = Drawing(width, height + 54, Padding(6, 22, 6, 32))
    half = (drawing.plot_width - gutter) / 2
    scale = half / end
    places = [
        {**row, "y": height - pitch * (index + 1) + 1, "y2": height - pitch * index - 1}
        for index, row in enumerate(rows)
    ]
    _grid(drawing, ticks(0, end, step), half, gutter, scale, decimals_for(step))
    for side, origin, direction in (("male", half, -1), ("female", half + gutter, 1)):
        for token, strong in (("map-seq-2", False), ("chart-1", True)):
            some = [_bar(row, row[side], origin, direction, scale) for row in places if row["marked"] == strong]
            drawing.boxes(some, token, x=Pixels("x"), x2=Pixels("x2"), y=Pixels("y"), y2=Pixels("y2"))
        _outline(drawing, places, f"{side}_compared", origin, direction * scale)
    labels = [{"y": (row["y"] + row["y2"]) / 2, "text": row["label"]} for row in places]
    drawing.text(labels, "ink-2", x=half + gutter / 2, y=Pixels("y"), align="center")
    drawing.write(half, -9, "men and boys", "ink", strong=True, dy=0, align="right")
    drawing.write(half + gutter, -9, "women and girls", "ink", strong=True, dy=0)
    caption = f"% of all residents; ink line: {compared}" if compared else "% of all residents"
    drawing.write(drawing.plot_width / 2, height + 30, caption, "ink-2", dy=0, align="center")
    return drawing.spec()


def _bar(row: dict[str, Any], value: float, origin: float, direction: int, scale: float) -> dict[str, float]:
    ends = sorted((origin, origin + direction * value * scale))
    return {"x": ends[0], "x2": ends[1], "y": row["y"], "y2": row["y2"]}


def _outline(drawing: Drawing, places: list[dict[str, Any]], key: str, origin: float, scale: float) -> None:
    """Draw the other area's share of each band as an upright ink line."""
    marks = [{"x": origin + row[key] * scale, "y": row["y"] - 1, "y2": row["y2"] + 1} for row in places if key in row]
    if marks:
        drawing.lines(marks, "ink", width=1.75, x=Pixels("x"), y=Pixels("y"), y2=Pixels("y2"))


def _grid(drawing: Drawing, steps: list[float], half: float, gutter: float, scale: float, decimals: int) -> None:
    height = drawing.plot_height
    rows = [
        {"x": origin + direction * value * scale, "text": words.number(value, decimals)}
        for origin, direction in ((half, -1), (half + gutter, 1))
        for value in steps
    ]
    drawing.lines(rows, "chart-grid", x=Pixels("x"), y=0, y2=height)
    drawing.text(rows, x=Pixels("x"), y=height + 15, dy=0, align="center")


def _describe(rows: list[dict[str, Any]], subtitle: str) -> str:
    totals = {row["label"]: row["male"] + row["female"] for row in rows}
    largest = max(totals, key=lambda label: totals[label])
    return (
        f"Age pyramid. {words.sentence(subtitle)} The largest band is {largest} with "
        f"{words.number(totals[largest], 1)}% of all residents. The table holds every band."
    )
