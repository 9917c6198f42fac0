"""Maps of areas shaded by a number, with the dense part enlarged, the towns named and the unknown hatched."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Unpack

import polars as pl

from upstream.charts import words
from upstream.charts.drawing import Drawing, Padding, Pixels, text_width
from upstream.charts.figure import About, Figure
from upstream.charts.map_classes import (
    MapClass,
    class_of,
    diverging_classes,
    round_breaks,
    sequential_classes,
)
from upstream.charts.map_shapes import Held, Shapes, geometry, hatching, moved, outlines, shapes_of
from upstream.charts.place_names import Place, Rectangle, placed, write_names
from upstream.charts.theme import colour
from upstream.measures.result import Status
from upstream.partnership import Inset

_PLANE = {"type": "identity", "scale": 1, "translate": [0, 0]}


@dataclass(frozen=True)
class _Theme:
    """What the map shows, apart from where: classes, the class of each area, and words for the pointer."""

    classes: tuple[MapClass, ...]
    class_of_area: dict[str, int | None]
    notes: dict[str, str]
    withheld: frozenset[str]
    groups: tuple[tuple[str, str], ...]
    chosen: str
    heading: str

    def codes(self, index: int | None) -> list[str]:
        """The areas of one class; None gives those not known."""
        return [code for code, found in self.class_of_area.items() if found == index and code not in self.withheld]


@dataclass(frozen=True)
class _Layout:
    width: float
    map_width: float
    map_height: float
    inset_width: float
    beside: bool  # scale and inset stand beside the map, else below it


def area_map(
    boundaries: Mapping[str, Any],
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    unit: str = "",
    decimals: int = 0,
    breaks: Sequence[float] = (),
    average: float | None = None,
    chosen: str = "",
    places: Sequence[Place] = (),
    inset: Inset | None = None,
    width: float = 690,
    **about: Unpack[About],
) -> Figure:
    """Shade areas by a number in six classes with round breaks, saying how many areas each holds.

    `boundaries` is GeoJSON in degrees and `frame` has one row an area: `area_code`, `area_name`, `value` (null where
    not known) and, if wanted, `status` and `district` (areas of one district are outlined together). With `average`
    the map compares: seven classes of how many times the average each area is. `chosen` outlines one area in gold.
    """
    held, codes = Held(boundaries), tuple(frame["area_code"].to_list())
    theme = _theme(frame, breaks, average, decimals, chosen)
    layouts = [
        _Layout(width, width * 0.605, width * 0.9, width * 0.362, True),
        _Layout(358, 358, 540, 356, False),
    ]
    drawn = [_draw(held, codes, theme, layout, places, inset) for layout in layouts]
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=drawn[0], narrow=drawn[1],
        table=_table(frame, unit), alternative=_describe(frame, theme, subtitle, decimals),
        **about,
    )  # fmt: skip


def marked_map(
    boundaries: Mapping[str, Any],
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    marked: Sequence[str],
    unit: str = "",
    decimals: int = 0,
    places: Sequence[Place] = (),
    width: float = 310,
    **about: Unpack[About],
) -> Figure:
    """Draw the area plain and ring the few areas whose codes are `marked`, so that small ones are found.

    `frame` is as for `area_map`; its table holds only the marked areas.
    """
    held, codes = Held(boundaries), tuple(frame["area_code"].to_list())
    groups = tuple(zip(codes, frame["district"].to_list(), strict=True)) if "district" in frame.columns else ()
    drawn = [_draw_marked(held, codes, groups, tuple(marked), size, places) for size in (width, 358.0)]
    chosen = frame.filter(pl.col("area_code").is_in(list(marked)))
    label = "area_name" if "area_name" in frame.columns else "area_code"
    told = words.listed([str(text) for text in chosen.sort("value", descending=True)[label].to_list()[:10]])
    said = f"Map of {words.spelled(chosen.height)} marked {words.plural(chosen.height, 'area')} among {len(codes):,}. "
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=drawn[0], narrow=drawn[1], table=_table(chosen, unit),
        alternative=said + words.sentence(subtitle) + (f" Marked, highest first: {told}." if told else ""), **about,
    )  # fmt: skip


def _draw_marked(
    held: Held, codes: tuple[str, ...], groups: tuple[tuple[str, str], ...], marked: tuple[str, ...], width: float,
    places: Sequence[Place],
) -> dict[str, Any]:  # fmt: skip
    main = moved(shapes_of(held, codes, width - 12, (width - 12) * 1.6), 6, 6)
    drawing = Drawing(width, math.ceil(main.height + 12), Padding())
    whole = [geometry(shape) for shape in outlines(main, groups or tuple((code, "") for code in codes))]
    features = [{"type": "Feature", "properties": {}, "geometry": one} for one in whole]
    edge = {"stroke": colour("map-boundary"), "strokeWidth": 0.8, "strokeJoin": "round"}
    mark = {"type": "geoshape", "clip": False, "fill": colour("tint-2"), **edge}
    drawing.layers.append({"data": {"values": features}, "mark": mark, "projection": _PLANE})
    _fill(drawing, main, list(marked), "map-seq-6", {})
    rings = [main.areas[code].representative_point() for code in marked if code in main.areas]
    ring = {"type": "point", "shape": "circle", "filled": False, "color": colour("concern"), "size": 160, "opacity": 1}
    drawing.add(ring | {"strokeWidth": 1.5}, [{"x": p.x, "y": p.y} for p in rings], x=Pixels("x"), y=Pixels("y"))
    write_names(drawing, placed(places, main.projection, (0, 0, width, main.height + 10)))
    return drawing.spec()


def _theme(frame: pl.DataFrame, breaks: Sequence[float], average: float | None, decimals: int, chosen: str) -> _Theme:
    codes, values = frame["area_code"].to_list(), frame["value"].to_list()
    names = frame["area_name"].to_list() if "area_name" in frame.columns else codes
    withheld = _withheld(frame)
    if average is None:
        classes = _amount_classes(values, breaks, decimals)
        shown = {code: class_of(value, classes, decimals) for code, value in zip(codes, values, strict=True)}
        heading = ""
    else:
        classes = diverging_classes()
        shown = {c: class_of(None if v is None else v / average, classes) for c, v in zip(codes, values, strict=True)}
        heading = f"times the average, {words.number(average, max(1, decimals))}"
    notes = {c: f"{n}: {words.number(v, decimals)}" for c, n, v in zip(codes, names, values, strict=True)}
    groups = tuple(zip(codes, frame["district"].to_list(), strict=True)) if "district" in frame.columns else ()
    return _Theme(classes, shown, notes, withheld, groups, chosen, heading)


def _amount_classes(values: Sequence[float | None], breaks: Sequence[float], decimals: int) -> tuple[MapClass, ...]:
    """Give the classes of an amount: none when nothing is known, one when all areas are alike."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    if not known:
        return ()
    chosen = breaks or round_breaks(known)
    classes = sequential_classes(chosen, _places_needed(chosen, decimals))
    if len(classes) == 1 and min(known) == max(known):
        return (replace(classes[0], words=words.number(known[0], decimals)),)
    return classes


def _places_needed(breaks: Sequence[float], decimals: int) -> int:
    """Give the decimals the scale is written in: those of the figures, or more if a break needs them."""
    return next((p for p in range(decimals, 6) if all(abs(b - round(b, p)) < 1e-9 for b in breaks)), decimals)


def _withheld(frame: pl.DataFrame) -> frozenset[str]:
    if "status" not in frame.columns:
        return frozenset()
    return frozenset(frame.filter(pl.col("status").cast(pl.String) == Status.WITHHELD.value)["area_code"].to_list())


def _draw(
    held: Held, codes: tuple[str, ...], theme: _Theme, layout: _Layout, places: Sequence[Place], inset: Inset | None
) -> dict[str, Any]:
    main = shapes_of(held, codes, layout.map_width - 6, layout.map_height - 6)
    main = moved(main, 3 + (layout.map_width - 6 - main.width) / (2 if not layout.beside else 1e9), 3)
    scale_rows = len(theme.classes) + bool(theme.codes(None)) + bool(theme.withheld)
    scale_left = layout.map_width + 22 if layout.beside else 1.0
    scale_top = (14.0 if layout.beside else main.height + 42) + 22 * bool(theme.heading)
    inset_top = scale_top + scale_rows * 20 + 34
    near = _near_shapes(held, codes, inset, layout, scale_left, inset_top)
    bottom = max(main.height + 30, scale_top + scale_rows * 20 + 10, inset_top + near.height + 4 if near else 0)
    drawing = Drawing(layout.width, math.ceil(bottom), Padding())
    _shade(drawing, main, theme)
    frame_box = _frame(drawing, main, inset) if inset and near else None
    _names(drawing, main, places, inset, frame_box, layout)
    _scale_bar(drawing, main, layout)
    _scale(drawing, theme, scale_left, scale_top)
    if inset and near:
        drawing.write(scale_left, inset_top - 8, inset.name, "ink", strong=True, dy=0)
        _shade(drawing, near, theme)
        _border(drawing, scale_left, inset_top, near.width, near.height)
        within = (scale_left + 2, inset_top + 2, scale_left + near.width - 2, inset_top + near.height - 2)
        write_names(drawing, placed(inset.places, near.projection, within))
    return drawing.spec()


def _near_shapes(
    held: Held, codes: tuple[str, ...], inset: Inset | None, layout: _Layout, left: float, top: float
) -> Shapes | None:
    if inset is None:
        return None
    box = (inset.west, inset.south, inset.east, inset.north)
    near = shapes_of(held, codes, layout.inset_width, layout.inset_width * 1.25, box)
    return moved(near, left, top) if near.areas else None


def _shade(drawing: Drawing, shapes: Shapes, theme: _Theme) -> None:
    """Fill the areas class by class, then the unknown, the districts and the chosen area."""
    for index, step in enumerate(theme.classes):
        _fill(drawing, shapes, theme.codes(index), step.token, theme.notes)
    _fill(drawing, shapes, sorted(theme.withheld), "map-suppressed", theme.notes)
    unknown = [code for code in theme.codes(None) if code in shapes.areas]
    if unknown:
        _fill(drawing, shapes, unknown, "unknown-tint", theme.notes)
        _outline(drawing, [geometry(hatching([shapes.areas[code] for code in unknown]))], "unknown", 0.8)
    _outline(drawing, [geometry(shape) for shape in outlines(shapes, theme.groups)], "map-boundary", 0.9)
    if theme.chosen in shapes.areas:
        chosen = [shapes.geometries[theme.chosen]]
        _outline(drawing, chosen, "ink", 5)
        _outline(drawing, chosen, "map-selected", 2.5)


def _fill(drawing: Drawing, shapes: Shapes, codes: Sequence[str], token: str, notes: Mapping[str, str]) -> None:
    found = [
        {"type": "Feature", "properties": {"note": notes.get(code, "")}, "geometry": shapes.geometries[code]}
        for code in codes
        if code in shapes.areas
    ]
    if not found:
        return
    edge = {"stroke": colour("map-edge"), "strokeWidth": 0.5, "strokeJoin": "round"}
    mark = {"type": "geoshape", "clip": False, "fill": colour(token), **edge}
    drawing.layers.append(
        {
            "data": {"values": found},
            "mark": mark,
            "projection": _PLANE,
            "encoding": {"tooltip": {"field": "properties.note", "type": "nominal"}},
        }
    )


def _outline(drawing: Drawing, found: Sequence[dict[str, Any]], token: str, width: float) -> None:
    if found:
        mark = {
            "type": "geoshape",
            "clip": False,
            "filled": False,
            "stroke": colour(token),
            "strokeWidth": width,
            "strokeJoin": "round",
        }
        features = [{"type": "Feature", "properties": {}, "geometry": one} for one in found]
        drawing.layers.append({"data": {"values": features}, "mark": mark, "projection": _PLANE})


def _border(drawing: Drawing, left: float, top: float, width: float, height: float) -> None:
    """Draw a thin ink frame."""
    right, bottom = left + width, top + height
    for x, y, x2, y2 in (
        (left, top, right, top), (right, top, right, bottom), (left, bottom, right, bottom), (left, top, left, bottom),
    ):  # fmt: skip
        drawing.lines([{}], "ink", width=1.25, x=x, y=y, x2=x2, y2=y2)


def _frame(drawing: Drawing, main: Shapes, inset: Inset) -> Rectangle:
    """Mark on the map what the inset enlarges."""
    left, bottom = main.projection.pixel(inset.west, inset.south)
    right, top = main.projection.pixel(inset.east, inset.north)
    _border(drawing, left, top, right - left, bottom - top)
    return left, top, right, bottom


def _names(
    drawing: Drawing, main: Shapes, places: Sequence[Place], inset: Inset | None,
    frame_box: Rectangle | None, layout: _Layout,
) -> None:  # fmt: skip
    """Name the towns; those inside the enlarged part are named there, and the frame carries its name here."""
    taken = [frame_box, *_name_frame(drawing, inset.name, frame_box)] if inset and frame_box else []
    within = (0.0, 0.0, layout.map_width, main.height + 6)
    write_names(drawing, placed(places, main.projection, within, taken=taken))


def _name_frame(drawing: Drawing, name: str, box: Rectangle) -> list[Rectangle]:
    """Write the inset's name left of its frame if there is room, else above; give the room it took."""
    before, joint, after = name.partition(" and ")
    lines = [before + joint.rstrip(), after] if joint else [before]
    wide, middle = max(text_width(line) for line in lines), (box[1] + box[3]) / 2
    beside = box[0] > wide + 10
    x, align = (box[0] - 6, "right") if beside else (box[0], "left")
    start = middle - 7.5 * (len(lines) - 1) + 4 if beside else box[1] - 6 - 15 * (len(lines) - 1)
    for index, line in enumerate(lines):
        drawing.write(x, start + 15 * index, line, "ink", align=align, halo=True, halo_width=3, dy=0)
    top = start - 12
    return [(x - wide, top, x, top + 34) if beside else (x, top, x + wide + 4, box[1])]


def _scale_bar(drawing: Drawing, main: Shapes, layout: _Layout) -> None:
    """Draw a round length at the foot of the map, about a quarter of its width."""
    per_km = main.projection.pixels_per_km
    length = max((km for km in (1, 2, 5, 10, 20, 50, 100) if km * per_km <= layout.map_width * 0.3), default=1)
    right, y = layout.map_width - 6, main.height + 21
    left = right - length * per_km
    drawing.lines([{}], "chart-axis", x=left, x2=right, y=y)
    drawing.lines([{"x": left}, {"x": right}], "chart-axis", x=left, x2=left, y=y - 3, y2=y + 3)
    drawing.lines([{}], "chart-axis", x=right, x2=right, y=y - 3, y2=y + 3)
    drawing.write((left + right) / 2, y - 5, f"{length} km", "ink-2", align="center", dy=0)


def _scale(drawing: Drawing, theme: _Theme, left: float, top: float) -> None:
    """Write the classes, highest first, each with its colour and the number of areas in it."""
    entries = [(step.token, step.words, len(theme.codes(index))) for index, step in enumerate(theme.classes)][::-1]
    if theme.withheld:
        entries.append(("map-suppressed", "held back", len(theme.withheld)))
    if theme.codes(None):
        entries.append(("", "not known", len(theme.codes(None))))
    if theme.heading:
        drawing.write(left, top - 10, theme.heading, "ink-2", dy=0)
    for row, (token, text, count) in enumerate(entries):
        y = top + row * 20
        if token:
            drawing.boxes([{}], "control", x=left, x2=left + 24, y=y, y2=y + 17)
            drawing.boxes([{}], token, x=left + 1, x2=left + 23, y=y + 1, y2=y + 16)
        else:
            drawing.hatch(left, y, left + 24, y + 17)
        drawing.write(left + 32, y + 9, text, "ink", strong=True, size=12.5)
        drawing.write(left + 156, y + 9, f"{count:,} {words.plural(count, 'area')}", "ink-2")


def _describe(frame: pl.DataFrame, theme: _Theme, subtitle: str, decimals: int) -> str:
    """Say which areas are highest and lowest and how many are not known."""
    said = [words.sentence(f"Map of {frame.height:,} areas shaded by {subtitle[:1].lower()}{subtitle[1:]}")]
    known = frame.filter(pl.col("value").is_not_null()).sort("value", descending=True)
    label = "area_name" if "area_name" in frame.columns else "area_code"
    if known.height:
        tell = [f"{row[label]} ({words.number(row['value'], decimals)})" for row in known.head(3).iter_rows(named=True)]
        lowest = known.row(-1, named=True)
        said.append(f"Highest: {words.listed(tell)}.")
        said.append(f"Lowest: {lowest[label]} ({words.number(lowest['value'], decimals)}).")
    counts = [f"{step.words}: {len(theme.codes(index)):,}" for index, step in reversed(list(enumerate(theme.classes)))]
    if len(counts) > 1:
        said.append(f"Areas in each class, {words.listed(counts)}.")
    missing = len(theme.codes(None))
    if missing:
        said.append(
            f"{words.spelled(missing).capitalize()} {words.plural(missing, 'area is', 'areas are')} not known: hatched."
        )
    return " ".join(said) + " The table holds the same numbers."


def _table(frame: pl.DataFrame, unit: str) -> pl.DataFrame:
    """Give the areas, highest first."""
    titles = {
        "area_name": "Area",
        "area_code": "Code",
        "value": unit.capitalize() or "Value",
        "lower": "Lower",
        "upper": "Upper",
    }
    kept = [column for column in titles if column in frame.columns]
    return frame.sort("value", descending=True, nulls_last=True).select(kept).rename({c: titles[c] for c in kept})
