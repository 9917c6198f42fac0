"""How the pack writes a result: states, numbers and sentences, the same in every part of it."""

from __future__ import annotations

from upstream.papers import Measure, Source, State, plain
from upstream_web.core.drawing.numbers import interval
from upstream_web.performance import figures
from upstream_web.performance.periods import words_of
from upstream_web.performance.result import Result
from upstream_web.performance.scorecard import target_words, value_words

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
    value = value_words(result)
    if not value:
        return "–"
    return value if result.unit.startswith("%") else f"{value} {result.unit}"


def _headline(result: Result) -> str:
    """Write the number, with its unit where that is short; a long one stands with the period."""
    return shown_value(result) if len(result.unit) <= LONGEST_UNIT else value_words(result) or "–"


def _period(result: Result) -> str:
    if result.latest is None:
        return ""
    when = words_of(result.latest.start, result.latest.end)
    return when if len(result.unit) <= LONGEST_UNIT else f"{result.unit}, {when}"


def target_line(result: Result) -> str:
    """Write how the target stands, and what was wanted."""
    if result.target is None:
        return ""
    return f"{result.target.label}: {target_words(result)}"


def measure_of(result: Result) -> Measure:
    """Write a result as an indicator with its small control chart."""
    latest = result.latest
    return Measure(
        name=result.title,
        value=_headline(result),
        signal=SIGNALS[result.signal.kind],
        signal_words=result.signal.label,
        sentence=plain(sentence_of(result)),
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
    then = f" Then: {result.signal.then}." if result.signal.then else ""
    return f"{result.signal.text}{then}" if not then else f"Nothing is held for the quarter.{then}"


def source_of(result: Result) -> Source:
    """Give the row of the table of sources for an indicator."""
    origin, latest = result.origin, result.latest
    made_from = "; ".join((*origin.filters, *origin.feeds)) or "Nothing is held"
    receipts = f"; receipts {', '.join(receipt[:12] for receipt in origin.receipts[:3])}" if origin.receipts else ""
    more = f" and {len(origin.receipts) - 3} more" if len(origin.receipts) > 3 else ""
    return Source(
        key=key_of(result),
        measure=f"{result.title} ({origin.version})" if origin.version else result.title,
        method=origin.method or "Not calculated",
        period=words_of(latest.start, latest.end) if latest else "Not known",
        build=origin.build or "Typed in",
        made_from=f"{made_from}{receipts}{more}",
    )
