"""From boundaries in degrees to shapes in the pixels of a drawing."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from upstream.charts.drawing import HATCH_STEP
from upstream.methods.checks import ArgumentImpossible

EARTH_RADIUS_KM = 6371.0088
SIMPLIFIED_TO = 1.4  # pixels
SMALLEST_DRAWN = 0.05  # square pixels; a sliver at the edge of an inset is none of its areas
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Projection:
    """A transverse Mercator about the middle of the area, scaled into a box of pixels; shapes and distances hold."""

    longitude: float
    latitude: float
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def pixels(self, degrees: np.ndarray) -> np.ndarray:
        """Turn longitudes and latitudes (columns) into places counted right and down."""
        along, up = np.radians(degrees[:, 0] - self.longitude), np.radians(degrees[:, 1])
        bend = np.cos(up) * np.sin(along)
        east = np.arctanh(bend)
        north = np.arctan2(np.tan(up), np.cos(along)) - math.radians(self.latitude)
        return np.column_stack([self.left + self.scale * east, self.top - self.scale * north])

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Turn one place."""
        x, y = self.pixels(np.array([[longitude, latitude]]))[0]
        return float(x), float(y)

    @property
    def pixels_per_km(self) -> float:
        """How many pixels a kilometre takes."""
        return self.scale / EARTH_RADIUS_KM


@dataclass(frozen=True, eq=False)
class Shapes:
    """Areas by code, in pixels, with the projection that made them."""

    areas: dict[str, BaseGeometry]
    projection: Projection
    width: float
    height: float

    @cached_property
    def geometries(self) -> dict[str, dict[str, Any]]:
        """The areas as GeoJSON geometries, rounded for drawing."""
        return {code: geometry(shape) for code, shape in self.areas.items()}


class Held:
    """Boundaries as a key of the caches below: the same object is the same boundaries, and is kept while cached."""

    def __init__(self, boundaries: Mapping[str, Any]) -> None:
        self.boundaries = boundaries

    def __hash__(self) -> int:
        return id(self.boundaries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and other.boundaries is self.boundaries


@lru_cache(maxsize=24)
def shapes_of(held: Held, codes: tuple[str, ...], width: float, height: float, within: Box | None = None) -> Shapes:
    """Read and fit areas, keeping the answer: pages draw the same map over and over with other numbers."""
    return fit(_areas_of(held, codes), width, height, within=within)


@lru_cache(maxsize=48)
def moved(shapes: Shapes, left: float, top: float) -> Shapes:
    """Shift shapes to another place in the drawing."""
    there = replace(shapes.projection, left=shapes.projection.left + left, top=shapes.projection.top + top)
    codes, areas = list(shapes.areas), np.array(list(shapes.areas.values()), dtype=object)
    shifted = shapely.transform(areas, lambda points: points + np.array([left, top]))
    return Shapes(dict(zip(codes, shifted, strict=True)), there, shapes.width, shapes.height)


@lru_cache(maxsize=48)
def outlines(shapes: Shapes, groups: tuple[tuple[str, str], ...]) -> tuple[BaseGeometry, ...]:
    """Join the areas of each group (such as a district) into one outline; `groups` pairs area codes with groups."""
    members: dict[str, list[BaseGeometry]] = {}
    for code, group in groups:
        if code in shapes.areas:
            members.setdefault(group, []).append(shapes.areas[code])
    return tuple(_joined(parts) for parts in members.values())


@lru_cache(maxsize=8)
def _areas_of(held: Held, codes: tuple[str, ...]) -> dict[str, BaseGeometry]:
    return read_areas(held.boundaries, codes)


def read_areas(boundaries: Mapping[str, Any], codes: Sequence[str]) -> dict[str, BaseGeometry]:
    """Read the features of a GeoJSON collection whose code is among those asked for, keyed by code.

    The property that holds the code is the one that knows most of the codes asked for.
    """
    features = boundaries["features"]
    wanted = set(codes)
    names = {name for feature in features[:1] for name in (feature.get("properties") or {})} | {"id"}
    hits = {name: sum(_code(feature, name) in wanted for feature in features) for name in sorted(names)}
    best = max(hits, key=lambda name: hits[name], default="id")
    if not hits.get(best):
        raise ArgumentImpossible(
            f"None of {len(wanted)} area codes is among the boundaries.",
            expected="Boundaries of the same level and year as the figures.",
        )
    found = [feature for feature in features if _code(feature, best) in wanted]
    shapes = shapely.from_geojson([_geometry_text(feature["geometry"]) for feature in found])
    return {_code(feature, best): shapely.make_valid(shape) for feature, shape in zip(found, shapes, strict=True)}


def fit(areas: Mapping[str, BaseGeometry], width: float, height: float, *, within: Box | None = None) -> Shapes:
    """Project areas so that they fill a box of pixels, all of them or the part inside a box in degrees."""
    codes, shapes = list(areas), np.array(list(areas.values()), dtype=object)
    bounds = within or tuple(shapely.total_bounds(shapes))
    rough = Projection((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
    plain = shapely.transform(shapes, rough.pixels)
    edges = _edges(rough, within) if within else tuple(shapely.total_bounds(plain))
    scale = min(width / (edges[2] - edges[0]), height / (edges[3] - edges[1]))
    projection = Projection(rough.longitude, rough.latitude, scale, -edges[0] * scale, -edges[1] * scale)
    scaled = shapely.transform(plain, lambda points: points * scale - np.array([edges[0] * scale, edges[1] * scale]))
    size = ((edges[2] - edges[0]) * scale, (edges[3] - edges[1]) * scale)
    whole = shapely.coverage_is_valid(scaled)  # true when neighbours share their edges: then they keep sharing them
    thin = shapely.coverage_simplify(scaled, SIMPLIFIED_TO) if whole else shapely.simplify(scaled, SIMPLIFIED_TO / 2)
    if within:
        thin = shapely.clip_by_rect(thin, 0, 0, *size)
    kept = {code: shape for code, shape in zip(codes, thin, strict=True) if shape.area > SMALLEST_DRAWN}
    return Shapes(kept, projection, *size)


def _joined(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """Join areas that share their edges, quickly; areas that do not are joined the slow way."""
    array = np.array(parts, dtype=object)
    if shapely.coverage_is_valid(array):
        return shapely.coverage_union_all(array)
    return shapely.union_all(shapely.set_precision(array, 0.05))


def hatching(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Give the diagonal lines of the unknown that lie inside shapes."""
    whole = _joined(shapes)
    left, top, right, bottom = whole.bounds
    step = HATCH_STEP * 0.6
    sums = np.arange(math.floor((left + top) / step) * step, right + bottom, step)
    lines = shapely.multilinestrings([[(total - bottom, bottom), (total - top, top)] for total in sums])
    inside = shapely.intersection(lines, whole)
    parts = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString" and not part.is_empty]
    return shapely.multilinestrings(parts)


def geometry(shape: BaseGeometry) -> dict[str, Any]:
    """Give a shape as a GeoJSON geometry with places to a tenth of a pixel."""
    return _rounded(shapely.geometry.mapping(shape))


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    if geometry["type"] == "GeometryCollection":
        parts = [part for part in geometry["geometries"] if part["type"] in ("Polygon", "MultiPolygon")]
        return {"type": "GeometryCollection", "geometries": [_rounded(part) for part in parts]}
    return {"type": geometry["type"], "coordinates": _round_all(geometry["coordinates"])}


def _round_all(coordinates: Any) -> Any:
    if isinstance(coordinates[0], float | int):
        return [round(coordinates[0], 1), round(coordinates[1], 1)]
    return [_round_all(part) for part in coordinates]


def _edges(projection: Projection, box: Box) -> Box:
    west, south, east, north = box
    corners = projection.pixels(np.array([[west, south], [west, north], [east, south], [east, north]]))
    return (*corners.min(axis=0), *corners.max(axis=0))


def _code(feature: Mapping[str, Any], name: str) -> str:
    return str((feature.get("properties") or {}).get(name, feature.get("id") if name == "id" else None))


def _geometry_text(geometry: Mapping[str, Any]) -> str:
    return json.dumps(geometry)
