"""One line a measure for the list: latest value, what it tells, and its shape."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from upstream.measures import MeasureDefinition
from upstream.methods.xmr import Verdict
from upstream_web.core.drawing import glyphs
from upstream_web.core.workbench import find_build, kept_for_build
from upstream_web.measures import choices, queries, series, words

SIGNALS = {
    Verdict.ORDINARY: ("ordinary", "Ordinary variation"),
    Verdict.WORSE: ("concern", "Worse"),
    Verdict.BETTER: ("improve", "Better"),
    Verdict.CHANGED: ("notice", "Changed"),
    Verdict.NOT_KNOWN: ("unknown", "Not known"),
}


@dataclass(frozen=True)
class Headline:
    """What the list says of one measure."""

    definition: MeasureDefinition
    value: str
    unit: str
    when: str
    signal: tuple[str, str] | None
    shape: SafeString | None


@dataclass(frozen=True)
class ThemeGroup:
    """The measures of one theme."""

    name: str
    lines: tuple[Headline, ...]


def by_theme(*, find: str = "", theme: str = "") -> list[ThemeGroup]:
    """Every measure by theme, as far as it fits what was searched for."""
    groups = []
    for name, definitions in queries.by_theme().items():
        if theme and name != theme:
            continue
        lines = tuple(headline(one) for one in definitions if fits(one, find))
        if lines:
            groups.append(ThemeGroup(name, lines))
    return groups


def fits(definition: MeasureDefinition, find: str) -> bool:
    """Whether every word searched for occurs in what the measure says of itself."""
    said = " ".join((definition.title, definition.name, definition.theme, definition.numerator, *definition.tags))
    return all(word in said.casefold() for word in find.casefold().split())


def headline(definition: MeasureDefinition) -> Headline:
    """The line of one measure, calculated once for a build."""
    if find_build() is None:
        return Headline(definition, "", definition.unit, "", None, None)
    return kept_for_build("headline", lambda: _headline(definition), definition.name)


def _headline(definition: MeasureDefinition) -> Headline:
    periods = choices.periods_held(definition)
    unit = "" if words.is_percent(definition) else definition.unit
    if not periods:
        return Headline(definition, "", unit, "", ("unknown", "Not known"), None)
    latest = periods[0]
    result = queries.find_result(
        definition.name,
        level=choices.widest_level(definition),
        period=latest.kind,
        start=latest.start,
        end=latest.end,
    )
    value = result.frame["value"][0] if result is not None and result.frame.height == 1 else None
    text = words.value_words(definition, value) if value is not None else ""
    signal, shape = _through_time(definition)
    return Headline(definition, text, unit, latest.words, signal, shape)


def _through_time(definition: MeasureDefinition) -> tuple[tuple[str, str] | None, SafeString | None]:
    if "month" not in definition.periods:
        return None, None
    result = series.monthly(definition.name, choices.widest_level(definition))
    if result is None or result.frame["value"].drop_nulls().len() < series.FEWEST_POINTS:
        return None, None
    verdict = series.limits_of(result).latest.signal.verdict
    return SIGNALS[verdict], glyphs.spark(result.frame["value"].to_list())
