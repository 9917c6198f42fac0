"""The page of one indicator, put together from its result and its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.drawing.figures import show
from upstream_web.core.drawing.numbers import interval, number
from upstream_web.performance import figures, scorecard
from upstream_web.performance.calculation import calculate_one
from upstream_web.performance.models import Indicator, Level, Quarter, TypedValue, ValueState
from upstream_web.performance.periods import words_of
from upstream_web.performance.result import Result

ROWS_SHOWN = 12
STATE_TAGS = {
    ValueState.ENTERED: "open",
    ValueState.CHECKED: "done",
    ValueState.RETURNED: "late",
    ValueState.REPLACED: "",
}


@dataclass(frozen=True)
class Row:
    """One period in the table."""

    period: str
    count: str
    of: str
    value: str
    interval: str
    target: str
    status: str


def page_context(indicator: Indicator, person: Any) -> dict[str, Any]:
    """Give everything that the page shows; a retired indicator is shown as it was when it counted last."""
    today = timezone.localdate()
    result = calculate_one(indicator, until=indicator.retired_on or today, today=today)
    drawn = figures.figure_of(result)
    rows = rows_of(result)
    return {
        "result": result,
        "line": scorecard.line_of(result),
        "figure": show(drawn, identifier="through-time") if drawn else None,
        "rows": rows,
        "has_counts": any(row.of for row in rows),
        "has_intervals": any(row.interval for row in rows),
        "rows_left_out": max(0, len(result.points) - ROWS_SHOWN),
        "parts": _parts(indicator),
        "values": list(_values(indicator)) if indicator.is_typed else [],
        "frozen": _frozen(indicator),
        "chain": _chain(indicator),
        "may_report": may(person, Permission.INDICATOR_REPORT, about=indicator) and not indicator.removed_at,
        "may_keep": may(person, Permission.INDICATOR_CHANGE, about=indicator) and not indicator.removed_at,
        "measure_link": reverse("measure", args=[indicator.measure]) if indicator.measure else "",
    }


def rows_of(result: Result, most: int = ROWS_SHOWN) -> list[Row]:
    """Write the newest periods as rows, newest first."""
    lines = result.target_line or (None,) * len(result.points)
    found = []
    for point, target in list(zip(result.points, lines, strict=True))[::-1][:most]:
        found.append(
            Row(
                words_of(point.start, point.end),
                "" if point.numerator is None else number(point.numerator),
                "" if point.denominator is None else number(point.denominator),
                number(point.value, result.decimals),
                interval(point.lower, point.upper, result.decimals),
                "" if target is None else number(target, result.decimals),
                "" if point.value is not None else point.status,
            )
        )
    return found


def _parts(indicator: Indicator) -> dict[str, Any]:
    return {
        "targets": indicator.targets.filter(removed_at=None),
        "baselines": indicator.baselines.filter(removed_at=None),
        "commentaries": indicator.commentaries.filter(removed_at=None),
        "annotations": indicator.annotations.filter(removed_at=None),
        "rebases": indicator.rebases.filter(removed_at=None),
        "marks": indicator.quality_marks.filter(removed_at=None),
    }


def _values(indicator: Indicator) -> list[tuple[TypedValue, str, str]]:
    found = TypedValue.objects.present().filter(indicator=indicator).order_by("-period_start", "-pk")
    return [(value, STATE_TAGS[ValueState(value.state)], number_words(value, indicator)) for value in found[:40]]


def number_words(value: TypedValue, indicator: Indicator) -> str:
    """Write what was typed."""
    first, second = value.numbers
    shown = number(first, indicator.decimals if second is None else 0)
    return shown if second is None else f"{shown} of {number(second)}"


def _frozen(indicator: Indicator) -> list[tuple[Any, dict[str, Any]]]:
    """Give what the frozen quarters said of it, newest first."""
    found = []
    for quarter in Quarter.objects.present()[:6]:
        latest = quarter.latest
        said = next((each for each in latest.data["results"] if each["key"] == indicator.key), None) if latest else None
        if said is not None:
            found.append((latest, said))
    return found


def _chain(indicator: Indicator) -> list[tuple[str, list[tuple[Indicator, bool]]]]:
    """Give the indicators of the same priority by level: what goes in, what comes out, what comes of it."""
    siblings = Indicator.objects.present().filter(priority_number=indicator.priority_number, state="adopted")
    by_level: dict[str, list[tuple[Indicator, bool]]] = {level: [] for level in Level}
    for each in siblings:
        by_level[each.level].append((each, each.pk == indicator.pk))
    return [(level.label, by_level[level]) for level in Level]
