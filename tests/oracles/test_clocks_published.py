"""Last days as the law, its guidance and published responses give them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from upstream.clocks import State, add_months, load_rules, stand, start

RULES = load_rules()
LONDON = ZoneInfo("Europe/London")


# Police Act 1996, section 55(5A): 56 days beginning with the day of publication. 8 March 2023 is the publication of
# the inspection report whose response the worked example holds; counted on a wall calendar: 24 days of March, 30 of
# April, 2 of May. 20 November 2025: 11 days of November, 31 of December, 14 of January.
@pytest.mark.parametrize(("published", "last"), [("2023-03-08", "2023-05-02"), ("2025-11-20", "2026-01-14")])
def test_inspection_response(published: str, last: str) -> None:
    clock = start(RULES["inspection_response"], at=date.fromisoformat(published))
    assert clock.due_on == date.fromisoformat(last)


def test_response_of_the_worked_example() -> None:
    """Published 8 March 2023, sent 26 April: 24 days of March and 26 of April make day 50."""
    clock = start(RULES["inspection_response"], at=date(2023, 3, 8), stopped=date(2023, 4, 26))
    seen = stand(clock, at=date(2023, 6, 1))
    assert seen.state is State.MET
    assert seen.words == "Sent on day 50"
    assert seen.last_day == "Last day was 2 May 2023"
    assert seen.detail == (
        "26 April 2023. The day of publication of the report counts as day 1, so the last day was 2 May 2023."
    )


def test_corresponding_date_in_dodds_v_walker() -> None:
    """[1981] 1 WLR 1027: notice on 30 September 1978, four months; 31 January 1979 was one day too late."""
    assert add_months(date(1978, 9, 30), 4) == date(1979, 1, 30)


# Examples of the Information Commissioner's guidance on the right of access: received 3 September, due 3 October;
# received 31 January, due 28 February (29 in a leap year); received 31 March, due 30 April; and when the day falls
# on a weekend or bank holiday, the next working day.
@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2024-09-03", "2024-10-03"),
        ("2025-01-31", "2025-02-28"),
        ("2024-01-31", "2024-02-29"),
        ("2025-03-31", "2025-04-30"),
        ("2023-04-01", "2023-05-02"),  # 1 May 2023 was a bank holiday, a Monday
        ("2025-10-01", "2025-11-03"),  # 1 November 2025 was a Saturday
    ],
)
def test_subject_access(received: str, last: str) -> None:
    assert start(RULES["subject_access"], at=date.fromisoformat(received)).due_on == date.fromisoformat(last)


def test_data_complaint_is_counted_from_the_day_after_and_moves_off_a_weekend() -> None:
    """Commissioner's guidance, February 2026. 2 July 2026 plus 30 days is Saturday 1 August: Monday the 3rd."""
    clock = start(RULES["data_complaint_acknowledged"], at=date(2026, 7, 2))
    assert clock.due_on == date(2026, 8, 3)


# The Victims' Code says two working days, the gateway's agreement 48 hours: the same only when no weekend lies between.
def test_two_working_days_are_not_48_hours_across_a_weekend() -> None:
    reported = datetime(2026, 5, 1, 16, 0, tzinfo=LONDON)  # Friday before the early May bank holiday
    assert start(RULES["victim_referral"], at=reported).due_on == date(2026, 5, 6)
    assert start(RULES["victim_details_to_gateway"], at=reported).due_at == datetime(2026, 5, 3, 15, 0, tzinfo=UTC)


# Clocks in the United Kingdom went forward on 29 March 2026 at 01:00 and back on 25 October 2026 at 01:00 UTC.
@pytest.mark.parametrize(
    ("returned", "limit"),
    [
        ("2026-03-27 12:00", "2026-03-30 13:00"),
        ("2026-10-23 12:00", "2026-10-26 11:00"),
        ("2026-06-01 12:00", "2026-06-04 12:00"),
    ],
)
def test_an_hour_is_an_hour_when_the_clocks_change(returned: str, limit: str) -> None:
    clock = start(RULES["return_home_interview"], at=datetime.fromisoformat(returned).replace(tzinfo=LONDON))
    assert f"{clock.due_at.astimezone(LONDON):%Y-%m-%d %H:%M}" == limit


def test_a_day_is_the_day_in_the_united_kingdom() -> None:
    """23:30 UTC on 30 June is half past midnight on 1 July in summer time."""
    clock = start(RULES["draft_minutes"], at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert clock.started_on == date(2026, 7, 1)


def test_papers_before_a_board_after_easter() -> None:
    """Wednesday 8 April 2026: back over Tuesday 7, Thursday 2, Wednesday 1, Tuesday 31 and Monday 30 March."""
    assert start(RULES["papers_sent"], at=date(2026, 4, 8)).due_on == date(2026, 3, 30)


# Counted on the calendar of 2026 with the bank holidays of 3 and 6 April, 4 and 25 May.
@pytest.mark.parametrize(
    ("name", "begun", "last"),
    [
        ("draft_minutes", "2026-03-30", "2026-04-15"),
        ("escalation_acknowledged", "2026-04-30", "2026-05-08"),
        ("consultation_reply", "2026-05-01", "2026-06-02"),
        ("break_glass_review", "2026-04-02", "2026-04-08"),
        ("accessibility_reply", "2026-01-05", "2026-03-30"),
        ("dormant_account", "2026-01-01", "2026-04-01"),
        ("strategy_review", "2024-02-29", "2025-02-28"),
        ("recommendation_monitoring", "2025-12-18", "2026-02-18"),
        ("delivery_group_cycle", "2026-01-07", "2026-03-04"),
        ("board_cycle", "2026-01-14", "2026-04-14"),
        ("closure_recheck_6_months", "2025-08-31", "2026-03-02"),  # 28 February is a Saturday
        ("closure_recheck_12_months", "2025-08-31", "2026-09-01"),  # 31 August 2026 is the summer bank holiday
        ("quarterly_return", "2026-03-31", "2026-04-30"),
        ("risk_review", "2026-02-15", "2026-05-15"),
    ],
)
def test_rules_counted_on_a_calendar(name: str, begun: str, last: str) -> None:
    assert start(RULES[name], at=date.fromisoformat(begun)).due_on == date.fromisoformat(last)
