from __future__ import annotations

from pathlib import Path

import pytest
from factories import squares as sq

from upstream.geography import (
    derive_places,
    population,
    population_by_age,
    population_by_ethnic_group,
    year_to_use,
)
from upstream.geography.populations import PopulationNotHeld


@pytest.mark.parametrize(
    ("held", "wanted", "used"), [([2020, 2022], 2022, 2022), ([2020, 2022], 2021, 2020), ([2020, 2022], 2025, 2022)]
)
def test_latest_estimate_not_after_the_year(held: list[int], wanted: int, used: int) -> None:
    assert year_to_use(held, wanted)[0] == used


def test_nearest_later_estimate_when_none_is_earlier() -> None:
    assert year_to_use([2020, 2022], 2018) == (
        2020,
        "Residents are those of mid-2020, the earliest held; 2018 lies before it.",
    )


def test_no_note_when_the_year_is_held() -> None:
    assert year_to_use([2022], 2022) == (2022, "")


def test_population_of_a_level(squares: sq.SmallBuild) -> None:
    answer = population(squares, "district", 2025)
    assert answer.frame.rows() == [
        (sq.ARDEN, "Arden", 6000.0), (sq.WEALD, "Weald", 4000.0), (sq.ELSEWHERE, "Elsewhere", 500.0),
    ]  # fmt: skip
    assert (answer.year, answer.note) == (2022, "Residents are those of mid-2022, the latest held for 2025.")


def test_population_not_held_says_what_to_do(squares: sq.SmallBuild) -> None:
    with pytest.raises(PopulationNotHeld, match="community safety partnerships"):
        population(squares, "csp", 2022)
    with pytest.raises(PopulationNotHeld, match="by age"):
        population_by_age(squares, "lsoa21", 2022)


@pytest.fixture
def ages(tmp_path: Path) -> sq.SmallBuild:
    """Ages 0 and 90 and over by areas of 2011: ten and four in the area that was cut, six and two elsewhere."""
    path = tmp_path / "build.duckdb"
    connection = sq.empty_tables(path)
    sq.add_small_areas(connection)
    sq.add_changes(connection)
    sq.add_residents(connection, 2020)
    for code, young, old in ((sq.OLD_A1, 10, 4), (sq.A2A, 6, 2), (sq.OLD_W1, 1, 0), (sq.OLD_W2, 2, 0)):
        rows = [
            sq.residents(code, young, 2020, "lsoa11", age_to=0),
            sq.residents(code, old, 2020, "lsoa11", age_from=90),
        ]
        sq.insert(connection, "population", rows)
    for code in sq.NAMES:
        groups = [("White", 90.0), ("Asian, Asian British or Asian Welsh", 10.0)]
        more = {"basis": "census 2021", "ethnicity_scheme": "5+1"}
        rows = [sq.residents(code, n, 2021, ethnic_group=group, **more) for group, n in groups]
        sq.insert(connection, "population", rows)
    derive_places(connection, sq.partnership(tmp_path))
    connection.close()
    return sq.SmallBuild("2026-01-01.1", path)


def test_ages_of_2011_areas_are_taken_to_2021(ages: sq.SmallBuild) -> None:
    answer = population_by_age(ages, "lsoa21", 2022)
    young = dict(answer.frame.filter(age=0).select("area_code", "persons").iter_rows())
    # The cut area's ten are shared 1,000 to 3,000; the merged areas' one and two come together.
    assert young == {sq.A1A: 2.5, sq.A1B: 7.5, sq.A2A: 6.0, sq.W1A: 3.0}
    assert answer.note == (
        "Residents are those of mid-2020, the latest held for 2022. "
        "Ages are from estimates made before the census of 2021."
    )


def test_ages_add_up_where_every_small_area_is_held(ages: sq.SmallBuild) -> None:
    districts = population_by_age(ages, "district", 2020).frame.rows()
    assert districts == [
        (sq.ARDEN, "Arden", 0, 16.0), (sq.ARDEN, "Arden", 90, 6.0),
        (sq.WEALD, "Weald", 0, 3.0), (sq.WEALD, "Weald", 90, 0.0),
    ]  # fmt: skip
    whole = population_by_age(ages, "partnership", 2020).frame.rows()
    assert [row[2:] for row in whole] == [(0, 19.0), (90, 6.0)]


def test_ethnic_groups_add_up(ages: sq.SmallBuild) -> None:
    answer = population_by_ethnic_group(ages, "district")
    assert answer.frame.filter(area_code=sq.ARDEN).select("ethnic_group", "persons").rows() == [
        ("Asian, Asian British or Asian Welsh", 30.0),
        ("White", 270.0),
    ]
