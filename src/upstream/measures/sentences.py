"""What may be said of a number: small rules that choose words and never claim more than the interval allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from upstream.measures.periods import MONTH_NAMES
from upstream.methods.xmr import FEWEST_POINTS_FOR_FIRM_LIMITS, Rule, XmrResult

WATCH_RUN = 5
WATCH_OF = 9
WATCH_LEAST = 7
LOOK_BACK = 12
CLOSE_TO_NAMED = 1 / 8
NAMED_RATIOS = {1.5: "one and a half times", 2.0: "twice", 3.0: "three times", 4.0: "four times", 5.0: "five times"}
SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class State(StrEnum):
    """What a series says of its newest month."""

    ORDINARY = "ordinary"
    WATCH = "watch"
    CHANGED = "changed"
    BACK = "back"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Said:
    """Words about a series, with the rule that chose them. `label` stands beside the mark, `text` under it."""

    state: State
    label: str
    text: str
    rule: str


def spell(number: int) -> str:
    """Write a small number as a word and a larger one in figures."""
    return SPELLED[number] if 0 <= number < len(SPELLED) else f"{number:,}"


def join(words: Sequence[str]) -> str:
    """Put words in a row: May, June and July."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def with_sign(number: float, decimals: int = 0) -> str:
    """Write a change with its sign; the minus is a minus, not a hyphen."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    text = f"{abs(number):,.{decimals}f}"
    return text if float(text.replace(",", "")) == 0 else f"{sign}{text}"


def read_chart(limits: XmrResult, months: Sequence[date]) -> Said:
    """Say what a control chart shows of its newest month, by the first of these rules that applies.

    Not known: no limits. Changed: the newest month meets a rule of the chart. Back: it does not, but a month of
    the last twelve lay outside the limits. Watch: five or more in a row on one side of the average, or seven of
    the last nine. Ordinary: none of these.
    """
    if not limits.known or limits.latest.index is None:
        return Said(State.NOT_KNOWN, "Not known", "Too few months in a row are held to know what is ordinary.", "known")
    changed = _changed(limits) if limits.latest.signal.rules else None
    said = changed or _back(limits, months) or _watch(limits, months) or _ordinary(limits)
    if limits.provisional:
        few = (
            f"The range rests on {spell(limits.points_used)} months only; {FEWEST_POINTS_FOR_FIRM_LIMITS} make it firm."
        )
        return Said(said.state, said.label, f"{said.text} {few}", said.rule)
    return said


def _changed(limits: XmrResult) -> Said:
    rule, up = limits.latest.signal.rules[0], limits.latest.signal.direction > 0
    run = limits.latest.points_on_this_side
    side = "above" if up else "below"
    words = {
        Rule.OUTSIDE_LIMITS: f"{side} the range",
        Rule.RUN: f"{run} months {side} average",
        Rule.TWO_OF_THREE: f"two of three months near the {'upper' if up else 'lower'} limit",
        Rule.TREND: f"seven months or more {'rising' if up else 'falling'}",
    }[rule]
    text = {
        Rule.OUTSIDE_LIMITS: f"The newest month lies {words} that month-to-month variation alone would give.",
        Rule.RUN: f"{spell(run).capitalize()} months in a row were {side} average; seven are a sign.",
        Rule.TWO_OF_THREE: f"{words.capitalize()}: chance alone seldom does that.",
        Rule.TREND: f"Each month was {'higher' if up else 'lower'} than the one before, seven times or more.",
    }[rule]
    return Said(State.CHANGED, f"Changed: {words}", text, rule.value)


def _back(limits: XmrResult, months: Sequence[date]) -> Said | None:
    """Name the months of the last twelve that lay outside the limits, when the newest does not."""
    last = limits.latest.index or 0
    for up in (True, False):
        outside = [
            month
            for month, signal in list(zip(months, limits.signals, strict=True))[max(0, last - LOOK_BACK + 1) : last]
            if Rule.OUTSIDE_LIMITS in signal.rules and (signal.direction > 0) is up
        ]
        if outside:
            names = join([MONTH_NAMES[month.month - 1] for month in outside])
            limit = f"{'above the upper' if up else 'below the lower'} limit"
            verb = "was" if len(outside) == 1 else "were"
            text = f"{names} {verb} {limit}; the newest month is inside again."
            return Said(State.BACK, "Back inside the range", text, "outside the limits within twelve months")
    return None


def _watch(limits: XmrResult, months: Sequence[date]) -> Said | None:
    run = limits.latest.points_on_this_side
    last = limits.latest.index or 0
    side = "above" if limits.latest.value > limits.centre else "below"
    if run >= WATCH_RUN:
        text = f"The last {spell(run)} months were {side} average. The rule asks for seven in a row: not yet a change."
        return Said(State.WATCH, "Ordinary, worth watching", text, "five in a row")
    recent = [value for value in limits.values[max(0, last - WATCH_OF + 1) : last + 1] if value == value]
    alike = sum((value > limits.centre) is (side == "above") for value in recent)
    if len(recent) == WATCH_OF and alike >= WATCH_LEAST:
        first = MONTH_NAMES[months[last - WATCH_OF + 1].month - 1]
        text = (
            f"{spell(alike).capitalize()} of the nine months since {first} were {side} average. "
            "The rule asks for seven in a row, so this is not yet a change."
        )
        return Said(State.WATCH, "Ordinary, worth watching", text, "seven of nine")
    return None


def _ordinary(limits: XmrResult) -> Said:
    signals = any(signal.rules for signal in limits.signals)
    text = (
        "The newest month is inside the expected range."
        if signals
        else "Every month that is held is inside the expected range, and there is no run or trend."
    )
    return Said(State.ORDINARY, "Ordinary variation", text, "none")


def say_ratio(first: str, second: str, ratio: float, lower: float, upper: float) -> str:
    """Compare two rates as far as the interval of their ratio allows.

    “Twice” and the like are said only when the whole interval lies within an eighth of the number named; a wider
    interval that excludes 1 is given as a range; one that holds 1 cannot tell the two apart.
    """
    if not lower > 1 and not upper < 1:
        return f"The rates of {first} and {second} cannot be told apart"
    if upper < 1:
        return say_ratio(second, first, 1 / ratio, 1 / upper, 1 / lower)
    for number, words in NAMED_RATIOS.items():
        if number * (1 - CLOSE_TO_NAMED) <= lower and upper <= number * (1 + CLOSE_TO_NAMED):
            return f"{possessive(first)} rate is {words} that of {second}"
    low, high = f"{lower:.1f}", f"{upper:.1f}"
    if low == "1.0":
        return f"{possessive(first)} rate is higher than that of {second}"
    span = f"about {low}" if low == high else f"{low} to {high}"
    return f"{possessive(first)} rate is {span} times that of {second}"


def possessive(name: str) -> str:
    """Write whose something is: Stoke-on-Trent’s, South Staffordshire Moors’."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def say_change(change: float | None, lower: float | None, upper: float | None) -> str:
    """Say how a level changed; a change that the interval does not bear out is called none that stands out."""
    if change is None or lower is None or upper is None:
        return "Whether it changed is not known"
    span = f"{with_sign(lower)}% to {with_sign(upper)}%"
    if upper < 0:
        return f"It fell by {abs(change):.0f}% ({abs(upper):.0f}% to {abs(lower):.0f}%)"
    if lower > 0:
        return f"It rose by {change:.0f}% ({lower:.0f}% to {upper:.0f}%)"
    return f"No change that stands out from month-to-month variation ({with_sign(change)}%, {span})"


def say_changes(names: Sequence[str], surely: Sequence[int], noun: str = "district") -> str:
    """Say how many areas changed, and how many chance alone would show among so many looked at.

    Each interval errs in one case of twenty, so among nine areas one or more such by chance is not rare.
    """
    fell = [name for name, sign in zip(names, surely, strict=True) if sign < 0]
    rose = [name for name, sign in zip(names, surely, strict=True) if sign > 0]
    if not fell and not rose:
        return f"No {noun} of {spell(len(names))} changed by more than month-to-month variation would give."
    parts = [f"{join(those)} {word}" for those, word in ((fell, "fell"), (rose, "rose")) if those]
    expected = 0.05 * len(names)
    chance = 1 - 0.95 ** len(names)
    caution = f" With {spell(len(names))} looked at, one such by chance is not rare." if chance > 0.25 else ""
    if len(fell) + len(rose) > 3 * expected + 1:
        caution = ""
    return f"{'; '.join(parts)} by more than month-to-month variation would give.{caution}"


def say_range(name: str, low: str, lowest: str, high: str, highest: str) -> str:
    """Say between which values the areas lie, when there is no figure for all of them together."""
    return f"{name}: from {low} in {lowest} to {high} in {highest}"


def say_position(value: float, lower: float | None, upper: float | None, others: Sequence[float]) -> str:
    """Say where a value stands among others, by how many lie below its interval and how many above.

    With at least three quarters of the others surely on one side it is among the lowest or highest; where the
    interval holds their median, or at least a quarter lie on each side, it is near the middle.
    """
    if not others:
        return "Nothing to compare with"
    low, high = (value if lower is None else lower), (value if upper is None else upper)
    below = sum(other < low for other in others) / len(others)
    above = sum(other > high for other in others) / len(others)
    if below >= 0.9:
        return "Among the highest tenth"
    if above >= 0.9:
        return "Among the lowest tenth"
    if below >= 0.75:
        return "Among the highest quarter"
    if above >= 0.75:
        return "Among the lowest quarter"
    return "Near the middle"


def say_concentration(share_of_events: float, share_of_places: float, by_chance_upper: float, noun: str) -> str:
    """Say how much of the total lies in how few places, unless chance would put nearly as much there."""
    part = {0.01: "One in a hundred", 0.05: "One in twenty", 0.1: "A tenth", 0.25: "A quarter", 0.5: "Half"}
    words = part.get(share_of_places, f"{share_of_places:.0%}")
    if share_of_events <= by_chance_upper:
        return f"The total is no more uneven between {noun} than chance would make it"
    return f"{words} of {noun} carry {share_of_events:.0%} of the total"
