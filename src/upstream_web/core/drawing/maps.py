"""Maps drawn by the server: what stands on the page before, without or instead of a graphics card, and on paper.

Outlines come as GeoJSON in degrees. They are laid out once a build and level (`lay_out`), then coloured by class
for each measure (`draw`), so that a page pays for text only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.html import escape

WIDTH = 660.0
MARGIN = 12.0
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Layout:
    """A projection fitted to one set of outlines: kilometres are the same east and north at the middle."""

    west: float
    north: float
    scale: float
    stretch: float
    width: float
    height: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point stands in the drawing."""
        x = MARGIN + (longitude - self.west) * self.stretch * self.scale
        y = MARGIN + (self.north - latitude) * self.scale
        return round(x, 1), round(y, 1)

    @property
    def units_per_kilometre(self) -> float:
        """How long a kilometre is in the drawing."""
        return self.scale / 111.32


@dataclass(frozen=True)
class Shape:
    """One area ready to be coloured: path, middle of the largest part, and box (left, top, right, bottom)."""

    code: str
    path: str
    x: float
    y: float
    box: tuple[float, float, float, float]


def fit(outlines: Mapping[str, Any], *, width: float = WIDTH, tallest: float = 1000.0) -> Layout:
    """Make the layout in which all `outlines` (a GeoJSON feature collection) fill the drawing."""
    points = [point for feature in outlines["features"] for ring in rings(feature["geometry"]) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    stretch = math.cos(math.radians((south + north) / 2))
    across = (width - 2 * MARGIN) / max((east - west) * stretch, 1e-9)
    up = (tallest - 2 * MARGIN) / max(north - south, 1e-9)
    scale = min(across, up)
    wide = round((east - west) * stretch * scale + 2 * MARGIN, 1)
    return Layout(west, north, scale, stretch, wide, round((north - south) * scale + 2 * MARGIN, 1))


def rings(geometry: Mapping[str, Any]) -> list[Ring]:
    """All closed lines of a polygon or several polygons."""
    if geometry["type"] == "Polygon":
        return list(geometry["coordinates"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    return []


def shapes(outlines: Mapping[str, Any], layout: Layout) -> list[Shape]:
    """Turn every outline into a path in the layout."""
    made = []
    for feature in outlines["features"]:
        laid = [[layout.place(*point[:2]) for point in ring] for ring in rings(feature["geometry"])]
        path = "".join(_ring_path(ring) for ring in laid)
        if path:
            left, top, right, bottom = _extent(max(laid, key=len))
            box = _extent([point for ring in laid for point in ring])
            made.append(Shape(feature["id"], path, (left + right) / 2, (top + bottom) / 2, box))
    return made


def _extent(ring: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _short(value: float) -> str:
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _ring_path(ring: Sequence[tuple[float, float]]) -> str:
    """Relative steps of a tenth of a unit; a ring that shrinks to a point is left out."""
    kept = [ring[0]]
    kept.extend(point for previous, point in pairwise(ring) if point != previous)
    if kept[0] == kept[-1]:
        kept.pop()
    if len(kept) < 3:
        return ""
    steps = [f"{_short(b[0] - a[0])} {_short(b[1] - a[1])}" for a, b in pairwise(kept)]
    return f"M{_short(kept[0][0])} {_short(kept[0][1])}l{' '.join(steps)}z"


def painted(made: Sequence[Shape], classes: Mapping[str, str], *, otherwise: str = "m-unknown") -> str:
    """Group shapes by the class of their colour; each path carries its area's code for the readout."""
    groups: dict[str, list[str]] = {}
    for shape in made:
        name = classes.get(shape.code, otherwise)
        groups.setdefault(name, []).append(f'<path data-code="{escape(shape.code)}" d="{shape.path}"/>')
    return "".join(f'<g class="{name}">{"".join(groups[name])}</g>' for name in sorted(groups))


def lines(made: Sequence[Shape], name: str) -> str:
    """Draw outlines alone, in one path."""
    return f'<path class="{name}" d="{"".join(shape.path for shape in made)}"/>'


def chosen(made: Sequence[Shape], code: str) -> str:
    """Outline one area in gold over ink."""
    path = next((shape.path for shape in made if shape.code == code), "")
    if not path:
        return ""
    return f'<path class="m-chosen-ink" d="{path}"/><path class="m-chosen" d="{path}"/>'


def scale_bar(layout: Layout, *, width: float = WIDTH) -> str:
    """Draw a bar of a round number of kilometres at the lower right."""
    kilometres = next((k for k in (50, 20, 10, 5, 2, 1) if k * layout.units_per_kilometre < width * 0.3), 1)
    length = round(kilometres * layout.units_per_kilometre, 1)
    x, y = round(width - MARGIN - length, 1), round(layout.height - 14, 1)
    return (
        f'<g><path class="c-axis" d="M{x} {y}h{length}m0 -6v6M{x} {y - 6}v6"/>'
        f'<text class="m" x="{round(x + length / 2, 1)}" y="{round(y - 10, 1)}">{kilometres} km</text></g>'
    )
