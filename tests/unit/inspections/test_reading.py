"""Values read from a document, as text and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.inspections import reading


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_survives_being_text(day):
    assert reading.day_of(reading.as_text(day)) == day


@pytest.mark.parametrize(("value", "text"), [(True, "yes"), (False, "no"), (None, ""), (("a", "b"), "a, b")])
def test_values_are_words(value, text):
    assert reading.as_text(value) == text


def test_yes_and_no_come_back_and_nothing_stays_unknown():
    assert [reading.yes_of(text) for text in ("yes", "no", "")] == [True, False, None]


def test_inspectorates_become_codes_and_strangers_another_body():
    assert reading.inspectorate_codes("HMICFRS, Ofsted") == "hmicfrs ofsted"
    assert reading.inspectorate_codes("Inspectorate of Kites") == "another-body"
    assert reading.inspectorate_codes("") == "another-body"


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("published_on", "8 March 2023", "is not a day"),
        ("published_on", "2023-02-30", "is not a day"),
        ("published_on", "2023-03-08", ""),
        ("published_on", "", ""),
        ("force_quoted", "perhaps", "neither yes nor no"),
        ("title", " ", "cannot be kept without the title"),
    ],
)
def test_impossible_values_say_why(name, value, fault):
    found = reading.find_fault(name, 0, value)
    assert fault in found if fault else not found
