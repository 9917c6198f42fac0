"""What in a text could lead to a person."""

from __future__ import annotations

import pytest

from upstream_web.reviews.identifying import traces

FOUND = [
    ("on 3 March", "a day"),
    ("on the 21st June", "a day"),
    ("on March 3, early", "a day"),
    ("on 03/03/2026", "a day"),
    ("aged 15", "an age"),
    ("Aged 9", "an age"),
    ("a 15-year-old", "an age"),
    ("a 15 year old", "an age"),
    ("near ST5 1QB", "a post code"),
    ("in Long Lane", "a street"),
    ("at Weston High School", "a school or home"),
    ("told Mr Jones", "a name with a title"),
    ("PC Jones came", "a name with a title"),
    ("write to a.b@example.org", "an e-mail address"),
    ("ring 01782 555 0123", "a telephone or reference number"),
]
SAFE = (
    "A young person was hurt by others outside the home.",
    "In March 2026 three bodies met.",  # a month names no day
    "11 of 40 young people had no screening.",
    "Schools and colleges; the emergency department; children’s services.",
    "It took 12 years of work by 7 bodies.",
    "The road to help was long.",
)


@pytest.mark.parametrize(("text", "sort"), FOUND)
def test_finds_what_leads_to_somebody(text, sort):
    assert [each.sort for each in traces([text])] == [sort]


@pytest.mark.parametrize("text", SAFE)
def test_leaves_general_words_alone(text):
    assert traces([text]) == []


def test_gives_each_once_in_order():
    found = traces(["Long Lane on 3 March, and Long Lane again.", "On 3 March."])
    assert [each.words for each in found] == ["Long Lane", "3 March"]
