"""Each rule in each of its branches: what is claimed, and what is not when the interval forbids it."""

from __future__ import annotations

from datetime import date

import pytest
from factories.small_document import number
from hypothesis import given
from hypothesis import strategies as st

from upstream.assessments.document import Number, Sentence
from upstream.assessments.rules.amounts import rule_largest_kinds, rule_range, rule_share, rule_total
from upstream.assessments.rules.changes import rule_change, rule_gap, rule_latest, rule_unusual_months
from upstream.assessments.rules.comparisons import (
    rule_against,
    rule_against_middle,
    rule_groups_above,
    rule_rank,
    rule_ratio,
    rule_surely_above,
)
from upstream.assessments.rules.places import rule_gradient, rule_half, rule_top_tenth
from upstream.assessments.rules.sides import Side, apart, side_of


def held(key: str, value: float | None, lower: float | None, upper: float | None, text: str = "") -> Number:
    return number(key, text or str(value), value, lower, upper)


def plain(sentence: Sentence) -> str:
    return sentence.text


@pytest.mark.parametrize(
    ("lower", "upper", "side"),
    [
        (1.1, 2.0, Side.ABOVE),
        (0.2, 0.9, Side.BELOW),
        (0.9, 1.1, Side.ACROSS),
        (1.0, 2.0, Side.ACROSS),
        (None, 2.0, Side.NOT_KNOWN),
    ],
)
def test_side_needs_the_whole_interval(lower: float | None, upper: float | None, side: Side) -> None:
    assert side_of(held("a", 1.5, lower, upper), 1.0) is side


def test_apart_needs_both_intervals() -> None:
    low, high = held("a", 1, 0.5, 1.5), held("b", 3, 2.5, 3.5)
    assert apart(high, low) is Side.ABOVE
    assert apart(low, high) is Side.BELOW
    assert apart(low, held("c", 1.6, 1.4, 1.8)) is Side.ACROSS
    assert apart(low, held("d", 9, None, None)) is Side.NOT_KNOWN


@pytest.mark.parametrize(
    ("lower", "upper", "claim"),
    [
        (2.0, 12.0, "surely rose in 2025 against 2024: by X."),
        (-12.0, -2.0, "surely fell in 2025 against 2024: by X."),
        (-3.0, 8.0, "shows no clear change in 2025 against 2024 (X)."),
        (None, None, "Whether recorded violence changed in 2025 against 2024 is not known."),
    ],
)
def test_rule_change(lower: float | None, upper: float | None, claim: str) -> None:
    said = plain(rule_change("Recorded violence", held("c", 3.0, lower, upper, "X"), "2025", "2024"))
    assert said.endswith(claim)


@given(st.floats(-90, 400, allow_nan=False), st.floats(0, 100, allow_nan=False), st.floats(0, 100, allow_nan=False))
def test_rule_change_never_claims_more_than_the_interval(point: float, below: float, above: float) -> None:
    change = held("c", point, point - below, point + above, "X")
    said = plain(rule_change("It", change, "now", "then"))
    assert ("surely rose" in said) == (point - below > 0)
    assert ("surely fell" in said) == (point + above < 0)


@pytest.mark.parametrize(
    ("verdict", "claim"),
    [
        ("ordinary", "lies within ordinary month-to-month variation"),
        ("worse", "is more than month-to-month variation would give"),
        ("better", "is better than month-to-month variation would give"),
        ("changed", "is outside ordinary month-to-month variation"),
        ("not known", "too few months are held to say what is ordinary"),
    ],
)
def test_rule_latest(verdict: str, claim: str) -> None:
    said = plain(rule_latest("Violence", held("n", 5, None, None), "May 2025", verdict, provisional=False, points=16))
    assert claim in said
    assert "may move" not in said


def test_rule_latest_says_when_limits_are_young() -> None:
    said = plain(rule_latest("Violence", held("n", 5, None, None), "May 2025", "ordinary", provisional=True, points=6))
    assert said.endswith("the limits rest on 6 months only and may move.")


@pytest.mark.parametrize(
    ("count", "text", "claim"),
    [
        (0, "None", "None of the 16 months shown meets a rule for change."),
        (1, "One", "One of 16 months shown meets a rule for change: May 2025."),
        (3, "Three", "Three of 16 months shown meet a rule for change: May 2025."),
    ],
)
def test_rule_unusual_months(count: int, text: str, claim: str) -> None:
    assert plain(rule_unusual_months(count, held("n", count, None, None, text), 16, "May 2025")) == claim


def test_rule_gap_names_every_missing_month() -> None:
    assert plain(rule_gap("month", [])) == "No month is missing between the first held and the last."
    one = plain(rule_gap("month", [date(2024, 5, 1)]))
    assert one.startswith("May 2024 is not held: unknown, not zero")
    many = plain(rule_gap("month", [date(2024, 5, 1), date(2024, 6, 1), date(2024, 9, 1)]))
    assert many.startswith("May to June 2024 and September 2024 are not held")


def test_rule_total_with_and_without_residents() -> None:
    total, rate = held("t", 10, None, None, "10"), held("r", 2.5, 2, 3, "2.5")
    assert plain(rule_total("robberies", total, rate, "2025")) == (
        "The police recorded 10 robberies in 2025, 2.5 for every 1,000 residents."
    )
    assert plain(rule_total("robberies", total, None, "2025")) == "The police recorded 10 robberies in 2025."


def test_rule_largest_kinds_names_at_most_three() -> None:
    kinds = [(name, held(name, 1, None, None, "9%")) for name in ("a", "b", "c", "d")]
    assert plain(rule_largest_kinds(kinds, "all")) == "The largest parts are a (9%), b (9%) and c (9%) of all."
    assert plain(rule_largest_kinds(kinds[:1], "all")) == "The largest part is a (9%) of all."


def test_rule_share() -> None:
    assert (
        plain(rule_share("violence", held("s", 0.5, None, None, "half"), "all crime"))
        == "Violence made up half of all crime."
    )


def test_rule_range_claims_a_highest_only_when_intervals_part() -> None:
    high, low = held("h", 50, 48, 52, "50"), held("l", 25, 24, 26, "25")
    assert "ranges from 25 in Stafford to 50 in Stoke" in plain(
        rule_range("violence", ("Stoke", high), ("Stafford", low), "in")
    ).replace(" in in ", " in ")
    near = held("m", 49, 47, 51, "49")
    assert "no area is clearly highest" in plain(rule_range("violence", ("Stoke", high), ("Stafford", near), "each"))


@pytest.mark.parametrize(
    ("ours", "theirs", "claim"),
    [
        ((2, 1.8, 2.2), (1, 0.9, 1.1), "higher than"),
        ((1, 0.9, 1.1), (2, 1.8, 2.2), "lower than"),
        ((1, 0.9, 1.1), (1.05, 1.0, 1.1), "not clearly different from"),
        ((2, 1.8, 2.2), (1, None, None), "higher than"),
        ((2, None, None), (1, None, None), "is not known"),
    ],
)
def test_rule_against(ours: tuple[float, ...], theirs: tuple[float, ...], claim: str) -> None:
    assert claim in plain(rule_against("The rate", held("o", *ours), held("t", *theirs), "England", "each"))


@pytest.mark.parametrize(
    ("lower", "upper", "claim"),
    [
        (4.9, 7.4, "is six times that of the least (95% interval 4.9 to 7.4)."),
        (0.8, 7.4, "is not clearly different from that of the least"),
        (None, None, "How the rate compares with the least is not known."),
    ],
)
def test_rule_ratio(lower: float | None, upper: float | None, claim: str) -> None:
    assert claim in plain(rule_ratio("The rate", held("r", 5.9, lower, upper, "six times"), "the least"))


def test_rule_rank_gives_a_span_and_never_a_bare_rank() -> None:
    span = plain(rule_rank("our rate", held("p", 16, 15, 18, "15th to 18th"), 36, "forces"))
    assert span == (
        "Counted from the highest, our rate is 15th to 18th of 36 forces held; "
        "the figures do not settle it more closely."
    )
    sure = plain(rule_rank("our rate", held("p", 1, 1, 1, "1st"), 36, "forces"))
    assert sure == "Counted from the highest, our rate is 1st of 36 forces held."
    assert "not known" in plain(rule_rank("our rate", held("p", 1, None, None), 36, "forces"))


def test_rule_surely_above() -> None:
    assert plain(rule_surely_above(held("c", 23, None, None, "23"), "neighbourhoods", "X")) == (
        "In 23 neighbourhoods the rate is surely above X."
    )
    assert plain(rule_surely_above(held("c", 1, None, None, "one"), "neighbourhoods", "X")).startswith(
        "In one neighbourhood "
    )
    assert plain(rule_surely_above(held("c", 0, None, None, "no"), "neighbourhoods", "X")).startswith("In none of the")


@pytest.mark.parametrize(
    ("ours", "claim"),
    [
        ((2, 1.8, 2.2), "above the middle"),
        ((0.5, 0.4, 0.6), "below the middle"),
        ((1, 0.9, 1.1), "not clearly different"),
    ],
)
def test_rule_against_middle(ours: tuple[float, ...], claim: str) -> None:
    assert claim in plain(
        rule_against_middle("The rate", held("o", *ours), held("m", 1.0, None, None), "the middle", "each")
    )


def test_rule_against_middle_without_interval() -> None:
    said = rule_against_middle("The rate", held("o", 2, None, None), held("m", 1.0, None, None), "the middle", "each")
    assert plain(said) == "How the rate compares with the middle is not known."


def test_rule_groups_above() -> None:
    assert "three of four ethnic groups were surely searched" in plain(
        rule_groups_above(held("g", 3, None, None, "three"), 4, "2017/18")
    )
    assert "no ethnic group was surely" in plain(rule_groups_above(held("g", 0, None, None, "no"), 4, "2017/18"))


@pytest.mark.parametrize(
    ("down", "claim"),
    [(9, "falls step by step"), (8, "falls almost step by step"), (6, "tends to fall"), (4, "does not fall steadily")],
)
def test_rule_gradient(down: int, claim: str) -> None:
    most, least = held("m", 79, 70, 90, "79"), held("l", 13, 12, 14, "13")
    assert claim in plain(rule_gradient(most, least, down, 9, "offences"))


def test_rules_of_concentration() -> None:
    assert plain(rule_half("violence", held("h", 0.25, None, None, "a quarter"), "places")) == (
        "Half of violence happens in a quarter of places."
    )
    top, chance = held("t", 0.28, None, None, "28%"), held("c", 0.15, None, None, "15%")
    assert "would give 15%" in plain(rule_top_tenth(top, chance, "it", "places"))
    assert plain(rule_top_tenth(top, None, "it", "places")) == "The tenth of places with most hold 28% of it."
