"""What the state of the plan allows: every move, circles of dependencies, days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.strategy.models import Action, ActionState, Strategy
from upstream_web.strategy.policies import (
    MOVES,
    MoveRefused,
    StrategyClosed,
    asked_at,
    check_move,
    check_open_to_words,
    check_rebaseline,
    faults_of,
    makes_a_circle,
)


def action(state="under_way", **changed):
    values = {"title": "A", "state": state, "starts_on": date(2026, 1, 1), "due_on": date(2026, 6, 30)}
    return Action(**values | changed)


def test_every_state_has_its_moves():
    assert set(MOVES) == set(ActionState)


# From where to where, as agreed in words: finished work is opened again before anything else happens to it.
ALLOWED = {
    "not_started": {"under_way", "blocked", "done", "stopped"},
    "under_way": {"not_started", "blocked", "done", "stopped"},
    "blocked": {"under_way", "done", "stopped"},
    "done": {"under_way"},
    "stopped": {"not_started", "under_way"},
}


@pytest.mark.parametrize("to", [state.value for state in ActionState])
@pytest.mark.parametrize("state", list(ALLOWED))
def test_move_is_allowed_or_refused(state, to):
    if to in ALLOWED[state]:
        check_move(action(state), to, words="a reason", open_milestones=0)
    else:
        with pytest.raises(MoveRefused):
            check_move(action(state), to, words="a reason", open_milestones=0)


@pytest.mark.parametrize(("state", "to"), [("under_way", "blocked"), ("under_way", "stopped"), ("done", "under_way")])
def test_move_that_needs_words_is_refused_without(state, to):
    assert asked_at(action(state), to)
    with pytest.raises(MoveRefused, match="without words"):
        check_move(action(state), to, words="  ", open_milestones=0)


def test_action_with_open_milestones_is_not_done():
    with pytest.raises(MoveRefused, match="2 milestones not reached"):
        check_move(action(), "done", words="", open_milestones=2)


@pytest.mark.parametrize(
    ("state", "day", "reason"),
    [
        ("done", date(2026, 9, 1), "why"),
        ("under_way", date(2026, 6, 30), "why"),
        ("under_way", date(2025, 12, 31), "why"),
        ("under_way", date(2026, 9, 1), " "),
    ],
)
def test_day_is_not_moved_without_cause(state, day, reason):
    with pytest.raises(MoveRefused):
        check_rebaseline(action(state), day, reason)


def test_published_strategy_is_closed_to_words():
    check_open_to_words(Strategy(title="S", state="draft"))
    with pytest.raises(StrategyClosed):
        check_open_to_words(Strategy(title="S", state="published"))


def test_faults_are_all_named():
    found = faults_of(action(title=" ", due_on=date(2025, 1, 1), percent=120))
    assert len(found) == 3


def follows(needs: dict[int, set[int]], begin: int) -> set[int]:
    """The slow way to say what an action waits for: go on until nothing is new."""
    found: set[int] = set()
    while True:
        more = {there for here in found | {begin} for there in needs.get(here, ())} - found
        if not more:
            return found
        found |= more


@given(st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), max_size=25))
def test_dependencies_added_one_by_one_never_close_a_circle(wanted):
    needs: dict[int, set[int]] = {}
    for here, there in wanted:
        closes = here == there or here in follows(needs, there)
        assert makes_a_circle(needs, here, there) is closes
        if not closes:
            needs.setdefault(here, set()).add(there)
    assert all(key not in follows(needs, key) for key in needs)
