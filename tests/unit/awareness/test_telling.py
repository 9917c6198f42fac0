"""Words for papers that leave, and school years."""

from __future__ import annotations

from datetime import date

import pytest

from upstream_web.awareness.criteria import OBSERVATION_CRITERIA, PACKAGE_CRITERIA
from upstream_web.awareness.school_year import SchoolYear
from upstream_web.awareness.telling import few


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 teams"), (1, "fewer than five teams"), (4, "fewer than five teams"), (5, "5 teams"), (1846, "1,846 teams")],
)
def test_small_numbers_are_not_told(count, words):
    assert few(count, "team", "teams") == words


@pytest.mark.parametrize(
    ("on", "label"),
    [(date(2026, 8, 31), "2025/26"), (date(2026, 9, 1), "2026/27"), (date(2100, 1, 1), "2099/00")],
)
def test_school_year_of_a_day(on, label):
    year = SchoolYear.of(on)
    assert year.label == label
    assert year.since <= on <= year.until


def test_twelve_standards_as_the_plan_has_them():
    assert len(PACKAGE_CRITERIA) == 12
    assert len({code for code, _ in [*PACKAGE_CRITERIA, *OBSERVATION_CRITERIA]}) == 22
