"""Estimates as dots with their intervals: areas or groups in rows, or ordered groups side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Unpack

import polars as pl

from upstream.charts import words
from upstream.charts.axes import decimals_for, round_domain, ticks
from upstream.charts.drawing import Drawing, Padding, Pixels, nothing_held, text_width
from upstream.charts.figure import About, Figure, with_notes
from upstream.methods.deprivation_slope import DeprivationSlope

ROW = 28


@dataclass(frozen=True)
class Reference:
    """A level to compare with, such as the whole area's rate."""

    label: str
    value: float


@dataclass(frozen=True)
class _Content:
    """What is drawn: rows with label, value, lower, upper; unknown values are None."""

    rows: list[dict[str, Any]]
    reference: Reference | None
    decimals: int
    from_zero: bool
    ends: tuple[str, str]

    @property
    def known(self) -> list[dict[str, Any]]:
        """Rows with a value."""
        return [row for row in self.rows if row["value"] is not None]

    def extent(self) -> tuple[float, float, float]:
        """The axis: it holds every interval and the reference, on round numbers."""
        values = [v for row in self.known for v in (row["value"], row["lower"], row["upper"]) if v is not None]
        values += [self.reference.value] if self.reference else []
        values = values or [0.0, 1.0]
        return round_domain(min(values), max(values), from_zero=self.from_zero)


def interval_dots(
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    unit: str = "",
    label: str = "label",
    reference: Reference | None = None,
    decimals: int = 1,
    vertical: bool = False,
    from_zero: bool | None = None,
    ends: tuple[str, str] = ("", ""),
    width: float = 660,
    **about: Unpack[About],
) -> Figure:
    """Draw `value` with `lower` and `upper` for each row of a frame, in the order given.

    A row whose value is null is hatched and named not held. A true `emphasis` column marks the rows
    that matter. `vertical` sets ordered groups side by side and labels the first, the last and every second or so;
    `ends` says what the two ends of that order mean.
    """
    content = _content(frame, label, reference, decimals, vertical if from_zero is None else from_zero, ends)
    draw = _draw_columns if vertical else _draw_rows
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=draw(content, width, True), narrow=draw(content, 358, False),
        table=_table(frame, label, unit), alternative=_describe(content, subtitle), **about,
    )  # fmt: skip


def deprivation_gradient(
    result: DeprivationSlope,
    *,
    name: str,
    title: str,
    subtitle: str,
    reference: Reference | None = None,
    decimals: int = 0,
    country: str = "England",
    width: float = 660,
    **about: Unpack[About],
) -> Figure:
    """Draw the rate of each deprivation group, the most deprived on the left."""
    frame = pl.DataFrame(
        {
            "Tenth": [str(group) for group in result.groups],
            "value": result.rate,
            "lower": result.lower,
            "upper": result.upper,
        }
    )
    ends = (f"← most deprived tenth of {country}", "least deprived tenth →")
    about = with_notes(about, f"Intervals: {result.method}.")
    return interval_dots(
        frame, name=name, title=title, subtitle=subtitle, unit=result.unit, label="Tenth", reference=reference,
        decimals=decimals, vertical=True, ends=ends, width=width, **about,
    )  # fmt: skip


def _content(
    frame: pl.DataFrame, label: str, reference: Reference | None, decimals: int, from_zero: bool, ends: tuple[str, str]
) -> _Content:
    wanted = ["value", *[column for column in ("lower", "upper", "emphasis") if column in frame.columns]]
    rows = [
        {"lower": None, "upper": None, "emphasis": False, **row, "label": str(text)}
        for text, row in zip(frame[label].to_list(), frame.select(wanted).iter_rows(named=True), strict=True)
    ]
    for row in rows:
        low, high = (words.number(row[key], decimals) for key in ("lower", "upper"))
        row["range"] = f"({low} to {high})" if row["lower"] is not None else ""
        row["text"] = words.number(row["value"], decimals)
        row["note"] = f"{row['label']}: {row['text']} {row['range']}".strip()
    return _Content(rows, reference, decimals, from_zero, ends)


def _draw_rows(content: _Content, width: float, wide: bool) -> dict[str, Any]:
    labels = max(text_width(row["label"], 13) for row in content.rows) + 14
    numbers = max(text_width(row["text"], 13, strong=True) for row in content.rows)
    ranges = max(text_width(row["range"]) for row in content.rows) if wide else 0
    padding = Padding(min(labels, width * 0.42), 22 if content.reference else 6, numbers + ranges + 26, 24)
    if not content.known:
        return nothing_held(width, 120)
    low, high, step = content.extent()
    drawing = Drawing(width, padding.top + padding.bottom + ROW * len(content.rows), padding, (low, high))
    places = [{**row, "y": ROW * (index + 0.5)} for index, row in enumerate(content.rows)]
    right, floor = drawing.plot_width, drawing.plot_height
    rules = [{"y": ROW * index + 0.5} for index in range(len(places) + 1)]
    drawing.lines(rules, "chart-grid", x=-padding.left, x2=right + padding.right, y=Pixels("y"))
    steps = ticks(low, high, step if wide or right > 200 else step * 2)
    marks = [{"x": v, "text": words.number(v, decimals_for(step))} for v in steps]
    drawing.lines(marks, "chart-axis", x="x", y=floor, y2=floor + 4)
    drawing.text(marks, x="x", y=floor + 18, dy=0, align="center")
    if content.reference:
        _row_reference(drawing, content)
    for row in places:
        if row["value"] is None:
            drawing.hatch(0, row["y"] - 9, right, row["y"] + 9)
            drawing.plate(right / 2, row["y"], ["not held"], room=right)
    _intervals(drawing, [row for row in places if row["value"] is not None], across=True)
    _row_texts(drawing, places, numbers, wide)
    return drawing.spec()


def _row_reference(drawing: Drawing, content: _Content) -> None:
    """Draw the level compared with as a dotted line down the rows, named above."""
    assert content.reference is not None
    x = drawing.x_pixel(content.reference.value)
    text = f"{content.reference.label} {words.number(content.reference.value, content.decimals)}"
    drawing.lines([{}], "ink", dash=(2, 3), x=x, y=-4, y2=drawing.plot_height)
    half = text_width(text) / 2
    place = min(max(x, half - drawing.padding.left), drawing.width - drawing.padding.left - half)
    drawing.write(place, -9, text, "ink-2", align="center", dy=0)


def _row_texts(drawing: Drawing, places: list[dict[str, Any]], numbers: float, wide: bool) -> None:
    right = drawing.plot_width
    for strong in (True, False):
        rows = [row for row in places if bool(row["emphasis"]) == strong]
        labels = [{"y": row["y"], "text": row["label"]} for row in rows]
        drawing.text(labels, "ink", x=-drawing.padding.left, y=Pixels("y"), size=13, strong=strong)
    known = [row for row in places if row["value"] is not None]
    values = [{"y": row["y"], "text": row["text"]} for row in known]
    drawing.text(values, "ink", x=right + 14 + numbers, y=Pixels("y"), size=13, strong=True, align="right")
    if wide:
        ranges = [{"y": row["y"], "text": row["range"]} for row in known]
        drawing.text(ranges, "ink-2", x=right + 20 + numbers, y=Pixels("y"))


def _intervals(drawing: Drawing, rows: list[dict[str, Any]], *, across: bool) -> None:
    """Draw each interval as a bar and its estimate as a dot over it."""
    keep: list[dict[str, Any]] = [
        {key: row[key] for key in ("x", "y", "value", "lower", "upper", "note") if key in row} for row in rows
    ]
    ranged = [row for row in keep if row["lower"] is not None]
    bar: dict[str, Any] = {"width": 3 if across else 2, "round_cap": True}
    if across:
        drawing.lines(ranged, "chart-interval", x="lower", x2="upper", y=Pixels("y"), **bar)
    else:
        drawing.lines(ranged, "chart-interval", x=Pixels("x"), y="lower", y2="upper", **bar)
    place: Mapping[str, Any] = {"x": "value", "y": Pixels("y")} if across else {"x": Pixels("x"), "y": "value"}
    for token, strong in (("chart-1", False), ("ink", True)):
        some = [row for row, source in zip(keep, rows, strict=True) if bool(source["emphasis"]) == strong]
        if some:
            drawing.points(some, token, radius=4.5 if across else 6, **place)


def _draw_columns(content: _Content, width: float, wide: bool) -> dict[str, Any]:
    if not content.known:
        return nothing_held(width, 280)
    low, high, step = content.extent()
    padding = Padding(34, 16, 8 if wide else 20, 44 if any(content.ends) else 26)
    drawing = Drawing(width, 280, padding, (0, 1), (low, high))
    cell, floor, right = drawing.plot_width / len(content.rows), drawing.plot_height, drawing.plot_width
    places = [{**row, "x": cell * (index + 0.5)} for index, row in enumerate(content.rows)]
    steps = [
        {"y": round(drawing.y_pixel(v)) + 0.5, "text": words.number(v, decimals_for(step))}
        for v in ticks(low, high, step)
    ]
    drawing.lines(steps, "chart-grid", x=0, x2=right, y=Pixels("y"))
    drawing.text(steps, x=-7, y=Pixels("y"), align="right")
    for row in places:
        if row["value"] is None:
            drawing.hatch(row["x"] - cell * 0.36, 0, row["x"] + cell * 0.36, floor)
            drawing.upright(row["x"], floor / 2, "not held")
    if content.reference:
        _column_reference(drawing, content, content.reference)
    known = [row for row in places if row["value"] is not None]
    _intervals(drawing, known, across=False)
    every = 1 if cell > 52 and len(known) <= 6 else max(2, round(len(known) / 5))
    told = [row for index, row in enumerate(known) if index % every == 0 or index in (1, len(known) - 1)]
    told = [row for row in told if wide or row in (known[0], known[-1])]
    drawing.text(
        [{"x": row["x"] + 10, "y": row["value"], "text": row["text"]} for row in told],
        "ink", x=Pixels("x"), y="y", strong=True, halo=True,
    )  # fmt: skip
    drawing.lines([{}], "chart-axis", x=0, x2=right, y=floor + 0.5)
    drawing.text(
        [{"x": row["x"], "text": row["label"]} for row in places], x=Pixels("x"), y=floor + 18, dy=0, align="center"
    )
    start, end = content.ends if wide else (content.ends[0].split(" tenth")[0], content.ends[1].replace(" tenth", ""))
    drawing.write(0, floor + 36, start, "ink-2", dy=0)
    drawing.write(right, floor + 36, end, "ink-2", dy=0, align="right")
    return drawing.spec()


def _column_reference(drawing: Drawing, content: _Content, reference: Reference) -> None:
    """Draw the level compared with as a dotted line, named where no dot is near."""
    y, right = drawing.y_pixel(reference.value), drawing.plot_width
    drawing.lines([{}], "ink", dash=(2, 3), x=0, x2=right, y=y)
    last = content.known[-1]["upper"] or content.known[-1]["value"] if content.known else reference.value
    text = f"{reference.label} {words.number(reference.value, max(1, content.decimals))}"
    below = last > reference.value
    drawing.write(right, y + (16 if below else -6), text, "ink-2", align="right", dy=0, halo=True)


def _describe(content: _Content, subtitle: str) -> str:
    said = [words.sentence(f"Dots with intervals: {subtitle[:1].lower()}{subtitle[1:]}")]
    if content.known:
        highest = max(content.known, key=lambda row: row["value"])
        lowest = min(content.known, key=lambda row: row["value"])
        for adjective, row in (("Highest", highest), ("lowest", lowest)):
            said.append(f"{adjective}: {row['label']}, {row['text']} {row['range']}".rstrip())
        said[-2:] = [f"{said[-2]}; {said[-1]}."]
    if content.reference:
        said.append(f"{words.capital(content.reference.label)}: "
                    f"{words.number(content.reference.value, max(1, content.decimals))}.")  # fmt: skip
    missing = [row["label"] for row in content.rows if row["value"] is None]
    if missing:
        said.append(f"Not held: {words.listed(missing)}.")
    return " ".join(said)


def _table(frame: pl.DataFrame, label: str, unit: str) -> pl.DataFrame:
    titles = {
        label: words.capital(label),
        "value": words.capital(unit) or "Value",
        "lower": "Lower",
        "upper": "Upper",
    }
    kept = [column for column in titles if column in frame.columns]
    return frame.select(kept).rename({column: titles[column] for column in kept})
