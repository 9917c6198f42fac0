"""The values of an indicator that people type in: only what a second person has checked counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from upstream.measures.periods import Period
from upstream.methods import poisson_rate, wilson_proportion
from upstream_web.performance.models import Indicator, TypedAs, TypedValue
from upstream_web.performance.result import KNOWN, Origin, Point

PER_CENT = 100
METHODS = {
    TypedAs.COUNT: "Count, as typed in",
    TypedAs.SHARE: "Part of a whole; Wilson score interval",
    TypedAs.RATE: "Crude rate; Byar's method, exact Poisson below 10 events",
    TypedAs.VALUE: "Value, as typed in",
}


def points_of(indicator: Indicator, values: Iterable[TypedValue], periods: Sequence[Period]) -> tuple[Point, ...]:
    """Give one point a period from the values that count; a period without one is not known."""
    held = {value.period_start: value for value in values}
    return tuple(point_of(indicator, period, held.get(period.start)) for period in periods)


def point_of(indicator: Indicator, period: Period, value: TypedValue | None) -> Point:
    """Give the point of one period, with its interval where the number has one."""
    if value is None:
        return Point(period.start, period.end, period.label, status="not typed in")
    if value.numerator is None or value.denominator is None:
        return Point(period.start, period.end, period.label, value=value.value, status=KNOWN)
    number, lower, upper = with_interval(indicator, value.numerator, value.denominator)
    return Point(
        period.start, period.end, period.label, value=number, lower=lower, upper=upper,
        numerator=value.numerator, denominator=value.denominator,
        status=KNOWN if number is not None else "no denominator",
    )  # fmt: skip


def with_interval(
    indicator: Indicator, numerator: float, denominator: float
) -> tuple[float | None, float | None, float | None]:
    """Calculate a share or a rate with its 95% interval; all None where there is nothing to divide by."""
    if not denominator:
        return None, None, None
    if indicator.typed_as == TypedAs.SHARE:
        share = wilson_proportion(numerator, denominator, multiplier=PER_CENT)
        return float(share.value), float(share.lower), float(share.upper)
    rate = poisson_rate(numerator, denominator, multiplier=indicator.multiplier)
    return float(rate.value), float(rate.lower), float(rate.upper)


def origin_of(indicator: Indicator, values: Sequence[TypedValue]) -> Origin:
    """Say where the values come from."""
    newest = values[-1] if values else None
    sources = tuple(dict.fromkeys(value.source_note for value in values if value.source_note))
    notes = [f"{len(values)} values, each typed in by one person and checked by another."] if values else []
    if newest is not None:
        notes.append(f"Newest typed in by {newest.entered_by}, checked by {newest.checked_by}.")
    revised = sum(value.revises_id is not None for value in values)
    if revised:
        notes.append(f"{revised} of them replace an earlier value.")
    filters = tuple(part for part in (indicator.numerator_words, indicator.denominator_words) if part)
    return Origin("typed", indicator.title, METHODS[TypedAs(indicator.typed_as)], feeds=sources, filters=filters,
                  notes=tuple(notes))  # fmt: skip
