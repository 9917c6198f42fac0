"""Amounts in words, and where the words stop being fair."""

from __future__ import annotations

from datetime import date

import pytest

from upstream.assessments import words


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.5, "half"),
        (0.254, "a quarter"),  # 0.4 of a percentage point away
        (0.257, "26%"),  # 0.7 away: no longer a quarter
        (0.1, "one in ten"),
        (0.111, "11%"),
        (0.0105, "one in a hundred"),
        (0.012, "1.2%"),
        (0.0004, "less than 0.1%"),
        (0.0, "0.0%"),
    ],
)
def test_fraction_only_when_close(share: float, written: str) -> None:
    assert words.fraction(share) == written


@pytest.mark.parametrize(("share", "written"), [(0.25, "a quarter"), (0.262, "about a quarter"), (0.29, "29%")])
def test_roughly_says_about_when_near(share: float, written: str) -> None:
    assert words.roughly(share) == written


@pytest.mark.parametrize(
    ("ratio", "written"),
    [(2.04, "twice"), (5.94, "six times"), (4.8, "4.8 times"), (11.7, "11.7 times"), (1.0, "1.0 times")],
)
def test_times_rounds_only_within_a_tenth(ratio: float, written: str) -> None:
    assert words.times(ratio) == written


@pytest.mark.parametrize(("count", "written"), [(0, "no"), (1, "one"), (10, "ten"), (11, "11"), (1200, "1,200")])
def test_spelled_up_to_ten(count: int, written: str) -> None:
    assert words.spelled(count) == written


@pytest.mark.parametrize(
    ("place", "written"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (21, "21st"), (113, "113th")]
)
def test_ordinal(place: int, written: str) -> None:
    assert words.ordinal(place) == written


def test_months_listed_puts_neighbours_together_and_parts_gaps() -> None:
    months = [date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1), date(2025, 5, 1)]
    assert words.months_listed(months) == "December 2024 to February 2025 and May 2025"


def test_span_says_the_year_once() -> None:
    assert words.span(date(2025, 1, 1), date(2025, 4, 30)) == "January to April 2025"
    assert words.span(date(2024, 12, 1), date(2025, 1, 31)) == "December 2024 to January 2025"
    assert words.span(date(2025, 3, 1), date(2025, 3, 31)) == "March 2025"


def test_listed_and_escaped() -> None:
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed([]) == ""
    assert words.escaped("a {b}").format() == "a {b}"


def test_plain_drops_decimals_from_a_hundred_up() -> None:
    assert (words.plain(36.14), words.plain(376.4), words.plain(0.917, 2)) == ("36.1", "376", "0.92")
