"""The words of clocks, written once so that page, paper, message and API say the same."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from upstream.clocks.counting import LONDON, ONE_DAY, local_day
from upstream.clocks.rules import ClockRule, Unit
from upstream.clocks.state import State

if TYPE_CHECKING:
    from upstream.clocks.standing import Stand

HOURS_TOLD_AS_HOURS = 96


def words(stand: Stand) -> str:
    """Say the state in a few words."""
    rule = stand.clock.rule
    if stand.state is State.MET:
        return f"{rule.done} {_when_met(stand)}"
    if stand.state is State.MET_LATE:
        return f"{rule.done} {_late(stand)}"
    if stand.state is State.LATE:
        late = _late(stand)
        return late[0].upper() + late[1:]
    if stand.state is State.PAUSED:
        return f"Paused, {_left(stand)} left"
    if stand.state is State.DUE_TODAY:
        return f"Due today by {_clock_time(stand.due_at)}" if rule.unit is Unit.HOURS else "Due today"
    if rule.unit is not Unit.HOURS and stand.due_on == local_day(stand.at) + ONE_DAY:
        return "Due tomorrow"
    return f"Due in {_left(stand)}"


def last_day_words(stand: Stand) -> str:
    """Say when the time runs out, or that it did."""
    in_hours = stand.clock.rule.unit is Unit.HOURS
    verb = "was" if stand.state in (State.MET, State.MET_LATE, State.LATE) else "is"
    end = f"{_clock_time(stand.due_at)} on {say_day(stand.due_on)}" if in_hours else say_day(stand.due_on)
    text = f"{'limit' if in_hours else 'last day'} {verb} {end}"
    if stand.state is State.PAUSED:
        return f"If it runs on {'now' if in_hours else 'tomorrow'}, the {text}"
    return f"L{text[1:]}"


def detail(stand: Stand) -> str:
    """Say when it was done, how the last day was counted, and what holds it up."""
    clock, end = stand.clock, last_day_words(stand)
    if stand.state is State.PAUSED and clock.open_pause is not None:
        return f"Paused since {say_day(local_day(clock.open_pause.since))}: {clock.open_pause.reason}. {end}."
    done = f"{say_day(clock.stopped_on)}. " if clock.stopped_on is not None else ""
    said = f"{done}{_counted_from(clock.rule)}the {end[0].lower()}{end[1:]}."
    earliest = clock.earliest_on
    if earliest is not None and stand.state.is_open and local_day(stand.at) < earliest:
        said += f" Not before {say_day(earliest)}."
    return said


def say_day(day: date) -> str:
    """Write a day as people do: 2 May 2023."""
    return f"{day.day} {day:%B} {day.year}"


def _counted_from(rule: ClockRule) -> str:
    if rule.inclusive:
        return f"The day of {rule.starts} counts as day 1, so "
    if rule.backwards:
        return f"{rule.unit.of(rule.length).capitalize()} before {rule.starts}: "
    if rule.unit in (Unit.DAYS, Unit.WORKING_DAYS):
        return f"Counted from the day after {rule.starts}: "
    return f"{rule.unit.of(rule.length).capitalize()} from {rule.starts}: "


def _when_met(stand: Stand) -> str:
    rule, stopped = stand.clock.rule, stand.clock.stopped_on
    earliest = stand.clock.earliest_on
    if earliest is not None and stopped is not None and stopped < earliest:
        return f"{Unit.DAYS.of((earliest - stopped).days)} before the earliest day"
    if rule.unit is Unit.HOURS:
        return f"after {_span(stand.gone or 0, rule)}" if stand.gone else "within the hour"
    if stand.gone is not None and rule.unit in (Unit.DAYS, Unit.WORKING_DAYS):
        return f"on {rule.unit.value[:-1]} {stand.gone}" if stand.gone else "on the same day"
    return f"{_span(stand.early_by, rule)} early" if stand.early_by else "on the last day"


def _late(stand: Stand) -> str:
    """Say how late; a weekend after the last working day is late by no working day, yet late."""
    rule = stand.clock.rule
    if rule.unit is Unit.HOURS and not stand.late_by:
        return f"{_minutes(-stand.seconds_left)} late"
    return f"{_span(stand.late_by, rule)} late" if stand.late_by else "late"


def _left(stand: Stand) -> str:
    rule = stand.clock.rule
    if rule.unit is Unit.HOURS and not stand.left:
        return _minutes(stand.seconds_left)
    return _span(stand.left, rule)


def _span(number: int, rule: ClockRule) -> str:
    if rule.unit is Unit.HOURS and number >= HOURS_TOLD_AS_HOURS:
        return Unit.DAYS.of(number // 24)
    return rule.counted_in.of(number)


def _minutes(seconds: float) -> str:
    number = max(1, int(seconds // 60))
    return f"{number} minute{'s' if number != 1 else ''}"


def _clock_time(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M}"
