"""Rules for change: against an earlier period, and against ordinary month-to-month variation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from upstream.assessments import words
from upstream.assessments.document import Number, Sentence
from upstream.assessments.rules.sides import Side, side_of


def rule_change(thing: str, change: Number, later: str, earlier: str) -> Sentence:
    """Say whether a change in per cent is a rise, a fall or neither.

    Rise or fall is said only when the whole interval lies on one side of nought.
    """
    between = f"in {later} against {earlier}"
    match side_of(change, 0.0):
        case Side.ABOVE:
            text = f"{thing} surely rose {between}: by {{{change.key}}}."
        case Side.BELOW:
            text = f"{thing} surely fell {between}: by {{{change.key}}}."
        case Side.ACROSS:
            text = f"{thing} shows no clear change {between} ({{{change.key}}})."
        case Side.NOT_KNOWN:
            return Sentence(f"Whether {words.lowered(thing)} changed {between} is not known.", (), "rule_change")
    return Sentence(text, (change,), "rule_change")


def rule_latest(thing: str, latest: Number, month: str, verdict: str, *, provisional: bool, points: int) -> Sentence:
    """Say what a control chart tells of its newest month.

    `verdict` is ordinary, worse, better, changed or not known; with fewer than twelve points the limits are young,
    and the sentence says so instead of judging firmly.
    """
    known = {
        "ordinary": f"{thing} in {month}, {{{latest.key}}}, lies within ordinary month-to-month variation",
        "worse": f"{thing} in {month}, {{{latest.key}}}, is more than month-to-month variation would give",
        "better": f"{thing} in {month}, {{{latest.key}}}, is better than month-to-month variation would give",
        "changed": f"{thing} in {month}, {{{latest.key}}}, is outside ordinary month-to-month variation",
    }
    if verdict not in known:
        text = f"{thing} was {{{latest.key}}} in {month}; too few months are held to say what is ordinary"
    else:
        text = known[verdict]
    young = f"; the limits rest on {points} months only and may move" if provisional and verdict in known else ""
    return Sentence(f"{text}{young}.", (latest,), "rule_latest")


def rule_unusual_months(count: int, number: Number, held: int, named: str) -> Sentence:
    """Say how many months of those held stand outside ordinary variation."""
    if count == 0:
        text = f"{{{number.key}}} of the {held} months shown meets a rule for change."
    elif count == 1:
        text = f"{{{number.key}}} of {held} months shown meets a rule for change: {named}."
    else:
        text = f"{{{number.key}}} of {held} months shown meet a rule for change: {named}."
    return Sentence(text, (number,), "rule_unusual_months")


def rule_gap(what: str, missing: Sequence[date]) -> Sentence:
    """Say which months are missing between the first held and the last, and what that forbids."""
    if not missing:
        return Sentence(f"No {what} is missing between the first held and the last.", (), "rule_gap")
    named = words.capital(words.months_listed(missing))
    verb = "is" if len(missing) == 1 else "are"
    text = f"{named} {verb} not held: unknown, not zero, and nothing here is drawn or averaged across the gap."
    return Sentence(text, (), "rule_gap")
