"""How the pack writes a result: states, numbers and sentences, the same in every part of it."""

from __future__ import annotations

from upstream.papers import Measure, Source, State, plain
from upstream_web.core.drawing.numbers import interval, number
from upstream_web.core.words import capital, count_words
from upstream_web.performance import figures
from upstream_web.performance.periods import words_of
from upstream_web.performance.result import Result
from upstream_web.performance.scorecard import ASSURANCE_WORDS, value_words

SIGNALS = {
    "ordinary": State.ORDINARY,
    "concern": State.WORSE,
    "improve": State.BETTER,
    "notice": State.CHANGED,
    "unknown": State.UNKNOWN,
}
LONGEST_UNIT = 8


def key_of(result: Result) -> str:
    """Give the key under which the table of sources names an indicator."""
    return f"indicator:{result.key}"


def shown_value(result: Result) -> str:
    """Write the newest value with its unit."""
    return with_unit(value_words(result), result.unit) or "–"


def with_unit(value: str, unit: str) -> str:
    """Write a number with its unit as people say it: 45%, £141 thousand, 15 champions."""
    if not value or value.endswith("%"):
        return value
    return f"£{value}{unit.removeprefix('£')}" if unit.startswith("£") else f"{value} {unit}"


def _headline(result: Result) -> str:
    """Write the number, with its unit where that is short or is money; a long one stands with the period."""
    return shown_value(result) if _is_said_with_number(result.unit) else value_words(result) or "–"


def _is_said_with_number(unit: str) -> bool:
    return len(unit) <= LONGEST_UNIT or unit.startswith("£")


def _period(result: Result) -> str:
    if result.latest is None:
        return ""
    when = words_of(result.latest.start, result.latest.end)
    return when if _is_said_with_number(result.unit) else f"{result.unit}, {when}"


def target_line(result: Result) -> str:
    """Write what is wanted, how the newest value stands to it, and what can be expected of those to come."""
    target = result.target
    if target is None:
        return ""
    number_words = number(target.value, result.decimals)
    wanted = f"{number_words}%" if result.unit.startswith("%") else with_unit(number_words, result.unit)
    to_come = f"; later values {ASSURANCE_WORDS[target.assurance]}" if target.assurance in ASSURANCE_WORDS else ""
    return f"{target.side} {wanted}: {_in_sentence(target.label)}{to_come}"


def _in_sentence(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def measure_of(result: Result, *, sentence: str) -> Measure:
    """Write a result as an indicator with its small control chart; `sentence` is what is said of it."""
    latest = result.latest
    return Measure(
        name=result.title,
        value=_headline(result),
        signal=SIGNALS[result.signal.kind],
        signal_words=result.signal.label,
        sentence=plain(sentence),
        period=_period(result),
        interval=interval(latest.lower, latest.upper, result.decimals) if latest else "",
        target=target_line(result),
        chart=figures.figure_of(result, small=True),
        key=key_of(result),
    )


def sentence_of(result: Result) -> str:
    """Say the finding in words that a person can repeat: the lead's where there are some, else the chart's."""
    if result.comment is not None and result.signal.asks:
        return result.comment.so_what
    return finding_of(result)


def finding_of(result: Result) -> str:
    """Say what the chart tells; of one that ends before the quarter, what it told last."""
    if not result.signal.then or result.latest is None:
        return result.signal.text
    last = words_of(result.latest.start, result.latest.end)
    return f"Nothing is held for the quarter. The last value, {last}, told: {_in_sentence(result.signal.then)}."


def source_of(result: Result) -> Source:
    """Give the row of the table of sources for an indicator."""
    origin, latest = result.origin, result.latest
    parts = [part.rstrip(".") for part in (*origin.filters, *origin.feeds)]
    if origin.receipts:  # the build names each of them
        parts.append(count_words(len(origin.receipts), "file"))
    made_from = "; ".join(parts) or "Nothing is held"
    return Source(
        key=key_of(result),
        measure=f"{result.title} ({origin.version})" if origin.version else result.title,
        method=origin.method or "Not calculated",
        period=words_of(latest.start, latest.end) if latest else "Not known",
        build=origin.build or "Typed in",
        made_from=capital(made_from),
    )
