"""Grids of shaded cells: years by months, or any two ordered things, with what is not held hatched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import polars as pl

from upstream.charts import words
from upstream.charts.drawing import Drawing, Padding, Pixels, text_width
from upstream.charts.figure import About, Figure
from upstream.charts.map_classes import class_of, round_breaks, sequential_classes

_DARK = {"map-seq-4", "map-seq-5", "map-seq-6"}
_MONTHS = tuple(month[:3] for month in words.MONTHS)


def month_heat(
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    unit: str = "",
    decimals: int = 0,
    width: float = 660,
    **about: Unpack[About],
) -> Figure:
    """Shade each month of each year by its value; `frame` has `period_start` and `value` (null where not held)."""
    cells = {
        (str(day.year), _MONTHS[day.month - 1]): value
        for day, value in frame.select("period_start", "value").iter_rows()
    }
    years = sorted({year for year, _ in cells})
    return _grid_figure(
        cells, years, _MONTHS, name=name, title=title, subtitle=subtitle, unit=unit, decimals=decimals, width=width,
        about=about,
    )  # fmt: skip


def grid_heat(
    frame: pl.DataFrame,
    *,
    row: str,
    column: str,
    name: str,
    title: str,
    subtitle: str,
    unit: str = "",
    decimals: int = 0,
    width: float = 660,
    **about: Unpack[About],
) -> Figure:
    """Shade each pair of a row and a column by `value`, in the order in which they first appear."""
    cells = {(str(r), str(c)): value for r, c, value in frame.select(row, column, "value").iter_rows()}
    rows, columns = list(dict.fromkeys(r for r, _ in cells)), list(dict.fromkeys(c for _, c in cells))
    return _grid_figure(
        cells, rows, columns, name=name, title=title, subtitle=subtitle, unit=unit, decimals=decimals, width=width,
        about=about,
    )  # fmt: skip


def _grid_figure(
    cells: dict[tuple[str, str], float | None],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    name: str,
    title: str,
    subtitle: str,
    unit: str,
    decimals: int,
    width: float,
    about: About,
) -> Figure:
    drawn = [_draw(cells, rows, columns, size, decimals) for size in (width, 358.0)]
    table = pl.DataFrame({"": list(rows)} | {column: [cells.get((row, column)) for row in rows] for column in columns})
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=drawn[0], narrow=drawn[1], table=table,
        alternative=_describe(cells, subtitle, decimals, unit), **about,
    )  # fmt: skip


def _draw(
    cells: dict[tuple[str, str], float | None], rows: Sequence[str], columns: Sequence[str], width: float, decimals: int
) -> dict[str, Any]:
    classes = sequential_classes(round_breaks([v for v in cells.values() if v is not None]), decimals)
    left, tall = max(text_width(row, 13) for row in rows) + 12, 30
    drawing = Drawing(width, 22 + tall * len(rows) + 2, Padding(left, 22, 1, 2))
    wide = drawing.plot_width / len(columns)
    longest = max((text_width(words.number(v, decimals)) for v in cells.values() if v is not None), default=0)
    written, skip = longest + 6 < wide, 2 if max(text_width(c) for c in columns) + 4 > wide else 1
    heads = [{"x": (i + 0.5) * wide, "text": column} for i, column in enumerate(columns) if i % skip == 0]
    drawing.text(heads, "ink-2", x=Pixels("x"), y=-9, dy=0, align="center")
    drawing.text(
        [{"y": (i + 0.5) * tall, "text": row} for i, row in enumerate(rows)], "ink", x=-left, y=Pixels("y"), size=13
    )
    boxes: dict[str, list[dict[str, Any]]] = {}
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            box = {"x": j * wide + 1, "x2": (j + 1) * wide - 1, "y": i * tall + 1, "y2": (i + 1) * tall - 1}
            value = cells.get((row, column))
            found = class_of(value, classes, decimals)
            token = "unknown" if found is None else classes[found].token
            text = words.number(value, decimals)
            boxes.setdefault(token, []).append({**box, "text": text, "note": f"{column} {row}: {text}"})
    _fill(drawing, boxes, written)
    return drawing.spec()


def _fill(drawing: Drawing, boxes: dict[str, list[dict[str, Any]]], written: bool) -> None:
    for token, found in boxes.items():
        if token == "unknown":
            _hatch(drawing, found)
            continue
        encoding = drawing.boxes(found, token, x=Pixels("x"), x2=Pixels("x2"), y=Pixels("y"), y2=Pixels("y2"))
        encoding["tooltip"] = {"field": "note", "type": "nominal"}
        if written:
            centres = [{"x": (b["x"] + b["x2"]) / 2, "y": (b["y"] + b["y2"]) / 2, "text": b["text"]} for b in found]
            drawing.text(centres, "paper" if token in _DARK else "ink", x=Pixels("x"), y=Pixels("y"), align="center")


def _hatch(drawing: Drawing, found: list[dict[str, Any]]) -> None:
    """Hatch what is not held, and say so once on each stretch that has room for the words."""
    stretches: list[dict[str, Any]] = []
    for box in found:
        drawing.hatch(box["x"], box["y"], box["x2"], box["y2"])
        if stretches and stretches[-1]["y"] == box["y"] and abs(stretches[-1]["x2"] + 2 - box["x"]) < 0.1:
            stretches[-1]["x2"] = box["x2"]
        else:
            stretches.append(dict(box))
    for stretch in stretches:
        if stretch["x2"] - stretch["x"] > 64:
            middle, height = (stretch["x"] + stretch["x2"]) / 2, (stretch["y"] + stretch["y2"]) / 2
            drawing.plate(middle, height, ["not held"], room=64)


def _describe(cells: dict[tuple[str, str], float | None], subtitle: str, decimals: int, unit: str) -> str:
    known = {place: value for place, value in cells.items() if value is not None}
    said = [f"Grid of shaded cells. {words.sentence(subtitle)}"]
    if known:
        for adjective, choose in (("Highest", max), ("Lowest", min)):
            row, column = choose(known, key=lambda place: known[place])
            said.append(f"{adjective}: {column} {row}, {words.number(known[row, column], decimals)}.")
    missing = len(cells) - len(known)
    if missing:
        said.append(
            f"{words.spelled(missing).capitalize()} {words.plural(missing, 'cell is', 'cells are')} not held: hatched."
        )
    return " ".join(said)
