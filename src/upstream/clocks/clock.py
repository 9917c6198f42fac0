"""A clock: one rule at work on one thing, from the moment it started to the moment it stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise

from upstream.clocks.calendars import FIRST_YEAR, LAST_YEAR
from upstream.clocks.counting import LONDON, ONE_DAY, When, land, last_day, later, local_day, moment
from upstream.clocks.rules import ClockRule, Unit
from upstream.exceptions import WrongUse


class ClockImpossible(WrongUse):
    """A clock was told something that cannot be: stopped before it started, paused for a reason its rule lacks."""


@dataclass(frozen=True)
class Pause:
    """A time during which a clock stood still, and why; one without `until` is still open.

    In rules that count days the day of `since` no longer counts and the day of `until` counts again.
    """

    since: When
    until: When | None = None
    reason: str = ""


@dataclass(frozen=True)
class Clock:
    """A rule, the event that started it, when it stood still and when it was stopped.

    Make one with `start`. Under rules that count days all times are days in the United Kingdom; under rules that
    count hours they are moments in UTC. For what it looks like on a day, ask `upstream.clocks.stand`.
    """

    rule: ClockRule
    started: When
    pauses: tuple[Pause, ...] = ()
    stopped: When | None = None

    @property
    def started_on(self) -> date:
        """The day of the event it counts from; under a rule that counts backwards that event is still to come."""
        return local_day(self.started)

    @property
    def stopped_on(self) -> date | None:
        """The day on which what was owed was done."""
        return None if self.stopped is None else local_day(self.stopped)

    @property
    def open_pause(self) -> Pause | None:
        """The pause that has not ended, if it stands still."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].until is None else None

    @cached_property
    def due_on(self) -> date:
        """The last day in time. While a pause is open it is counted as if the clock ran on from its beginning."""
        return (
            local_day(self.due_at)
            if self.rule.unit is Unit.HOURS
            else land(self.rule, self.started_on, self._counted_out())
        )

    @cached_property
    def due_at(self) -> datetime:
        """The moment at which the time runs out: for days, midnight at the end of the last one."""
        if self.rule.unit is not Unit.HOURS:
            return datetime.combine(self.due_on + ONE_DAY, time(), LONDON).astimezone(UTC)
        due = moment(self.started) + timedelta(hours=self.rule.length)
        for pause in self.pauses:
            since = moment(pause.since)
            if pause.until is not None and since <= due:
                due += moment(pause.until) - since
        return due

    @property
    def earliest_on(self) -> date | None:
        """The first day that is not too early, where the rule has one."""
        earliest = self.rule.earliest_length
        return last_day(self.rule, self.started_on, length=earliest) if earliest else None

    @property
    def runs_into_open_pause(self) -> bool:
        """Tell whether it stands still now: a pause that began after the time had run out changes nothing."""
        pause = self.open_pause
        if pause is None:
            return False
        if self.rule.unit is Unit.HOURS:
            return moment(pause.since) <= self.due_at
        return local_day(pause.since) <= self.due_on

    def pause(self, *, at: When, reason: str) -> Clock:
        """Let it stand still from `at`; raises `ClockImpossible` when its rule does not allow that reason."""
        return start(self.rule, at=self.started, pauses=(*self.pauses, Pause(at, None, reason)), stopped=self.stopped)

    def resume(self, *, at: When) -> Clock:
        """Let it run on from `at`; raises `ClockImpossible` when it is not standing still."""
        pause = self.open_pause
        if pause is None:
            raise ClockImpossible(f"“{self.rule.title}” is not paused.", do="Look whether somebody resumed it already.")
        pauses = (*self.pauses[:-1], replace(pause, until=at))
        return start(self.rule, at=self.started, pauses=pauses, stopped=self.stopped)

    def stop(self, *, at: When) -> Clock:
        """Say that what was owed was done at `at`; raises `ClockImpossible` when that lies before the start."""
        return start(self.rule, at=self.started, pauses=self.pauses, stopped=at)

    def _counted_out(self) -> date:
        """Count to the last day through the pauses, before it lands on a working day."""
        rule = self.rule
        due = last_day(rule, self.started_on)
        for pause in self.pauses:
            since = local_day(pause.since)
            if pause.until is None or since > land(rule, self.started_on, due):
                break
            if since > due:  # the days that a weekend gave are running already
                due = land(rule, self.started_on, due)
            due = later(rule, due, paused_for(rule, since, local_day(pause.until)))
        return due


def paused_for(rule: ClockRule, since: date, until: date) -> int:
    """Count the days, or working days, that a pause takes out: from `since` on, without `until`."""
    if rule.unit is Unit.WORKING_DAYS:
        return rule.calendar.count(since - ONE_DAY, until - ONE_DAY)
    return (until - since).days


def start(rule: ClockRule, *, at: When, pauses: Sequence[Pause] = (), stopped: When | None = None) -> Clock:
    """Start a clock at `at`: a day, or a moment with its zone; rules in hours need moments.

    Raises `ClockImpossible` with everything that is wrong at once, `MomentUnclear` for a time without a zone.

    >>> from upstream.clocks import load_rules
    >>> start(load_rules()["inspection_response"], at=date(2023, 3, 8)).due_on
    datetime.date(2023, 5, 2)
    """
    made = tuple(
        Pause(_kept(rule, p.since), None if p.until is None else _kept(rule, p.until), p.reason) for p in pauses
    )
    clock = Clock(rule, _kept(rule, at), made, None if stopped is None else _kept(rule, stopped))
    faults = _faults(clock)
    if faults:
        raise ClockImpossible(
            f"“{rule.title}” cannot be so: {'; '.join(faults)}.", do="Put the dates or the reasons right."
        )
    return clock


def _kept(rule: ClockRule, when: When) -> When:
    return moment(when).astimezone(UTC) if rule.unit is Unit.HOURS else local_day(when)


def _faults(clock: Clock) -> list[str]:
    rule, faults = clock.rule, []
    if not FIRST_YEAR <= clock.started.year <= LAST_YEAR:
        faults.append(f"it starts in the year {clock.started.year}; {FIRST_YEAR} to {LAST_YEAR} can be counted")
    if clock.stopped is not None and clock.stopped < clock.started and not rule.backwards:
        faults.append(f"it stopped ({clock.stopped}) before it started ({clock.started})")
    if clock.pauses and not rule.pauses:
        faults.append("its rule does not let it be paused")
    for pause in clock.pauses:
        if rule.pauses and pause.reason not in rule.pauses:
            faults.append(f"“{pause.reason}” is not a reason to pause it; these are: {', '.join(rule.pauses)}")
        if pause.since < clock.started:
            faults.append(f"it was paused ({pause.since}) before it started ({clock.started})")
        if pause.until is not None and pause.until < pause.since:
            faults.append(f"a pause ended ({pause.until}) before it began ({pause.since})")
    for earlier, next_one in pairwise(clock.pauses):
        if earlier.until is None or next_one.since < earlier.until:
            faults.append(f"it was paused ({next_one.since}) while it was paused")
    return faults
