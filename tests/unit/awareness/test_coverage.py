"""Coverage of a course from counts by team and day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.awareness.coverage import (
    Counted,
    Happened,
    Holding,
    Standing,
    TeamCoverage,
    coverage_of,
    holding_on,
    share,
    whole_per_cent,
)

FIRST, AGAIN, LEFT = Happened.FIRST, Happened.AGAIN, Happened.LEFT
ON = date(2026, 11, 20)


# Response, Stafford and west, in the worked example: 150 + 180 trained, 40 of the oldest left, 40 came, 80 of
# the oldest were trained again before 20 October 2026, when the rest of the first round (150 - 40 - 80 = 30) lapsed.
ROUNDS = (
    Counted(date(2023, 10, 20), FIRST, 150), Counted(date(2024, 2, 16), FIRST, 180),
    Counted(date(2025, 3, 31), LEFT, 40), Counted(date(2025, 5, 16), FIRST, 40),
    Counted(date(2026, 10, 12), AGAIN, 80),
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2023, 10, 19), Holding(0, 0, 0)),
        (date(2024, 3, 31), Holding(330, 0, 0)),
        (date(2026, 9, 30), Holding(330, 0, 110)),
        (date(2026, 10, 19), Holding(330, 0, 30)),
        (date(2026, 10, 20), Holding(300, 30, 0)),  # three years to the day: it counts until the day before
        (ON, Holding(300, 30, 180)),  # the second round ends on 16 February 2027, 88 days on
    ],
)
def test_holding_on_a_day(on, expected):
    assert holding_on(ROUNDS, 36, on) == expected


def test_training_that_counts_for_good_never_lapses():
    assert holding_on(ROUNDS[:2], None, date(2090, 1, 1)) == Holding(330, 0, 0)


def test_those_trained_again_come_out_of_the_lapsed():
    counts = [Counted(date(2024, 1, 10), FIRST, 20), Counted(date(2025, 6, 1), AGAIN, 15)]
    assert holding_on(counts, 12, date(2025, 6, 1)) == Holding(15, 5, 0)


counts = st.lists(
    st.builds(
        Counted, st.dates(date(2023, 1, 1), date(2026, 12, 31)), st.sampled_from(list(Happened)), st.integers(1, 50)
    )
)


@given(counts, st.one_of(st.none(), st.integers(1, 48)), st.dates(date(2023, 1, 1), date(2027, 12, 31)))
def test_nobody_is_made_up(given_counts, months, on):
    found = holding_on(given_counts, months, on)
    trained = sum(each.people for each in given_counts if each.what is not LEFT and each.on <= on)
    assert 0 <= found.ending_soon <= found.holding
    assert found.holding + found.lapsed <= trained


@given(counts, st.dates(date(2023, 1, 1), date(2027, 12, 31)))
def test_longer_validity_never_means_fewer(given_counts, on):
    assert holding_on(given_counts, 12, on).holding <= holding_on(given_counts, 24, on).holding


@given(counts)
def test_the_order_in_which_counts_are_told_is_no_matter(given_counts):
    assert holding_on(given_counts, 24, ON) == holding_on(list(reversed(given_counts)), 24, ON)


def team(holding, people, *, target=90, due=date(2024, 3, 31), counted=ON):
    """A team with so many trained people of so many."""
    return TeamCoverage("Team", "Police", Holding(holding, 0, 0), people, counted if people is not None else None,
                        target, due, ON)  # fmt: skip


@pytest.mark.parametrize(
    ("given_team", "per_cent", "standing"),
    [
        (team(90, 100), 90.0, Standing.MET),
        (team(89, 100), 89.0, Standing.SHORT),
        (team(57, 100, target=57), pytest.approx(57), Standing.MET),  # 57 / 100 * 100 is 56.99… in binary numbers
        (team(10, 100, due=date(2027, 1, 1)), 10.0, Standing.TO_COME),
        (team(31, None), None, Standing.UNKNOWN),
        (team(0, 0), None, Standing.UNKNOWN),
        (team(120, 100), 100.0, Standing.MET),
    ],
)
def test_standing_of_a_team(given_team, per_cent, standing):
    assert (given_team.per_cent, given_team.standing) == (per_cent, standing)


def test_doubts_are_said():
    assert team(31, None).doubts == ("Nobody said how many people the team has.",)
    assert team(120, 100).doubts == ("120 trained people are counted for 100: some have left.",)
    assert team(1, 9, counted=ON - timedelta(days=366)).doubts == ("The headcount is more than a year old.",)


def test_a_team_without_headcount_is_left_out_of_the_share_and_named():
    found = coverage_of([team(50, 100), team(31, None)], on=ON, target_per_cent=90)
    assert (found.held, found.people, found.per_cent) == (50, 100, 50.0)
    assert len(found.unknown) == 1
    assert coverage_of([team(31, None)], on=ON, target_per_cent=90).per_cent is None


def test_share_is_that_of_the_library():
    # Newcombe 1998, table I: 81 of 263, 25.53 to 36.62 in 100.
    found = share(81, 263)
    assert (round(found.lower, 2), round(found.upper, 2)) == (25.53, 36.62)
    assert share(0, 0).value is share(1, None).value is None


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "not known"), (0.0, "0%"), (0.2, "under 1%"), (86.4, "86%"), (99.6, "over 99%"), (100.0, "100%")],
)
def test_share_in_words_never_rounds_to_all_or_none(value, words):
    assert whole_per_cent(value) == words
