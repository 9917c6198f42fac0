"""Rules for how much: totals, rates and shares of a whole."""

from __future__ import annotations

from collections.abc import Sequence

from upstream.assessments import words
from upstream.assessments.document import Number, Sentence


def rule_total(
    thing: str, total: Number, rate: Number | None, period: str, *, who: str = "The police recorded"
) -> Sentence:
    """Say how many, and how many for the residents when that is known."""
    opening = f"{who} {{{total.key}}} {thing} in {period}"
    if rate is None or rate.value is None:
        return Sentence(f"{opening}.", (total,), "rule_total")
    return Sentence(f"{opening}, {{{rate.key}}} for every 1,000 residents.", (total, rate), "rule_total")


def rule_largest_kinds(kinds: Sequence[tuple[str, Number]], whole: str) -> Sentence:
    """Name the largest parts of a whole with their shares; one, two or three of them."""
    named = [f"{words.escaped(name)} ({{{share.key}}})" for name, share in kinds[:3]]
    opening = "The largest part is" if len(named) == 1 else "The largest parts are"
    return Sentence(
        f"{opening} {words.listed(named)} of {whole}.", tuple(share for _, share in kinds[:3]), "rule_largest_kinds"
    )


def rule_share(subject: str, share: Number, whole: str) -> Sentence:
    """Say what share of a whole something makes up."""
    return Sentence(f"{words.capital(subject)} made up {{{share.key}}} of {whole}.", (share,), "rule_share")


def rule_range(thing: str, highest: tuple[str, Number], lowest: tuple[str, Number], unit: str) -> Sentence:
    """Say the highest and the lowest of several areas; a difference is claimed only when the intervals part."""
    (top, high), (bottom, low) = highest, lowest
    top, bottom = words.escaped(top), words.escaped(bottom)
    if None not in (high.lower, low.upper) and (high.lower or 0) > (low.upper or 0):
        text = f"{words.capital(thing)} ranges from {{{low.key}}} {unit} in {bottom} to {{{high.key}}} in {top}."
    else:
        text = (
            f"{words.capital(thing)} is {{{high.key}}} {unit} in {top} and {{{low.key}}} in {bottom}; the intervals "
            "overlap, so no area is clearly highest."
        )
    return Sentence(text, (low, high), "rule_range")
