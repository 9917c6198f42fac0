from __future__ import annotations

from datetime import date

import pytest
from factories import squares as sq

from upstream.exceptions import UnknownArea
from upstream.geography import area, areas, children, find_areas, parents
from upstream.geography.levels import UnknownLevel


def test_areas_of_a_level(squares: sq.SmallBuild) -> None:
    frame = areas(squares, "lsoa21")
    assert frame["area_code"].to_list() == [sq.A1A, sq.A1B, sq.A2A, sq.W1A, sq.X1A]
    assert frame["in_partnership"].to_list() == [True, True, True, True, False]
    assert frame["district_name"].to_list() == ["Arden", "Arden", "Arden", "Weald", None]
    assert frame["has_outline"].all()


def test_areas_of_a_level_without_look_up_are_none(squares: sq.SmallBuild) -> None:
    assert areas(squares, "csp").is_empty()


def test_areas_of_an_unknown_level(squares: sq.SmallBuild) -> None:
    with pytest.raises(UnknownLevel, match="lsoa21, msoa21"):
        areas(squares, "postcode")


def test_area_that_spans_districts_has_none(squares: sq.SmallBuild) -> None:
    # Northward holds Arden 002A and Weald 001A.
    wards = dict(areas(squares, "ward").select("area_name", "district_name").iter_rows())
    assert wards == {"Northward": None, "Southward": "Arden"}


def test_census_areas_have_dates_of_validity(squares: sq.SmallBuild) -> None:
    # Census days: 27 March 2011 and 21 March 2021 (Office for National Statistics).
    found = area(squares, sq.A1A)
    assert (found.valid_from, found.valid_to) == (date(2021, 3, 21), None)


def test_title_joins_local_and_official_name(squares: sq.SmallBuild) -> None:
    assert area(squares, sq.A1A).title == "King’s Green · Arden 001A"
    assert area(squares, sq.A2A).title == "Arden 002A"


def test_area_unknown_names_the_nearest(squares: sq.SmallBuild) -> None:
    with pytest.raises(UnknownArea, match=sq.X1A):
        area(squares, "E01900009")


def test_area_at_another_level(squares: sq.SmallBuild) -> None:
    with pytest.raises(UnknownArea, match="at the level ward"):
        area(squares, sq.A1A, "ward")


def test_parents_of_a_small_area(squares: sq.SmallBuild) -> None:
    found = {level: parent.code for level, parent in parents(squares, sq.A1A).items()}
    assert found == {
        "msoa21": "E02900001", "ward": "E05900002", "district": sq.ARDEN, "upper_tier": "E10900001",
        "force": "E23000099", "partnership": "arden-and-weald",
    }  # fmt: skip


def test_ward_across_districts_lies_in_neither(squares: sq.SmallBuild) -> None:
    assert set(parents(squares, "E05900001")) == {"force", "partnership"}


def test_partnership_has_no_parents(squares: sq.SmallBuild) -> None:
    assert parents(squares, "arden-and-weald") == {}


def test_children_of_district_ward_and_partnership(squares: sq.SmallBuild) -> None:
    def codes(parent: str) -> list[str]:
        return children(squares, parent, "lsoa21")["area_code"].to_list()

    assert codes(sq.ARDEN) == [sq.A1A, sq.A1B, sq.A2A]
    assert codes("E05900001") == [sq.A2A, sq.W1A]
    assert codes("arden-and-weald") == [sq.A1A, sq.A1B, sq.A2A, sq.W1A]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("kings green", "E02900001"),  # apostrophe and capitals do not matter; the larger area goes first
        ("arden", sq.ARDEN),
        ("001a WEALD", sq.W1A),
        (sq.A2A.lower(), sq.A2A),
    ],
)
def test_find_areas_by_name_or_code(squares: sq.SmallBuild, text: str, first: str) -> None:
    assert find_areas(squares, text)["area_code"][0] == first


def test_find_areas_only_in_the_partnership(squares: sq.SmallBuild) -> None:
    assert find_areas(squares, "elsewhere").is_empty()


def test_find_areas_with_odd_signs_finds_nothing(squares: sq.SmallBuild) -> None:
    assert find_areas(squares, "%_' OR 1=1").is_empty()
    assert find_areas(squares, "   ").is_empty()
