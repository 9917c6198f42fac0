"""All forces as dots on one line: where ours stands among the others."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, Unpack

import polars as pl

from upstream.charts import words
from upstream.charts.axes import decimals_for, step_for, ticks
from upstream.charts.drawing import Drawing, Padding, Pixels, nothing_held, text_width
from upstream.charts.figure import About, Figure

DOT = 5.0
APART = 11.0


def force_strip(
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    ours: str,
    neighbours: Sequence[str] = (),
    unit: str = "",
    label: str = "label",
    decimals: int = 1,
    middle_words: str = "middle force",
    noun: str = "police forces",
    width: float = 510,
    **about: Unpack[About],
) -> Figure:
    """Draw one dot for each row with a known `value`: ours large and named, neighbours dark, the others quiet.

    The lowest, the highest and the outermost neighbours are named; the dotted line is the median. Rows that are not
    known are counted in the alternative text and stay in the table.
    """
    known = [(str(n), float(v)) for n, v in frame.select(label, "value").iter_rows() if v is not None]
    known.sort(key=lambda pair: pair[1])
    missing = frame.height - len(known)
    drawn = [_draw(known, ours, set(neighbours), decimals, size, middle_words) for size in (width, 358.0)]
    table = frame.select(label, "value").sort("value", descending=True, nulls_last=True)
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=drawn[0], narrow=drawn[1],
        table=table.rename({label: "Force", "value": words.capital(unit) or "Value"}),
        alternative=_describe(known, ours, subtitle, decimals, missing, noun, middle_words), **about,
    )  # fmt: skip


def _draw(
    known: list[tuple[str, float]], ours: str, near: set[str], decimals: int, width: float, middle_words: str
) -> dict[str, Any]:
    if not known:
        return nothing_held(width, 120)
    values = [value for _, value in known]
    room = (values[-1] - values[0]) * 0.12 or abs(values[0]) * 0.1 or 1
    places = _swarm(known, values[0] - room, values[-1] + room, width - 20)
    reach = max((abs(place["y"]) for place in places), default=0)
    above, below = reach + 64, reach + 46
    drawing = Drawing(width, above + below + 22, Padding(10, 0, 10, 22), (values[0] - room, values[-1] + room))
    for place in places:
        place["y"] += above
    floor, middle = drawing.plot_height, drawing.x_pixel(median(values))
    drawing.lines([{}], "ink", dash=(2, 3), x=middle, y=above - reach - 14, y2=floor)
    _axis(drawing, values[0] - room, values[-1] + room)
    for token, dark in (("chart-quiet", False), ("chart-1", True)):
        some = [p for p in places if (p["name"] in near) == dark and p["name"] != ours]
        if some:
            drawing.points(_bare(some), token, x=Pixels("x"), y=Pixels("y"), radius=DOT)
    _names(drawing, places, ours, near, decimals, above, reach)
    drawing.write(
        middle - 6,
        floor - 6,
        f"{middle_words} {words.number(median(values), decimals)}",
        "ink-2",
        dy=0,
        align="right",
        halo=True,
    )
    return drawing.spec()


def _swarm(known: list[tuple[str, float]], low: float, high: float, width: float) -> list[dict[str, Any]]:
    """Set dots side by side without covering one another: each as near the line as there is room."""
    places: list[dict[str, Any]] = []
    for name, value in known:
        x = (value - low) / (high - low) * width
        near = [p for p in places if abs(p["x"] - x) < APART]
        offsets = [side * APART * level for level in range(12) for side in (1, -1)]
        y = next((o for o in offsets if all((p["x"] - x) ** 2 + (p["y"] - o) ** 2 >= APART**2 - 1 for p in near)), 0.0)
        places.append({"name": name, "value": value, "x": x, "y": y})
    return places


def _names(
    drawing: Drawing, places: list[dict[str, Any]], ours: str, near: set[str], decimals: int, line: float, reach: float
) -> None:
    """Name ours above, the outermost neighbours under it, and the lowest and highest below the dots."""
    own = next((p for p in places if p["name"] == ours), None)
    others = [p for p in places if p["name"] in near and p["name"] != ours]
    outer = [others[0], others[-1]] if len(others) > 1 else others
    for place in outer:
        left_of = own is not None and place["x"] < own["x"]
        _name(drawing, place, decimals, line - reach - 26, "right" if left_of else "left", drawing.plot_width)
    if own:
        mark = [{"x": own["x"], "y": own["y"], "note": _text(own, decimals)}]
        drawing.lines([{}], "rule-2", x=own["x"], y=own["y"] - 8, y2=line - reach - 42)
        drawing.points(mark, "ink", x=Pixels("x"), y=Pixels("y"), radius=7.5, edge=1.5)
        half = text_width(_text(own, decimals), 13, strong=True) / 2
        x = min(max(own["x"], half), drawing.plot_width - half)
        look = {"align": "center", "strong": True, "size": 13, "halo": True, "dy": 0}
        drawing.write(x, line - reach - 48, _text(own, decimals), "ink", **look)
    ends = [p for p in (places[:1] + places[-1:] if len(places) > 1 else places) if p is not own and p not in outer]
    for place in ends:
        half = text_width(_text(place, decimals)) / 2
        x = min(max(place["x"], half), drawing.plot_width - half)
        under = max(p["y"] for p in places if abs(p["x"] - x) < half + 8)
        drawing.write(x, under + 22, _text(place, decimals), "ink-2", align="center", dy=0, halo=True)


def _name(drawing: Drawing, place: dict[str, Any], decimals: int, y: float, align: str, width: float) -> None:
    """Write a name above a dot, with a thin line down to it."""
    drawing.lines([{}], "rule-2", x=place["x"], y=place["y"] - 6, y2=y + 5)
    text = _text(place, decimals)
    x = place["x"] + (12 if align == "right" else -8)
    x = max(x, text_width(text)) if align == "right" else min(x, width - text_width(text))
    drawing.write(x, y, text, "ink-2", align=align, dy=0, halo=True)


def _text(place: dict[str, Any], decimals: int) -> str:
    return f"{place['name']} {words.number(place['value'], decimals)}"


def _bare(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"x": p["x"], "y": p["y"], "note": f"{p['name']} {p['value']:g}"} for p in places]


def _axis(drawing: Drawing, low: float, high: float) -> None:
    step, floor = step_for(high - low, 6), drawing.plot_height
    first = -(-low // step) * step
    marks = [{"x": v, "text": words.number(v, decimals_for(step))} for v in ticks(first, high // step * step, step)]
    drawing.lines([{}], "chart-axis", x=0, x2=drawing.plot_width, y=floor + 0.5)
    drawing.lines(marks, "chart-axis", x="x", y=floor, y2=floor + 4)
    drawing.text(marks, x="x", y=floor + 17, dy=0, align="center")


def _describe(
    known: list[tuple[str, float]], ours: str, subtitle: str, decimals: int, missing: int, noun: str, middle_words: str
) -> str:
    if not known:
        return f"Strip of {noun}: nothing is held."
    said = [words.sentence(f"Strip of {len(known)} {noun}: {subtitle[:1].lower()}{subtitle[1:]}")]
    own = dict(known).get(ours)
    told = [f"{ours} {words.number(own, decimals)}"] if own is not None else [f"{ours} is not known"]
    told.append(f"{middle_words} {words.number(median(v for _, v in known), decimals)}")
    told.append(f"lowest {known[0][0]} {words.number(known[0][1], decimals)}")
    told.append(f"highest {known[-1][0]} {words.number(known[-1][1], decimals)}")
    said.append(words.sentence("; ".join(told)))
    if missing:
        said.append(f"{words.spelled(missing).capitalize()} {words.plural(missing, 'is', 'are')} not held.")
    return " ".join(said)
