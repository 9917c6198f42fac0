"""What records hold about a set of indicators, read in as many queries as there are kinds, however many indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from upstream_web.performance.models import (
    Annotation,
    Baseline,
    Commentary,
    Indicator,
    QualityMark,
    Rebase,
    Target,
    TypedValue,
    ValueState,
)

AnyPart = TypeVar("AnyPart")


@dataclass
class Held:
    """The parts of one indicator, each in its own order."""

    targets: list[Target] = field(default_factory=list)
    baselines: list[Baseline] = field(default_factory=list)
    values: list[TypedValue] = field(default_factory=list)
    waiting: list[TypedValue] = field(default_factory=list)
    commentaries: list[Commentary] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    rebases: list[Rebase] = field(default_factory=list)
    marks: list[QualityMark] = field(default_factory=list)

    def target_on(self, day: date) -> Target | None:
        """Give the target in force on a day."""
        return next((target for target in self.targets if target.covers(day)), None)

    def mark_on(self, day: date) -> QualityMark | None:
        """Give what a person said of the quality last, on a day."""
        return next((mark for mark in self.marks if mark.holds_from <= day), None)


KINDS: tuple[tuple[str, type[Any]], ...] = (
    ("targets", Target),
    ("baselines", Baseline),
    ("commentaries", Commentary),
    ("annotations", Annotation),
    ("rebases", Rebase),
    ("marks", QualityMark),
)


def held_of(indicators: Collection[Indicator]) -> dict[int, Held]:
    """Read the parts of these indicators that were not removed, by the key of the indicator."""
    found = values_held_of(indicators)
    for name, model in KINDS:
        for part in model.objects.present().filter(indicator__in=[indicator.pk for indicator in indicators]):
            getattr(found[part.indicator_id], name).append(part)
    return found


def values_held_of(indicators: Iterable[Indicator]) -> dict[int, Held]:
    """Read of these indicators the typed values alone, which is all that a new value is compared with."""
    found: dict[int, Held] = defaultdict(Held)
    counting = (ValueState.CHECKED, ValueState.ENTERED)
    keys = [indicator.pk for indicator in indicators]
    for value in TypedValue.objects.present().filter(indicator__in=keys, state__in=counting):
        held = found[value.indicator_id]
        (held.values if value.state == ValueState.CHECKED else held.waiting).append(value)
    return found
