"""Reminders: on which days, to whom, under which key."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from upstream.clocks import Clock, Reminder, ReminderKind, load_rules, reminders, start

RULES = load_rules()
LONDON = ZoneInfo("Europe/London")


def of_days(clock: Clock, *days: str) -> list[Reminder]:
    """Collect the reminders of several days."""
    return [found for day in days for found in reminders({"it": clock}, on=date.fromisoformat(day))]


def test_reminders_of_a_response() -> None:
    """Due 14 January 2026; its rule reminds 28, 14, 7, 2 and 0 days before and escalates one day late."""
    clock = start(RULES["inspection_response"], at=date(2025, 11, 20))
    found = of_days(clock, "2025-12-16", "2025-12-17", "2025-12-31", "2026-01-07", "2026-01-12", "2026-01-14")
    assert [(item.on.isoformat(), item.words) for item in found] == [
        ("2025-12-17", "Due in 28 days. Last day is 14 January 2026"),
        ("2025-12-31", "Due in 14 days. Last day is 14 January 2026"),
        ("2026-01-07", "Due in 7 days. Last day is 14 January 2026"),
        ("2026-01-12", "Due in 2 days. Last day is 14 January 2026"),
        ("2026-01-14", "Due today. Last day is 14 January 2026"),
    ]
    assert not any(item.escalate_to for item in found)


def test_first_day_late_and_escalation() -> None:
    clock = start(RULES["inspection_response"], at=date(2025, 11, 20))
    late, escalated = of_days(clock, "2026-01-15", "2026-01-16")
    assert (late.kind, late.words) == (ReminderKind.LATE, "1 day late. Last day was 14 January 2026")
    assert escalated.kind is ReminderKind.ESCALATION
    assert escalated.escalate_to == RULES["inspection_response"].escalate_to


def test_working_days_remind_on_working_days() -> None:
    """Draft minutes due Wednesday 15 April 2026: three working days before is Friday the 10th; late on the 16th."""
    clock = start(RULES["draft_minutes"], at=date(2026, 3, 30))
    found = of_days(clock, *(f"2026-04-{n:02}" for n in range(1, 31)))
    assert [(item.kind.value, item.on.isoformat()) for item in found] == [
        ("coming", "2026-04-10"),
        ("coming", "2026-04-15"),
        ("late", "2026-04-16"),
        ("escalation", "2026-04-22"),
    ]


def test_hours_remind_on_the_day_they_fall_on() -> None:
    """Limit noon on Thursday 4 June: 48 and 24 hours before are Tuesday and Wednesday, six hours before is the day."""
    clock = start(RULES["return_home_interview"], at=datetime(2026, 6, 1, 12, tzinfo=LONDON))
    found = of_days(clock, "2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05")
    assert [(item.kind.value, item.on.day) for item in found] == [
        ("coming", 2), ("coming", 3), ("coming", 4), ("late", 4), ("escalation", 4),
    ]  # fmt: skip
    assert found[0].words == "Due by 12:00 on 4 June 2026"


def test_what_is_done_or_stands_still_reminds_nobody() -> None:
    done = start(RULES["draft_minutes"], at=date(2026, 3, 30), stopped=date(2026, 4, 10))
    assert of_days(done, "2026-04-10", "2026-04-15", "2026-04-16") == []
    paused = start(RULES["subject_access"], at=date(2026, 3, 2)).pause(at=date(2026, 3, 9), reason="identity asked for")
    assert of_days(paused, "2026-03-19", "2026-03-26", "2026-04-02", "2026-04-03") == []


def test_reminders_before_the_start_are_left_out() -> None:
    """Emergency access on Monday 1 June is reviewed within two working days; a rule that reminds 5 days before."""
    clock = start(RULES["papers_sent"], at=date(2026, 6, 15))
    assert of_days(clock, "2026-06-01")[0].words == "Due in 5 working days. Last day is 8 June 2026"
    short = start(RULES["closure_recheck_6_months"], at=date(2026, 6, 1))
    assert of_days(short, *(f"2026-05-{n:02}" for n in range(1, 32))) == []


def test_key_is_the_same_each_time_and_new_when_the_last_day_moves() -> None:
    clock = start(RULES["subject_access"], at=date(2026, 3, 2))
    (first,) = of_days(clock, "2026-03-26")
    assert first == of_days(clock, "2026-03-26")[0]
    assert first.key == "it:coming:7:2026-04-02"
    moved = clock.pause(at=date(2026, 3, 9), reason="fee asked for").resume(at=date(2026, 3, 16))
    assert of_days(moved, "2026-03-26")[:1] != [first]
    assert of_days(moved, "2026-04-02")[0].key == "it:coming:7:2026-04-09"


def test_many_clocks_keep_their_order_and_names() -> None:
    clock = start(RULES["draft_minutes"], at=date(2026, 3, 30))
    found = reminders({"b": clock, "a": clock}, on=date(2026, 4, 15))
    assert [item.clock_key for item in found] == ["b", "a"]
