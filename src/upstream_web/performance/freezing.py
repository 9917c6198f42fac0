"""What is frozen of a quarter: every adopted indicator as it stood, as text that never changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from upstream_web.core.drawing.numbers import number
from upstream_web.core.workbench import find_build, get_partnership
from upstream_web.performance.calculation import calculate
from upstream_web.performance.models import Indicator, IndicatorState, Quarter
from upstream_web.performance.result import Result, from_data, to_data


def indicators_of(until: date) -> list[Indicator]:
    """Give the indicators that counted on a day, in the order of the framework."""
    found = Indicator.objects.present().filter(adopted_on__lte=until).select_related("lead_body")
    return [
        each for each in found
        if each.state == IndicatorState.ADOPTED or (each.retired_on is not None and each.retired_on > until)
    ]  # fmt: skip


def content_of(quarter: Quarter, *, today: date) -> str:
    """Write the results of a quarter as JSON: names in order, no spaces, so that the same content has the same hash."""
    build = find_build()
    results = calculate(indicators_of(quarter.ends_on), until=quarter.ends_on, today=today)
    content = {
        "quarter": quarter.label,
        "starts_on": quarter.starts_on.isoformat(),
        "ends_on": quarter.ends_on.isoformat(),
        "partnership": get_partnership().config.name,
        "build": build.id if build else "",
        "results": [to_data(result) for result in results],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def results_of(content: Mapping[str, Any]) -> list[Result]:
    """Read the results of frozen content."""
    return [from_data(each) for each in content["results"]]


@dataclass(frozen=True)
class Difference:
    """What an indicator says now of a frozen quarter that it did not say then."""

    title: str
    what: str
    then: str
    now: str


def differences(frozen: list[Result], present: list[Result]) -> list[Difference]:
    """List what changed since: values, signals, targets and commentary; indicators that came or went."""
    then, now = {one.key: one for one in frozen}, {one.key: one for one in present}
    found = []
    for key in dict.fromkeys((*then, *now)):
        if key not in now or key not in then:
            title = (then.get(key) or now[key]).title
            found.append(
                Difference(title, "Indicator", "frozen" if key in then else "–", "counts" if key in now else "–")
            )
            continue
        found += _changes(then[key], now[key])
    return found


def _changes(then: Result, now: Result) -> list[Difference]:
    pairs = (
        ("Newest value", _newest(then), _newest(now)),
        ("Signal", then.signal.label, now.signal.label),
        ("Target", then.target.label if then.target else "–", now.target.label if now.target else "–"),
        ("Quality", then.quality.mark, now.quality.mark),
        ("Commentary", then.comment.so_what if then.comment else "–", now.comment.so_what if now.comment else "–"),
    )
    found = [Difference(then.title, what, before, after) for what, before, after in pairs if before != after]
    return found + _changed_values(then, now)


def _changed_values(then: Result, now: Result) -> list[Difference]:
    """Name the periods whose value was revised, other than the newest."""
    later = {point.start: point for point in now.points}
    found = []
    for point in then.points:
        other = later.get(point.start)
        if other is not None and other.value != point.value and point != then.latest:
            shown = [number(value, then.decimals) for value in (point.value, other.value)]
            found.append(Difference(then.title, f"Value of {point.label}", *shown))
    return found


def _newest(result: Result) -> str:
    if result.latest is None:
        return "not known"
    return f"{number(result.latest.value, result.decimals)} ({result.latest.label})"
