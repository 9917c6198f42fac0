from __future__ import annotations

import pytest
import shapely
from factories import squares as sq
from shapely.geometry import shape

from upstream.geography import boundaries, neighbours, outline_notes


def test_boundaries_hold_the_partnership_only(squares: sq.SmallBuild) -> None:
    collection = boundaries(squares, "lsoa21")
    assert collection["type"] == "FeatureCollection"
    assert [feature["id"] for feature in collection["features"]] == [sq.A1A, sq.A1B, sq.A2A, sq.W1A]
    assert collection["features"][0]["properties"] == {
        "code": sq.A1A, "name": "Arden 001A", "title": "King’s Green · Arden 001A", "district": sq.ARDEN,
    }  # fmt: skip


def test_boundaries_everywhere(squares: sq.SmallBuild) -> None:
    assert len(boundaries(squares, "lsoa21", everywhere=True)["features"]) == 5


def test_square_survives_simplifying(squares: sq.SmallBuild) -> None:
    outline = shape(boundaries(squares, "lsoa21")["features"][0]["geometry"])
    assert outline.equals(shapely.box(-1.0, 53.0, -0.99, 53.01))


@pytest.mark.parametrize(
    ("level", "areas", "squares_each"),
    [("msoa21", 3, [2, 1, 1]), ("district", 2, [3, 1]), ("force", 1, [4]), ("partnership", 1, [4])],
)
def test_higher_levels_are_put_together_from_small_areas(
    squares: sq.SmallBuild, level: str, areas: int, squares_each: list[int]
) -> None:
    features = boundaries(squares, level, simplified=False)["features"]
    sizes = sorted((round(shape(f["geometry"]).area / sq.SIZE**2) for f in features), reverse=True)
    assert (len(features), sizes) == (areas, squares_each)


def test_level_without_outlines_gives_an_empty_collection(squares: sq.SmallBuild) -> None:
    assert boundaries(squares, "csp")["features"] == []
    assert boundaries(squares, "ward")["features"] == []


def test_neighbours_share_an_edge_and_not_only_a_corner(squares: sq.SmallBuild) -> None:
    # Arden 001A touches 001B in the east, 002A in the north and Weald 001A in one corner.
    assert set(neighbours(squares, sq.A1A)["area_code"]) == {sq.A1B, sq.A2A}


def test_length_of_shared_edge(squares: sq.SmallBuild) -> None:
    # A hundredth of a degree of latitude is 1.11 km; of longitude at 53° N, cos 53° of that: 0.67 km.
    lengths = dict(neighbours(squares, sq.A1A).select("area_code", "shared_kilometres").iter_rows())
    assert lengths[sq.A1B] == pytest.approx(1.112, abs=0.001)
    assert lengths[sq.A2A] == pytest.approx(0.669, abs=0.001)


def test_neighbours_of_districts(squares: sq.SmallBuild) -> None:
    assert neighbours(squares, sq.ARDEN)["area_code"].to_list() == [sq.WEALD]


def test_notes_say_which_areas_cannot_be_drawn(squares: sq.SmallBuild) -> None:
    assert outline_notes(squares, "lsoa21") == ()
    assert outline_notes(squares, "ward") == (
        "Figures are for wards of the look-up held, by best fit; outlines are as held.",
    )
