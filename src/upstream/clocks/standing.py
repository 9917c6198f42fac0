"""What a clock looks like at a moment: running, due, late, paused or met, with its numbers and its words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from upstream.clocks import saying
from upstream.clocks.clock import Clock, Pause, paused_for
from upstream.clocks.counting import ONE_DAY, When, between, local_day, moment
from upstream.clocks.rules import Unit
from upstream.clocks.state import State

SECONDS_AN_HOUR = 3600


@dataclass(frozen=True)
class Stand:
    """A clock at a moment. Numbers are in the rule's `counted_in`: hours, working days or days.

    `gone` is what has passed since it started without the pauses (with the first day, where that is day 1), `left`
    what remains, `late_by` and `early_by` how far it was missed or beaten. `gone` and `left` make up `total` while
    a clock of days runs. A rule that counts backwards has no `gone` and no `total`.
    """

    clock: Clock
    at: When
    state: State
    due_on: date
    due_at: datetime
    gone: int | None
    total: int | None
    left: int
    late_by: int
    early_by: int
    seconds_left: float

    @property
    def words(self) -> str:
        """The state in a few words, the same on page, paper and API: Due in 6 days, Sent on day 50."""
        return saying.words(self)

    @property
    def last_day(self) -> str:
        """When its time runs out, or ran out: Last day was 2 May 2023."""
        return saying.last_day_words(self)

    @property
    def detail(self) -> str:
        """A sentence or two under the words: when it was done, and how the last day was counted."""
        return saying.detail(self)


def stand(clock: Clock, *, at: When) -> Stand:
    """Tell how `clock` stands at `at`, knowing only what had happened by then.

    An end or a pause after `at` is not known yet, so that a past month can be looked at as it was.

    >>> from upstream.clocks import load_rules, start
    >>> clock = start(load_rules()["inspection_response"], at=date(2023, 3, 8), stopped=date(2023, 4, 26))
    >>> stand(clock, at=date(2023, 6, 1)).words
    'Sent on day 50'
    """
    if clock.rule.unit is Unit.HOURS:
        return _stand_in_hours(_known(clock, moment(at)), moment(at))
    today = local_day(at)
    return _stand_in_days(_known(clock, today), today)


def state_of(clock: Clock, *, at: When) -> State:
    """Tell only the state of `clock` at `at`, the same as `stand` does without its numbers: for counting many."""
    if clock.rule.unit is Unit.HOURS or clock.pauses:
        return stand(clock, at=at).state
    today = local_day(at)
    known = _known(clock, today)
    return _state_of_days(known, today, known.due_on)


def _known(clock: Clock, at: When) -> Clock:
    """Forget what happened after `at`."""
    if not clock.pauses and (clock.stopped is None or clock.stopped <= at):
        return clock
    stopped = clock.stopped if clock.stopped is not None and clock.stopped <= at else None
    pauses = [p for p in clock.pauses if p.since <= at and (stopped is None or p.since <= stopped)]
    open_still = [replace(p, until=None) if p.until is not None and p.until > at else p for p in pauses]
    return Clock(clock.rule, clock.started, tuple(open_still), stopped)


def _pauses_ended(clock: Clock, at: When) -> Clock:
    """Take an open pause as ended at `at`, so that what remains can be counted."""
    pause = clock.open_pause
    if pause is None or not clock.runs_into_open_pause:
        return clock
    return replace(clock, pauses=(*clock.pauses[:-1], Pause(pause.since, at, pause.reason)))


def _stand_in_days(clock: Clock, today: date) -> Stand:
    rule, stopped = clock.rule, clock.stopped_on
    pause = clock.open_pause
    if stopped is None and pause is not None and clock.runs_into_open_pause:
        return _stand_in_pause(clock, local_day(pause.since), today)
    now = stopped or today
    counted = clock if stopped is None else _pauses_ended(clock, now)
    due = counted.due_on
    origin = clock.started_on - ONE_DAY if rule.inclusive else clock.started_on
    still = sum(_paused_days(counted, pause, min(now, due)) for pause in counted.pauses)
    all_still = sum(_paused_days(counted, pause, due) for pause in counted.pauses)
    left = between(rule, now, due)
    return Stand(
        clock=counted,
        at=today,
        state=_state_of_days(clock, today, due),
        due_on=due,
        due_at=counted.due_at,
        gone=None if rule.backwards else max(0, between(rule, origin, now) - still),
        total=None if rule.backwards else between(rule, origin, due) - all_still,
        left=left,
        late_by=between(rule, due, now),
        early_by=left if stopped else 0,
        seconds_left=0,
    )


def _stand_in_pause(clock: Clock, since: date, today: date) -> Stand:
    """Show what was gone and left on the day before it paused, and the last day if it runs on tomorrow."""
    before = _stand_in_days(replace(clock, pauses=clock.pauses[:-1]), since - ONE_DAY)
    resumed = _pauses_ended(clock, today + ONE_DAY)
    return replace(
        before,
        clock=clock,
        at=today,
        state=State.PAUSED,
        due_on=resumed.due_on,
        due_at=resumed.due_at,
        left=min(before.left, before.total or before.left),
    )


def _paused_days(clock: Clock, pause: Pause, until: date) -> int:
    """Count the days of one pause up to and including `until`."""
    since = local_day(pause.since)
    end = until + ONE_DAY if pause.until is None else min(local_day(pause.until), until + ONE_DAY)
    return max(0, paused_for(clock.rule, since, end)) if since <= until else 0


def _state_of_days(clock: Clock, today: date, due: date) -> State:
    stopped = clock.stopped_on
    if stopped is not None:
        return State.MET if stopped <= due else State.MET_LATE
    if today > due:
        return State.LATE
    if today == due:
        return State.DUE_TODAY
    return State.DUE_SOON if between(clock.rule, today, due) <= clock.rule.soon else State.RUNNING


def _stand_in_hours(clock: Clock, at: datetime) -> Stand:
    now = moment(clock.stopped) if clock.stopped is not None else at
    paused = clock.stopped is None and clock.runs_into_open_pause
    counted = _pauses_ended(clock, now)
    due = counted.due_at
    still = sum(_paused_seconds(pause, min(now, due)) for pause in counted.pauses)
    all_still = sum(_paused_seconds(pause, due) for pause in counted.pauses)
    left = (due - now).total_seconds()
    gone = (now - moment(clock.started)).total_seconds() - still
    return Stand(
        clock=counted if clock.stopped is not None else clock,
        at=at,
        state=_state_of_hours(clock, at, due, left, paused=paused),
        due_on=local_day(due),
        due_at=due,
        gone=max(0, _hours(gone)),
        total=_hours((due - moment(clock.started)).total_seconds() - all_still),
        left=max(0, _hours(left)),
        late_by=max(0, _hours(-left)),
        early_by=max(0, _hours(left)) if clock.stopped is not None else 0,
        seconds_left=left,
    )


def _hours(seconds: float) -> int:
    return int(seconds // SECONDS_AN_HOUR)


def _paused_seconds(pause: Pause, until: datetime) -> float:
    end = until if pause.until is None else min(moment(pause.until), until)
    return max(0.0, (end - moment(pause.since)).total_seconds())


def _state_of_hours(clock: Clock, at: datetime, due: datetime, left: float, *, paused: bool) -> State:
    if clock.stopped is not None:
        return State.MET if left >= 0 else State.MET_LATE
    if paused:
        return State.PAUSED
    if left < 0:
        return State.LATE
    if left <= clock.rule.soon * SECONDS_AN_HOUR:
        return State.DUE_TODAY if local_day(at) == local_day(due) else State.DUE_SOON
    return State.DUE_TODAY if local_day(at) == local_day(due) else State.RUNNING
