from __future__ import annotations

import pytest

from upstream.geography import districts_of_force, neighbouring_forces, similar_districts
from upstream.geography.comparators import UnknownDistrict, names_of_districts


def test_districts_of_a_force() -> None:
    names = districts_of_force("E23000015")["district_name"].to_list()
    assert names == [
        "Stoke-on-Trent", "Cannock Chase", "East Staffordshire", "Lichfield", "Newcastle-under-Lyme",
        "South Staffordshire", "Stafford", "Staffordshire Moorlands", "Tamworth",
    ]  # fmt: skip


def test_neighbouring_forces_from_the_map() -> None:
    # Read off a map: Cleveland touches Durham and North Yorkshire; Devon and Cornwall only Dorset and
    # Avon and Somerset.
    assert neighbouring_forces("E23000013") == ["E23000008", "E23000009"]
    assert neighbouring_forces("E23000035") == ["E23000036", "E23000039"]


def test_similar_districts_leave_out_one_s_own() -> None:
    alike = similar_districts(["E06000002"], each=3)  # Middlesbrough
    assert len(alike) == 3
    assert "E06000002" not in alike
    assert alike == sorted(alike)


def test_similar_districts_of_none() -> None:
    assert similar_districts([]) == []


def test_welsh_districts_have_no_english_deprivation() -> None:
    assert similar_districts(["W06000015"]) == []


def test_unknown_district_is_refused() -> None:
    with pytest.raises(UnknownDistrict, match="E07999999"):
        similar_districts(["E07999999"])


def test_names_of_districts() -> None:
    assert names_of_districts(["E06000004"]) == {"E06000004": "Stockton-on-Tees"}
