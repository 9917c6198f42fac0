"""Which reminders fall on a day: before the end, on the first day late, and to whom lateness is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from upstream.clocks.clock import Clock
from upstream.clocks.counting import LONDON, ONE_DAY, later, local_day
from upstream.clocks.rules import Unit
from upstream.clocks.saying import say_day
from upstream.clocks.standing import Stand, stand
from upstream.clocks.state import State


class ReminderKind(StrEnum):
    """Why somebody is written to."""

    COMING = "coming"
    LATE = "late"
    ESCALATION = "escalation"


@dataclass(frozen=True)
class Reminder:
    """One message that falls on a day.

    `key` is the same each time it is worked out: what was sent under it is not sent again, and when the last day
    moves there is a new one. `escalate_to` is set for escalations only.
    """

    key: str
    clock_key: str
    kind: ReminderKind
    on: date
    due_on: date
    words: str
    escalate_to: str = ""


def reminders(clocks: Mapping[str, Clock], *, on: date) -> tuple[Reminder, ...]:
    """List the reminders that fall on the day `on`, in the order of `clocks`, whose keys name what they are about.

    A clock that was stopped by the end of that day, or that stands still then, reminds nobody.
    """
    return tuple(reminder for key, clock in clocks.items() for reminder in _of_clock(key, clock, on))


def _of_clock(key: str, clock: Clock, on: date) -> Iterator[Reminder]:
    end_of_day = datetime.combine(on + ONE_DAY, time(), LONDON) - timedelta(seconds=1)
    now = stand(clock, at=end_of_day)
    if now.state in (State.MET, State.MET_LATE, State.PAUSED):
        return
    for kind, number, day in _days(now):
        begun = clock.rule.backwards or day >= clock.started_on
        if day == on and begun:
            to = clock.rule.escalate_to if kind is ReminderKind.ESCALATION else ""
            until = now.due_at.isoformat() if clock.rule.unit is Unit.HOURS else now.due_on.isoformat()
            said = _words(now, kind, on)
            yield Reminder(f"{key}:{kind}:{number}:{until}", key, kind, on, now.due_on, said, to)


def _days(now: Stand) -> Iterator[tuple[ReminderKind, int, date]]:
    """Give every reminder of a clock with the day on which it falls."""
    rule = now.clock.rule
    for number in rule.remind:
        yield ReminderKind.COMING, number, _away(now, -number)
    yield ReminderKind.LATE, 1, now.due_on if rule.unit is Unit.HOURS else _away(now, 1)
    if rule.escalate_to:
        yield ReminderKind.ESCALATION, rule.escalate_after, _away(now, rule.escalate_after)


def _away(now: Stand, number: int) -> date:
    if now.clock.rule.unit is Unit.HOURS:
        return local_day(now.due_at + timedelta(hours=number))
    return later(now.clock.rule, now.due_on, number)


def _words(now: Stand, kind: ReminderKind, on: date) -> str:
    if now.clock.rule.unit is Unit.HOURS:
        limit = f"{now.due_at.astimezone(LONDON):%H:%M} on {say_day(now.due_on)}"
        return f"Due by {limit}" if kind is ReminderKind.COMING else f"Late: the limit was {limit}"
    return f"{stand(now.clock, at=on).words}. {now.last_day}"
