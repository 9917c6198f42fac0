"""Which area a point lies in: exact tests against the outlines, found quickly through a spatial tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

INSIDE, BOUNDARY, OVERLAP, NEAREST, OUTSIDE, NO_COORDINATES = (
    "inside",
    "on a boundary",
    "in more than one outline",
    "nearest outline",
    "outside",
    "no coordinates",
)


@dataclass(frozen=True)
class PlacedPoints:
    """Where each point lies, in the order given.

    `frame` has columns area_code (null when outside or without coordinates) and how (one of the six words of
    this module). `counts` says how many points were placed each way.
    """

    frame: pl.DataFrame
    counts: dict[str, int]
    method: str = "even-odd test against each outline found by a spatial tree; coordinates are taken as they are"


def place_points(
    longitude: npt.ArrayLike,
    latitude: npt.ArrayLike,
    codes: Sequence[str],
    outlines: Sequence[shapely.Geometry],
    *,
    nearest_within: float = 0.0,
) -> PlacedPoints:
    """Find the area in whose outline each point lies.

    `codes` and `outlines` go together; outlines that cross themselves are mended first. A point on a shared
    boundary, or in outlines that overlap, goes to the area whose code sorts first, and is reported as such:
    the same points always get the same answer. With `nearest_within` (in the units of the coordinates) a point
    outside all outlines goes to the nearest one at most that far; 0 leaves it outside.

    >>> squares = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    >>> place_points([0.5, 1.0, 5.0], [0.5, 0.5, 0.5], ["A", "B"], squares).frame["how"].to_list()
    ['inside', 'on a boundary', 'outside']
    """
    x, y = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    order = sorted(range(len(codes)), key=lambda index: codes[index])
    names = np.array([codes[index] for index in order], dtype=object)
    mended = np.array([_mended(outlines[index]) for index in order], dtype=object)
    known = np.isfinite(x) & np.isfinite(y)
    area = np.full(x.shape, -1, dtype=np.int64)
    how = np.where(known, OUTSIDE, NO_COORDINATES).astype(object)
    if len(mended) and known.any():
        tree = shapely.STRtree(mended)
        points = shapely.points(x[known], y[known])
        area[known], how[known] = _first_touch(tree, mended, points)
        if nearest_within > 0:
            _take_nearest(tree, shapely.points(x, y), area, how, nearest_within)
    found = [names[index] if index >= 0 else None for index in area]
    frame = pl.DataFrame({"area_code": found, "how": how.tolist()}, schema={"area_code": pl.String, "how": pl.String})
    counts = dict(sorted(frame.group_by("how").len().iter_rows()))
    return PlacedPoints(frame, counts)


def _mended(outline: shapely.Geometry) -> shapely.Geometry:
    return outline if outline.is_valid else shapely.make_valid(outline)


def _first_touch(
    tree: shapely.STRtree, outlines: npt.NDArray[np.object_], points: npt.NDArray[np.object_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.object_]]:
    """First area that touches each point, and how: the tree's pairs come in no promised order, so sort them."""
    point, outline = tree.query(points, predicate="intersects")
    within = shapely.contains_properly(outlines[outline], points[point])
    order = np.lexsort((outline, ~within, point))
    point, outline, within = point[order], outline[order], within[order]
    first = np.flatnonzero(np.diff(point, prepend=-1))
    insides = np.bincount(point, weights=within, minlength=len(points))
    area = np.full(len(points), -1, dtype=np.int64)
    area[point[first]] = outline[first]
    how = np.full(len(points), OUTSIDE, dtype=object)
    how[area >= 0] = BOUNDARY
    how[insides == 1] = INSIDE
    how[insides > 1] = OVERLAP
    return area, how


def _take_nearest(
    tree: shapely.STRtree,
    points: npt.NDArray[np.object_],
    area: npt.NDArray[np.int64],
    how: npt.NDArray[np.object_],
    distance: float,
) -> None:
    lost = np.flatnonzero(how == OUTSIDE)
    if not len(lost):
        return
    point, outline = tree.query_nearest(points[lost], max_distance=distance, all_matches=True)
    order = np.lexsort((outline, point))
    point, outline = point[order], outline[order]
    first = np.flatnonzero(np.diff(point, prepend=-1))
    area[lost[point[first]]] = outline[first]
    how[lost[point[first]]] = NEAREST
