"""The tables of the closure ladder and of responses: every state is reached, what is not in them is refused."""

from __future__ import annotations

from datetime import date

import pytest

from upstream_web.inspections import policies
from upstream_web.inspections.policies import (
    BY_NAME,
    TRACK,
    TRANSITIONS,
    Pace,
    RecommendationState,
    ResponseStanding,
    ResponseState,
    Standing,
    StepRefused,
    check_step,
    rate,
    response_state,
    why_not,
    why_not_agree,
    why_not_publish,
)

S = RecommendationState
READY = Standing(
    has_owner=True, has_plan=True, evidence=2, evidence_supporting=1, audit_satisfied=True, needs_audit_view=True
)  # fmt: skip
# The whole ladder, written down by hand: from each state, which steps lead where.
LADDER = {
    S.RECEIVED: {"answer": S.ANSWERED, "hold-plenary": S.PLENARY_HELD},
    S.ANSWERED: {"hold-plenary": S.PLENARY_HELD},
    S.PLENARY_HELD: {"state-position": S.POSITION_STATED},
    S.POSITION_STATED: {"name-owner": S.OWNED},
    S.OWNED: {"name-owner": S.OWNED, "approve-plan": S.PLAN_APPROVED},
    S.PLAN_APPROVED: {"name-owner": S.PLAN_APPROVED, "review": S.MONITORED},
    S.MONITORED: {
        "name-owner": S.MONITORED, "review": S.MONITORED, "audit-satisfied": S.AUDITED, "audit-doubts": S.MONITORED,
        "request-closure": S.CLOSURE_REQUESTED,
    },
    S.AUDITED: {
        "name-owner": S.AUDITED, "review": S.AUDITED, "audit-satisfied": S.AUDITED, "audit-doubts": S.MONITORED,
        "request-closure": S.CLOSURE_REQUESTED,
    },
    S.CLOSURE_REQUESTED: {
        "name-owner": S.CLOSURE_REQUESTED, "review": S.CLOSURE_REQUESTED, "give-level": S.LEVEL_GIVEN,
        "refuse-closure": S.MONITORED,
    },
    S.LEVEL_GIVEN: {"review": S.LEVEL_GIVEN, "close": S.CLOSED, "reopen": S.REOPENED},
    S.CLOSED: {"recheck": S.CLOSED, "reopen": S.REOPENED},
    S.REOPENED: {"hold-plenary": S.PLENARY_HELD, "name-owner": S.OWNED},
}  # fmt: skip


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("name", list(BY_NAME))
def test_each_step_from_each_state(state, name):
    if name in LADDER[state]:
        assert check_step(name, state, READY).moves[state] == LADDER[state][name]
    else:
        with pytest.raises(StepRefused, match="this step follows"):
            check_step(name, state, READY)


def test_every_state_is_reached_from_receipt():
    reached, frontier = {S.RECEIVED}, {S.RECEIVED}
    while frontier:
        frontier = {to for state in frontier for to in LADDER[state].values()} - reached
        reached |= frontier
    assert reached == set(S)


def test_every_state_has_a_place_on_the_track_or_a_stand_in():
    assert set(S) - set(TRACK) == {S.POSITION_STATED, S.REOPENED}


def test_each_step_has_a_permission_and_words():
    assert all(transition.permission and transition.label for transition in TRANSITIONS)


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing(is_ours=False), "asked of others"),
        (Standing(has_owner=False), "Name the owner first"),
        (Standing(has_owner=True, evidence=0), "no evidence yet"),
        (Standing(has_owner=True, evidence=3, evidence_unreviewed=2), "2 of 3 pieces of evidence were not reviewed"),
        (Standing(has_owner=True, evidence=1, evidence_supporting=0), "Effort alone does not close"),
        (Standing(has_owner=True, evidence=1, evidence_supporting=1), "has not given its view"),
        (
            Standing(has_owner=True, evidence=1, evidence_supporting=1, audit_satisfied=False),
            "is not satisfied",
        ),
    ],
)
def test_what_closure_takes(standing, said):
    assert said in " ".join(why_not(BY_NAME["request-closure"], S.MONITORED, standing))


def test_all_that_is_missing_is_said_at_once():
    nothing = Standing(has_owner=False, evidence=0)
    assert len(why_not(BY_NAME["request-closure"], S.OWNED, nothing)) == 4  # the state, owner, evidence, audit


def test_a_plan_takes_actions_or_words():
    assert "There is no plan" in " ".join(why_not(BY_NAME["approve-plan"], S.OWNED, Standing(has_owner=True)))


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (ResponseStanding(), ResponseState.DRAFTING),
        (ResponseStanding(commissioner_agreed=True), ResponseState.DRAFTING),
        (ResponseStanding(chief_agreed=True), ResponseState.AGREED_BY_CHIEF),
        (ResponseStanding(chief_agreed=True, commissioner_agreed=True), ResponseState.AGREED),
        (ResponseStanding(is_published=True), ResponseState.PUBLISHED),
        (ResponseStanding(is_published=True, sent_to_secretary=True), ResponseState.PUBLISHED),
        (ResponseStanding(is_published=True, sent_to_secretary=True, sent_to_inspectorate=True), ResponseState.SENT),
    ],
)
def test_the_state_of_a_response_follows_from_what_was_done(standing, state):
    assert response_state(standing) == state


def test_every_state_of_a_response_is_reached():
    assert {state.value for state in ResponseState} == {
        "drafting", "agreed by chief", "agreed", "published", "sent"
    }  # fmt: skip


def test_publication_says_everything_that_is_missing():
    said = why_not_publish(ResponseStanding(unanswered=2))
    assert len(said) == 3
    assert "2 recommendations asked of us have no answer" in said[2]
    assert why_not_publish(ResponseStanding(chief_agreed=True, commissioner_agreed=True)) == []


def test_the_commissioner_agrees_after_the_chief_constable():
    said = why_not_agree(is_commissioner=True, is_agreed=False, has_words=True, chief_agreed=False)
    assert said == ["The chief constable’s part comes first, because the commissioner answers it."]
    assert why_not_agree(is_commissioner=False, is_agreed=False, has_words=True, chief_agreed=False) == []


TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("pace", "code"),
    [
        (Pace(is_open=False, due_on=date(2020, 1, 1)), ""),
        (Pace(is_open=True, due_on=date(2026, 11, 19)), "red"),
        (Pace(is_open=True, due_on=date(2026, 11, 19), evidence_supporting=1), "green"),
        (Pace(is_open=True, due_on=date(2026, 11, 20)), "amber"),  # the last day has not passed
        (Pace(is_open=True, due_on=date(2027, 1, 19)), "amber"),  # 60 days ahead
        (Pace(is_open=True, due_on=date(2027, 1, 20)), "green"),  # 61 days ahead
        (Pace(is_open=True, last_pace="stuck"), "red"),
        (Pace(is_open=True, last_pace="slipped"), "amber"),
        (Pace(is_open=True, review_due_on=date(2026, 11, 5)), "red"),  # 15 days late
        (Pace(is_open=True, review_due_on=date(2026, 11, 6)), "amber"),  # 14 days late
        (Pace(is_open=True, review_due_on=date(2026, 11, 20)), "green"),
        (Pace(is_open=True, has_owner=False), "amber"),
    ],
)
def test_the_rating_follows_its_rule(pace, code):
    rating = rate(pace, TODAY)
    assert rating.code == code
    assert rating.because


def test_policies_know_no_table():
    assert not any(hasattr(getattr(policies, name), "_meta") for name in dir(policies))
