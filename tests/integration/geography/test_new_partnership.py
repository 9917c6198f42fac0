"""Another partnership from its own files alone: an area never seen, and a part of the example under another name."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from factories import unseen_area

from upstream import store
from upstream.geography import (
    area,
    areas,
    boundaries,
    find_areas,
    neighbours,
    parents,
    population,
    start_partnership,
)
from upstream.geography.building import read
from upstream.ingestion import load_file
from upstream.partnership import Partnership, open_partnership
from upstream.store import Build

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MONTHS = ("2025-01", "2025-02")
EXAMPLE = Path(__file__).resolve().parents[3] / "partnerships" / "staffordshire" / "open_data"


def local_only(folder: Path) -> None:
    """Leave out the country's files, which every partnership loads alike; one test below keeps them."""
    path = folder / "partnership.toml"
    path.write_text("national_open_data = false\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


@pytest.fixture(scope="module")
def cleveland(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    root = tmp_path_factory.mktemp("unseen")
    folder = start_partnership("cleveland", root / "cleveland")
    local_only(folder)
    unseen_area.write(folder / "open_data", MONTHS)
    return open_partnership(folder, data=root / "var")


@pytest.fixture(scope="module")
def build(cleveland: Partnership) -> Build:
    return store.prepare(cleveland, at=AT)


def test_every_neighbourhood_finds_its_place(build: Build) -> None:
    frame = read(build, "SELECT lsoa21, lsoa21_name, msoa21, district, district_name, force, in_partnership FROM place")
    expected = [
        (a.code, a.name, a.name[:-1], a.district, unseen_area.DISTRICTS[a.district][0], "E23000013", True)
        for a in unseen_area.neighbourhoods()
    ]
    assert frame.rows() == expected


def test_crimes_are_counted_where_they_lie(build: Build) -> None:
    # Neighbourhood n of 24 has n crimes in each of two months: 0 + 1 + … + 23 = 276 a month.
    frame = read(build, "SELECT lsoa21, sum(offences) AS n FROM crime_month WHERE placed = 'inside' GROUP BY 1")
    found = dict(frame.iter_rows())
    numbered = enumerate(unseen_area.neighbourhoods())
    assert found == {area.code: 2.0 * number for number, area in numbered if number}
    placed = read(build, "SELECT placed, sum(offences) AS n FROM crime_month GROUP BY 1")
    assert dict(placed.iter_rows()) == {"inside": 552.0, "no place": 4.0, "outside": 2.0}


def test_residents_add_up(build: Build) -> None:
    # 24 neighbourhoods of 1,000, 1,010, … 1,230: 24 × 1,000 + 10 × 276.
    assert population(build, "partnership", 2025).frame["persons"].to_list() == [26_760.0]
    assert population(build, "force", 2025).frame["persons"].to_list() == [26_760.0]
    assert population(build, "msoa21", 2022).frame.height == 8


def test_levels_without_look_up_are_absent_and_others_whole(build: Build) -> None:
    heights = {name: areas(build, name).filter("in_partnership").height for name in ("lsoa21", "msoa21", "ward",
               "district", "csp", "force", "partnership")}  # fmt: skip
    assert heights == {
        "lsoa21": 24, "msoa21": 8, "ward": 0, "district": 4, "csp": 0, "force": 1, "partnership": 1,
    }  # fmt: skip


def test_areas_can_be_read_and_found(build: Build) -> None:
    first = unseen_area.neighbourhoods()[0]
    assert area(build, first.code).title == "Hartlepool 001A"
    assert [parent.name for parent in parents(build, first.code).values()] == [
        "Hartlepool 001", "Hartlepool", "Cleveland Police", "Cleveland",
    ]  # fmt: skip
    assert find_areas(build, "redcar")["level"][0] == "district"
    assert neighbours(build, first.code)["area_name"].to_list() == ["Hartlepool 001B", "Hartlepool 002A"]


def test_every_level_that_is_held_can_be_drawn(build: Build) -> None:
    drawn = {name: len(boundaries(build, name)["features"]) for name in ("lsoa21", "msoa21", "district", "partnership")}
    assert drawn == {"lsoa21": 24, "msoa21": 8, "district": 4, "partnership": 1}


def test_files_loaded_one_by_one_give_the_same(cleveland: Partnership, build: Build, tmp_path: Path) -> None:
    folder = start_partnership("cleveland", tmp_path / "cleveland")
    local_only(folder)
    other = open_partnership(folder, data=tmp_path / "var")
    for feed, paths in unseen_area.write(tmp_path / "from partners", MONTHS, compressed=False).items():
        for path in paths:
            assert load_file(other, feed, path, at=AT).outcome == "landed"
    loaded = store.make_build(other, at=AT)
    for table in ("place", "area_population", "crime_month", "conversion_note"):
        assert read(loaded, f"FROM {table} ORDER BY ALL").equals(read(build, f"FROM {table} ORDER BY ALL"))


def test_outlines_may_come_later(tmp_path: Path) -> None:
    """With crimes and residents alone there are places by name, and no map."""
    folder = start_partnership("cleveland", tmp_path / "cleveland")
    local_only(folder)
    for path in (paths := unseen_area.write(tmp_path / "files", MONTHS))["police_street"] + paths["population_lsoa21"]:
        target = folder / "open_data" / path.parent.name / path.name
        target.write_bytes(path.read_bytes())
    build = store.prepare(open_partnership(folder, data=tmp_path / "var"), at=AT)
    assert areas(build, "lsoa21").height == 24
    assert boundaries(build, "lsoa21")["features"] == []


@pytest.mark.slow
def test_with_the_files_of_the_country(tmp_path: Path) -> None:
    folder = start_partnership("cleveland", tmp_path / "cleveland")
    unseen_area.write(folder / "open_data", MONTHS)
    build = store.prepare(open_partnership(folder, data=tmp_path / "var"), at=AT)
    assert areas(build, "csp").filter("in_partnership").height == 4
    assert areas(build, "upper_tier").filter("in_partnership").height == 4
    assert parents(build, "E06000001", "district")["csp"].name == "Hartlepool"
    # Forces of the country can be compared: each has residents from its districts.
    assert population(build, "force", 2022).frame.height == 43
    assert len(boundaries(build, "district", everywhere=True)["features"]) == 318


@pytest.fixture(scope="module")
def part_of_example(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Stoke-on-Trent and Newcastle-under-Lyme alone, cut out of the example's files, without any look-up."""
    root = tmp_path_factory.mktemp("part")
    folder = start_partnership("North Staffordshire", root / "north", force="staffordshire")
    text = (folder / "partnership.toml").read_text(encoding="utf-8")
    keep = ("E06000021", "E07000195")
    lines = [line for line in text.splitlines() if not line.startswith('    "E0') or any(code in line for code in keep)]
    (folder / "partnership.toml").write_text("\n".join(lines), encoding="utf-8")
    local_only(folder)
    with gzip.open(next((EXAMPLE / "boundaries_lsoa21").glob("*.gz")), "rt", encoding="utf-8") as file:
        document = json.load(file)
    document["features"] = [f for f in document["features"] if f["properties"]["LADCD_ACTIVE"] in keep]
    (folder / "open_data" / "boundaries_lsoa21" / "north.geojson").write_text(json.dumps(document), encoding="utf-8")
    for month in ("2018-10", "2025-01"):
        source = next((EXAMPLE / "police_street").glob(f"{month}-*.gz"))
        (folder / "open_data" / "police_street" / source.name).write_bytes(source.read_bytes())
    return store.prepare(open_partnership(folder, data=root / "var"), at=AT)


def test_part_of_the_example_under_another_name(part_of_example: Build) -> None:
    with gzip.open(next((EXAMPLE / "police_street").glob("2025-01-*.gz")), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    districts = ("Stoke-on-Trent ", "Newcastle-under-Lyme ")
    by_hand = sum(row["LSOA name"].startswith(districts) for row in rows)
    where = "placed = 'inside' AND month = DATE '2025-01-01'"
    found = read(part_of_example, f"SELECT sum(offences) AS n FROM crime_month WHERE {where}")["n"][0]
    assert found == by_hand
    assert by_hand > 1000


def test_codes_of_2011_without_look_up_are_placed_by_coordinates(part_of_example: Build) -> None:
    with gzip.open(next((EXAMPLE / "police_street").glob("2018-10-*.gz")), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    districts = ("Stoke-on-Trent ", "Newcastle-under-Lyme ")
    by_hand = sum(row["LSOA name"].startswith(districts) for row in rows)
    where = "placed = 'inside' AND month = DATE '2018-10-01' AND lsoa21 IS NOT NULL"
    found = read(part_of_example, f"SELECT sum(offences) AS n FROM crime_month WHERE {where}")["n"][0]
    assert found == by_hand
    notes = dict(read(part_of_example, "FROM conversion_note").iter_rows())
    assert notes["code of an earlier census without a look-up: placed by coordinates in an outline of 2021"] > 0
