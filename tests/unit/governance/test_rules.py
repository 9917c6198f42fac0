"""Quorum, cycle, appetite, wording and states of governance, as tables."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream.clocks import load_rules
from upstream_web.governance.cycles import Gap, dates_ahead, gaps
from upstream_web.governance.minuting import Came, Took, attendance_text, declarations_text, item_text, sentences
from upstream_web.governance.quorum import Filled, quorum

RULES = load_rules()
DELIVERY, QUARTERLY = RULES["delivery_group_cycle"], RULES["board_cycle"]
TWO_MONTHLY = RULES["inspection_board_cycle"]
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def seat(body, there, needed=False, votes=True):
    return Filled(body, votes=votes, is_needed=needed, is_there=there)


# Worked by hand from the rule "at least N voting members, and these organisations".
@pytest.mark.parametrize(
    ("seats", "needed", "is_met", "missing"),
    [
        ([], 1, False, ()),
        ([seat("Police", True)], 1, True, ()),
        ([seat("Police", False)], 1, False, ()),
        ([seat("Police", True), seat("Council", True)], 3, False, ()),
        ([seat("Police", False, needed=True), seat("Council", True)], 1, False, ("Police",)),
        # The organisation is there by another of its seats.
        ([seat("Police", False, needed=True), seat("Police", True)], 1, True, ()),
        # Seats without a vote count for nothing, whoever sits on them.
        ([seat("Analyst", True, votes=False), seat("Police", True)], 2, False, ()),
        ([seat("A", True, needed=True), seat("B", False, needed=True), seat("C", True)], 2, False, ("B",)),
    ],
)
def test_quorum(seats, needed, is_met, missing):
    found = quorum(seats, needed=needed)
    assert (found.is_met, found.bodies_missing) == (is_met, missing)
    assert found.words.startswith("Quorate" if is_met else "Not quorate")


SEATS = st.lists(
    st.builds(
        Filled, body=st.sampled_from("ABCD"), votes=st.booleans(), is_needed=st.booleans(), is_there=st.booleans()
    )
)


@given(SEATS, st.integers(1, 6), st.integers(0, 20))
def test_nobody_breaks_a_quorum_by_coming(seats, needed, which):
    if seats and quorum(seats, needed=needed).is_met:
        late = seats[which % len(seats)]
        more = [*seats[: which % len(seats)], Filled(late.body, late.votes, late.is_needed, True),
                *seats[which % len(seats) + 1 :]]  # fmt: skip
        assert quorum(more, needed=needed).is_met


# Days counted on a calendar: 6 and 8 weeks are 42 and 56 days; a week more is allowed for finding another day.
@pytest.mark.parametrize(
    ("rule", "since", "until", "is_kept", "words"),
    [
        (DELIVERY, date(2026, 1, 14), date(2026, 2, 25), True, "The gap was 6 weeks"),
        (DELIVERY, date(2026, 1, 14), date(2026, 3, 11), True, "The gap was 8 weeks"),
        (DELIVERY, date(2026, 1, 14), date(2026, 3, 18), True, "The gap was 9 weeks"),
        (DELIVERY, date(2026, 1, 14), date(2026, 3, 25), False, "The gap was 10 weeks, the cycle says 6 to 8 weeks"),
        (DELIVERY, date(2026, 1, 14), date(2026, 2, 18), False, "The gap was 5 weeks, the cycle says 6 to 8 weeks"),
        (QUARTERLY, date(2026, 1, 14), date(2026, 4, 14), True, "The gap was 3 months"),
        (QUARTERLY, date(2026, 1, 14), date(2026, 5, 14), False, "The gap was 4 months, the cycle says 3 months"),
        (TWO_MONTHLY, date(2026, 1, 14), date(2026, 3, 13), True, "The gap was 2 months"),
    ],
)
def test_cycle(rule, since, until, is_kept, words):
    gap = Gap(since, until, rule)
    assert (gap.is_kept, gap.words) == (is_kept, words)


def test_gaps_take_days_in_any_order():
    days = [date(2026, 3, 11), date(2026, 1, 14), date(2026, 5, 6)]
    assert [(gap.since, gap.until) for gap in gaps(days, DELIVERY)] == list(pairwise(sorted(days)))


def test_dates_ahead_keep_weekday_and_avoid_bank_holidays():
    # From Friday 25 September 2026 the second quarter ends on 25 March 2027, a Thursday: the Friday before is the 19th.
    assert dates_ahead(QUARTERLY, date(2026, 9, 25), date(2027, 4, 1))[1] == date(2027, 3, 19)
    # From Friday 27 November 2026 the turn of eight weeks ends on Friday 22 January 2027.
    assert dates_ahead(DELIVERY, date(2026, 11, 27), date(2027, 2, 1)) == [date(2027, 1, 22)]
    # Eight weeks after Monday 7 March 2022 is Monday 2 May 2022, the early May bank holiday.
    assert dates_ahead(DELIVERY, date(2022, 3, 7), date(2022, 5, 8)) == [date(2022, 4, 25)]


@given(DAYS, st.sampled_from([DELIVERY, QUARTERLY, TWO_MONTHLY]))
def test_dates_ahead_are_working_days_in_order_and_overrun_no_turn(last, rule):
    found = dates_ahead(rule, last, last + timedelta(days=400))
    assert found == sorted(set(found))
    assert all(rule.calendar.is_working_day(day) for day in found)
    assert all(day > last for day in found)


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        ("", ""),
        ("the group heard", "The group heard."),
        ("- first\n* second?\n\n– third", "First.\n\nSecond?\n\nThird."),
    ],
)
def test_notes_become_sentences(notes, said):
    assert sentences(notes) == said


def test_item_without_record_says_so():
    assert item_text("note", "", [], []) == "The report was noted."
    assert item_text("decide", " ", [], []) == "No discussion was recorded, and nothing was decided."


def test_item_says_what_was_decided_and_asked():
    decided = Took(4, "fund it", "the pilot worked", "Director", date(2026, 12, 1))
    assert item_text("decide", "heard the pilot", [decided], [Took(9, "write the bid", owner="Analyst")]) == (
        "Heard the pilot.\n\n"
        "**Decision 4.** Fund it. Reason: The pilot worked. (Director, by Tuesday 1 December 2026)\n\n"
        "**Action 9.** Write the bid. (Analyst)"
    )


def test_attendance_is_listed_by_how_people_came():
    came = [
        Came("Chair", "Police", "present"),
        Came("Director", "Council", "deputy", "Head of service"),
        Came("Head", "Probation", "apologies"),
        Came("Lead", "NHS", "absent"),
    ]
    assert attendance_text(came) == (
        "Present:\n\n- Chair (Police)\n\nDeputies:\n\n- Head of service for Director (Council)\n\n"
        "Apologies:\n\n- Head (Probation)\n\nAbsent:\n\n- Lead (NHS)"
    )


def test_interests_are_told_with_how_they_were_dealt_with():
    assert declarations_text([]) == "No interests were declared."
    assert declarations_text([("Director", "trustee of a bidder", "Awards", "left the room")]) == (
        "Director declared an interest on “Awards”: trustee of a bidder. Left the room."
    )
