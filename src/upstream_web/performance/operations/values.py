"""Typing values in, checking them, sending them back. A value counts when a second person has checked it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from upstream.exceptions import WrongUse
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.core.words import short_day_words
from upstream_web.performance.calculation import series_of
from upstream_web.performance.entry_rules import Findings, look_at
from upstream_web.performance.held import values_held_of
from upstream_web.performance.models import Indicator, TypedValue, ValueState
from upstream_web.performance.periods import period_of
from upstream_web.records.operations import keeping


class ValueRefused(WrongUse):
    """What was typed cannot be kept as it is; the message says what to put right."""


class CheckRefused(WrongUse):
    """This person may not check this value, or it does not wait for a check."""


@dataclass(frozen=True)
class Entry:
    """What a person typed for one period: a number, what it is divided by, and where it comes from."""

    indicator: Indicator
    period_start: date
    first: float | None
    second: float | None = None
    source_note: str = ""
    explained: str = ""
    revised_because: str = ""


@operation("values typed in")
def enter(*, entries: list[Entry], by: Any, at: datetime) -> list[TypedValue]:
    """Keep what was typed, to be checked by somebody else; all or none. Raises `ValueRefused`.

    A value that waits is written over by its own author; one that counts is revised for a reason, and stays in force
    until the revision is checked.
    """
    kept = [_enter(entry, by=by, at=at) for entry in entries]
    if kept:
        tell(kept[0], values=len(kept), indicators=sorted({value.indicator.key for value in kept}))
    return kept


def _enter(entry: Entry, *, by: Any, at: datetime) -> TypedValue:
    indicator = entry.indicator
    if not indicator.is_typed or not indicator.is_adopted:
        raise ValueRefused(f"“{indicator}” takes no typed values.", do="Leave it out.")
    period = period_of(indicator.frequency, entry.period_start)
    if period.end >= at.date():
        raise ValueRefused(
            f"{indicator}: the period to {short_day_words(period.end)} is not over.", do="Type it in when it is."
        )
    found = findings_of(entry)
    if found.faults:
        raise ValueRefused(f"{indicator}, {period.label}: {' '.join(found.faults)}", do="Put it right.")
    if found.warnings and not entry.explained.strip():
        raise ValueRefused(f"{indicator}, {period.label}: {' '.join(found.warnings)}", do="Say why it is right.")
    values = TypedValue.objects.present().filter(indicator=indicator, period_start=period.start)
    waiting, counting = values.filter(state=ValueState.ENTERED).first(), values.filter(state=ValueState.CHECKED).first()
    if waiting is not None and waiting.entered_by != name_of(by):
        raise ValueRefused(
            f"{indicator}, {period.label}: a value by {waiting.entered_by} waits for a check.", do="Check it."
        )
    if counting is not None and not entry.revised_because.strip():
        raise ValueRefused(f"{indicator}, {period.label} has a value that counts.", do="Say why it is revised.")
    value = waiting or TypedValue(indicator=indicator, period_start=period.start, period_end=period.end)
    value.numerator, value.denominator = (entry.first, entry.second) if indicator.takes_denominator else (None, None)
    value.value = None if indicator.takes_denominator else entry.first
    value.source_note = entry.source_note.strip()
    value.explained = entry.explained.strip() if found.warnings else ""
    value.warnings, value.entered_by, value.entered_at = list(found.warnings), name_of(by), at
    value.revises, value.revised_because = counting, entry.revised_because.strip() if counting else ""
    return keeping.keep(value, by=by, at=at) if waiting else _keep_new(value, by=by, at=at)


def _keep_new(value: TypedValue, *, by: Any, at: datetime) -> TypedValue:
    try:
        with transaction.atomic():
            return keeping.keep_new(value, by=by, at=at)
    except IntegrityError as clash:
        raise ValueRefused(f"{value}: somebody typed a value in at the same moment.", do="Look at it first.") from clash


def findings_of(entry: Entry) -> Findings:
    """Hold an entry against the rules, compared with the periods before it that count. Writes nothing."""
    held = values_held_of([entry.indicator])[entry.indicator.pk]
    before = series_of(entry.indicator, held, entry.period_start - timedelta(days=1))
    return look_at(entry.indicator, entry.first, entry.second, before.points)


@operation("value checked")
def check(*, value: TypedValue, words: str = "", by: Any, at: datetime) -> TypedValue:
    """Let a value count; the one that it revises is kept as replaced. Raises `CheckRefused`."""
    _check_checker(value, by)
    if value.revises is not None:
        old = value.revises
        old.state = ValueState.REPLACED
        keeping.keep(old, by=by, at=at)
    tell(value, indicator=value.indicator.key, period=value.period_start.isoformat())
    return _settle(value, ValueState.CHECKED, words, by=by, at=at)


@operation("value sent back")
def send_back(*, value: TypedValue, words: str, by: Any, at: datetime) -> TypedValue:
    """Send a value back to whoever typed it in, with the reason. Raises `CheckRefused`."""
    _check_checker(value, by)
    if not words.strip():
        raise CheckRefused("A value is sent back for a reason.", do="Say what is wrong with it.")
    tell(value, indicator=value.indicator.key, reason=words)
    return _settle(value, ValueState.RETURNED, words, by=by, at=at)


def _check_checker(value: TypedValue, by: Any) -> None:
    if value.state != ValueState.ENTERED:
        raise CheckRefused(f"{value} does not wait for a check: {value.get_state_display().lower()}.", do="Nothing.")
    if value.entered_by == name_of(by):
        raise CheckRefused("Nobody checks a value that they typed in.", do="Ask a second person.")


def _settle(value: TypedValue, state: str, words: str, *, by: Any, at: datetime) -> TypedValue:
    value.state, value.check_words = state, words.strip()
    value.checked_by, value.checked_at = name_of(by), at
    return keeping.keep(value, by=by, at=at)
