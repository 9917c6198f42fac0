"""Rules for comparison: with a reference, between groups, and among many areas."""

from __future__ import annotations

from upstream.assessments import words
from upstream.assessments.document import Number, Sentence
from upstream.assessments.rules.sides import Side, apart, side_of


def rule_against(subject: str, ours: Number, theirs: Number, reference: str, unit: str) -> Sentence:
    """Say whether a value is higher or lower than another; intervals that overlap are no clear difference."""
    side = apart(ours, theirs)
    if side is Side.NOT_KNOWN and theirs.value is not None:
        side = side_of(ours, theirs.value)
    words_for = {
        Side.ABOVE: "higher than",
        Side.BELOW: "lower than",
        Side.ACROSS: "not clearly different from",
    }
    if side is Side.NOT_KNOWN:
        return Sentence(f"How {words.lowered(subject)} compares with {reference} is not known.", (), "rule_against")
    text = f"{subject} is {{{ours.key}}} {unit}, {words_for[side]} {reference} ({{{theirs.key}}})."
    return Sentence(text, (ours, theirs), "rule_against")


def rule_ratio(subject: str, ratio: Number, reference: str) -> Sentence:
    """Say how many times one rate is another, as exactly as the interval allows.

    `ratio.text` is the point in words; the interval follows it. Across one, no difference is claimed.
    """
    if ratio.value is None or ratio.lower is None or ratio.upper is None:
        return Sentence(f"How {words.lowered(subject)} compares with {reference} is not known.", (), "rule_ratio")
    span = f"95% interval {words.interval(ratio.lower, ratio.upper)}"
    if side_of(ratio, 1.0) is Side.ACROSS:
        text = f"{subject} is not clearly different from that of {reference}: {{{ratio.key}}} ({span})."
    else:
        text = f"{subject} is {{{ratio.key}}} that of {reference} ({span})."
    return Sentence(text, (ratio,), "rule_ratio")


def rule_rank(subject: str, place: Number, among: int, what: str) -> Sentence:
    """Say a place in an order as the span that the intervals allow; never a bare rank."""
    if place.lower is None or place.upper is None:
        return Sentence(f"The place of {subject} among {among} {what} is not known.", (), "rule_rank")
    first, last = round(place.lower), round(place.upper)
    text = f"Counted from the highest, {subject} is {{{place.key}}} of {among} {what} held"
    text += "." if first == last else "; the figures do not settle it more closely."
    return Sentence(text, (place,), "rule_rank")


def rule_surely_above(count: Number, what: str, line: str) -> Sentence:
    """Say how many areas lie wholly above a line."""
    if not count.value:
        return Sentence(f"In none of the {what} is the rate surely above {line}.", (), "rule_surely_above")
    noun = what if count.value != 1 else what.rstrip("s")
    return Sentence(f"In {{{count.key}}} {noun} the rate is surely above {line}.", (count,), "rule_surely_above")


def rule_against_middle(subject: str, ours: Number, middle: Number, reference: str, unit: str) -> Sentence:
    """Say whether a value lies surely above or below the middle of many; the middle has no interval of its own."""
    rule = "rule_against_middle"
    if middle.value is None or side_of(ours, middle.value) is Side.NOT_KNOWN:
        return Sentence(f"How {words.lowered(subject)} compares with {reference} is not known.", (), rule)
    side = {
        Side.ABOVE: "above",
        Side.BELOW: "below",
        Side.ACROSS: "not clearly different from",
    }[side_of(ours, middle.value)]
    text = f"{subject} was {{{ours.key}}} {unit}, {side} {reference} ({{{middle.key}}})."
    return Sentence(text, (ours, middle), rule)


def rule_groups_above(count: Number, among: int, year: str) -> Sentence:
    """Say of how many groups the rate is surely above that of White people."""
    opening = f"In {year}, the last year held,"
    if not count.value:
        text = f"{opening} no ethnic group was surely searched more often than White people, as a share of residents."
        return Sentence(text, (), "rule_groups_above")
    text = (
        f"{opening} {{{count.key}}} of {words.spelled(among)} ethnic groups were surely searched more often than White "
        "people, as a share of residents counted in 2011."
    )
    return Sentence(text, (count,), "rule_groups_above")
