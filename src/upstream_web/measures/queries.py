"""Reads of measures, each calculated by the library once for a build and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from upstream.exceptions import UpstreamFailure
from upstream.measures import MeasureDefinition, MeasureResult, calculate, find_definition, load_definitions
from upstream.measures.comparisons import (
    ChangeFromBefore,
    Comparison,
    compare_districts,
    compare_forces,
    compare_previous,
)
from upstream.measures.periods import add_months
from upstream.measures.summary import Summary, summarise
from upstream_web.core.workbench import get_partnership, kept_for_build

if TYPE_CHECKING:
    from upstream_web.measures.choices import Choice

Answer = TypeVar("Answer")


def definitions() -> Mapping[str, MeasureDefinition]:
    """Every measure that is defined now, by name."""
    return kept_for_build("definitions of measures", lambda: load_definitions(get_partnership()))


def get_definition(name: str) -> MeasureDefinition:
    """Give one definition; raises `UnknownMeasure` with the nearest names."""
    return find_definition(dict(definitions()), name)


def get_result(
    name: str,
    *,
    level: str,
    period: str,
    start: date | None = None,
    end: date | None = None,
    areas: Sequence[str] = (),
    breakdown: Sequence[str] = (),
) -> MeasureResult:
    """Calculate a measure; raises what the library raises when it cannot be cut that way."""
    return kept_for_build(
        "measure",
        lambda: calculate(
            get_partnership(), name, level=level, period=period, start=start, end=end, areas=areas, breakdown=breakdown
        ),
        name, level, period, start, end, tuple(areas), tuple(breakdown),
    )  # fmt: skip


def find_result(name: str, **query: object) -> MeasureResult | None:
    """Calculate a measure, or give None where the data held do not carry that cut of it."""
    try:
        return get_result(name, **query)  # type: ignore[arg-type]
    except UpstreamFailure:
        return None


def in_period(choice: Choice, level: str, breakdown: Sequence[str] = ()) -> MeasureResult | None:
    """The measure for every area of a level in the chosen period; none where it cannot be had."""
    if choice.period is None or not level:
        return None
    when = choice.period
    return find_result(
        choice.definition.name,
        level=level,
        period=when.kind,
        start=when.start,
        end=when.end,
        breakdown=tuple(breakdown),
    )


def by_month(choice: Choice, level: str) -> MeasureResult | None:
    """The measure by month over the chosen period, or over twelve months where that is shorter than three."""
    if choice.period is None or "month" not in choice.definition.periods or level not in choice.definition.levels:
        return None
    start, end = choice.period.start, choice.period.end
    if (end - start).days < 80:
        start = add_months(end, -11)
    return find_result(choice.definition.name, level=level, period="month", start=start, end=end)


def find_summary(name: str, *, places: bool = False) -> Summary | None:
    """The measure in brief for the whole area; none before anything is held."""
    return kept_for_build(
        "summary of measure", lambda: _or_none(lambda: summarise(get_partnership(), name, places=places)), name, places
    )


def find_change(choice: Choice, level: str) -> ChangeFromBefore | None:
    """The change from the same months a year before, up to the end of the chosen period."""
    if choice.period is None or level not in choice.definition.levels:
        return None
    end = choice.period.end
    name = choice.definition.name
    return kept_for_build(
        "change",
        lambda: _or_none(lambda: compare_previous(get_partnership(), name, level=level, end=end)),
        name, level, end,
    )  # fmt: skip


def find_comparison(name: str, among: str) -> Comparison | None:
    """Our place among "forces", or among "similar" or "all" districts; none where others are not held."""
    return kept_for_build("comparison", lambda: _or_none(lambda: _compare(name, among)), name, among)


def _compare(name: str, among: str) -> Comparison:
    if among == "forces":
        return compare_forces(get_partnership(), name)
    return compare_districts(get_partnership(), name, among=among)


def _or_none(ask: Callable[[], Answer]) -> Answer | None:
    try:
        return ask()
    except UpstreamFailure:
        return None


def sibling_names(definition: MeasureDefinition) -> list[MeasureDefinition]:
    """The same thing told another way (as a rate, as a count), this one included, rates first."""
    stem = definition.name.rpartition("_")[0]
    found = [definitions()[name] for name in (f"{stem}_rate", f"{stem}_count") if name in definitions()]
    return found if definition in found else [definition]


def by_theme(*, told_once: bool = False, keep: MeasureDefinition | None = None) -> dict[str, list[MeasureDefinition]]:
    """Every measure by theme, in the order in which the definitions first name one.

    With `told_once` a count that is also given as a rate is left out, unless it is the one to `keep`.
    """
    themes: dict[str, list[MeasureDefinition]] = {}
    for definition in definitions().values():
        found = themes.setdefault(definition.theme, [])
        first = sibling_names(definition)[0]
        if not told_once or first == definition or definition == keep:
            found.append(definition)
    return {theme: found for theme, found in themes.items() if found}


def nearest_names(name: str) -> list[str]:
    """The names of measures most like `name`."""
    return get_close_matches(name, definitions(), n=5, cutoff=0.4)
