"""Three figures counted by hand: line by line through the files, with nothing but the csv module."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from upstream.measures import calculate
from upstream.partnership import Partnership

STREET = Path(__file__).resolve().parents[3] / "partnerships" / "staffordshire" / "open_data" / "police_street"
YEAR = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}


def lines_of_2025() -> Iterator[dict[str, str]]:
    for path in sorted(STREET.glob("2025-*.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def test_violence_in_the_whole_area(example: Partnership) -> None:
    counted = sum(line["Crime type"] == "Violence and sexual offences" for line in lines_of_2025())
    assert counted == 41_429
    frame = calculate(example, "violence_count", level="partnership", period="year", **YEAR).frame
    assert frame["value"].to_list() == [counted]


def test_violence_in_hanley(example: Partnership) -> None:
    here = [line for line in lines_of_2025() if line["LSOA name"] == "Stoke-on-Trent 015D"]
    counted = sum(line["Crime type"] == "Violence and sexual offences" for line in here)
    assert counted == 817
    code = here[0]["LSOA code"]
    row = calculate(example, "violence_rate", level="lsoa21", period="year", areas=[code], **YEAR).frame.row(
        0, named=True
    )
    assert row["numerator"] == counted
    assert row["value"] == pytest.approx(1000 * 817 / 2172)


def test_robbery_in_march_in_tamworth(example: Partnership) -> None:
    counted = sum(
        line["Crime type"] == "Robbery" and line["Month"] == "2025-03" and line["LSOA name"].startswith("Tamworth ")
        for line in lines_of_2025()
    )
    result = calculate(example, "robbery_count", level="district", period="month", areas=["E07000199"], **YEAR)
    assert result.frame.filter(period="2025-03")["value"].to_list() == [counted]
