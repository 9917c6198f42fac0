"""Outlines of areas for drawing: simplified together, so that neighbours still meet, and laid out once a build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from upstream.geography.outlines import boundaries
from upstream_web.core.drawing import labels, maps
from upstream_web.core.workbench import get_build, get_partnership, kept_for_build

INSET_WIDTH, INSET_HEIGHT = 150.0, 172.0


@dataclass(frozen=True)
class DrawnMap:
    """A map as the server draws it: the main drawing and, where a part is dense, that part enlarged."""

    main: SafeString
    inset: SafeString | None
    inset_title: str


@dataclass(frozen=True)
class Enlarged:
    """The part of the map that is drawn a second time, larger."""

    box: labels.Box
    title: str
    places: tuple[labels.Place, ...]


def outlines(level: str) -> dict[str, Any]:
    """Give the outlines of the partnership's areas of a level; none when the level has no boundaries."""
    return kept_for_build("outlines", lambda: boundaries(get_build(), level, simplified=True), level)


def has_outlines(level: str) -> bool:
    """Whether areas of the level can be drawn."""
    return bool(outlines(level)["features"])


def _ground() -> maps.Layout:
    """Every level is drawn on the same ground, so that maps of different levels lie on one another."""
    level = next((key for key in ("lsoa21", "district", "msoa21", "ward", "force") if has_outlines(key)), "")
    return kept_for_build("ground of maps", lambda: maps.fit(outlines(level)))


def shapes(level: str) -> list[maps.Shape]:
    """Give the areas of a level as paths."""
    return kept_for_build("shapes", lambda: maps.shapes(outlines(level), _ground()), level)


def places() -> list[labels.Place]:
    """Give the towns that the partnership names, in the order of its settings."""
    return _placed(get_partnership().config.places)


def _placed(named: Iterable[tuple[str, float, float]]) -> list[labels.Place]:
    layout = _ground()
    return [labels.Place(name, *layout.place(longitude, latitude)) for name, longitude, latitude in named]


def draw(level: str, paint: Mapping[str, str], *, alternative: str, chosen: str = "") -> DrawnMap | None:
    """Draw the areas of a level, each with the class that `paint` gives it; none when there are no outlines."""
    if not has_outlines(level):
        return None
    layout, made = _ground(), shapes(level)
    part = _enlarged() if level in ("lsoa21", "msoa21", "ward") else None
    ground = f'<g id="map-areas" class="m-areas">{maps.painted(made, paint)}</g><g id="map-lines">{_lines(level)}</g>'
    over = maps.chosen(made, chosen) or '<path class="m-chosen-ink" d=""/><path class="m-chosen" d=""/>'
    body = f"{ground}{over}{_frame(part)}{_names_outside(part, layout)}{maps.scale_bar(layout)}"
    main = _svg(f"0 0 {maps.WIDTH:g} {layout.height:g}", "map", alternative, body)
    return DrawnMap(main, _inset(part, over) if part else None, part.title if part else "")


def draw_around(level: str, code: str, beside: Mapping[str, str], *, alternative: str) -> SafeString | None:
    """Draw one area outlined in gold with those `beside` it under their short names; none when it has no outline.

    The outlines are those as published, as a neighbourhood fills the drawing here.
    """
    near = {shape.code: shape for shape in shapes(level)} if has_outlines(level) else {}
    if code not in near:
        return None
    shown = _meeting(near, [code, *beside])
    full = {feature["id"]: feature for feature in boundaries(get_build(), level, simplified=False)["features"]}
    layout = maps.fit({"features": [full[one] for one in (code, *beside) if one in full]}, width=400, tallest=440)
    made = maps.shapes({"features": [full[one] for one in shown if one in full]}, layout)
    frame = labels.Box(0, 0, layout.width, layout.height)
    named = [labels.Place(beside[one], *_inside(full[one], layout)) for one in beside if one in full]
    body = (
        f'<g class="m-areas">{maps.painted(made, {}, otherwise="m-plain")}</g>{maps.lines(made, "m-district")}'
        f"{maps.chosen(made, code)}{labels.middle_names(named, frame, size=12)}"
    )
    return _svg(f"0 0 {layout.width:g} {layout.height:g}", "map map--around", alternative, body)


def _inside(feature: Mapping[str, Any], layout: maps.Layout) -> tuple[float, float]:
    """A point that surely lies in the area, for its name."""
    point = shapely.geometry.shape(feature["geometry"]).representative_point()
    return layout.place(point.x, point.y)


def _meeting(near: Mapping[str, maps.Shape], codes: Sequence[str]) -> list[str]:
    """The areas that reach into the box that holds those of `codes`."""
    boxes = [near[one].box for one in codes if one in near]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return [
        shape.code
        for shape in near.values()
        if shape.box[0] < right and shape.box[2] > left and shape.box[1] < bottom and shape.box[3] > top
    ]


def _svg(view: str, name: str, alternative: str, body: str) -> SafeString:
    label = escape(alternative)
    return mark_safe(f'<svg class="{name}" viewBox="{view}" role="img" aria-label="{label}">{body}</svg>')


def _frame(part: Enlarged | None) -> str:
    if part is None:
        return ""
    box = part.box
    return f'<rect class="m-frame" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"/>'


def _names_outside(part: Enlarged | None, layout: maps.Layout) -> str:
    """Names of towns on the main drawing; those in the enlarged part are named there, and its frame here."""
    size, whole = 20.0, labels.Box(0, 0, maps.WIDTH, layout.height)
    if part is None:
        return labels.place_names(places(), whole, size=size)
    outside = [place for place in places() if not part.box.holds(place.x, place.y)]
    title, taken = labels.frame_title(part.title, part.box, size)
    return title + labels.place_names(outside, whole, size=size, taken=[part.box, taken])


def _lines(level: str) -> str:
    drawn = "district" if has_outlines("district") else level
    return maps.lines(shapes(drawn), "m-district")


def _inset(part: Enlarged, over: str) -> SafeString:
    box = part.box
    names = labels.place_names(part.places, box, size=7.4)
    body = f'<use href="#map-areas"/><use href="#map-lines"/>{over}{names}'
    view = f"{box.x} {box.y} {box.width} {box.height}"
    return _svg(view, "map map--inset inset", "The same map, its densest part enlarged", body)


def _enlarged() -> Enlarged | None:
    return kept_for_build("enlarged part of the map", _find_enlarged)


def _find_enlarged() -> Enlarged | None:
    """The partnership's own choice; without one, where most neighbourhoods lie close together."""
    insets = get_partnership().config.insets
    if not insets:
        return _densest()
    chosen, layout = insets[0], _ground()
    left, top = layout.place(chosen.west, chosen.north)
    right, bottom = layout.place(chosen.east, chosen.south)
    box = labels.Box(left, top, round(right - left, 1), round(bottom - top, 1))
    return Enlarged(box, chosen.name, tuple(_placed(chosen.places)))


def _densest() -> Enlarged | None:
    middles = [(shape.x, shape.y) for shape in shapes("lsoa21")] if has_outlines("lsoa21") else []
    box = labels.densest_box(middles, width=INSET_WIDTH, height=INSET_HEIGHT)
    if box is None:
        return None
    inside = tuple(place for place in places() if box.holds(place.x, place.y))
    title = " and ".join(place.name for place in inside[:2]) or "Densest part"
    return Enlarged(box, title, inside)
