"""The tables of states: every state is reached, every move starts and ends in a known one."""

from __future__ import annotations

import pytest

from upstream_web.governance.appetite import BANDS, AppetiteIncomplete, band, read_categories


def tables():
    from upstream_web.governance.models import EscalationState, MeetingState
    from upstream_web.governance.policies import ESCALATION_MOVES, MEETING_MOVES

    return [
        (MEETING_MOVES, MeetingState, MeetingState.PLANNED, {"approved"}),
        (ESCALATION_MOVES, EscalationState, EscalationState.RAISED, {"closed", "withdrawn"}),
    ]


def test_moves_start_and_end_in_known_states():
    for moves, states, _, _ in tables():
        for move in moves.values():
            assert {*move.begins, move.ends} <= set(states.values)


def test_every_state_is_reached_and_only_last_ones_have_no_way_on():
    for moves, states, first, last in tables():
        reached = {first} | {move.ends for move in moves.values()}
        assert reached == set(states.values)
        left = {state for move in moves.values() for state in move.begins}
        assert set(states.values) - left == last


# Five by five, the bands as the risk register prints them: 15 and more very high, 10 high, 5 moderate.
@pytest.mark.parametrize(
    ("score", "word"),
    [
        (1, "low"),
        (4, "low"),
        (5, "moderate"),
        (9, "moderate"),
        (10, "high"),
        (12, "high"),
        (15, "very high"),
        (25, "very high"),
    ],
)
def test_band(score, word):
    assert band(score) == word


def test_bands_fall_to_one():
    leasts = [least for least, _ in BANDS]
    assert leasts == sorted(leasts, reverse=True)
    assert leasts[-1] == 1


def test_appetite_lists_every_fault_at_once(tmp_path):
    path = tmp_path / "appetite.toml"
    path.write_text(
        '[[category]]\nkey = "a"\ntitle = "A"\nmost = 30\nappetite = "Open"\nwhy = "w"\n'
        '[[category]]\nkey = "a"\nx = 1\n'
    )
    with pytest.raises(AppetiteIncomplete) as found:
        read_categories(path)
    for fault in ("accepts a score of 30", "a lacks title", "a has x", "a stands twice"):
        assert fault in str(found.value)


def test_appetite_that_comes_with_the_software_is_whole():
    from pathlib import Path

    from upstream_web import governance

    assert len(read_categories(Path(governance.__file__).parent / "appetite.toml")) == 8
