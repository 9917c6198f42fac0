"""One line a measure for the list: latest value, what it tells, and its shape."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from upstream.measures import MeasureDefinition
from upstream.measures.summary import Summary
from upstream.methods.xmr import Verdict
from upstream_web.core.drawing import glyphs
from upstream_web.core.workbench import find_build, kept_for_build
from upstream_web.measures import choices, queries, words
from upstream_web.measures.series import series_of

SIGNALS = {
    Verdict.ORDINARY: "ordinary",
    Verdict.WORSE: "concern",
    Verdict.BETTER: "improve",
    Verdict.CHANGED: "notice",
    Verdict.NOT_KNOWN: "unknown",
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
    whose: str = ""


@dataclass(frozen=True)
class ThemeGroup:
    """The measures of one theme."""

    name: str
    lines: tuple[Headline, ...]


def by_theme(*, find: str = "", theme: str = "") -> list[ThemeGroup]:
    """Every measure by theme, as far as it fits what was searched for."""
    groups = []
    for name, definitions in queries.by_theme(told_once=not find).items():
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
    summary = queries.find_summary(definition.name)
    unit = "" if words.is_percent(definition) else definition.unit
    if summary is None or (summary.latest is None and summary.newest is None and not choices.periods_held(definition)):
        return Headline(definition, "", unit, "", ("unknown", "Not known"), None)
    series = series_of(summary)
    latest = summary.latest
    value = words.value_words(definition, latest.value) if latest else ""
    when = latest.when if latest else "by area"
    if series is None:
        return Headline(definition, value, unit, when, None, None, whose(summary))
    mark = SIGNALS[series.limits.latest.signal.verdict]
    return Headline(
        definition,
        value,
        unit,
        when,
        (mark, series.said.label),
        glyphs.spark(series.frame["value"].to_list()),
        whose(summary),
    )


def whose(summary: Summary) -> str:
    """Name the area where the figure is not ours alone."""
    return summary.area_name if summary.level in ("region", "country") else ""
