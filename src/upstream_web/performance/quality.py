"""How far an indicator's data can be relied on: by rule, from how complete, timely and well checked they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from upstream.measures import MeasureDefinition
from upstream_web.performance.models import Indicator, Mark, QualityMark, TypedValue
from upstream_web.performance.result import Point, QualitySaid

LOOKED_AT = {"month": 12, "quarter": 4, "year": 3}
HALF = 0.5
ORDER = (Mark.GOOD, Mark.FAIR, Mark.POOR)


@dataclass(frozen=True)
class Finding:
    """What one rule found."""

    mark: Mark
    words: str


def mark_of(
    indicator: Indicator,
    points: Sequence[Point],
    *,
    is_current: bool,
    values: Sequence[TypedValue] = (),
    definition: MeasureDefinition | None = None,
    said: QualityMark | None = None,
    today: date,
) -> QualitySaid:
    """Mark the data by the worst that the rules find; a person's own mark stands in front of it, with both reasons."""
    found = [_complete(points, indicator.frequency), _timely(indicator, is_current, values)]
    found.append(_checked(indicator, values, definition, today))
    by_rule = max((finding.mark for finding in found), key=ORDER.index)
    reasons = tuple(finding.words for finding in found)
    if said is None:
        return QualitySaid(by_rule.label, reasons, by_rule.label)
    return QualitySaid(Mark(said.mark).label, (said.reasons, *reasons), by_rule.label, said.said_by)


def _complete(points: Sequence[Point], frequency: str) -> Finding:
    looked_at = points[-LOOKED_AT[frequency] :]
    known = sum(point.value is not None for point in looked_at)
    words = f"Complete: {known} of the last {len(looked_at)} {frequency}s are held."
    if not looked_at or known < HALF * len(looked_at):
        return Finding(Mark.POOR, words if looked_at else "Complete: nothing is held.")
    return Finding(Mark.GOOD if known == len(looked_at) else Mark.FAIR, words)


def _timely(indicator: Indicator, is_current: bool, values: Sequence[TypedValue]) -> Finding:
    if not is_current:
        return Finding(Mark.POOR, "Timely: the newest value is too old to speak of the present.")
    if not indicator.is_typed:
        return Finding(Mark.GOOD, "Timely: the newest value speaks of the present.")
    looked_at = values[-LOOKED_AT[indicator.frequency] :]
    allowed = timedelta(days=indicator.due_after_days)
    late = sum(value.entered_at.date() > value.period_end + allowed for value in looked_at)
    if not late:
        return Finding(Mark.GOOD, f"Timely: typed in within {indicator.due_after_days} days each time.")
    return Finding(Mark.FAIR, f"Timely: {late} of the last {len(looked_at)} came after the day they were due.")


def _checked(
    indicator: Indicator, values: Sequence[TypedValue], definition: MeasureDefinition | None, today: date
) -> Finding:
    if indicator.follows_records:
        return Finding(Mark.GOOD, "Checked: counted from the records themselves, by the rule.")
    return _checked_values(values) if indicator.is_typed else _checked_definition(definition, today)


def _checked_values(values: Sequence[TypedValue]) -> Finding:
    odd = sum(bool(value.warnings) for value in values[-LOOKED_AT["month"] :])
    if not values:
        return Finding(Mark.POOR, "Checked: no value has been checked by a second person.")
    if odd:
        words = f"Checked by two people; {odd} {'value was' if odd == 1 else 'values were'} odd and explained."
        return Finding(Mark.FAIR, words)
    return Finding(Mark.GOOD, "Checked: every value by a second person.")


def _checked_definition(definition: MeasureDefinition | None, today: date) -> Finding:
    if definition is None:
        return Finding(Mark.POOR, "Checked: the catalogue has no such measure any more.")
    checked = f"Checked: the definition by {definition.checked_by}, reviewed {definition.reviewed_on:%B %Y}"
    if definition.review_due_on < today:
        return Finding(Mark.FAIR, f"{checked}; its next review is overdue.")
    return Finding(Mark.GOOD, f"{checked}.")
