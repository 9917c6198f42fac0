"""The worked example's places against counts made from its CSV files with the standard library alone."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from upstream import store
from upstream.geography import (
    area,
    areas,
    boundaries,
    children,
    convert_lsoa,
    find_areas,
    neighbours,
    outline_notes,
    parents,
    population,
    population_by_age,
    population_by_ethnic_group,
)
from upstream.geography.building import read
from upstream.partnership import Partnership
from upstream.store import Build

OPEN_DATA = Path(__file__).resolve().parents[3] / "partnerships" / "staffordshire" / "open_data"
VIOLENCE = "Violence and sexual offences"


def rows(feed: str, pattern: str = "*.csv.gz") -> Iterator[dict[str, str]]:
    paths = sorted((OPEN_DATA / feed).glob(pattern))
    assert paths, f"no file of {feed}"
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def build(example: Partnership) -> Build:
    return store.current_build(example)


@pytest.fixture(scope="module")
def violence_2025() -> list[dict[str, str]]:
    """Rows of the force's own twelve files of 2025."""
    return [row for row in rows("police_street", "2025-*.csv.gz") if row["Crime type"] == VIOLENCE]


def counted(build: Build, where: str) -> float:
    query = f"""
        SELECT coalesce(sum(offences), 0) AS n FROM crime_month
        WHERE crime_type = '{VIOLENCE}' AND year(month) = 2025 AND reported_by = 'Staffordshire Police' AND {where}
    """
    return float(read(build, query)["n"][0])


def test_violence_of_2025_by_where_it_lies(build: Build, violence_2025: list[dict[str, str]]) -> None:
    held = {row["LSOA21CD"] for row in rows("lookup_lsoa11_lsoa21")}
    codes = Counter(
        "no place" if not row["LSOA code"] else "inside" if row["LSOA code"] in held else "outside"
        for row in violence_2025
    )
    assert codes == {"inside": 40_872, "outside": 330, "no place": 227}  # 41,429 in all
    assert {placed: counted(build, f"placed = '{placed}'") for placed in codes} == codes


def test_violence_in_the_centre_of_hanley(build: Build, violence_2025: list[dict[str, str]]) -> None:
    by_hand = sum(row["LSOA code"] == "E01014287" for row in violence_2025)
    assert by_hand == 817
    assert counted(build, "lsoa21 = 'E01014287'") == 817
    assert area(build, "E01014287").title == "Hanley & Etruria · Stoke-on-Trent 015D"


def test_residents_of_the_whole_area(build: Build) -> None:
    by_hand = sum(int(row["Mid-2022: Population"]) for row in rows("population_lsoa21"))
    assert by_hand == 1_146_302
    whole = population(build, "partnership", 2025)
    assert whole.frame["persons"].to_list() == [1_146_302]
    assert whole.note == "Residents are those of mid-2022, the latest held for 2025."


def test_residents_of_a_ward(build: Build) -> None:
    ward = {row["LSOA21CD"]: row["WD24CD"] for row in rows("lookup_lsoa21_ward")}
    by_hand: Counter[str] = Counter()
    for row in rows("population_lsoa21"):
        by_hand[ward[row["LSOA 2021 Code"]]] += int(row["Mid-2019: Population"])
    found = population(build, "ward", 2019).frame
    assert dict(found.select("area_code", "persons").iter_rows()) == by_hand


def test_every_crime_is_counted_once(build: Build) -> None:
    # The force's files, and rows of other forces inside the area.
    by_hand = sum(1 for _ in rows("police_street")) + sum(1 for _ in rows("police_street_other_forces"))
    found = read(build, "SELECT sum(offences) AS n FROM crime_month")["n"][0]
    assert found == pytest.approx(by_hand, abs=1e-6)
    assert by_hand == 183_523 + 973


def test_codes_of_2011_are_converted_as_the_look_up_says(build: Build) -> None:
    became: dict[str, set[str]] = {}
    for row in rows("lookup_lsoa11_lsoa21"):
        became.setdefault(row["LSOA11CD"], set()).add(row["LSOA21CD"])
    new = set().union(*became.values())
    kinds: Counter[str] = Counter()
    for feed in ("police_street", "police_street_other_forces"):
        for row in rows(feed):
            code = row["LSOA code"]
            if not code:
                kinds["no place"] += 1
            elif code in new:
                kinds["same"] += 1
            elif code not in became:
                kinds["elsewhere"] += 1
            else:
                kinds["merged" if len(became[code]) == 1 else "split"] += 1
    found = dict(read(build, "FROM conversion_note").iter_rows())
    said = {kind: sum(n for what, n in found.items() if words in what) for kind, words in {
        "no place": "no place", "same": "taken as it is", "elsewhere": "elsewhere", "merged": "merged",
        "split": "split",
    }.items()}  # fmt: skip
    assert said == kinds
    assert min(said.values()) > 0


def test_levels_and_how_many_of_each(build: Build) -> None:
    found = {name: areas(build, name).filter("in_partnership").height for name in ("lsoa21", "msoa21", "ward",
             "district", "csp", "upper_tier", "force", "partnership")}  # fmt: skip
    assert found == {
        "lsoa21": 697, "msoa21": 141, "ward": 185, "district": 9, "csp": 9, "upper_tier": 2, "force": 1,
        "partnership": 1,
    }  # fmt: skip
    assert areas(build, "lsoa11").height == 687


def test_middle_areas_by_name_are_those_of_the_boundary_file(build: Build) -> None:
    with gzip.open(next((OPEN_DATA / "boundaries_msoa21").glob("*.geojson.gz")), "rt", encoding="utf-8") as file:
        names = {f["properties"]["MSOA21NM"]: f["properties"]["MSOA21CD"] for f in json.load(file)["features"]}
    place = read(build, "SELECT lsoa21_name, msoa21 FROM place WHERE in_partnership")
    assert all(names[name[:-1]] == code for name, code in place.iter_rows())


def test_parents_and_neighbours_of_hanley(build: Build) -> None:
    found = {level: parent.name for level, parent in parents(build, "E01014287").items()}
    assert found == {
        "msoa21": "Stoke-on-Trent 015",
        "ward": "Hanley Park, Joiner's Square & Shelton",
        "district": "Stoke-on-Trent",
        "csp": "Stoke-on-Trent",
        "upper_tier": "Stoke-on-Trent",
        "force": "Staffordshire",
        "partnership": "Staffordshire and Stoke-on-Trent",
    }
    assert "E01014285" in neighbours(build, "E01014287")["area_code"].to_list()
    assert set(neighbours(build, "E06000021").filter("in_partnership")["area_name"]) == {
        "Staffordshire Moorlands", "Stafford", "Newcastle-under-Lyme",
    }  # fmt: skip


def test_county_has_eight_districts(build: Build) -> None:
    assert children(build, "E10000028", "district", "upper_tier").height == 8


def test_outlines_for_the_browser_are_light_and_whole(build: Build) -> None:
    import shapely
    from shapely.geometry import shape

    collection = boundaries(build, "lsoa21")
    text = json.dumps(collection, separators=(",", ":"))
    assert len(collection["features"]) == 697
    assert len(gzip.compress(text.encode())) < 100_000
    outlines = [shape(feature["geometry"]) for feature in collection["features"]]
    assert all(outline.is_valid for outline in outlines)
    held = [shape(f["geometry"]) for f in boundaries(build, "lsoa21", simplified=False)["features"]]
    assert shapely.area(outlines).sum() == pytest.approx(shapely.area(held).sum(), rel=0.002)


def test_ward_map_says_which_wards(build: Build) -> None:
    assert outline_notes(build, "ward") == ("Figures are for wards of 2024, by best fit; outlines are of 2025.",)


def test_areas_are_found_as_people_ask(build: Build) -> None:
    assert find_areas(build, "hanley & etruria")["level"][0] == "msoa21"
    assert find_areas(build, "stoke on trent 015d")["area_code"][0] == "E01014287"
    assert find_areas(build, "tamworth")["area_name"][0] == "Tamworth"


def test_ages_of_small_areas_keep_their_total(build: Build) -> None:
    by_hand = sum(float(row["total_population"]) for row in rows("population_lsoa11_age", "population2020*.csv.gz"))
    found = population_by_age(build, "lsoa21", 2022)
    assert found.frame["persons"].sum() == pytest.approx(by_hand)
    assert found.frame["area_code"].n_unique() == 697
    assert found.year == 2020


def test_ethnic_groups_of_a_district(build: Build) -> None:
    district = {row["LSOA21CD"]: row["LAD24CD"] for row in rows("lookup_lsoa21_ward")}
    by_hand: Counter[str] = Counter()
    for row in rows("census_ethnicity_lsoa21"):
        if district[row["lsoa21_code"]] == "E06000021":
            by_hand[row["ethnic_group"]] += round(float(row["n"]))
    found = population_by_ethnic_group(build, "district").frame.filter(area_code="E06000021")
    assert dict(found.select("ethnic_group", "persons").iter_rows()) == by_hand


def test_conversion_there_and_back_for_the_whole_area(build: Build) -> None:
    changes = read(build, "SELECT from_code, to_code FROM area_change")
    query = "SELECT area_code, persons FROM area_population WHERE level = 'lsoa21' AND year = 2020"
    residents = dict(read(build, query).iter_rows())
    ages = read(build, """
        SELECT area_code, sum(persons) AS persons FROM population
        WHERE level = 'lsoa11' AND year = 2020 AND age_to IS NOT DISTINCT FROM age_from GROUP BY area_code
    """)  # fmt: skip
    there = convert_lsoa(ages, changes, code="area_code", counts=("persons",), residents=residents)
    back = convert_lsoa(there.frame, changes, to=2011, code="area_code", counts=("persons",))
    assert there.frame["persons"].sum() == pytest.approx(ages["persons"].sum())
    # 674 unchanged, 11 cut in 22, 2 joined in 1: the look-up's U, S and M.
    assert there.rows == {"unchanged": 674, "split, shared out by residents": 11, "merged": 2}
    assert (there.frame.height, back.frame.height) == (697, 687)


def test_towns_lie_where_their_names_say(example: Partnership, build: Build) -> None:
    """The House of Commons Library's names of middle-layer areas are a second source for where a town is."""
    from upstream.geography import place_points
    from upstream.geography.outlines import outlines

    towns = {*example.config.places, *(place for inset in example.config.insets for place in inset.places)}
    names, longitudes, latitudes = zip(*sorted(towns), strict=True)
    held = outlines(build, "msoa21")
    found = place_points(longitudes, latitudes, list(held), list(held.values())).frame["area_code"]
    lying = {name: area(build, code).local_name for name, code in zip(names, found, strict=True)}
    named_otherwise = {"Stoke": "Boothen & Penkhull"}
    assert [name for name in names if named_otherwise.get(name, name) not in str(lying[name])] == []


def test_example_says_what_a_new_folder_would_say(example: Partnership, tmp_path: Path) -> None:
    from upstream.geography import start_partnership
    from upstream.partnership import read_config

    made, own = read_config(start_partnership("staffordshire", tmp_path / "new")), example.config
    for fact in ("slug", "force_name", "force_code", "force_slug", "region", "districts", "neighbour_forces",
                 "similar_districts"):  # fmt: skip
        assert getattr(own, fact) == getattr(made, fact), fact


def test_members_are_of_kinds_that_the_duty_names(example: Partnership) -> None:
    from upstream.codes import authority, specified_authorities

    kinds = {member.kind for member in example.config.members}
    named = {item.code for item in specified_authorities()}
    assert named <= kinds
    # Beside them stand the commissioner's office, a provider and a panel, which the duty does not name.
    assert kinds - named == {"local_policing_body", "commissioned_provider", "scrutiny"}
    assert all(authority(kind).kind == "specified" for kind in kinds & named)
