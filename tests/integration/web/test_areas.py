"""Every area has one page that says all, and is found by name or code."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from upstream.measures.profile import Standing, area_profile, level_profile, standing_of


def text_of(response) -> str:
    bare = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


@pytest.fixture(autouse=True)
def _no_kept_results():
    """These tests only read the shared example: what pages calculated may be kept between them."""


@pytest.fixture
def board(browser_of, example):
    return browser_of("board")


def test_areas_are_listed_by_district(board):
    page = text_of(board.get(reverse("area-list")))
    for district in ("Stoke-on-Trent", "Cannock Chase", "Tamworth"):
        assert district in page


@pytest.mark.parametrize("text", ["hanley & etruria", "E01014287", "stoke-on-trent 015d"])
def test_area_is_found_by_either_name_or_code(board, text):
    assert b"/know/areas/lsoa21/E01014287/" in board.get(reverse("area-list"), {"find": text}).content


def test_nothing_found_says_what_to_try(board):
    assert "Nothing found." in text_of(board.get(reverse("area-list"), {"find": "atlantis"}))


def test_page_of_a_neighbourhood_says_all(board):
    page = text_of(board.get(reverse("area", args=["lsoa21", "E01014287"])))
    for said in ("Hanley &amp; Etruria", "2,172 residents in mid-2022", "376 (351 to 403)", "surely above",
                 "Next to it", "Deprivation by domain", "Stoke-on-Trent district", "Who lives here"):  # fmt: skip
        assert said in page


def test_page_draws_the_area_among_its_neighbours(board):
    page = board.get(reverse("area", args=["lsoa21", "E01014287"])).content.decode()
    drawing = page.split('class="map map--around"')[1].split("</svg>")[0]
    assert drawing.count("m-chosen-ink") == 1
    assert drawing.count("data-code=") > 8


def test_too_few_to_chart_is_said(board, example):
    from upstream.measures import calculate

    frame = calculate(example, "violence_rate", level="lsoa21", period="year").known.filter(period="2025")
    quiet = frame.sort("numerator", "area_code")["area_code"][0]
    assert "Too few to chart by month" in text_of(board.get(reverse("area", args=["lsoa21", quiet])))


@pytest.mark.parametrize("level", ["ward", "msoa21", "district"])
def test_levels_have_pages_that_lead_up_and_down(board, level):
    code = {"ward": "E05014574", "msoa21": "E02002965", "district": "E06000021"}[level]
    response = board.get(reverse("area", args=[level, code]))
    assert response.status_code == 200
    assert b"/know/areas/lsoa21/" in response.content


@pytest.mark.parametrize(("level", "code"), [("lsoa21", "E01000001"), ("galaxy", "E01014287"), ("ward", "E01014287")])
def test_unknown_area_is_not_found_and_leads_on(board, level, code):
    response = board.get(f"/know/areas/{level}/{code}/")
    assert response.status_code == 404
    assert b"Find an area" in response.content


def test_standing_needs_the_whole_interval_on_one_side():
    assert standing_of(351, 403, 36.1) is Standing.SURELY_ABOVE
    assert standing_of(1, 2, 36.1) is Standing.SURELY_BELOW
    assert standing_of(30, 36.1, 36.1) is Standing.NO_SURE_DIFFERENCE
    assert standing_of(None, 2, 36.1) is Standing.NOT_SAID
    assert standing_of(1, 2, None) is Standing.NOT_SAID


def test_profile_takes_the_area_and_the_range_of_its_neighbours(example):
    measures = level_profile(example, "district")
    lines = area_profile(measures, "E06000021", neighbours=("E07000195", "E07000198"))
    violence = next(line for line in lines if line.definition.name == "violence_rate")
    assert round(violence.value, 1) == 50.9
    assert [round(value, 1) for value in violence.neighbours] == [29.7, 34.0]
    assert violence.standing is Standing.SURELY_ABOVE
    assert "violence_count" not in {line.definition.name for line in lines}, "told as a rate already"
