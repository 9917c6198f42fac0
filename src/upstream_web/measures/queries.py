"""Reads of measures, each calculated by the library once for a build and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from upstream.exceptions import UpstreamFailure
from upstream.measures import MeasureDefinition, MeasureResult, calculate, find_definition, load_definitions
from upstream_web.core.workbench import get_partnership, kept_for_build


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


def sibling_names(definition: MeasureDefinition) -> list[MeasureDefinition]:
    """The same thing told another way (as a rate, as a count), this one included, rates first."""
    stem = definition.name.rpartition("_")[0]
    found = [definitions()[name] for name in (f"{stem}_rate", f"{stem}_count") if name in definitions()]
    return found if definition in found else [definition]


def by_theme() -> dict[str, list[MeasureDefinition]]:
    """Every measure by theme, in the order in which the definitions first name one."""
    themes: dict[str, list[MeasureDefinition]] = {}
    for definition in definitions().values():
        themes.setdefault(definition.theme, []).append(definition)
    return themes
