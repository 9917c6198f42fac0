from __future__ import annotations

import numpy as np
import pytest
import shapely

from upstream.geography import place_points

LEFT, RIGHT = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
CODES = ["left", "right"]


def placed(points: list[tuple[float, float]], **more: float) -> list[tuple[str | None, str]]:
    x, y = zip(*points, strict=True)
    return place_points(x, y, CODES, [LEFT, RIGHT], **more).frame.rows()


def test_points_inside_on_boundary_and_outside() -> None:
    assert placed([(0.5, 0.5), (1.5, 0.5), (1.0, 0.5), (0.0, 0.5), (3.0, 0.5)]) == [
        ("left", "inside"),
        ("right", "inside"),
        ("left", "on a boundary"),
        ("left", "on a boundary"),
        (None, "outside"),
    ]


def test_order_of_areas_does_not_matter() -> None:
    answer = place_points([1.0], [0.5], ["right", "left"], [RIGHT, LEFT])
    assert answer.frame["area_code"].to_list() == ["left"]


def test_point_in_overlapping_outlines_goes_to_the_first_code() -> None:
    answer = place_points([0.9], [0.5], ["b", "a"], [LEFT, shapely.box(0.8, 0, 2, 1)])
    assert answer.frame.rows() == [("a", "in more than one outline")]


def test_point_without_coordinates() -> None:
    assert placed([(np.nan, 0.5), (0.5, np.inf)]) == [(None, "no coordinates")] * 2


def test_nearest_within_a_distance() -> None:
    assert placed([(2.3, 0.5), (2.7, 0.5)], nearest_within=0.5) == [("right", "nearest outline"), (None, "outside")]


def test_outline_that_crosses_itself_is_mended() -> None:
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    assert place_points([0.5], [1.0], ["tie"], [bow_tie]).frame.rows() == [("tie", "inside")]


def test_hole_is_outside() -> None:
    ring = shapely.Polygon([(0, 0), (3, 0), (3, 3), (0, 3)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    assert place_points([1.5, 0.5], [1.5, 0.5], ["ring"], [ring]).frame["area_code"].to_list() == [None, "ring"]


@pytest.mark.parametrize(("points", "codes"), [([], CODES), ([(0.5, 0.5)], [])])
def test_nothing_to_place_or_nowhere_to(points: list[tuple[float, float]], codes: list[str]) -> None:
    x, y = [p[0] for p in points], [p[1] for p in points]
    answer = place_points(x, y, codes, [LEFT, RIGHT][: len(codes)])
    assert answer.frame["area_code"].to_list() == [None] * len(points)


def test_counts_say_how_many_went_which_way() -> None:
    answer = place_points([0.5, 0.6, 1.0, 9.0], [0.5] * 4, CODES, [LEFT, RIGHT])
    assert answer.counts == {"inside": 2, "on a boundary": 1, "outside": 1}
