"""The explorer says what the library says: on the page, sorted and searched, and as a file."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import polars as pl
import pyogrio
import pytest
from django.urls import reverse
from polars.testing import assert_frame_equal

from upstream.measures import calculate, load_definitions

PAGE = "/know/measures/violence_rate/"


def text_of(response) -> str:
    """The page as its reader sees it: no markup, no runs of blanks."""
    assert response.status_code == 200
    bare = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


def first_names(response) -> list[str]:
    """The names in the first column of the table of every small area, in order."""
    table = response.content.decode().split('id="small"')[1]
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', table)


@pytest.fixture(autouse=True)
def _no_kept_results():
    """These tests only read the shared example: what pages calculated may be kept between them."""


@pytest.fixture
def analyst(browser_of, example):
    return browser_of("analyst")


@pytest.fixture(scope="session")
def rates_2025(example) -> pl.DataFrame:
    frame = calculate(example, "violence_rate", level="lsoa21", period="year").frame
    return frame.filter(pl.col("period") == "2025")


def test_list_names_every_theme_and_tells_rates_once(analyst):
    page = text_of(analyst.get(reverse("measure-list")))
    for theme in {definition.theme for definition in load_definitions().values()}:
        assert theme in page
    assert "Violence and sexual offences for each 1,000 residents" in page
    assert "Violence and sexual offences recorded by the police" not in page


def test_list_is_searched_by_every_word(analyst):
    page = analyst.get(reverse("measure-list"), {"find": "robbery suspect"}).content.decode()
    assert re.findall(r'href="/know/measures/([^/"]+)/"', page) == ["robbery_no_suspect_share"]
    assert "No measure fits" in text_of(analyst.get(reverse("measure-list"), {"find": "unicorns"}))


def test_page_opens_with_the_figure_of_the_hand_count(analyst):
    # 41,429 offences, 36.1 for each 1,000 of 1,146,302 residents, and 817 in Hanley: counted by hand from the files.
    page = text_of(analyst.get(PAGE))
    assert "36.1 per 1,000 residents in 2025 , 41,429 offences" in page
    assert "Hanley &amp; Etruria Stoke-on-Trent 015D 376 per 1,000 residents (351 to 403)" in page
    assert "817 offences, 2,172 residents" in page
    assert "227 offences have no place and 330 lie outside the area" in page
    assert "unknown, not zero" in analyst.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sharp_object_admissions_count", "These figures are of West Midlands as a whole"),
        ("permanent_exclusion_rate", "Per 1,000 pupils, by area, years to August"),
        ("deprivation_2025_decile", "No series."),
        ("deprivation_2025_decile", "All 697 neighbourhoods"),
        ("homicide_recorded_count", "the year to December 2018"),
        ("search_ratio_black", "times"),
    ],
)
def test_measure_that_carries_less_has_a_sensible_page(analyst, name, said):
    assert said in text_of(analyst.get(reverse("measure", args=[name])))


@pytest.mark.slow
def test_every_measure_has_a_page(analyst):
    wrong = [name for name in load_definitions() if analyst.get(reverse("measure", args=[name])).status_code != 200]
    assert wrong == []


def test_unknown_measure_offers_the_nearest(analyst):
    response = analyst.get("/know/measures/violense_rate/")
    assert response.status_code == 404
    assert b'href="/know/measures/violence_rate/"' in response.content


def test_table_is_sorted_paged_and_searched_by_the_server(analyst, rates_2025):
    highest = rates_2025.sort("numerator", descending=True)
    page = analyst.get(PAGE, {"sort": "-count"})
    assert page.content.decode().count('aria-sort="descending"') >= 1
    assert first_names(page)[0] == "Hanley &amp; Etruria"
    assert highest["area_name"][0] == "Stoke-on-Trent 015D"
    assert "Page 28 of 28" in text_of(analyst.get(PAGE, {"page": "999"}))
    assert len(first_names(analyst.get(PAGE, {"page": "28"}))) == 697 - 27 * 25
    assert set(first_names(analyst.get(PAGE, {"find": "E01014287"}))) == {"Hanley &amp; Etruria"}
    assert "No neighbourhood has “qqq” in its name" in text_of(analyst.get(PAGE, {"find": "qqq"}))


@pytest.mark.parametrize(
    "query", [{"page": "x"}, {"sort": "'; drop"}, {"level": "galaxy"}, {"period": "1066"}, {"area": "<b>"}]
)
def test_nonsense_in_the_address_falls_back(analyst, query):
    assert "36.1 per 1,000 residents in 2025" in text_of(analyst.get(PAGE, query))


def test_level_changes_map_and_table(analyst):
    page = text_of(analyst.get(PAGE, {"level": "ward"}))
    assert re.search(r"All \d+ wards", page)
    assert "Violence and sexual offences" in page


def test_another_measure_chosen_in_the_form_opens_its_page(analyst):
    response = analyst.get(PAGE, {"measure": "robbery_rate", "level": "ward", "page": "3"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/know/measures/robbery_rate/?level=ward"


def test_map_values_say_what_the_frame_says(analyst, rates_2025):
    values = json.loads(analyst.get(reverse("measure-map", args=["violence_rate"])).content)["areas"]
    assert set(values) == set(rates_2025["area_code"])
    hanley = values["E01014287"]
    assert (hanley["value"], hanley["interval"], hanley["paint"]) == ("376", "per 1,000 residents (351 to 403)", "m-6")


def test_outlines_may_be_kept_only_under_the_builds_name(analyst, example):
    from upstream.store import current_build

    address = reverse("area-outlines", args=["district"])
    kept = analyst.get(address, {"build": current_build(example).id})
    assert "immutable" in kept.headers["Cache-Control"]
    assert "immutable" not in analyst.get(address, {"build": "other"}).headers["Cache-Control"]
    assert len(json.loads(kept.content)["features"]) == 9
    assert analyst.get(reverse("area-outlines", args=["galaxy"])).status_code == 404


# ---- Files


def download(client, kind: str, **query: str) -> bytes:
    response = client.get(reverse("measure-download", args=["violence_rate", kind]), query)
    assert response.status_code == 200
    assert f'filename="violence_rate-lsoa21-2025.{kind}"' in response.headers["Content-Disposition"]
    return response.content


def test_csv_equals_the_librarys_frame(analyst, rates_2025):
    content = download(analyst, "csv")
    back = pl.read_csv(content[3:], comment_prefix="#", schema_overrides=rates_2025.schema)
    assert_frame_equal(back, rates_2025.with_columns(pl.col("status").cast(back["status"].dtype)), check_dtypes=False)
    head = content.decode("utf-8-sig").split("area_code,")[0]
    assert "# Is not: Not serious violence" in head
    assert "# Attribution: Contains public sector information" in head


def test_workbook_and_opendocument_equal_the_librarys_frame(analyst, rates_2025, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(download(analyst, "xlsx")))
    rows = list(book["Data"].iter_rows(values_only=True))
    assert list(rows[0]) == rates_2025.columns
    value = rates_2025.columns.index("value")
    assert [row[value] for row in rows[1:]] == pytest.approx(rates_2025["value"].to_list())
    assert "What this number is" in book.sheetnames
    path = tmp_path / "out.ods"
    path.write_bytes(download(analyst, "ods"))
    _, _, _, columns = pyogrio.raw.read(path, layer="Data")
    assert list(columns[value]) == pytest.approx(rates_2025["value"].to_list())


def test_map_file_holds_every_area(analyst, rates_2025):
    collection = json.loads(download(analyst, "geojson"))
    assert len(collection["features"]) == 697
    assert all(feature["geometry"] for feature in collection["features"])
    assert any(fact["about"] == "Build" for fact in collection["about"])


def test_map_of_what_has_no_outline_is_not_found(analyst):
    address = reverse("measure-download", args=["sharp_object_admissions_count", "geojson"])
    assert analyst.get(address).status_code == 404


def test_download_is_written_to_the_trail(analyst):
    from upstream_web.audit.models import Event

    download(analyst, "csv")
    last = Event.objects.order_by("-pk").first()
    assert last is not None
    assert "figures downloaded" in str(last.action)
    assert "violence_rate" in (last.about if hasattr(last, "about") else str(last))


def test_board_reads_but_takes_no_files(browser_of, example):
    page = text_of(browser_of("board").get(PAGE))
    assert "an analyst or a manager can send you the file" in page
