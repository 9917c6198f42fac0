"""Shows how a last day was counted, day by day, for whoever doubts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from upstream.clocks.calendars import SATURDAY, days_from
from upstream.clocks.clock import Clock
from upstream.clocks.counting import LONDON, last_day, local_day, moment
from upstream.clocks.rules import ClockRule, Unit


@dataclass(frozen=True)
class CountedDay:
    """One day on the way to the last: its number, or why it has none."""

    day: date
    number: int | None
    note: str = ""


def counted_days(clock: Clock) -> tuple[CountedDay, ...]:
    """List the days from the start to the last day, with the number of each or why it does not count.

    Hours and months are not counted day by day; for them only the days that decide are listed.

    >>> from upstream.clocks import load_rules, start
    >>> [day.number for day in counted_days(start(load_rules()["victim_referral"], at=date(2026, 5, 1)))]
    [None, None, None, None, 1, 2]
    """
    if clock.rule.unit in (Unit.DAYS, Unit.WEEKS, Unit.WORKING_DAYS):
        return tuple(_day_by_day(clock))
    return tuple(_deciding_days(clock))


def _day_by_day(clock: Clock) -> Iterator[CountedDay]:
    rule, number = clock.rule, 0
    end = last_day(rule, clock.started_on)
    for day in days_from(clock.started_on, clock.due_on):
        why = "" if day == clock.started_on and rule.inclusive else _why_not(clock, day)
        if rule.unit is Unit.WORKING_DAYS and not why:
            why = _closed(rule, day)
        moved = not clock.pauses and (day < end if rule.backwards else day > end)
        if why or moved:
            yield CountedDay(day, None, why or f"the last day moves to the {rule.lands_on.value}")
            continue
        number += 1
        yield CountedDay(day, number, "" if number > 1 else f"the day of {rule.starts}" if rule.inclusive else "")


def _why_not(clock: Clock, day: date) -> str:
    if day == clock.started_on:
        return f"the day of {clock.rule.starts} is not counted"
    for pause in clock.pauses:
        if local_day(pause.since) <= day and (pause.until is None or day < local_day(pause.until)):
            return f"paused: {pause.reason}"
    return ""


def _closed(rule: ClockRule, day: date) -> str:
    if day.weekday() >= SATURDAY:
        return "weekend"
    return rule.calendar.bank_holiday(day)


def _deciding_days(clock: Clock) -> Iterator[CountedDay]:
    rule = clock.rule
    if rule.unit is Unit.HOURS:
        begun = moment(clock.started).astimezone(LONDON)
        yield CountedDay(clock.started_on, None, f"{begun:%H:%M}, {rule.starts}")
        yield CountedDay(clock.due_on, rule.length, f"{clock.due_at.astimezone(LONDON):%H:%M}")
        return
    yield CountedDay(clock.started_on, None, rule.starts)
    end = last_day(rule, clock.started_on)
    yield CountedDay(end, rule.length, _why_this_day(rule, clock.started_on, end))
    if clock.due_on != end:
        why = "moved by pauses" if clock.pauses else f"{_closed(rule, end)}, so it is the {rule.lands_on.value}"
        yield CountedDay(clock.due_on, None, why)


def _why_this_day(rule: ClockRule, start: date, end: date) -> str:
    if rule.inclusive:
        return "the day before the one with the same number"
    return "the day with the same number" if end.day == start.day else "the month’s last day, having no such number"
