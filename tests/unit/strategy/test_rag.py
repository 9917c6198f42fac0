"""The rule behind red, amber and green. Expected colours follow from the thresholds in `rag_rules.toml`, by hand."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import upstream_web.strategy.rag as module
from upstream_web.strategy.rag import ActionFacts, Rag, RagRules, Reason, Step, escalates, judge

RULES = RagRules()
DUE = date(2026, 6, 30)
START = date(2026, 1, 5)
HEARD = date(2026, 6, 1)
RUNNING = ActionFacts("under_way", START, DUE, percent=50, last_note_on=HEARD, confidence="high")


def days(day: date, count: int) -> date:
    return day + timedelta(days=count)


BLOCKED = replace(RUNNING, state="blocked", blocked_on=HEARD, blocked_by="No room")
LONG = replace(RUNNING, due_on=date(2027, 1, 1))
HALF, HUB = (Step("Half", HEARD),), (Step("Hub", HEARD),)
WAITING = ActionFacts("not_started", START, DUE)

# What the action is, the day it is looked at, the colour and the words of the first reason.
TABLE = [
    ("on course", RUNNING, date(2026, 6, 15), Rag.GREEN, "On course, due in 15 days"),
    ("soon due and half done", RUNNING, date(2026, 6, 16), Rag.AMBER, "Due in 14 days and 50% done"),
    (
        "soon due and nearly done",
        replace(RUNNING, percent=80),
        date(2026, 6, 16),
        Rag.GREEN,
        "On course, due in 14 days",
    ),
    ("just under nearly done", replace(RUNNING, percent=79), DUE, Rag.AMBER, "Due today and 79% done"),
    ("the day it is due", RUNNING, DUE, Rag.AMBER, "Due today and 50% done"),
    ("a day late", RUNNING, days(DUE, 1), Rag.RED, "Due yesterday"),
    ("twelve days late", RUNNING, days(DUE, 12), Rag.RED, "Due 12 days ago"),
    ("59 days without a note", LONG, days(HEARD, 59), Rag.GREEN, "On course, due in 155 days"),
    ("60 days without a note", LONG, days(HEARD, 60), Rag.AMBER, "No progress note for 60 days"),
    ("119 days without a note", LONG, days(HEARD, 119), Rag.AMBER, "No progress note for 119 days"),
    ("120 days without a note", LONG, days(HEARD, 120), Rag.RED, "No progress note for 120 days"),
    (
        "never a note since it started",
        replace(LONG, last_note_on=None),
        days(START, 60),
        Rag.AMBER,
        "No progress note for 60 days",
    ),
    ("blocked today", replace(BLOCKED, blocked_by="No room."), HEARD, Rag.AMBER, "Blocked since 1 Jun 2026: No room"),
    ("blocked 27 days", replace(BLOCKED, percent=90), days(HEARD, 27), Rag.AMBER, "Blocked since 1 Jun 2026: No room"),
    ("blocked 28 days", replace(BLOCKED, percent=90), days(HEARD, 28), Rag.RED, "Blocked since 1 Jun 2026: No room"),
    ("milestone due today", replace(RUNNING, milestones=HALF), HEARD, Rag.GREEN, "On course, due in 29 days"),
    (
        "milestone a day late",
        replace(RUNNING, milestones=HALF),
        days(HEARD, 1),
        Rag.AMBER,
        "Milestone “Half” was due yesterday",
    ),
    (
        "milestone 28 days late",
        replace(RUNNING, percent=90, milestones=HALF),
        days(HEARD, 28),
        Rag.RED,
        "Milestone “Half” was due 28 days ago",
    ),
    ("what it needs is due today", replace(RUNNING, needs=HUB), HEARD, Rag.GREEN, "On course, due in 29 days"),
    (
        "what it needs is late",
        replace(RUNNING, needs=HUB),
        days(HEARD, 3),
        Rag.AMBER,
        "Needs “Hub”, which was due 3 days ago",
    ),
    (
        "what it needs was stopped",
        replace(RUNNING, needs=(Step("Hub", DUE, ended=True),)),
        HEARD,
        Rag.AMBER,
        "Needs “Hub”, which was stopped",
    ),
    (
        "low confidence",
        replace(RUNNING, confidence="low"),
        HEARD,
        Rag.AMBER,
        "Low confidence of its lead since 1 Jun 2026",
    ),
    ("not to start yet", WAITING, days(START, -10), Rag.GREY, "Starts on 5 Jan 2026"),
    ("to start thirteen days ago", WAITING, days(START, 13), Rag.GREY, "Should have started 13 days ago"),
    ("to start fourteen days ago", WAITING, days(START, 14), Rag.AMBER, "Should have started 14 days ago"),
    ("never started and late", WAITING, days(DUE, 1), Rag.RED, "Due yesterday"),
    (
        "done",
        ActionFacts("done", START, DUE, 100, done_on=date(2026, 7, 9)),
        date(2027, 1, 1),
        Rag.BLUE,
        "Done on 9 Jul 2026",
    ),
    ("stopped", ActionFacts("stopped", START, DUE), date(2027, 1, 1), Rag.GREY, "Stopped"),
]


@pytest.mark.parametrize(("facts", "on", "rag", "words"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_colour_and_reason(facts, on, rag, words):
    verdict = judge(facts, on, RULES)
    assert (verdict.rag, verdict.reasons[0].words(on)) == (rag, words)


def test_thresholds_of_the_file_are_those_of_the_code():
    table = tomllib.loads(Path(module.__file__).with_name("rag_rules.toml").read_text(encoding="utf-8"))
    assert RagRules.from_table(table) == RagRules()


def test_thresholds_that_cannot_be_are_all_named():
    with pytest.raises(ValueError, match=r"late_red_dayz is not a threshold; quiet_red_days is -1"):
        RagRules.from_table({"late_red_dayz": 1, "quiet_red_days": -1})


@pytest.mark.parametrize(("red_for", "expected"), [(27, False), (28, True)])
def test_red_for_long_is_escalated(red_for, expected):
    assert escalates(Rag.RED, DUE, days(DUE, red_for), RULES) is expected


def test_amber_is_never_escalated_by_rule():
    assert not escalates(Rag.AMBER, DUE, days(DUE, 400), RULES)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
STEPS = st.lists(st.builds(Step, st.text("ab", min_size=1, max_size=3), DAYS, st.booleans()), max_size=3).map(tuple)


@st.composite
def any_facts(draw: st.DrawFn) -> ActionFacts:
    state = draw(st.sampled_from(["not_started", "under_way", "blocked", "done", "stopped"]))
    start, end = sorted((draw(DAYS), draw(DAYS)))
    return ActionFacts(
        state,
        start,
        end,
        percent=draw(st.integers(0, 100)),
        done_on=draw(DAYS) if state == "done" else None,
        blocked_on=draw(DAYS) if state == "blocked" else None,
        blocked_by="a reason" if state == "blocked" else "",
        last_note_on=draw(st.none() | DAYS),
        confidence=draw(st.sampled_from(["", "high", "medium", "low"])),
        milestones=draw(STEPS),
        needs=draw(STEPS),
    )


@given(any_facts(), DAYS, st.integers(0, 400))
def test_colour_holds_until_the_day_that_was_foretold(facts, on, later):
    verdict = judge(facts, on, RULES)
    day = days(on, later)
    if verdict.turns_on is None or day < verdict.turns_on:
        again = judge(facts, day, RULES)
        assert (again.rag, again.reasons) == (verdict.rag, verdict.reasons)


@given(any_facts(), DAYS)
def test_every_action_has_a_colour_with_a_reason_that_survives_keeping(facts, on):
    verdict = judge(facts, on, RULES)
    assert verdict.reasons
    assert all(Reason.from_kept(reason.kept()) == reason and reason.words(on) for reason in verdict.reasons)


@given(any_facts(), DAYS)
def test_one_more_trouble_never_makes_it_better(facts, on):
    ranks = list(Rag)
    worse = replace(facts, milestones=(*facts.milestones, Step("Late", days(on, -1))))
    if facts.state not in ("done", "stopped"):
        assert ranks.index(judge(worse, on, RULES).rag) <= ranks.index(judge(facts, on, RULES).rag)
