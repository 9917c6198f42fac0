"""How many pupils were reached, from contacts alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.awareness.pupils import NOBODY, Held, Pupils, pupils_of_setting

Y7, Y8, BOTH, UNSAID = frozenset({"y7"}), frozenset({"y8"}), frozenset({"y7", "y8"}), frozenset[str]()


# Worked out by hand: sessions of different years add up, those that share a year count once, the largest.
@pytest.mark.parametrize(
    ("held", "on_roll", "expected"),
    [
        ([], 700, Pupils(0, 0, 0, 0, 0)),
        ([Held(Y7, 90), Held(Y8, 60)], 700, Pupils(150, 150, 150, 2, 0)),
        ([Held(Y7, 90), Held(Y7, 80)], 700, Pupils(170, 90, 170, 2, 0)),
        ([Held(Y7, 90), Held(BOTH, 100)], 700, Pupils(190, 100, 190, 2, 0)),
        ([Held(Y7, 90), Held(Y8, 60), Held(BOTH, 100)], 700, Pupils(250, 100, 250, 3, 0)),  # a bound, not the best one
        ([Held(UNSAID, 30), Held(UNSAID, 25)], 700, Pupils(55, 30, 55, 2, 0)),
        ([Held(Y7, 90), Held(Y7, 80)], 120, Pupils(170, 90, 120, 2, 0)),
        ([Held(Y7, 90), Held(Y8, None)], 700, Pupils(90, 90, 700, 2, 1)),
        ([Held(Y7, 90), Held(Y8, None)], None, Pupils(90, 90, None, 2, 1)),
        ([Held(Y7, 90)], 60, Pupils(90, 90, 90, 1, 0)),  # the roll is out of date: those who sat there are believed
    ],
)
def test_pupils_of_a_setting(held, on_roll, expected):
    assert pupils_of_setting(held, on_roll) == expected


def test_an_unknown_bound_stays_unknown_in_a_sum():
    known, unknown = pupils_of_setting([Held(Y7, 90)], 700), pupils_of_setting([Held(Y7, None)], None)
    assert sum([known, unknown], NOBODY) == Pupils(90, 90, None, 2, 1)


@st.composite
def schools(draw):
    """A school whose pupils we know one by one, the sessions that some of them sat, and the true number reached."""
    years = {year: draw(st.integers(5, 40)) for year in ("y7", "y8", "y9")}
    held, reached = [], set()
    for _ in range(draw(st.integers(0, 6))):
        groups = draw(st.sets(st.sampled_from(sorted(years)), min_size=1))
        present = {(year, pupil) for year in groups for pupil in range(years[year]) if draw(st.booleans())}
        reached |= present
        held.append(Held(frozenset(groups), len(present) if draw(st.booleans()) else None))
    return held, sum(years.values()), len(reached)


@given(schools())
def test_the_true_number_lies_between_the_bounds(school):
    held, on_roll, reached = school
    found = pupils_of_setting(held, on_roll)
    assert found.at_least <= reached <= found.at_most
    assert found.at_least <= found.contacts
