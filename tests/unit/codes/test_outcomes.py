from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from upstream.codes import UnknownCode, outcome_type, outcome_types, police_uk_outcome, police_uk_outcomes
from upstream.codes.outcomes import State

EXAMPLE = Path(__file__).resolve().parents[3] / "partnerships" / "staffordshire" / "open_data" / "police_street"


def test_types_run_from_0_to_22() -> None:
    assert [item.number for item in outcome_types()] == list(range(23))


def test_no_outcome_yet_is_open_and_every_other_closed() -> None:
    assert [item.number for item in outcome_types() if item.state is State.OPEN] == [0]


def test_no_further_action_and_positive_never_meet() -> None:
    nothing = {item.number for item in outcome_types() if item.no_further_action}
    assert nothing == {5, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21}
    assert {item.number for item in outcome_types() if item.positive} == {1, 2, 3, 4, 6, 7, 8}


def test_words_of_police_uk_stand_for_every_type_once() -> None:
    # Results of courts all stand for 1; every other number is the meaning of exactly one phrase.
    stood_for = [number for item in police_uk_outcomes() for number in item.types if number != 1]
    assert sorted(stood_for) == [0, *range(2, 23)]


@pytest.mark.parametrize(
    ("words", "types", "closed"),
    [
        ("Unable to prosecute suspect", (5, 11, 12, 13, 14, 15, 16, 17), True),
        ("Investigation complete; no suspect identified", (18,), True),
        ("investigation complete;  no suspect identified", (18,), True),
        ("Offender given a penalty notice", (6,), True),
        ("Offender given penalty notice", (6,), True),
        ("Under investigation", (0,), False),
        ("Status update unavailable", (), False),
    ],
)
def test_outcome_by_words(words: str, types: tuple[int, ...], closed: bool) -> None:
    found = police_uk_outcome(words)
    assert found.types == types
    assert (found.state is State.CLOSED) == closed


def test_groups_agree_with_the_types_behind_them() -> None:
    positive = {item.number: item.positive for item in outcome_types()}
    for item in police_uk_outcomes():
        assert all(positive[number] == item.positive for number in item.types), item.name


@pytest.mark.parametrize("number", [-1, 23])
def test_unknown_type(number: int) -> None:
    with pytest.raises(UnknownCode, match="0 to 22"):
        outcome_type(number)


def test_unknown_words_say_where_to_add_them() -> None:
    with pytest.raises(UnknownCode, match=r"police_uk_outcomes\.toml"):
        police_uk_outcome("Offender banished")


def test_every_outcome_in_the_example_is_known() -> None:
    seen = set()
    for path in sorted(EXAMPLE.glob("*-street.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            seen |= {row["Last outcome category"] for row in csv.DictReader(file)}
    assert len(seen) > 20
    assert [words for words in seen if words and not police_uk_outcome(words)] == []
