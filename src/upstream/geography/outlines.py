"""Outlines of areas for drawing: simplified together, so that neighbours still share their edges."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely
from shapely import affinity
from shapely.geometry import shape

from upstream.geography.areas import area, areas, title_of
from upstream.geography.building import HeldBuild, once_per_build, read
from upstream.geography.levels import ROLLED_UP, level

# Detail by size, in degrees of latitude: outlines of areas at least so wide keep corners no finer than so much.
# Town neighbourhoods keep a hundred metres, moors two hundred; the page is sent a third less.
DETAIL_BY_WIDTH = ((0.0, 0.0009), (0.0065, 0.0012), (0.015, 0.002))
SIMPLIFIED_DECIMALS = 4  # 11 metres north to south, 7 east to west
HELD_DECIMALS = 6
SQUEEZE = float(np.cos(np.radians(53.0)))  # a degree of longitude against one of latitude, mid-England
KILOMETRES_PER_DEGREE = 111.2

_OUTLINES = """
SELECT area_code, max_by(geometry, coalesce(receipt, '')) AS geometry
FROM boundary WHERE level = $level GROUP BY area_code ORDER BY area_code
"""


@once_per_build
def boundaries(
    build: HeldBuild, level_name: str, *, simplified: bool = True, everywhere: bool = False
) -> dict[str, Any]:
    """Give the outlines of a level as a GeoJSON FeatureCollection in longitude and latitude.

    Each feature has `id` and properties code, name, title, district. Only areas of the partnership, unless
    `everywhere`. Simplified outlines are made with one coverage, so that no slivers open between neighbours, and
    are meant for drawing. Levels above neighbourhoods are put together from them where all are held, so that the
    lines of districts lie on the lines of neighbourhoods. The result is shared: do not alter it.
    """
    level(level_name)
    shapes = _everywhere(build, level_name) if everywhere else _in_partnership(build, level_name)
    if simplified and everywhere:
        shapes = _simplify(shapes)
    elif simplified:
        shapes = _simplified_in_partnership(build, level_name)
    decimals = SIMPLIFIED_DECIMALS if simplified else HELD_DECIMALS
    names = {row["area_code"]: row for row in areas(build, level_name).iter_rows(named=True)}
    features = [_feature(code, shapes[code], names.get(code, {}), decimals) for code in sorted(shapes)]
    return {"type": "FeatureCollection", "features": features}


@once_per_build
def neighbours(build: HeldBuild, code: str, level_name: str | None = None) -> pl.DataFrame:
    """List the areas of the same level that share a stretch of boundary with an area, longest first.

    Columns as `areas`, with shared_kilometres. Areas that only meet in a point are not neighbours. Only areas
    whose outline is held can be named.
    """
    asked = area(build, code, level_name)
    lengths = _shared_edges(build, asked.level).get(code, {})
    shared = pl.DataFrame(
        {"area_code": list(lengths), "shared_kilometres": list(lengths.values())},
        schema={"area_code": pl.String, "shared_kilometres": pl.Float64},
    )
    return (
        areas(build, asked.level)
        .join(shared, on="area_code")
        .sort("shared_kilometres", "area_code", descending=[True, False])
    )


@once_per_build
def outline_notes(build: HeldBuild, level_name: str) -> tuple[str, ...]:
    """Say in words what a map of a level should say: vintage of wards, areas that have no outline."""
    known = areas(build, level_name).filter("in_partnership")
    lacking = known.filter(~pl.col("has_outline"))
    notes = []
    if level_name == "ward" and known.height:
        notes.append(_ward_note(build))
    if 0 < lacking.height < known.height and level_name in ("lsoa21", "ward"):
        names = ", ".join(lacking["area_name"].head(5)) + (" and others" if lacking.height > 5 else "")
        notes.append(f"{lacking.height} of {known.height} {level(level_name).plural} have no outline: {names}.")
    drawn_only = _outlines_without_figures(build, level_name, known)
    if drawn_only:
        notes.append(f"{drawn_only} outlines belong to areas without figures and are hatched as unknown.")
    return tuple(notes)


def outlines(build: HeldBuild, level_name: str) -> dict[str, shapely.Geometry]:
    """Give the outline of every area of a level that is held, by code, as published."""
    return _everywhere(build, level_name)


@once_per_build
def _everywhere(build: HeldBuild, level_name: str) -> dict[str, shapely.Geometry]:
    rows = read(build, _OUTLINES, {"level": level_name})
    held = shapely.from_geojson(rows["geometry"].to_list())
    return dict(zip(rows["area_code"], shapely.make_valid(held), strict=True))


@once_per_build
def _in_partnership(build: HeldBuild, level_name: str) -> dict[str, shapely.Geometry]:
    return _put_together(build, level_name, _own_small_areas(build), _everywhere(build, level_name))


@once_per_build
def _simplified_in_partnership(build: HeldBuild, level_name: str) -> dict[str, shapely.Geometry]:
    held = _own(build, level_name, _everywhere(build, level_name))
    return _put_together(build, level_name, _simplified_small_areas(build), _simplify(held))


@once_per_build
def _simplified_small_areas(build: HeldBuild) -> dict[str, shapely.Geometry]:
    return _simplify(_own_small_areas(build))


def _own_small_areas(build: HeldBuild) -> dict[str, shapely.Geometry]:
    return _own(build, "lsoa21", _everywhere(build, "lsoa21"))


def _own(build: HeldBuild, level_name: str, shapes: dict[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    known = areas(build, level_name)
    codes = set((known.filter("in_partnership") if level_name in ROLLED_UP else known)["area_code"])
    if level_name == "ward":  # an outline without figures is drawn too, hatched
        codes |= set(shapes)
    return {code: outline for code, outline in shapes.items() if code in codes}


def _put_together(
    build: HeldBuild,
    level_name: str,
    small: dict[str, shapely.Geometry],
    held: dict[str, shapely.Geometry],
) -> dict[str, shapely.Geometry]:
    """Outlines of a level from those of its small areas where the nesting is exact, otherwise as held."""
    if level_name == "lsoa21":
        return small
    if level_name not in ROLLED_UP or level_name == "ward":
        return _own(build, level_name, held)
    column = "CASE WHEN in_partnership THEN 'whole' END" if level_name == "partnership" else level_name
    query = f"SELECT lsoa21, {column} AS area_code FROM place WHERE in_partnership"
    parts: dict[str, list[str]] = defaultdict(list)
    for code, parent in read(build, query).drop_nulls().iter_rows():
        parts[parent].append(code)
    if level_name == "partnership":
        parts = defaultdict(list, {code: parts["whole"] for code in areas(build, level_name)["area_code"]})
    own = _own(build, level_name, held)
    for parent, codes in parts.items():
        if codes and all(code in small for code in codes):
            own[parent] = shapely.union_all([small[code] for code in codes])
    return own


def _simplify(shapes: dict[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Simplify as one coverage, larger areas more: their edges with smaller ones stay as the smaller have them."""
    if not shapes:
        return {}
    simple = _flat(shapes)
    widths = np.sqrt(shapely.area(simple))
    for width, detail in DETAIL_BY_WIDTH:
        large = widths >= width
        if large.any():
            simple[large] = shapely.coverage_simplify(simple[large], detail, simplify_boundary=width == 0)
    return {
        code: affinity.scale(outline, xfact=1 / SQUEEZE, yfact=1, origin=(0, 0))
        for code, outline in zip(shapes, simple, strict=True)
    }


def _flat(shapes: dict[str, shapely.Geometry]) -> npt.NDArray[np.object_]:
    """Outlines in units that are as long east to west as north to south."""
    flat = [affinity.scale(outline, xfact=SQUEEZE, yfact=1, origin=(0, 0)) for outline in shapes.values()]
    return np.array(flat, dtype=object)


def _feature(code: str, outline: shapely.Geometry, row: dict[str, Any], decimals: int) -> dict[str, Any]:
    name = row.get("area_name") or code
    properties = {"code": code, "name": name, "title": title_of(name, row.get("local_name"))}
    if row.get("district"):
        properties["district"] = row["district"]
    return {"type": "Feature", "id": code, "properties": properties, "geometry": _geometry(outline, decimals)}


def _geometry(outline: shapely.Geometry, decimals: int) -> dict[str, Any]:
    """GeoJSON with rounded corners; a sliver that rounding would fold over itself keeps its decimals."""
    geometry = json.loads(shapely.to_geojson(outline))
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rounded = [rings for rings in (_rounded(polygon, decimals) for polygon in polygons) if rings]
    kind, coordinates = ("Polygon", rounded[0]) if len(rounded) == 1 else ("MultiPolygon", rounded)
    made = {"type": kind, "coordinates": coordinates}
    if decimals < HELD_DECIMALS and not shape(made).is_valid:
        return _geometry(outline, decimals + 1)
    return made


def _rounded(polygon: list[list[list[float]]], decimals: int) -> list[list[list[float]]]:
    """Round a polygon; corners that fall together become one, and rings that vanish are left out."""
    rings = []
    for ring in polygon:
        points = [[round(x, decimals), round(y, decimals)] for x, y in ring]
        kept = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
        if len(kept) >= 4:
            rings.append(kept)
        elif not rings:
            return []
    return rings


@once_per_build
def _shared_edges(build: HeldBuild, level_name: str) -> dict[str, dict[str, float]]:
    """Length in kilometres of the boundary that two areas of a level share, both ways."""
    shapes = {**_everywhere(build, level_name), **_in_partnership(build, level_name)}
    codes, flat = list(shapes), _flat(shapes)
    pairs = shapely.STRtree(flat).query(flat, predicate="intersects")
    one, other = pairs[:, pairs[0] < pairs[1]]
    edge = shapely.boundary(flat)
    lengths = shapely.length(shapely.intersection(edge[one], edge[other])) * KILOMETRES_PER_DEGREE
    edges: dict[str, dict[str, float]] = defaultdict(dict)
    for first, second, length in zip(one, other, lengths, strict=True):
        if length > 0:
            edges[codes[first]][codes[second]] = edges[codes[second]][codes[first]] = float(length)
    return edges


def _ward_note(build: HeldBuild) -> str:
    files = dict(read(build, "SELECT feed, max(file_name) AS file_name FROM feed_receipt GROUP BY feed").iter_rows())
    look_up = _vintage(files.get("lookup_lsoa21_ward", ""))
    drawn = _vintage(files.get("boundaries_wards", ""))
    words = f"Figures are for wards{f' of {look_up}' if look_up else ' of the look-up held'}, by best fit"
    return f"{words}; outlines are{f' of {drawn}' if drawn else ' as held'}."


def _vintage(file_name: str) -> str:
    found = re.search(r"(?:wd|wards?)_?(?:20)?(\d{2})", file_name.lower())
    return f"20{found.group(1)}" if found else ""


def _outlines_without_figures(build: HeldBuild, level_name: str, known: pl.DataFrame) -> int:
    if level_name != "ward" or known.is_empty():
        return 0
    return len(set(_everywhere(build, level_name)) - set(known["area_code"]))
