"""From an indicator and what is held of it to its result on a day: the one place where pages and packs get it from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from django.utils import timezone

from upstream.measures.definition import Kind
from upstream.methods import XmrResult, xmr
from upstream_web.performance import clocked, counted, measured, quality, saying, typed
from upstream_web.performance.held import Held, held_of
from upstream_web.performance.models import Commentary, Indicator, Rebase, TypedAs
from upstream_web.performance.periods import recent_periods, words_of
from upstream_web.performance.result import CommentSaid, Event, Limits, Origin, Point, Result, SignalSaid
from upstream_web.records.register import Timed

PER_CENT = 100.0
NO_CLOCKS: Mapping[str, Sequence[Timed]] = MappingProxyType({})
COMMENT_HOLDS = timedelta(days=92)  # leads comment by the quarter, whatever comes by the month


@dataclass(frozen=True)
class Series:
    """The periods of an indicator with where they come from."""

    points: tuple[Point, ...]
    origin: Origin
    unit: str
    counts_events: bool
    maximum: float | None


def calculate(indicators: Iterable[Indicator], *, until: date, today: date) -> list[Result]:
    """Give the result of each indicator from what was over on `until`; `today` decides what is late."""
    asked = list(indicators)
    held, clocks = held_of(asked), clocked.clocks_of(asked, until)
    return [
        _calculate(indicator, series_of(indicator, held[indicator.pk], until, clocks), held[indicator.pk], until, today)
        for indicator in asked
    ]


def calculate_one(indicator: Indicator, *, until: date, today: date) -> Result:
    """Give the result of one indicator."""
    return calculate([indicator], until=until, today=today)[0]


def series_of(
    indicator: Indicator, held: Held, until: date, clocks: Mapping[str, Sequence[Timed]] = NO_CLOCKS
) -> Series:
    """Give the values of an indicator up to a day: measured, typed in, or from `clocks` and other records."""
    periods = recent_periods(indicator.frequency, until)
    if indicator.is_typed:
        values = [value for value in held.values if value.period_end <= until]
        points = typed.points_of(indicator, values, periods)
        maximum = PER_CENT if indicator.typed_as == TypedAs.SHARE else None
        origin = typed.origin_of(indicator, values)
        return Series(_from_first(points), origin, indicator.unit, indicator.typed_as == TypedAs.COUNT, maximum)
    if indicator.is_clocked:
        origin = clocked.origin_of(indicator)
        points = clocked.points_of(periods, clocks.get(indicator.clock, ()))
        return Series(_from_first(points), origin, indicator.unit, False, PER_CENT)
    if indicator.follows_records:
        origin = counted.origin_of(indicator)
        return Series(_from_first(counted.points_of(indicator, periods)), origin, indicator.unit, False, PER_CENT)
    result = measured.find_result(indicator)
    definition = measured.find_definition(indicator)
    points = measured.points_of(indicator, result, measured.reaching_back(indicator, result, periods))
    unit = f"{indicator.unit} per 30 days" if measured.is_standard_month(indicator, definition) else indicator.unit
    kind = definition.kind if definition else None
    maximum = PER_CENT if kind is Kind.SHARE else None
    origin = measured.origin_of(indicator, result)
    return Series(_from_first(points), origin, unit, kind is Kind.COUNT, maximum)


def _from_first(points: Sequence[Point]) -> tuple[Point, ...]:
    """Leave out the time before the first value; what is missing since then is unknown, and stays."""
    first = next((place for place, point in enumerate(points) if point.value is not None), len(points))
    return tuple(points[first:])


def _calculate(indicator: Indicator, series: Series, held: Held, until: date, today: date) -> Result:
    points = series.points
    rebases = [rebase for rebase in held.rebases if rebase.starts_on <= until]
    chart, start = chart_of(points, rebases, polarity=indicator.polarity, maximum=series.maximum)
    known = [point for point in points if point.value is not None]
    latest = known[-1] if known else None
    current = saying.is_current(latest, until, indicator.frequency)
    signal = _signal(series, chart, start, indicator, is_current=current)
    limits = _limits(points, start, chart, rebases) if not signal.rare else None
    comment = _comment(held.commentaries, latest, until)
    found = _frame(indicator, series, until)
    return replace(
        found,
        points=points,
        signal=signal,
        limits=limits,
        earlier_limits=_earlier(points, rebases, indicator, series),
        latest=latest,
        is_current=current,
        target=_target(held, latest, limits, indicator, series) if latest and current else None,
        target_line=_target_line(held, points),
        baseline=_baseline(held, latest, indicator) if latest and current else None,
        comment=comment,
        comment_is_missing=signal.asks and comment is None,
        missing=_missing(indicator, points, until, today),
        events=tuple(
            Event(each.happened_on, each.what, each.said_by) for each in held.annotations if each.happened_on <= until
        ),
        quality=quality.mark_of(
            indicator, points, is_current=current, definition=measured.find_definition(indicator),
            values=[value for value in held.values if value.period_end <= until], said=held.mark_on(until), today=today,
        ),
    )  # fmt: skip


def _frame(indicator: Indicator, series: Series, until: date) -> Result:
    """Give a result that says what the indicator is, and nothing yet of its values."""
    return Result(
        key=indicator.key, pk=indicator.pk, title=indicator.title, question=indicator.question, level=indicator.level,
        priority_number=indicator.priority_number, priority_name=indicator.priority_name, unit=series.unit,
        decimals=indicator.decimals, polarity=indicator.polarity, frequency=indicator.frequency,
        lead=indicator.lead_words, good=indicator.good, assumption=indicator.assumption,
        limits_of_use=indicator.limits_of_use, until=until, points=(), origin=series.origin,
        signal=SignalSaid("unknown", "Not known", "", "not known"), quality=quality.QualitySaid("Poor", (), "Poor"),
    )  # fmt: skip


def chart_of(
    points: Sequence[Point], rebases: Sequence[Rebase], *, polarity: str, maximum: float | None = None
) -> tuple[XmrResult, int]:
    """Set the limits on the points since the last new start, and give the place of the first of them."""
    last = rebases[-1].starts_on if rebases else date.min
    start = next((place for place, point in enumerate(points) if point.start >= last), 0)
    return limits_of(points[start:], polarity=polarity, maximum=maximum), start


def limits_of(points: Sequence[Point], *, polarity: str, maximum: float | None = None) -> XmrResult:
    """Set the limits of one stretch; they reach below nothing only where a value does."""
    values = [math.nan if point.value is None else point.value for point in points]
    minimum = None if any(value < 0 for value in values) else 0.0
    return xmr(values, polarity=polarity, minimum=minimum, maximum=maximum)


def _signal(series: Series, chart: XmrResult, start: int, indicator: Indicator, *, is_current: bool) -> SignalSaid:
    counts = [value for value in chart.values if not math.isnan(value)]
    if series.counts_events and counts and chart.centre < saying.RARE_MEAN:
        return saying.say_rare(chart.centre, indicator.frequency)
    return saying.say_signal(chart, series.points[start:], indicator.frequency, is_current=is_current)


def _limits(points: Sequence[Point], start: int, chart: XmrResult, rebases: Sequence[Rebase]) -> Limits | None:
    if not chart.known or not points:
        return None
    reason = rebases[-1].reason if rebases and start else ""
    return Limits(points[start].start, chart.centre, chart.lower, chart.upper, chart.points_used, reason)


def _earlier(
    points: Sequence[Point], rebases: Sequence[Rebase], indicator: Indicator, series: Series
) -> tuple[Limits, ...]:
    """Give the limits of the stretches before the last new start, each with the reason that it began for."""
    starts = [date.min, *(rebase.starts_on for rebase in rebases)]
    reasons = ["", *(rebase.reason for rebase in rebases)]
    found = []
    for begin, end, reason in zip(starts, starts[1:], reasons, strict=False):
        stretch = [point for point in points if begin <= point.start < end]
        if not stretch:
            continue
        chart = limits_of(stretch, polarity=indicator.polarity, maximum=series.maximum)
        if chart.known:
            made = Limits(stretch[0].start, chart.centre, chart.lower, chart.upper, chart.points_used, reason)
            found.append(made)
    return tuple(found)


def _target(
    held: Held, latest: Point, limits: Limits | None, indicator: Indicator, series: Series
) -> saying.TargetSaid | None:
    target = held.target_on(latest.end)
    if target is None:
        return None
    return saying.say_target(target, latest, limits, decimals=indicator.decimals, unit=series.unit)


def _target_line(held: Held, points: Sequence[Point]) -> tuple[float | None, ...]:
    found = [held.target_on(point.end) for point in points]
    return tuple(target.at(point.end) if target else None for target, point in zip(found, points, strict=True))


def _baseline(held: Held, latest: Point, indicator: Indicator) -> saying.BaselineSaid | None:
    before = next((baseline for baseline in held.baselines if baseline.period_until < latest.start), None)
    return saying.say_baseline(before, latest, decimals=indicator.decimals) if before else None


def _comment(commentaries: Sequence[Commentary], latest: Point | None, until: date) -> CommentSaid | None:
    """Give the lead's words on the newest value: the last ones said of its period or the quarter before."""
    since = min(latest.start, latest.end - COMMENT_HOLDS) if latest else until
    for said in commentaries:
        if said.period_end <= until and said.period_end >= since:
            return CommentSaid(
                words_of(said.period_start, said.period_end), said.so_what, said.what_next, said.who, said.said_by,
                timezone.localdate(said.changed_at),
            )  # fmt: skip
    return None


def _missing(indicator: Indicator, points: Sequence[Point], until: date, today: date) -> tuple[str, ...]:
    """Name the last periods that should be held and are not; one that is not due yet is not missing."""
    looked_at = points[-quality.LOOKED_AT[indicator.frequency] :]
    allowed = timedelta(days=indicator.due_after_days)
    return tuple(words_of(p.start, p.end) for p in looked_at if p.value is None and p.end + allowed < today)
