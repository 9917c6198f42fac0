"""Finding the contract's columns in a header."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstream.ingestion.header import feeds_that_fit, match_header
from upstream.partnership import open_partnership
from upstream.sources import load_sources

SOURCES = load_sources(open_partnership(Path(__file__).resolve().parents[3] / "partnerships" / "staffordshire"))
STREET = SOURCES["police_street"]
HEADER = [item.found for item in STREET.fields]


def test_every_column_in_its_place():
    match = match_header(STREET, HEADER)

    assert not match.faults
    assert not match.warnings
    assert [match.positions[item.name] for item in STREET.fields] == list(range(12))


def test_case_and_blanks_do_not_matter():
    assert not match_header(STREET, [f" {header.upper()} " for header in HEADER]).faults


def test_renamed_column_is_named_with_the_nearest_found():
    headers = ["Category of crime type" if header == "Crime type" else header for header in HEADER]
    (fault,) = match_header(STREET, headers).faults

    assert fault.column == "Crime type"
    assert "“Category of crime type”" in fault.do


def test_all_missing_columns_are_named_at_once():
    faults = match_header(STREET, HEADER[:9]).faults
    assert [fault.column for fault in faults] == ["Crime type", "Last outcome category"]


def test_optional_column_may_be_missing():
    assert not match_header(STREET, HEADER[:-1]).faults


def test_alias_is_taken_with_a_note():
    source = SOURCES["boundaries_wards"]
    match = match_header(source, ["WD24CD", "WD24NM", "geometry"])

    assert not match.faults
    assert any("“WD24CD”" in warning for warning in match.warnings)


def test_wide_columns_say_what_they_hold():
    match = match_header(SOURCES["deprivation_2025"], ["lsoa21_code", "IMD_score", "IMD_rank", "Crime_decile"])
    found = [(column.header, dict(column.captured), column.value) for column in match.wide]

    assert found == [
        ("IMD_score", {"domain": "overall"}, "score"),
        ("IMD_rank", {"domain": "overall"}, "rank"),
        ("Crime_decile", {"domain": "crime"}, "decile"),
    ]


def test_file_without_any_wide_column():
    (fault,) = match_header(SOURCES["population_lsoa21"], ["LSOA 2021 Code", "LSOA 2021 Name"]).faults
    assert "No column holds values" in fault.found


@pytest.mark.parametrize("feed", ["police_street", "police_outcomes", "police_stop_search", "recorded_crime"])
def test_own_header_fits_its_feed(feed: str):
    headers = [item.found for item in SOURCES[feed].fields if item.found]
    assert feed in feeds_that_fit(headers, SOURCES.values())
