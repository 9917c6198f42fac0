"""Bars from zero: amounts and parts of a whole."""

from __future__ import annotations

from typing import Any, Unpack

import polars as pl

from upstream.charts import words
from upstream.charts.drawing import Drawing, Padding, Pixels, text_width
from upstream.charts.figure import About, Figure, with_notes
from upstream.methods.concentration import Concentration

PITCH = 34
THICK = 20
_FRACTIONS = {
    0.01: "1 in 100",
    0.02: "1 in 50",
    0.05: "1 in 20",
    0.1: "1 in 10",
    0.2: "1 in 5",
    0.25: "1 in 4",
    0.5: "half",
}


def concentration_bars(
    result: Concentration,
    *,
    name: str,
    title: str,
    subtitle: str,
    places: str = "neighbourhoods",
    spread_words: str = "white line: the share if it were spread evenly",
    width: float = 660,
    **about: Unpack[About],
) -> Figure:
    """Draw what share of the harm lies in what share of the places, beside an even spread."""
    rows = [
        {"label": _FRACTIONS.get(share, f"{share:.0%}"), "value": float(held), "even": share, "text": f"{held:.0%}"}
        for share, held in zip(result.share_of_places, result.share_of_events, strict=True)
    ]
    chance = words.listed([f"{row['label']}: {part:.0%}" for row, part in zip(rows, result.by_chance, strict=True)])
    about = with_notes(about, f"If every resident ran the same risk, chance alone would give {chance}.")
    told = words.listed([f"{row['label']} {places} {row['text']}" for row in rows])
    return Figure(
        name=name, title=title, subtitle=subtitle,
        wide=_draw_concentration(rows, width, 116, spread_words),
        narrow=_draw_concentration(rows, 358, 84, "white line: if spread evenly"),
        table=_concentration_table(result, rows, places),
        alternative=f"Bars. {words.sentence(subtitle)} {words.sentence(told)}",
        **about,
    )  # fmt: skip


def _draw_concentration(rows: list[dict[str, Any]], width: float, left: float, caption: str) -> dict[str, Any]:
    drawing = Drawing(width, 6 + PITCH * len(rows) + 18, Padding(left, 6, 46, 18), (0, 1))
    right = drawing.plot_width
    places = [
        {**row, "y": PITCH * index, "y2": PITCH * index + THICK, "x2": drawing.x_pixel(row["value"])}
        for index, row in enumerate(rows)
    ]
    middle = [{"x": row["x2"] + 7, "y": row["y"] + THICK / 2, **_words(row)} for row in places]
    drawing.boxes(_boxes(places), "tint-2", x=0, x2=right, y=Pixels("y"), y2=Pixels("y2"))
    drawing.boxes(_boxes(places), "chart-1", x=0, x2=Pixels("x2"), y=Pixels("y"), y2=Pixels("y2"))
    evens = [{"x": drawing.x_pixel(row["even"]), "y": row["y"], "y2": row["y2"]} for row in places]
    drawing.lines(evens, "paper", width=2, x=Pixels("x"), y=Pixels("y"), y2=Pixels("y2"))
    drawing.text(middle, "ink", x=Pixels("x"), y=Pixels("y"), strong=True, size=13, dy=5)
    labels = [{"y": row["y"], "text": row["label"]} for row in middle]
    drawing.text(labels, "ink", x=-12, y=Pixels("y"), strong=True, size=13, dy=5, align="right")
    drawing.write(0, drawing.plot_height + 14, caption, "ink-2", dy=0)
    drawing.write(right, drawing.plot_height + 14, "100%", dy=0, align="right")
    return drawing.spec()


def _boxes(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: place[key] for key in ("y", "y2", "x2")} for place in places]


def _words(row: dict[str, Any]) -> dict[str, Any]:
    return {"text": row["text"], "label": row["label"]}


def _concentration_table(result: Concentration, rows: list[dict[str, Any]], places: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            f"Share of {places}": [row["label"] for row in rows],
            places.capitalize(): result.places_counted,
            "Share of events": result.share_of_events,
            "Share of residents": result.share_of_people,
            "By chance alone": result.by_chance,
        }
    )


def bars(
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    unit: str = "",
    label: str = "label",
    decimals: int = 0,
    suffix: str = "",
    compared: str = "",
    width: float = 660,
    **about: Unpack[About],
) -> Figure:
    """Draw one bar a row from zero, in the order given, with its number at its end.

    A null `value` is hatched and named not held. With a `before` column an ink line marks the number it is
    `compared` with, such as "2024". A true `emphasis` column darkens the rows that matter; without it all are equal.
    """
    rows = _rows(frame, label, decimals, suffix)
    return Figure(
        name=name, title=title, subtitle=subtitle,
        wide=_draw_bars(rows, width, compared), narrow=_draw_bars(rows, 358, compared),
        table=_table(frame, label, unit, compared), alternative=_describe(rows, subtitle), **about,
    )  # fmt: skip


def _rows(frame: pl.DataFrame, label: str, decimals: int, suffix: str) -> list[dict[str, Any]]:
    wanted = ["value", *[column for column in ("before", "emphasis") if column in frame.columns]]
    rows = []
    for text, row in zip(frame[label].to_list(), frame.select(wanted).iter_rows(named=True), strict=True):
        shown = words.number(row["value"], decimals) + (suffix if row["value"] is not None else "")
        rows.append({"before": None, "emphasis": True, **row, "label": str(text), "text": shown})
    return rows


def _draw_bars(rows: list[dict[str, Any]], width: float, compared: str) -> dict[str, Any]:
    labels = max(text_width(row["label"], 13) for row in rows) + 12
    above = labels > width * 0.45  # no room beside the bars: each label stands over its own
    left, thick, lead = (0.0, 14, 19) if above else (labels, 16 if len(rows) > 6 else THICK, 0)
    pitch = thick + lead + (10 if len(rows) > 6 else 14)
    ends = max(text_width(row["text"], 13, strong=True) for row in rows) + 12
    top = max([0.0, *[v for row in rows for v in (row["value"], row["before"]) if v is not None]]) or 1.0
    foot = 18 if any(row["before"] is not None for row in rows) else 0
    drawing = Drawing(width, pitch * len(rows) + 2 + foot, Padding(left, 2, ends, foot), (0, top))
    places = [{**row, "y": pitch * index + lead, "y2": pitch * index + lead + thick} for index, row in enumerate(rows)]
    for place in places:
        place["middle"] = (place["y"] + place["y2"]) / 2
    labels_at = [{"y": row["y"] - 11 if above else row["middle"], "text": row["label"]} for row in places]
    drawing.text(labels_at, "ink", x=-left, y=Pixels("y"), size=13, dy=5)
    for row in (row for row in places if row["value"] is None):
        drawing.hatch(0, row["y"], drawing.plot_width, row["y2"])
        drawing.plate(drawing.plot_width / 2, row["middle"], ["not held"], room=drawing.plot_width)
    _fill_bars(drawing, [row for row in places if row["value"] is not None], compared)
    return drawing.spec()


def _fill_bars(drawing: Drawing, known: list[dict[str, Any]], compared: str) -> None:
    for row in known:
        row["x2"] = drawing.x_pixel(row["value"])
    for token, strong in (("map-seq-2", False), ("chart-1", True)):
        some = [row for row in known if bool(row["emphasis"]) == strong]
        drawing.boxes(_boxes(some), token, x=0, x2=Pixels("x2"), y=Pixels("y"), y2=Pixels("y2"))
    _before(drawing, known, compared)
    ends = [
        {"x": drawing.x_pixel(max(row["value"], row["before"] or 0)) + 7, "y": row["middle"], "text": row["text"]}
        for row in known
    ]
    drawing.text(ends, "ink", x=Pixels("x"), y=Pixels("y"), strong=True, size=13, dy=5)


def _before(drawing: Drawing, known: list[dict[str, Any]], compared: str) -> None:
    marks = [
        {"x": drawing.x_pixel(r["before"]), "y": r["y"] - 3, "y2": r["y2"] + 3}
        for r in known
        if r["before"] is not None
    ]
    if marks:
        drawing.lines(marks, "paper", width=4, x=Pixels("x"), y=Pixels("y"), y2=Pixels("y2"))
        drawing.lines(marks, "ink", width=2, x=Pixels("x"), y=Pixels("y"), y2=Pixels("y2"))
        drawing.write(0, drawing.plot_height + 13, f"upright line: {compared or 'compared with'}", "ink-2", dy=0)


def _describe(rows: list[dict[str, Any]], subtitle: str) -> str:
    told = [f"{row['label']} {row['text']}" if row["value"] is not None else f"{row['label']} not held" for row in rows]
    if len(told) > 12:
        told = [*told[:12], f"and {len(rows) - 12} more in the table"]
    return f"Bars. {words.sentence(subtitle)} {words.sentence(', '.join(told))}"


def _table(frame: pl.DataFrame, label: str, unit: str, compared: str) -> pl.DataFrame:
    titles = {
        label: words.capital(label),
        "value": words.capital(unit) or "Value",
        "before": compared or "Before",
    }
    kept = [column for column in titles if column in frame.columns]
    return frame.select(kept).rename({column: titles[column] for column in kept})
