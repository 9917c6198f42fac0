"""The open data of the worked example, as published, under every contract that they need."""

from __future__ import annotations

import csv
import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from upstream.geography import open_data_files
from upstream.ingestion import check_file
from upstream.partnership import open_partnership
from upstream.sources import load_sources

EXAMPLE = Path(__file__).resolve().parents[3] / "partnerships" / "staffordshire"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory):
    """One receipt a feed: of the first file that the example has for it."""
    partnership = open_partnership(EXAMPLE, data=tmp_path_factory.mktemp("data"))
    first: dict[str, Path] = {}
    for feed, path, _ in open_data_files(partnership):
        first.setdefault(feed, path)
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return {feed: (path, check_file(partnership, feed, path, at=at)) for feed, path in first.items()}


def data_rows(path: Path) -> int:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return sum(1 for _ in csv.reader(stream)) - 1


@pytest.mark.slow
def test_every_file_is_read_whole(checked):
    for feed, (path, receipt) in checked.items():
        assert receipt.outcome == "checked", (feed, receipt.faults)
        if path.name.endswith(".csv.gz"):
            assert receipt.rows_read == data_rows(path), feed


@pytest.mark.slow
def test_only_rows_known_to_be_faulty_are_refused(checked):
    # clean_la_data: two rows of 2006/07 whose authority is the word NULL (found by hand).
    refused = {feed: receipt.rows_refused for feed, (_, receipt) in checked.items() if receipt.rows_refused}
    assert refused == {"exclusions_totals": 2}


@pytest.mark.slow
def test_wide_files_make_as_many_rows_as_they_have_cells(checked):
    # By hand: 697 areas × 12 years; 687 areas × (91 ages + all ages); 687 × 8 domains; 331 districts × 19 groups.
    landed = {feed: receipt.landed_rows for feed, (_, receipt) in checked.items()}
    assert landed["population_lsoa21"]["population"] == 697 * 12
    assert landed["population_lsoa11_age"]["population"] == 687 * 92
    assert landed["deprivation_2019"]["deprivation"] == 687 * 8
    assert landed["deprivation_2025_subdomains"]["deprivation"] == 697 * 6
    assert landed["census_ethnicity_districts"]["population"] == 331 * 19
    assert landed["exclusions_reasons"]["exclusion"] == 6564 * 24
    assert landed["boundaries_lsoa21"] == {"area": 697, "boundary": 697, "area_link": 697}


@pytest.mark.slow
def test_every_contract_but_those_without_open_data_has_a_file(checked):
    without = set(load_sources(open_partnership(EXAMPLE))) - set(checked)
    assert without == {"police_outcomes"}


@pytest.mark.slow
def test_admissions_workbook_is_read_from_its_sheets(checked):
    _, receipt = checked["sharp_object_admissions"]
    # Ten financial years of months, from April 2012 to March 2022.
    assert len(receipt.periods) == 120
    assert (receipt.first_period, receipt.last_period) == (date(2012, 4, 1), date(2022, 3, 31))
