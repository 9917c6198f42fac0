"""Words never claim more than the interval allows."""

from __future__ import annotations

from datetime import date
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream.measures import sentences
from upstream.measures.periods import add_months
from upstream.measures.sentences import State, read_chart
from upstream.methods.xmr import xmr


def months(count: int) -> list[date]:
    return [add_months(date(2024, 1, 1), step) for step in range(count)]


def read(values: list[float]) -> sentences.Said:
    return read_chart(xmr(values), months(len(values)))


STEADY = [10.0, 12, 11, 9, 10, 12, 11, 9, 10, 12, 11, 9]


@pytest.mark.parametrize(
    ("values", "state", "label"),
    [
        (STEADY, State.ORDINARY, "Ordinary variation"),
        ([*STEADY, 30], State.CHANGED, "Changed: above the range"),
        ([*STEADY, 1], State.CHANGED, "Changed: below the range"),
        ([*STEADY, 8, 9, 7, 9, 8, 9, 8], State.CHANGED, "Changed: 8 months below average"),
        ([*STEADY, 30, 11], State.BACK, "Back inside the range"),
        ([10.0], State.NOT_KNOWN, "Not known"),
        ([10.0, nan, 12, nan, 11], State.NOT_KNOWN, "Not known"),
    ],
)
def test_reading_a_chart(values: list[float], state: State, label: str) -> None:
    said = read(values)
    assert (said.state, said.label) == (state, label)


def test_watching_names_the_month_since_when() -> None:
    said = read([9, 12, 9, 12, 9, 8, 9, 12, 8, 12, 12, 12, 9, 12, 12, 9, 12, 12])
    assert said.state is State.WATCH
    assert said.text == (
        "Seven of the nine months since October were above average. "
        "The rule asks for seven in a row, so this is not yet a change."
    )


def test_five_in_a_row_is_worth_watching() -> None:
    said = read([11.5, 9, 12, 9, 12, 8, 9, 12, 8, 11, 11, 11, 11, 11])
    assert said.state is State.WATCH
    assert said.text.startswith("The last five months were above average.")


def test_back_inside_names_the_months_that_were_outside() -> None:
    said = read([*STEADY, 30, 31, 11, 10])
    assert said.text == "January and February were above the upper limit; the newest month is inside again."


def test_few_months_say_that_the_range_is_not_firm() -> None:
    assert "rests on six months only" in read([10, 12, 11, 9, 10, 12]).text
    assert "rests on" not in read(STEADY).text


@pytest.mark.parametrize(
    ("ratio", "lower", "upper", "said"),
    [
        (2.03, 1.94, 2.12, "Stoke’s rate is twice that of Stafford"),
        (2.03, 1.40, 2.60, "Stoke’s rate is 1.4 to 2.6 times that of Stafford"),
        (1.20, 0.90, 1.60, "The rates of Stoke and Stafford cannot be told apart"),
        (0.50, 0.48, 0.52, "Stafford’s rate is twice that of Stoke"),
        (1.30, 1.01, 1.70, "Stoke’s rate is higher than that of Stafford"),
        (3.00, 2.90, 3.10, "Stoke’s rate is three times that of Stafford"),
    ],
)
def test_ratio(ratio: float, lower: float, upper: float, said: str) -> None:
    assert sentences.say_ratio("Stoke", "Stafford", ratio, lower, upper) == said


@given(
    centre=st.floats(0.05, 20),
    below=st.floats(0.001, 0.9),
    above=st.floats(1.001, 5),
)
def test_ratio_claims_a_difference_only_when_the_interval_excludes_none(
    centre: float, below: float, above: float
) -> None:
    lower, upper = centre * below, centre * above
    said = sentences.say_ratio("A", "B", centre, lower, upper)
    assert ("cannot be told apart" in said) is (lower <= 1 <= upper)
    if "twice" in said:
        low, high = (lower, upper) if lower > 1 else (1 / upper, 1 / lower)
        assert 1.75 <= low <= high <= 2.25


@pytest.mark.parametrize(
    ("change", "lower", "upper", "said"),
    [
        (-17.3, -27.9, -5.0, "It fell by 17% (5% to 28%)"),
        (12.0, 3.0, 22.0, "It rose by 12% (3% to 22%)"),
        (-5.2, -16.8, 8.0, "No change that stands out from month-to-month variation (−5%, −17% to +8%)"),
        (None, None, None, "Whether it changed is not known"),
        (4.0, None, None, "Whether it changed is not known"),
    ],
)
def test_change(change: float | None, lower: float | None, upper: float | None, said: str) -> None:
    assert sentences.say_change(change, lower, upper) == said


def test_one_change_among_nine_is_not_made_much_of() -> None:
    names = [f"D{n}" for n in range(8)]
    said = sentences.say_changes(["East Staffordshire", *names], [-1] + [0] * 8)
    assert said.startswith("East Staffordshire fell by more than month-to-month variation would give.")
    assert "With nine looked at, one such by chance is not rare." in said
    assert "chance" not in sentences.say_changes(["A", *names], [-1, -1, -1, -1, 0, 0, 0, 0, 0])
    assert sentences.say_changes(["A", "B"], [0, 0]).startswith("No district of two changed")


@pytest.mark.parametrize(
    ("value", "half", "said"),
    [
        (50, 1, "Near the middle"),
        (97, 1, "Among the highest tenth"),
        (97, 12, "Among the highest quarter"),
        (97, 40, "Near the middle"),
        (2, 0.5, "Among the lowest tenth"),
        (20, 1, "Among the lowest quarter"),
    ],
)
def test_position_among_a_hundred(value: float, half: float, said: str) -> None:
    assert sentences.say_position(value, value - half, value + half, list(range(100))) == said


def test_concentration_that_chance_would_give_is_not_called_one() -> None:
    assert (
        sentences.say_concentration(0.28, 0.1, 0.12, "neighbourhoods")
        == "A tenth of neighbourhoods carry 28% of the total"
    )
    assert "no more uneven" in sentences.say_concentration(0.28, 0.1, 0.30, "neighbourhoods")


@pytest.mark.parametrize(("number", "text"), [(-5.2, "−5"), (8.0, "+8"), (0.2, "0"), (-0.2, "0"), (1234, "+1,234")])
def test_sign(number: float, text: str) -> None:
    assert sentences.with_sign(number) == text


def test_possessive_of_a_name_that_ends_in_s() -> None:
    assert sentences.possessive("Staffordshire Moorlands") == "Staffordshire Moorlands’"
    assert sentences.possessive("Stoke-on-Trent") == "Stoke-on-Trent’s"
