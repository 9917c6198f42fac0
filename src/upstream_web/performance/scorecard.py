"""The framework at a glance: indicators by priority and level, and the sentence that a busy person can repeat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from upstream.measures.sentences import spell
from upstream.methods import Assurance, Met
from upstream_web.core.drawing import glyphs
from upstream_web.core.drawing.numbers import interval, number
from upstream_web.performance.models import Level
from upstream_web.performance.periods import words_of
from upstream_web.performance.result import Result

SHOWN_IN_GLYPH = 18
TARGET_TAGS = {Met.MET.value: "done", Met.NOT_MET.value: "late", Met.UNCERTAIN.value: "soon"}
ASSURANCE_WORDS = {
    Assurance.WILL.value: "will go on meeting it",
    Assurance.MAY.value: "may or may not meet it",
    Assurance.WILL_NOT.value: "will not meet it as things are",
}


@dataclass(frozen=True)
class Line:
    """One indicator on the scorecard."""

    result: Result
    value: str
    interval: str
    when: str
    target: tuple[str, str] | None
    target_words: str
    glyph: SafeString

    @property
    def address(self) -> str:
        """The page of the indicator."""
        return reverse("indicator", args=[self.result.pk])

    @property
    def waits(self) -> str:
        """What the lead still owes, in words."""
        return "Commentary is missing" if self.result.comment_is_missing else ""


@dataclass(frozen=True)
class Group:
    """The indicators of one priority, by level from input to outcome."""

    number: int
    name: str
    levels: tuple[tuple[str, tuple[Line, ...]], ...]


def groups_of(results: Iterable[Result]) -> list[Group]:
    """Group results by priority and level, in the order of the strategy and of the chain."""
    found: dict[tuple[int, str], dict[str, list[Line]]] = {}
    for result in results:
        levels = found.setdefault((result.priority_number, result.priority_name), {})
        levels.setdefault(result.level, []).append(line_of(result))
    return [
        Group(number_, name, tuple((level.label, tuple(levels[level])) for level in Level if level in levels))
        for (number_, name), levels in sorted(found.items())
    ]


def line_of(result: Result) -> Line:
    """Write one result as a line."""
    latest, target = result.latest, result.target
    return Line(
        result=result,
        value=value_words(result),
        interval=interval(latest.lower, latest.upper, result.decimals) if latest else "",
        when=words_of(latest.start, latest.end) if latest else "",
        target=(TARGET_TAGS.get(target.met, "unknown"), target.label) if target else None,
        target_words=target_words(result),
        glyph=glyphs.spark([point.value for point in result.points[-SHOWN_IN_GLYPH:]]),
    )


def value_words(result: Result) -> str:
    """Write the newest value."""
    if result.latest is None:
        return ""
    return number(result.latest.value, result.decimals) + ("%" if result.unit.startswith("%") else "")


def target_words(result: Result) -> str:
    """Write what is wanted, and whether it can be relied on."""
    if result.target is None:
        return ""
    wanted = f"{result.target.side} {number(result.target.value, result.decimals)}"
    assured = ASSURANCE_WORDS.get(result.target.assurance, "")
    return f"{wanted}; {assured}" if assured else wanted


def counts_of(results: Sequence[Result]) -> dict[str, int]:
    """Count what the sentence says."""
    met = [result.target.met for result in results if result.target]
    return {
        "all": len(results),
        "known": sum(result.is_current for result in results),
        "worse": sum(result.signal.verdict == "worse" for result in results),
        "better": sum(result.signal.verdict == "better" for result in results),
        "with_target": len(met),
        "met": met.count(Met.MET.value),
        "not_met": met.count(Met.NOT_MET.value),
        "silent": sum(result.comment_is_missing for result in results),
    }


def sentence_of(results: Sequence[Result]) -> str:
    """Say the framework in one or two sentences."""
    if not results:
        return ""
    told = counts_of(results)
    unknown = told["all"] - told["known"]
    first = f"Of {told['all']} indicators {_some(told['better'])} got better and {_some(told['worse'])} got worse"
    said = [f"{first}; {_some(unknown)} cannot be told for the present." if unknown else f"{first}."]
    if told["with_target"]:
        said.append(f"{_some(told['met']).capitalize()} of {told['with_target']} targets that can be judged are met.")
    if told["silent"]:
        said.append(f"{_some(told['silent']).capitalize()} of the signals have no commentary yet.")
    return " ".join(said)


def _some(count: int) -> str:
    return spell(count) if count else "none"


def attention(results: Iterable[Result]) -> list[Line]:
    """Give the lines that ask for attention first: worse, target not met, or a signal without commentary."""
    return [line_of(result) for result in results if asks_attention(result)]


def asks_attention(result: Result) -> bool:
    """Tell whether a result should be spoken about."""
    missed: Any = result.target and result.target.met == Met.NOT_MET.value
    return result.signal.verdict == "worse" or bool(missed) or result.comment_is_missing
