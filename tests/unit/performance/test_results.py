"""Results of indicators as plain data, and the words that are said of them. Expected values worked out by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.performance import quality, result, saying
from upstream_web.performance.calculation import chart_of, limits_of
from upstream_web.performance.models import Baseline, Indicator, Rebase, Target
from upstream_web.performance.periods import periods_between, recent_periods, words_of
from upstream_web.performance.result import Event, Limits, Origin, Point, QualitySaid, Result, SignalSaid, TargetSaid

DAY = st.dates(date(2000, 1, 1), date(2100, 1, 1))
NUMBER = st.none() | st.floats(-1e9, 1e9)
SMALL = st.floats(0, 9)
WORDS = st.text(max_size=30)


def point(start, value, lower=None, upper=None):
    return Point(start, start + timedelta(days=27), f"{start:%Y-%m}", value, lower, upper, status="known")


@st.composite
def results(draw):
    points = tuple(
        Point(draw(DAY), draw(DAY), draw(WORDS), draw(NUMBER), draw(NUMBER)) for _ in range(draw(st.integers(0, 4)))
    )
    return Result(
        key="k", pk=1, title=draw(WORDS), question=draw(WORDS), level="output", priority_number=1,
        priority_name=draw(WORDS), unit="%", decimals=1, polarity="neither", frequency="month", lead=draw(WORDS),
        good=draw(WORDS), assumption="", limits_of_use="", until=draw(DAY), points=points,
        signal=SignalSaid("unknown", draw(WORDS), draw(WORDS), "not known"),
        quality=QualitySaid("Good", (draw(WORDS),), "Good"), origin=Origin("typed", "n", "m", feeds=(draw(WORDS),)),
        limits=draw(st.none() | st.builds(Limits, DAY, SMALL, SMALL, SMALL, st.integers(0, 9))),
        latest=points[-1] if points else None, target_line=tuple(draw(NUMBER) for _ in points),
        target=draw(st.none() | st.builds(TargetSaid, SMALL, WORDS, WORDS, WORDS, WORDS, WORDS, DAY, WORDS, WORDS)),
        events=(Event(draw(DAY), draw(WORDS), draw(WORDS)),), missing=(draw(WORDS),),
    )  # fmt: skip


@given(results())
def test_a_result_survives_being_written_and_read(one):
    assert result.from_data(json.loads(json.dumps(result.to_data(one), sort_keys=True))) == one


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2026, 1, 1), 10.0),  # on the first point
        (date(2026, 7, 2), 9.0),  # 182 of 364 days: half way
        (date(2026, 12, 31), 8.0),
        (date(2027, 3, 1), 8.0),  # after the last point it stays
        (date(2025, 12, 31), None),
        (date(2027, 4, 1), None),
    ],
)
def test_target_moves_in_a_straight_line_between_points(day, wanted):
    way = [["2026-01-01", 10.0], ["2026-12-31", 8.0]]
    target = Target(valid_from=date(2026, 1, 1), valid_until=date(2027, 3, 31), side="at most", points=way)
    assert target.at(day) == wanted


@pytest.mark.parametrize(
    ("value", "ends", "side", "wanted", "limits", "label", "assured"),
    [
        (8.0, (7.0, 9.0), "at most", 10.0, (5.0, 9.5), "Met", "go on meeting"),
        (9.5, (8.5, 10.5), "at most", 10.0, (5.0, 12.0), "Too uncertain to say", "some will not"),
        (12.0, (11.0, 13.0), "at most", 10.0, (10.5, 13.0), "Not met", "will not be met"),
        (12, (None, None), "at least", 10.0, None, "Met", "Too few periods"),
    ],
)
def test_target_is_said_with_its_uncertainty_and_assurance(value, ends, side, wanted, limits, label, assured):
    target = Target(valid_from=date(2025, 1, 1), valid_until=date(2027, 1, 1), side=side, value=wanted, points=[])
    shown = Limits(date(2025, 1, 1), 9.0, *limits, 20) if limits else None
    said = saying.say_target(target, point(date(2026, 1, 1), value, *ends), shown, decimals=1, unit="%")
    assert said.label == label
    assert assured in said.text


def test_baseline_is_told_apart_only_when_intervals_part():
    before = Baseline(
        period_from=date(2024, 1, 1), period_until=date(2024, 12, 31), value=10, lower=9, upper=11, why="w"
    )
    said = [saying.say_baseline(before, point(date(2026, 1, 1), 12.0, low, 13.0), decimals=0) for low in (11.5, 10.5)]
    assert [each.standing for each in said] == ["above", "not to be told apart from"]
    assert said[0].text == "Above the 10 (9 to 11) of 2024."


def test_limits_begin_anew_only_where_somebody_said_so():
    starts = [date(2025, month, 1) for month in range(1, 13)]
    points = [point(day, 10.0 + place % 2 + (20 if place >= 6 else 0)) for place, day in enumerate(starts)]
    whole, start = chart_of(points, [], polarity="neither")
    assert (start, whole.points_used) == (0, 12)
    anew, start = chart_of(points, [Rebase(starts_on=date(2025, 7, 1), reason="new rule")], polarity="neither")
    assert (start, anew.points_used, anew.centre) == (6, 6, 30.5)
    assert anew.provisional


def test_missing_period_is_no_zero():
    known = limits_of(
        [point(date(2025, 1, 1), 5.0), point(date(2025, 2, 1), None), point(date(2025, 3, 1), 7.0)], polarity="neither"
    )
    assert known.centre == 6.0


def test_what_is_old_is_said_to_be_not_known():
    starts = [date(2025, month, 1) for month in range(1, 13)]
    points = [point(day, 10.0 + place % 2) for place, day in enumerate(starts)]
    said = saying.say_signal(limits_of(points, polarity="neither"), points, "month", is_current=False)
    assert (said.kind, said.label, said.then) == ("unknown", "Not known since December 2025", "Ordinary variation")
    assert not said.asks


@pytest.mark.parametrize(
    ("frequency", "end", "until", "current"),
    [
        ("month", date(2026, 8, 31), date(2026, 9, 30), True),
        ("month", date(2026, 7, 31), date(2026, 9, 30), True),  # 61 days
        ("month", date(2026, 6, 30), date(2026, 9, 30), False),
        ("quarter", date(2026, 6, 30), date(2026, 9, 30), True),
        ("quarter", date(2026, 3, 31), date(2026, 9, 30), True),  # 183 days
        ("quarter", date(2025, 12, 31), date(2026, 9, 30), False),
        ("year", date(2025, 8, 31), date(2026, 9, 30), True),
        ("year", date(2017, 8, 31), date(2026, 9, 30), False),
    ],
)
def test_newest_value_speaks_of_the_present_for_a_time(frequency, end, until, current):
    assert saying.is_current(Point(end, end, "p", 1.0), until, frequency) is current


def test_quality_is_the_worst_that_the_rules_find():
    indicator = Indicator(source="typed", typed_as="count", frequency="quarter", due_after_days=30)
    points = [Point(date(2025, 1, 1), date(2025, 3, 31), "q", value) for value in (1.0, None, 3.0, 4.0)]
    said = quality.mark_of(indicator, points, is_current=True, today=date(2026, 1, 1))
    assert said.mark == "Poor"  # nothing was checked
    assert said.reasons[0] == "Complete: 3 of the last 4 quarters are held."


def test_periods_lie_wholly_within():
    assert [p.label for p in periods_between("quarter", date(2026, 2, 1), date(2026, 12, 31))] == [
        "2026-Q2",
        "2026-Q3",
        "2026-Q4",
    ]
    newest = recent_periods("month", date(2026, 9, 29))
    assert (newest[-1].label, len(newest)) == ("2026-08", 36)
    assert words_of(date(2026, 7, 1), date(2026, 9, 30)) == "July to September 2026"
