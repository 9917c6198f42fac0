"""A result taken away as a file says the same as the frame, and carries its meaning."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import polars as pl
import pyogrio
import pytest
from polars.testing import assert_frame_equal

from upstream.measures.definition import Kind, MeasureDefinition, Polarity
from upstream.measures.files import citation, describe, to_csv, to_geojson, to_ods, to_xlsx
from upstream.measures.result import FeedUsed, MeasureQuery, MeasureResult, Provenance

ATTRIBUTION = ("Contains public sector information.",)


@pytest.fixture
def result() -> MeasureResult:
    definition = MeasureDefinition(
        name="violence_rate", title="Violence & more", short_title="Violence", theme="Violence", kind=Kind.RATE,
        why="Harm", numerator="Offences", denominator="Residents, mid-2022", is_not="Serious violence",
        unit="per 1,000 residents", multiplier=1000, polarity=Polarity.LOWER_IS_BETTER, polarity_note="If reported.",
        feeds=("police_street",), source="data.police.uk", caveats=("Snap points",), calculation="crime_rate",
        parameters={}, levels=("district",), periods=("year",), breakdowns=(), decimals=1, author="A",
        checked_by="B", reviewed_on=date(2026, 1, 1), review_due_on=date(2026, 7, 1), version=4,
    )  # fmt: skip
    frame = pl.DataFrame(
        {
            "area_code": ["E06000021", "E07000192"],
            "area_name": ["Stoke <& Trent>", "=2+2"],
            "level": ["district"] * 2,
            "period": ["2025"] * 2,
            "period_start": [date(2025, 1, 1)] * 2,
            "period_end": [date(2025, 12, 31)] * 2,
            "numerator": [13234.0, None],
            "denominator": [260000.0, 100500.0],
            "value": [50.9, None],
            "lower": [50.0, None],
            "upper": [51.8, None],
            "status": ["known", "not held"],
        }
    )
    feed = FeedUsed("police_street", "Street crime", ("r-1",), date(2024, 1, 1), date(2025, 12, 31))
    provenance = Provenance(
        "2026-02-11.2", datetime(2026, 2, 11, 9, tzinfo=UTC), (feed,), 4, "Byar's method", 0.95, "0.1.0", ("A gap",)
    )
    return MeasureResult(definition, MeasureQuery("violence_rate", "district", "year"), frame, provenance)


def test_csv_reads_back_with_its_comments_skipped(result: MeasureResult) -> None:
    back = pl.read_csv(to_csv(result, ATTRIBUTION)[3:], comment_prefix="#", schema=result.frame.schema)
    expected = result.frame.with_columns(area_name=pl.Series(["Stoke <& Trent>", "'=2+2"]))
    assert_frame_equal(back, expected)


def test_csv_says_what_it_is_before_the_table(result: MeasureResult) -> None:
    text = to_csv(result, ATTRIBUTION).decode("utf-8-sig")
    head = text.split("area_code,")[0]
    for said in (
        "# Measure: Violence & more",
        "# Build: 2026-02-11.2",
        "# Method: Byar's method",
        "# Attribution: Contains public sector",
        "# Column value: The value: per 1,000 residents",
    ):
        assert said in head
    assert all(line.startswith("#") for line in head.splitlines())


def test_workbook_holds_the_frame_and_its_meaning(result: MeasureResult) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(result, ATTRIBUTION)))
    assert book.sheetnames == ["Data", "What this number is"]
    rows = list(book["Data"].iter_rows(values_only=True))
    assert list(rows[0]) == result.frame.columns
    assert rows[1][6] == 13234
    assert rows[2][1] == "=2+2"
    assert rows[2][8] is None, "not known stays empty, never zero"
    assert rows[1][4] == datetime(2025, 1, 1)  # noqa: DTZ001  a spreadsheet's dates have no zone
    meaning = dict(book["What this number is"].iter_rows(min_row=2, values_only=True))
    assert meaning["Build"] == "2026-02-11.2"
    assert meaning["Column status"].startswith("known, or why")
    # openpyxl reads a text that begins with = as text only if it was written as text.
    assert book["Data"]["B3"].data_type == "s"


def test_opendocument_reads_back_with_gdal(result: MeasureResult, tmp_path) -> None:
    path = tmp_path / "out.ods"
    path.write_bytes(to_ods(result, ATTRIBUTION))
    assert [name for name, _ in pyogrio.list_layers(path)] == ["Data", "What this number is"]
    _, _, _, columns = pyogrio.raw.read(path, layer="Data")
    names = list(pyogrio.read_info(path, layer="Data")["fields"])
    assert names == result.frame.columns
    found = dict(zip(names, columns, strict=True))
    assert list(found["area_name"]) == ["Stoke <& Trent>", "=2+2"]
    assert found["value"][0] == pytest.approx(50.9)
    assert found["value"][1] != found["value"][1], "an empty cell"


def test_opendocument_starts_with_its_kind_unpacked(result: MeasureResult) -> None:
    content = to_ods(result)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert to_ods(result) == content


def test_map_holds_each_row_on_its_outline(result: MeasureResult) -> None:
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    outline = {
        "type": "Feature",
        "id": "E06000021",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    collection = json.loads(to_geojson(result, {"features": [outline]}, ATTRIBUTION))
    first, second = collection["features"]
    assert first["geometry"]["coordinates"] == [ring]
    assert first["properties"]["value"] == 50.9
    assert second["geometry"] is None, "an area without an outline is kept"
    assert second["properties"]["status"] == "not held"
    assert {"about": "Build", "text": "2026-02-11.2"} in collection["about"]


def test_description_names_feeds_with_receipts_and_leaves_out_what_is_empty(result: MeasureResult) -> None:
    facts = {fact.about: fact.text for fact in describe(result)}
    assert facts["Feed"] == "Street crime; held 2024-01-01 to 2025-12-31; receipts r-1"
    assert facts["Confidence level"] == "95%"
    assert "Cut by" not in facts


def test_citation_leads_back_to_build_and_version(result: MeasureResult) -> None:
    assert citation(result, "Our partnership") == (
        "Our partnership: Violence & more, 2025. Build 2026-02-11.2, definition version 4; source: data.police.uk."
    )
