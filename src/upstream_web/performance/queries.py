"""What other parts of the site may ask of the performance framework."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from upstream.measures.periods import Period
from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.workbench import kept_for_build
from upstream_web.performance.calculation import calculate
from upstream_web.performance.models import (
    Freeze,
    Indicator,
    IndicatorState,
    Quarter,
    Source,
    TypedValue,
    ValueState,
)
from upstream_web.performance.models.remark import Annotation, Commentary, QualityMark, Rebase
from upstream_web.performance.models.target import Baseline, Target
from upstream_web.performance.periods import recent_periods
from upstream_web.performance.result import Result
from upstream_web.records.kept import kept_until_changed

LOOK_BACK = 4
SOON_DAYS = 30


def adopted(person: Any = None) -> QuerySet[Indicator]:
    """Give the indicators that count, in the order of the framework; those `person` may see where one is given."""
    found = Indicator.objects if person is None else Indicator.objects.visible_to(person, Permission.INDICATOR_VIEW)
    return found.filter(removed_at=None, state=IndicatorState.ADOPTED).select_related("lead_body")


def results(on: date, person: Any = None) -> list[Result]:
    """Give the result of each adopted indicator on a day, calculated once until a record or the build changes.

    Those that follow other records are counted again once any record of the site was changed.
    """
    every = list(adopted(person))
    kept = [indicator for indicator in every if not indicator.follows_records]
    keys = tuple(indicator.pk for indicator in kept)
    found: list[Result] = kept_for_build(
        "results of indicators", lambda: calculate(kept, until=on, today=on), on, keys, _state()
    )
    if len(kept) == len(every):
        return found
    follow = [indicator for indicator in every if indicator.follows_records]
    counted: list[Result] = kept_until_changed(
        "results of indicators that follow records", lambda: calculate(follow, until=on, today=on), on,
        tuple(indicator.pk for indicator in follow), _state(),
    )  # fmt: skip
    by_key = {result.pk: result for result in (*found, *counted)}
    return [by_key[indicator.pk] for indicator in every]


def _state() -> tuple[Any, ...]:
    """Tell one state of the records from the next: how many there are and when the last was changed."""
    kinds: tuple[Any, ...] = (
        Indicator, Target, Baseline, TypedValue, Commentary, Annotation, Rebase, QualityMark,
    )  # fmt: skip
    return tuple(
        kind.objects.order_by("-changed_at", "-pk").values_list("pk", "version", "changed_at").first() for kind in kinds
    )


def with_signals(on: date, person: Any = None) -> list[Result]:
    """Give the indicators whose newest value is a sign of change."""
    return [result for result in results(on, person) if result.signal.asks]


def without_commentary(on: date, person: Any = None) -> list[Result]:
    """Give the indicators with a signal on which the lead has said nothing yet."""
    return [result for result in results(on, person) if result.comment_is_missing]


def with_missing_values(on: date, person: Any = None) -> list[Result]:
    """Give the indicators of which values are missing that should be held."""
    return [result for result in results(on, person) if result.missing]


@dataclass(frozen=True)
class DueEntry:
    """A value that should be typed in: of which period, and by when."""

    indicator: Indicator
    period: Period
    due_on: date

    def is_late(self, on: date) -> bool:
        """Tell whether its day has passed."""
        return self.due_on < on


def due_entries(on: date, indicators: Iterable[Indicator] | None = None) -> list[DueEntry]:
    """List the values of the last periods that nobody has typed in, the first due first."""
    asked = adopted().filter(source=Source.TYPED) if indicators is None else indicators
    wanted = [
        (indicator, period)
        for indicator in asked
        if indicator.is_typed
        for period in recent_periods(indicator.frequency, on - timedelta(days=1))[-LOOK_BACK:]
        if period.end >= indicator.adopted_on
    ]
    there = set(
        TypedValue.objects.present()
        .filter(indicator__in={indicator.pk for indicator, _ in wanted})
        .filter(period_start__gte=min((period.start for _, period in wanted), default=on))
        .filter(state__in=(ValueState.CHECKED, ValueState.ENTERED))
        .values_list("indicator_id", "period_start")
    )
    found = [
        DueEntry(indicator, period, period.end + timedelta(days=indicator.due_after_days))
        for indicator, period in wanted
        if (indicator.pk, period.start) not in there
    ]
    return sorted(found, key=lambda each: (each.due_on, each.indicator.priority_number, each.indicator.pk))


def entries_for(person: Any, on: date) -> list[DueEntry]:
    """List the due values that this person may type in."""
    mine = [
        each
        for each in adopted(person).filter(source=Source.TYPED)
        if may(person, Permission.INDICATOR_REPORT, about=each)
    ]
    return due_entries(on, mine)


def waiting_for_check(person: Any = None) -> list[TypedValue]:
    """List the values that wait for a check; those that `person` may check where one is given, never their own."""
    waiting = TypedValue.objects.present().filter(state=ValueState.ENTERED, indicator__removed_at=None)
    found = list(waiting.select_related("indicator__lead_body", "revises"))
    if person is None:
        return found
    return [
        value for value in found
        if value.entered_by != person.get_username() and may(person, Permission.INDICATOR_REPORT, about=value.indicator)
    ]  # fmt: skip


def latest_freezes() -> QuerySet[Freeze]:
    """Give every frozen version, the newest quarter and version first."""
    return Freeze.objects.present().select_related("quarter").defer("content")


def get_freeze(label: str) -> Freeze | None:
    """Give the version in force of a quarter such as 2026-Q3; None before it was frozen."""
    quarter = next((each for each in Quarter.objects.present() if each.label == label), None)
    return quarter.latest if quarter else None
