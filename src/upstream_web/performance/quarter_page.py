"""The pages of quarters: which are over, what was frozen of one, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from upstream.measures.periods import add_months
from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.performance import scorecard
from upstream_web.performance.calculation import calculate
from upstream_web.performance.freezing import differences, indicators_of, results_of
from upstream_web.performance.models import Freeze, Quarter

QUARTERS_OFFERED = 6


@dataclass(frozen=True)
class QuarterLine:
    """One quarter that is over: whether and when it was frozen, and what it said."""

    starts_on: date
    label: str
    words: str
    record: Quarter | None
    freeze: Freeze | None
    sentence: str


def quarters_to_show(today: date) -> list[QuarterLine]:
    """List the last quarters that are over and every one that was frozen, newest first."""
    kept = {quarter.starts_on: quarter for quarter in Quarter.objects.present()}
    begin = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    recent = {add_months(begin, -3 * step) for step in range(1, QUARTERS_OFFERED + 1)}
    return [_line(starts_on, kept.get(starts_on)) for starts_on in sorted(recent | kept.keys(), reverse=True)]


def _line(starts_on: date, record: Quarter | None) -> QuarterLine:
    quarter = record or Quarter(starts_on=starts_on)
    latest = record.latest if record else None
    sentence = scorecard.sentence_of(results_of(latest.data)) if latest else ""
    return QuarterLine(starts_on, quarter.label, str(quarter), record, latest, sentence)


def page_context(quarter: Quarter, person: Any, number: int | None = None) -> dict[str, Any]:
    """Give one frozen version, the one in force unless told otherwise, and how the present differs from it."""
    versions = list(quarter.freezes.filter(removed_at=None))
    shown = next((each for each in versions if each.number == number), versions[0] if versions else None)
    if shown is None:
        return {"versions": versions, "freeze": None}
    results = results_of(shown.data)
    today = timezone.localdate()
    present = calculate(indicators_of(quarter.ends_on), until=quarter.ends_on, today=today)
    return {
        "versions": versions,
        "freeze": shown,
        "is_in_force": shown == versions[0],
        "results": results,
        "groups": scorecard.groups_of(results),
        "sentence": scorecard.sentence_of(results),
        "differences": differences(results, present),
        "may_freeze": may(person, Permission.QUARTER_FREEZE),
    }
