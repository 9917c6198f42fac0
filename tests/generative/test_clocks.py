"""What holds of every clock, whatever its rule and its dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from upstream.clocks import (
    Calendar,
    Clock,
    ClockRule,
    LandsOn,
    Pause,
    State,
    Unit,
    compliance,
    counted_days,
    load_rules,
    next_dates,
    reminders,
    stand,
    start,
    state_of,
)

BASE = replace(load_rules()["draft_minutes"], escalate_to="", escalate_after=0)
IN_DAYS = [unit for unit in Unit if unit is not Unit.HOURS]
ONE_DAY = timedelta(days=1)

days = st.dates(date(2015, 1, 1), date(2060, 12, 31))
moments = st.builds(datetime.combine, days, st.times(), st.just(UTC))
divisions = st.sampled_from(["england-and-wales", "scotland", "northern-ireland"]).map(Calendar)


@st.composite
def day_rules(draw: st.DrawFn, *, backwards: bool | None = None) -> ClockRule:
    unit = draw(st.sampled_from(IN_DAYS))
    back = draw(st.booleans()) if backwards is None else backwards
    return replace(
        BASE,
        unit=unit,
        length=draw(st.integers(1, 90 if unit in (Unit.DAYS, Unit.WORKING_DAYS) else 12)),
        inclusive=draw(st.booleans()),
        backwards=back,
        lands_on=LandsOn.ANY_DAY if unit is Unit.WORKING_DAYS else draw(st.sampled_from(LandsOn)),
        pauses=() if back else ("waiting",),
        remind=(7, 1, 0),
        soon=draw(st.integers(0, 14)),
        calendar=draw(divisions),
    )


@st.composite
def day_clocks(draw: st.DrawFn, *, backwards: bool | None = None) -> Clock:
    """Draw a clock of days with up to three pauses, the last perhaps open, and perhaps stopped."""
    rule, at = draw(day_rules(backwards=backwards)), draw(days)
    pauses, day = [], at
    for _ in range(draw(st.integers(0, 3)) if rule.pauses else 0):
        since = day + ONE_DAY * draw(st.integers(0, 30))
        day = since + ONE_DAY * draw(st.integers(0, 30))
        pauses.append(Pause(since, day, "waiting"))
    if pauses and draw(st.booleans()):
        pauses[-1] = replace(pauses[-1], until=None)
    stopped = at + ONE_DAY * draw(st.integers(0, 400)) if draw(st.booleans()) else None
    return start(rule, at=at, pauses=pauses, stopped=stopped)


@given(days, st.integers(1, 120), divisions)
def test_working_days_added_are_counted_again(day: date, number: int, calendar: Calendar) -> None:
    assert calendar.count(day, calendar.add(day, number)) == number
    assert calendar.count(calendar.add(day, -number) - ONE_DAY, day - ONE_DAY) == number
    assert calendar.is_working_day(calendar.add(day, number))


@given(days, st.integers(0, 400), divisions)
def test_working_days_are_counted_one_by_one(day: date, length: int, calendar: Calendar) -> None:
    one_by_one = sum(calendar.is_working_day(day + n * ONE_DAY) for n in range(1, length + 1))
    assert calendar.count(day, day + length * ONE_DAY) == one_by_one


@given(st.integers(2000, 2099), divisions)
def test_every_year_has_its_bank_holidays(year: int, calendar: Calendar) -> None:
    found = [holiday.day for holiday in calendar.bank_holidays(year)]
    assert 8 <= len(set(found)) == len(found) <= 13
    assert found == sorted(found)
    assert all(day.weekday() < 5 and day.year == year for day in found)


@given(day_rules(backwards=False), days)
def test_never_due_before_it_starts(rule: ClockRule, at: date) -> None:
    assert start(rule, at=at).due_on >= at


@given(day_rules(backwards=True), days)
def test_what_is_counted_back_is_due_no_later_than_its_event(rule: ClockRule, at: date) -> None:
    assert start(rule, at=at).due_on <= at


@given(day_rules(), days)
def test_first_day_counted_or_not_differs_by_one(rule: ClockRule, at: date) -> None:
    rule = replace(rule, lands_on=LandsOn.ANY_DAY)
    counted = start(replace(rule, inclusive=True), at=at).due_on
    not_counted = start(replace(rule, inclusive=False), at=at).due_on
    earlier, later = sorted((counted, not_counted))
    assert (counted <= not_counted) is not rule.backwards or counted == not_counted
    if rule.unit is Unit.WORKING_DAYS:
        assert rule.calendar.count(earlier, later) == int(rule.calendar.is_working_day(at))
    else:
        assert later - earlier == ONE_DAY


@given(day_rules(), days)
def test_due_where_the_rule_lets_it_land(rule: ClockRule, at: date) -> None:
    due = start(rule, at=at).due_on
    if rule.unit is Unit.WORKING_DAYS or rule.lands_on is not LandsOn.ANY_DAY:
        assert rule.calendar.is_working_day(due)


@given(day_rules(backwards=False), days, st.integers(0, 60), st.integers(0, 60))
def test_a_pause_moves_the_last_day_by_its_length(rule: ClockRule, at: date, begins: int, number: int) -> None:
    rule = replace(rule, lands_on=LandsOn.ANY_DAY)
    due = start(rule, at=at).due_on
    since = at + begins * ONE_DAY
    assume(since <= due)
    if rule.unit is Unit.WORKING_DAYS:
        until = rule.calendar.add(since - ONE_DAY, number) + ONE_DAY if number else since
        expected = rule.calendar.add(due, number)
    else:
        until, expected = since + number * ONE_DAY, due + number * ONE_DAY
    assert start(rule, at=at, pauses=[Pause(since, until, "waiting")]).due_on == expected


@given(day_rules(backwards=False), days, st.integers(1, 60))
def test_a_pause_after_the_end_changes_nothing(rule: ClockRule, at: date, number: int) -> None:
    due = start(rule, at=at).due_on
    since = max(due + ONE_DAY, at)
    paused = start(rule, at=at, pauses=[Pause(since, since + number * ONE_DAY, "waiting")])
    assert paused.due_on == due
    assert stand(paused, at=since + ONE_DAY).state is State.LATE


@given(moments, st.integers(1, 200), st.integers(0, 10**6), st.integers(0, 10**6))
def test_hours_move_by_exactly_the_pause(at: datetime, length: int, wait: int, pause: int) -> None:
    rule = replace(BASE, unit=Unit.HOURS, length=length, pauses=("waiting",))
    due = start(rule, at=at).due_at
    assert due - at == timedelta(hours=length)
    since = at + timedelta(seconds=wait)
    assume(since <= due)
    held = Pause(since, since + timedelta(seconds=pause), "waiting")
    assert start(rule, at=at, pauses=[held]).due_at == due + timedelta(seconds=pause)


@given(day_clocks(), st.integers(-60, 600))
def test_every_clock_stands_somewhere(clock: Clock, offset: int) -> None:
    seen = stand(clock, at=clock.started_on + offset * ONE_DAY)
    assert isinstance(seen.state, State)
    assert seen.words
    assert seen.detail
    assert seen.left == 0 or seen.late_by == 0
    assert (seen.state in (State.LATE, State.MET_LATE)) == (
        (seen.clock.stopped_on or seen.at) > seen.due_on and seen.state is not State.PAUSED
    )
    assert seen.state.is_open == (clock.stopped_on is None or clock.stopped_on > seen.at)
    assert state_of(clock, at=seen.at) is seen.state


@given(moments, st.integers(1, 200), st.integers(0, 2 * 10**6), st.booleans())
def test_every_clock_of_hours_stands_somewhere(at: datetime, length: int, seconds: int, stopped: bool) -> None:
    rule = replace(BASE, unit=Unit.HOURS, length=length, soon=6)
    now = at + timedelta(seconds=seconds)
    seen = stand(start(rule, at=at, stopped=now if stopped else None), at=now)
    assert seen.words
    late = seconds > length * 3600
    assert (seen.state in (State.LATE, State.MET_LATE)) == late
    assert seen.state.is_open is not stopped


@given(day_clocks(backwards=False), st.integers(0, 300))
def test_gone_and_left_make_the_whole_while_it_runs(clock: Clock, offset: int) -> None:
    seen = stand(clock, at=clock.started_on + offset * ONE_DAY)
    assume(seen.at <= seen.due_on and seen.state.is_open)
    assert seen.gone is not None
    assert seen.gone >= 0
    assert seen.gone + seen.left == seen.total


@given(day_rules(backwards=False), days, st.integers(1, 90))
def test_what_is_left_stays_while_it_is_paused(rule: ClockRule, at: date, begins: int) -> None:
    since = min(at + begins * ONE_DAY, start(rule, at=at).due_on)
    assume(since > at)
    running = start(rule, at=at)
    paused = running.pause(at=since, reason="waiting")
    before = stand(running, at=since - ONE_DAY).left
    for n in (0, 1, 2, 5, 40):
        seen = stand(paused, at=since + n * ONE_DAY)
        assert (seen.state, seen.left) == (State.PAUSED, before)
        resumed = paused.resume(at=since + (n + 1) * ONE_DAY)
        assert resumed.due_on == seen.due_on


@given(day_clocks(), st.integers(0, 300), st.integers(1, 300))
def test_the_past_does_not_change_when_it_is_stopped_later(clock: Clock, offset: int, more: int) -> None:
    then = clock.started_on + offset * ONE_DAY
    still_open = replace(clock, stopped=None)
    stopped_later = replace(clock, stopped=then + more * ONE_DAY)
    one, other = stand(still_open, at=then), stand(stopped_later, at=then)
    assert (one.state, one.due_on, one.words) == (other.state, other.due_on, other.words)


@given(st.lists(day_clocks(), max_size=12), days)
def test_every_clock_is_counted_once(clocks: list[Clock], at: date) -> None:
    answer = compliance(clocks, at=at)
    assert answer.counted + answer.running == len(clocks)
    if answer.rate is not None and answer.lower is not None and answer.upper is not None:
        assert 0 <= answer.lower <= answer.rate <= answer.upper <= 1


@given(day_clocks())
def test_a_reminder_falls_on_one_day_only(clock: Clock) -> None:
    clock = replace(clock, stopped=None, pauses=())
    first = min(clock.started_on, clock.due_on) - 30 * ONE_DAY
    length = (max(clock.started_on, clock.due_on) - first).days + 30
    keys = [r.key for n in range(length) for r in reminders({"it": clock}, on=first + n * ONE_DAY)]
    assert len(keys) == len(set(keys))
    assert any(":late:" in key for key in keys)


@given(day_rules(backwards=False), days, st.integers(0, 800))
def test_turns_of_a_cycle_come_one_after_the_other(rule: ClockRule, begin: date, length: int) -> None:
    rule = replace(rule, recurs=True, inclusive=False)
    assume(rule.unit is not Unit.DAYS or rule.length > 14)  # two short turns may land on one working day
    until = begin + length * ONE_DAY
    turns = [turn.due_on for turn in next_dates(rule, begin, until)]
    assert turns == sorted(set(turns))
    assert all(begin < day <= until for day in turns)


@given(day_rules(), days)
def test_days_that_are_listed_are_those_that_were_counted(rule: ClockRule, at: date) -> None:
    clock = start(rule, at=at)
    listed = counted_days(clock)
    numbers = [day.number for day in listed if day.number is not None]
    if rule.unit in (Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS) and clock.due_on >= at and not rule.backwards:
        whole = rule.length * (7 if rule.unit is Unit.WEEKS else 1)
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) == whole or rule.lands_on is LandsOn.WORKING_DAY_BEFORE
    assert all(day.note or day.number is not None for day in listed)
