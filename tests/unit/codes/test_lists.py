"""Crime types, authorities, forces, and the lists that contracts refer to."""

from __future__ import annotations

import csv
import gzip

import pytest

from upstream.codes import (
    UnknownCode,
    authority,
    code_list,
    code_list_names,
    police_force,
    police_forces,
    police_uk_crime_type,
    police_uk_crime_types,
    relevant_authorities,
    specified_authorities,
)
from upstream.geography.national import national_file


def column(feed: str, name: str) -> set[str]:
    with gzip.open(national_file(feed), "rt", encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


def test_fourteen_crime_types_of_which_one_is_no_crime() -> None:
    assert len(police_uk_crime_types()) == 14
    assert [item.name for item in police_uk_crime_types() if not item.is_crime] == ["Anti-social behaviour"]


def test_crime_types_are_those_of_the_national_counts() -> None:
    assert code_list("police_uk_crime_types") == column("police_counts", "Crime type")


def test_crime_type_by_name_and_slug() -> None:
    assert police_uk_crime_type("Violence and sexual offences") is police_uk_crime_type("violent-crime")


def test_unknown_crime_type() -> None:
    with pytest.raises(UnknownCode, match="Robbery"):
        police_uk_crime_type("Piracy")


def test_six_kinds_have_the_duty_and_three_are_consulted() -> None:
    # Police, Crime, Sentencing and Courts Act 2022, sections 11 and 12, Schedules 1 and 2.
    assert {item.code for item in specified_authorities()} == {
        "police", "fire", "probation", "youth_justice", "health", "local_authority",
    }  # fmt: skip
    assert {item.code for item in relevant_authorities()} == {"education", "prison", "youth_custody"}
    assert authority("health").law == "section 11 and Schedule 1"


def test_unknown_authority() -> None:
    with pytest.raises(UnknownCode, match="police, fire"):
        authority("navy")


def test_force_areas_are_those_of_the_look_up() -> None:
    codes = {force.area_code: force.area_name for force in police_forces() if force.area_code}
    assert set(codes) == column("lookup_district_csp_force", "pfa24_code")
    assert set(codes.values()) == column("lookup_district_csp_force", "pfa24_name")


@pytest.mark.parametrize(
    ("feed", "name", "besides"),
    [
        ("recorded_crime", "PFA", {"Action Fraud", "CIFAS", "UK Finance"}),
        ("stop_search_year", "Geography", {"All - including BTP", "All - excluding BTP"}),
        ("police_counts", "file_force", {"northern-ireland"}),
    ],
)
def test_every_force_in_national_feeds_is_known(feed: str, name: str, besides: set[str]) -> None:
    found = [police_force(word) for word in column(feed, name) - besides]
    assert len(found) >= 40


def test_one_force_under_many_names() -> None:
    names = ("devon-and-cornwall", "Devon & Cornwall Police", "Devon and Cornwall", "devon & cornwall", "E23000035")
    assert {police_force(name).slug for name in names} == {"devon-and-cornwall"}


def test_every_name_of_a_force_finds_it() -> None:
    for force in police_forces():
        assert [name for name in force.names if name and police_force(name) is not force] == []


def test_unknown_force_names_the_nearest() -> None:
    with pytest.raises(UnknownCode, match="cleveland"):
        police_force("Cleverland")


@pytest.mark.parametrize("name", code_list_names())
def test_every_code_list_has_values(name: str) -> None:
    assert len(code_list(name)) >= 3


def test_unknown_code_list_names_those_there_are() -> None:
    with pytest.raises(UnknownCode, match="police_uk_crime_types"):
        code_list("crimes")


def test_contracts_refer_to_lists_that_exist() -> None:
    import tomllib
    from importlib.resources import files

    contracts = [path for path in files("upstream.sources").iterdir() if path.name.endswith(".toml")]
    used = {
        item["codes"]
        for path in contracts
        for item in tomllib.loads(path.read_text(encoding="utf-8")).get("columns", ())
        if "codes" in item
    }
    assert used
    assert used <= set(code_list_names())
