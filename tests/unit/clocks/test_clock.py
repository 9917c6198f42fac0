"""Starting, pausing and stopping; what cannot be; the words for every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from upstream.clocks import (
    Clock,
    ClockImpossible,
    DoesNotRecur,
    MomentUnclear,
    Pause,
    State,
    compliance,
    counted_days,
    load_rules,
    next_dates,
    stand,
    start,
)

RULES = load_rules()
LONDON = ZoneInfo("Europe/London")
EARLY = "Held 7 days before the earliest day"


def day(text: str) -> date:
    return date.fromisoformat(text)


def at_time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def begun(name: str, on: str, stopped: str | None = None) -> Clock:
    return start(RULES[name], at=day(on), stopped=day(stopped) if stopped else None)


# Each row counted by hand on a calendar; 2026 has bank holidays on 3 and 6 April, 4 and 25 May.
@pytest.mark.parametrize(
    ("name", "started", "stopped", "seen_on", "state", "words"),
    [
        ("inspection_response", "2025-11-20", None, "2025-11-20", State.RUNNING, "Due in 55 days"),
        ("inspection_response", "2025-11-20", None, "2026-01-08", State.DUE_SOON, "Due in 6 days"),
        ("inspection_response", "2025-11-20", None, "2026-01-13", State.DUE_SOON, "Due tomorrow"),
        ("inspection_response", "2025-11-20", None, "2026-01-14", State.DUE_TODAY, "Due today"),
        ("inspection_response", "2025-11-20", None, "2026-01-15", State.LATE, "1 day late"),
        ("inspection_response", "2025-11-20", "2026-01-14", "2026-02-01", State.MET, "Sent on day 56"),
        ("inspection_response", "2025-11-20", "2026-01-17", "2026-02-01", State.MET_LATE, "Sent 3 days late"),
        ("inspection_response", "2025-11-20", "2026-01-17", "2026-01-10", State.DUE_SOON, "Due in 4 days"),
        ("recommendation_monitoring", "2025-12-18", None, "2026-02-12", State.DUE_SOON, "Due in 6 days"),
        ("recommendation_monitoring", "2025-12-18", "2026-02-09", "2026-03-01", State.MET, "Reviewed 9 days early"),
        ("recommendation_monitoring", "2025-12-18", "2026-02-18", "2026-03-01", State.MET, "Reviewed on the last day"),
        ("draft_minutes", "2026-03-30", None, "2026-04-20", State.LATE, "3 working days late"),
        ("draft_minutes", "2026-03-30", "2026-04-07", "2026-04-20", State.MET, "Sent on working day 4"),
        ("draft_minutes", "2026-03-30", "2026-03-30", "2026-04-20", State.MET, "Sent on the same day"),
        ("escalation_acknowledged", "2026-04-02", None, "2026-04-10", State.DUE_SOON, "Due in 1 working day"),
        ("victim_referral", "2026-05-05", None, "2026-05-06", State.DUE_SOON, "Due tomorrow"),
        ("victim_referral", "2026-05-06", None, "2026-05-09", State.LATE, "Late"),
        ("victim_referral", "2026-05-06", "2026-05-09", "2026-05-12", State.MET_LATE, "Referred late"),
        ("papers_sent", "2026-04-08", None, "2026-03-20", State.RUNNING, "Due in 6 working days"),
        ("papers_sent", "2026-04-08", None, "2026-03-30", State.DUE_TODAY, "Due today"),
        ("papers_sent", "2026-04-08", "2026-03-27", "2026-04-01", State.MET, "Sent 1 working day early"),
        ("papers_sent", "2026-04-08", "2026-04-01", "2026-04-01", State.MET_LATE, "Sent 2 working days late"),
        ("delivery_group_cycle", "2026-01-07", "2026-02-11", "2026-03-01", State.MET, EARLY),
        ("delivery_group_cycle", "2026-01-07", "2026-02-25", "2026-03-01", State.MET, "Held 7 days early"),
    ],
)  # fmt: skip
def test_words_for_days(name: str, started: str, stopped: str | None, seen_on: str, state: State, words: str) -> None:
    seen = stand(begun(name, started, stopped), at=day(seen_on))
    assert (seen.state, seen.words) == (state, words)


@pytest.mark.parametrize(
    ("now", "stopped", "state", "words"),
    [
        ("2026-06-01 12:00", None, State.RUNNING, "Due in 72 hours"),
        ("2026-06-03 12:30", None, State.DUE_SOON, "Due in 23 hours"),
        ("2026-06-04 00:30", None, State.DUE_TODAY, "Due today by 12:00"),
        ("2026-06-04 12:00", None, State.DUE_TODAY, "Due today by 12:00"),
        ("2026-06-04 12:40", None, State.LATE, "40 minutes late"),
        ("2026-06-04 17:59", None, State.LATE, "5 hours late"),
        ("2026-06-09 12:00", None, State.LATE, "5 days late"),
        ("2026-06-09 12:00", "2026-06-02 20:00", State.MET, "Held after 32 hours"),
        ("2026-06-09 12:00", "2026-06-01 12:20", State.MET, "Held within the hour"),
        ("2026-06-09 12:00", "2026-06-04 12:00", State.MET, "Held after 72 hours"),
        ("2026-06-09 12:00", "2026-06-04 13:00", State.MET_LATE, "Held 1 hour late"),
    ],
)
def test_words_for_hours(now: str, stopped: str | None, state: State, words: str) -> None:
    end = at_time(stopped) if stopped else None
    clock = start(RULES["return_home_interview"], at=at_time("2026-06-01 12:00"), stopped=end)
    seen = stand(clock, at=at_time(now))
    assert (seen.state, seen.words) == (state, words)
    assert seen.last_day.endswith("12:00 on 4 June 2026")


@pytest.mark.parametrize(
    ("name", "started", "seen_on", "detail"),
    [
        (
            "inspection_response",
            "2025-11-20",
            "2026-01-08",
            "The day of publication of the report counts as day 1, so the last day is 14 January 2026.",
        ),
        (
            "draft_minutes",
            "2026-03-30",
            "2026-04-01",
            "Counted from the day after the meeting: the last day is 15 April 2026.",
        ),
        (
            "papers_sent",
            "2026-04-08",
            "2026-03-20",
            "5 working days before the meeting: the last day is 30 March 2026.",
        ),
        (
            "subject_access",
            "2026-01-31",
            "2026-03-05",
            "1 month from receipt of the request: the last day was 2 March 2026.",
        ),
        (
            "delivery_group_cycle",
            "2026-01-07",
            "2026-02-01",
            "8 weeks from the last meeting: the last day is 4 March 2026. Not before 18 February 2026.",
        ),
    ],
)
def test_detail_says_how_it_was_counted(name: str, started: str, seen_on: str, detail: str) -> None:
    assert stand(begun(name, started), at=day(seen_on)).detail == detail


def test_pause_and_resume() -> None:
    """Received Monday 2 March 2026, due 2 April; seven days paused: 9 April."""
    clock = begun("subject_access", "2026-03-02").pause(at=day("2026-03-09"), reason="identity asked for")
    seen = stand(clock, at=day("2026-03-12"))
    assert (seen.state, seen.words) == (State.PAUSED, "Paused, 25 days left")
    # Four days later than 2 April is Easter Monday.
    assert seen.detail == (
        "Paused since 9 March 2026: identity asked for. If it runs on tomorrow, the last day is 7 April 2026."
    )
    resumed = clock.resume(at=day("2026-03-16"))
    assert resumed.due_on == day("2026-04-09")
    assert stand(resumed, at=day("2026-03-16")).words == "Due in 24 days"
    assert stand(resumed, at=day("2026-03-12")).state is State.PAUSED  # as it stood then
    assert stand(resumed.stop(at=day("2026-04-09")), at=day("2026-05-01")).state is State.MET


def test_answered_while_paused_is_in_time() -> None:
    clock = begun("subject_access", "2026-03-02").pause(at=day("2026-03-30"), reason="clarification asked for")
    assert stand(clock.stop(at=day("2026-05-20")), at=day("2026-06-01")).state is State.MET


def test_pause_of_hours() -> None:
    rule = replace(RULES["breach_notification"], pauses=("system down",))
    clock = start(rule, at=at_time("2026-06-01 12:00")).pause(at=at_time("2026-06-02 12:00"), reason="system down")
    assert stand(clock, at=at_time("2026-06-03 00:00")).words == "Paused, 48 hours left"
    resumed = clock.resume(at=at_time("2026-06-03 00:00"))
    assert resumed.due_at == at_time("2026-06-05 00:00")
    seen = stand(resumed, at=at_time("2026-06-03 01:00"))
    assert (seen.gone, seen.left, seen.total) == (25, 47, 72)


def test_pause_over_a_weekend_takes_no_working_day_out() -> None:
    rule = replace(RULES["escalation_acknowledged"], pauses=("leave",))
    clock = start(rule, at=day("2026-06-01"), pauses=[Pause(day("2026-06-06"), day("2026-06-08"), "leave")])
    assert clock.due_on == start(rule, at=day("2026-06-01")).due_on == day("2026-06-08")


def test_pause_in_days_that_a_weekend_gave() -> None:
    """A month from 1 October 2025 is Saturday 1 November, so Monday the 3rd; paused that day until the 5th."""
    clock = begun("subject_access", "2025-10-01").pause(at=day("2025-11-03"), reason="identity asked for")
    assert clock.resume(at=day("2025-11-05")).due_on == day("2025-11-05")


def test_midnight_ends_the_last_day() -> None:
    assert begun("inspection_response", "2023-03-08").due_at == datetime(2023, 5, 2, 23, tzinfo=UTC)
    assert begun("inspection_response", "2025-11-20").due_at == datetime(2026, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "pauses", "stopped", "fault"),
    [
        ("draft_minutes", [], "2026-02-28", "it stopped (2026-02-28) before it started (2026-03-02)"),
        ("draft_minutes", [("2026-03-03", "2026-03-04", "ill")], None, "its rule does not let it be paused"),
        ("subject_access", [("2026-03-03", None, "holiday")], None, "“holiday” is not a reason to pause it"),
        (
            "subject_access",
            [("2026-03-01", None, "fee asked for")],
            None,
            "it was paused (2026-03-01) before it started",
        ),
        (
            "subject_access",
            [("2026-03-09", "2026-03-08", "fee asked for")],
            None,
            "a pause ended (2026-03-08) before it began",
        ),
        (
            "subject_access",
            [("2026-03-03", None, "fee asked for"), ("2026-03-05", None, "fee asked for")],
            None,
            "it was paused (2026-03-05) while it was paused",
        ),
    ],
)
def test_what_cannot_be(name: str, pauses: list[tuple[str, str | None, str]], stopped: str | None, fault: str) -> None:
    held = [Pause(day(since), day(until) if until else None, reason) for since, until, reason in pauses]
    with pytest.raises(ClockImpossible) as refused:
        start(RULES[name], at=day("2026-03-02"), pauses=held, stopped=day(stopped) if stopped else None)
    assert fault in str(refused.value)


def test_year_that_cannot_be_counted() -> None:
    with pytest.raises(ClockImpossible, match="starts in the year 202; 2000 to 2099 can be counted"):
        start(RULES["inspection_response"], at=date(202, 3, 8))


def test_resume_what_runs() -> None:
    with pytest.raises(ClockImpossible, match="is not paused"):
        begun("subject_access", "2026-03-02").resume(at=day("2026-03-03"))


def test_hours_want_a_moment_with_its_zone() -> None:
    with pytest.raises(MomentUnclear, match="a day, not a moment"):
        start(RULES["breach_notification"], at=day("2026-03-02"))
    with pytest.raises(MomentUnclear, match="without a time zone"):
        start(RULES["breach_notification"], at=datetime(2026, 3, 2, 12))  # noqa: DTZ001
    with pytest.raises(MomentUnclear, match="without a time zone"):
        start(RULES["draft_minutes"], at=datetime(2026, 3, 2, 12))  # noqa: DTZ001


def test_days_are_shown_as_they_were_counted() -> None:
    """Thursday 30 April 2026 plus two working days, over a weekend and the early May holiday."""
    rows = counted_days(begun("victim_referral", "2026-04-30"))
    assert [(row.day.isoformat(), row.number) for row in rows] == [
        ("2026-04-30", None),
        ("2026-05-01", 1),
        ("2026-05-02", None),
        ("2026-05-03", None),
        ("2026-05-04", None),
        ("2026-05-05", 2),
    ]
    assert rows[0].note == "the day of the victim’s report to the police is not counted"
    assert rows[2].note == "weekend"
    assert rows[4].note == "May Day"


def test_paused_days_are_shown_with_their_reason() -> None:
    rule = replace(RULES["dormant_account"], length=3)
    clock = start(rule, at=day("2026-06-01"), pauses=[Pause(day("2026-06-03"), day("2026-06-05"), "long leave")])
    assert [(row.number, row.note) for row in counted_days(clock)[1:]] == [
        (1, ""),
        (None, "paused: long leave"),
        (None, "paused: long leave"),
        (2, ""),
        (3, ""),
    ]


def test_months_show_the_days_that_decide() -> None:
    notes = [row.note for row in counted_days(begun("subject_access", "2026-01-31"))]
    assert notes == [
        "receipt of the request",
        "the month’s last day, having no such number",
        "weekend, so it is the next working day",
    ]


def test_hours_show_both_moments() -> None:
    rows = counted_days(start(RULES["breach_notification"], at=at_time("2026-03-27 12:00")))
    assert [row.note for row in rows] == ["12:00, becoming aware of the breach", "13:00"]


def test_cycle_with_an_earliest_and_a_latest_day() -> None:
    """Eight weeks from Wednesday 14 January 2026 is 11 March; from there six weeks is 22 April, eight 6 May."""
    turns = next_dates(RULES["delivery_group_cycle"], day("2026-01-14"), day("2026-06-01"))
    assert [(str(turn.earliest_on), str(turn.due_on)) for turn in turns] == [
        ("2026-02-25", "2026-03-11"),
        ("2026-04-22", "2026-05-06"),
    ]


def test_cycle_does_not_drift_over_short_months() -> None:
    """From 31 January: 31 March, 31 May (a Sunday, so Friday 29), 31 July, 30 September, 30 November."""
    turns = next_dates(RULES["inspection_board_cycle"], day("2026-01-31"), day("2026-12-31"))
    assert [f"{turn.due_on:%m-%d}" for turn in turns] == ["03-31", "05-29", "07-31", "09-30", "11-30"]


def test_dates_of_what_runs_once() -> None:
    with pytest.raises(DoesNotRecur, match="runs once"):
        next_dates(RULES["draft_minutes"], day("2026-01-01"), day("2026-12-31"))


def test_share_kept_without_any_outcome() -> None:
    answer = compliance([begun("draft_minutes", "2026-06-01")] * 3, at=day("2026-06-02"))
    assert (answer.counted, answer.running, answer.rate) == (0, 3, None)
    assert answer.words == "None has come to its end yet; 3 still running"


def test_due_today_and_paused_are_still_running() -> None:
    due_today = begun("draft_minutes", "2026-03-30")
    paused = begun("subject_access", "2026-03-20").pause(at=day("2026-03-25"), reason="fee asked for")
    answer = compliance([due_today, paused], at=day("2026-04-15"))
    assert (answer.counted, answer.running) == (0, 2)


def test_stand_of_hours_is_the_same_in_any_zone() -> None:
    clock = start(RULES["breach_notification"], at=at_time("2026-06-01 12:00"))
    now = at_time("2026-06-02 12:00")
    assert stand(clock, at=now).words == stand(clock, at=now.astimezone(UTC) + timedelta(0)).words == "Due in 48 hours"
