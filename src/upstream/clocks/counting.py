"""Counts a rule's length from a day: the arithmetic of days, working days and months, without pauses or people.

A month ends on the day of the later month that bears the same number, and on its last day where it has none: the
corresponding-date rule (*Dodds v Walker* [1981] 1 WLR 1027, House of Lords; for short months also the Information
Commissioner's guidance on the right of access). Where the first day is day 1, the period ends the day before that.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from upstream.clocks.rules import ClockRule, LandsOn, Unit
from upstream.exceptions import WrongUse

When = date | datetime
LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)


class MomentUnclear(WrongUse):
    """A moment came without a time zone, or a day where a moment is needed."""


def local_day(when: When) -> date:
    """Give the day on which `when` falls in the United Kingdom; a plain day is that day.

    >>> from datetime import UTC
    >>> local_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))      # half past midnight in summer time
    datetime.date(2026, 7, 2)
    """
    return moment(when).astimezone(LONDON).date() if isinstance(when, datetime) else when


def moment(when: When) -> datetime:
    """Take `when` as a moment; raises `MomentUnclear` for a plain day or a time without a zone."""
    if isinstance(when, datetime) and when.tzinfo is not None:
        return when
    kind = "without a time zone" if isinstance(when, datetime) else "a day, not a moment"
    raise MomentUnclear(
        f"{when.isoformat()} is {kind}.",
        expected="A moment with its time zone, since hours are counted.",
        do="Give for instance 2026-05-01T14:30+01:00.",
    )


def add_months(day: date, number: int) -> date:
    """Find the day with the same number `number` months on (back when negative), or that month's last day.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(rule: ClockRule, start: date, *, length: int | None = None) -> date:
    """Count `length` (the rule's own unless given) from `start`, before a day that is not a working day moves."""
    way = -1 if rule.backwards else 1
    number = way * (rule.length if length is None else length)
    if rule.unit is Unit.WORKING_DAYS:
        return rule.calendar.add(start - way * ONE_DAY if rule.inclusive else start, number)
    if rule.unit in (Unit.MONTHS, Unit.YEARS):
        end = add_months(start, number * (12 if rule.unit is Unit.YEARS else 1))
    else:
        end = start + timedelta(days=number * (7 if rule.unit is Unit.WEEKS else 1))
    return end - way * ONE_DAY if rule.inclusive else end


def land(rule: ClockRule, start: date, day: date) -> date:
    """Move a last day that is not a working day as the rule says, but never past the day it is counted from."""
    if rule.lands_on is LandsOn.ANY_DAY:
        return day
    after, before = rule.calendar.on_or_after(day), rule.calendar.on_or_before(day)
    if rule.lands_on is LandsOn.NEXT_WORKING_DAY:
        return before if rule.backwards and after > start else after
    return after if not rule.backwards and before < start else before


def later(rule: ClockRule, day: date, number: int) -> date:
    """Find the day `number` working days, or days, after `day` (before it when negative)."""
    return rule.calendar.add(day, number) if rule.unit is Unit.WORKING_DAYS else day + timedelta(days=number)


def between(rule: ClockRule, after: date, until: date) -> int:
    """Count working days, or days, after `after` up to and including `until`; none when that is not later."""
    return rule.calendar.count(after, until) if rule.unit is Unit.WORKING_DAYS else max(0, (until - after).days)
