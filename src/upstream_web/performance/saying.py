"""What may be said of an indicator: the words for its signal, its target and its baseline, chosen by rule."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from upstream.measures.sentences import Said, State, read_chart
from upstream.methods import Assurance, Met, Standing, Verdict, XmrResult, stand_to, target_status
from upstream_web.core.drawing.numbers import interval, number
from upstream_web.performance.models import Baseline, Frequency, Target
from upstream_web.performance.periods import words_of
from upstream_web.performance.result import BaselineSaid, Limits, Point, SignalSaid, TargetSaid

KINDS = {
    Verdict.ORDINARY: "ordinary",
    Verdict.WORSE: "concern",
    Verdict.BETTER: "improve",
    Verdict.CHANGED: "notice",
    Verdict.NOT_KNOWN: "unknown",
}
RARE_MEAN = 2.0  # below two events a period on average most limits begin at nothing, and a fall can never show
MET_LABELS = {
    Met.MET: "Met",
    Met.NOT_MET: "Not met",
    Met.UNCERTAIN: "Too uncertain to say",
    Met.NOT_KNOWN: "Not known",
}
ASSURED = {
    Assurance.WILL: "If nothing changes it will go on meeting it: the whole range of ordinary variation does.",
    Assurance.MAY: "If nothing changes some periods will meet it and some will not, by ordinary variation alone.",
    Assurance.WILL_NOT: "If nothing changes it will not be met: the whole range of ordinary variation misses it.",
    Assurance.NOT_KNOWN: "Too few periods are held to know whether it can be relied on.",
}


def say_signal(chart: XmrResult, points: Sequence[Point], frequency: str, *, is_current: bool) -> SignalSaid:
    """Say what the newest value tells; where the present period is not held, that it is not known, and what was."""
    held = [point for point in points if point.value is not None]
    if not held:
        return SignalSaid("unknown", "Not known", "No value is held.", Verdict.NOT_KNOWN.value)
    said = in_periods(read_chart(chart, [point.start for point in points]), frequency)
    verdict = chart.latest.signal.verdict
    label = said.label
    if verdict in (Verdict.WORSE, Verdict.BETTER):
        label = f"{verdict.value.capitalize()}{label.removeprefix('Changed')}"
    if not is_current:
        when = words_of(held[-1].start, held[-1].end)
        text = f"Nothing is held after {when}. What it told then: {said.text}"
        return SignalSaid("unknown", f"Not known since {when}", text, Verdict.NOT_KNOWN.value, then=label)
    asks = verdict in (Verdict.WORSE, Verdict.BETTER, Verdict.CHANGED)
    return SignalSaid(KINDS[verdict], label, said.text, verdict.value, asks=asks, provisional=chart.provisional)


def say_rare(mean: float, frequency: str) -> SignalSaid:
    """Say that events are too rare for limits by the period to tell anything."""
    text = (
        f"With {mean:.1f} a {frequency} on average the limits of a control chart say little. "
        "The days between one and the next would tell sooner; that takes the day of each."
    )
    return SignalSaid("unknown", "Too rare for a verdict", text, Verdict.NOT_KNOWN.value, rare=True)


def in_periods(said: Said, frequency: str) -> Said:
    """Put what is said of months into the words of quarters or years."""
    if frequency == Frequency.MONTH:
        return said
    label, text = (part.replace("month", frequency) for part in (said.label, said.text))
    if said.state is State.BACK:
        text = f"An earlier {frequency} lay outside the range; the newest is inside again."
    if "nine" in text and said.state is State.WATCH:
        text = f"Seven of the last nine {frequency}s lie on one side of the average. Seven in a row would be a change."
    return Said(said.state, label, text, said.rule)


def say_target(target: Target, latest: Point, limits: Limits | None, *, decimals: int, unit: str) -> TargetSaid | None:
    """Hold the newest value against the target in force at the end of its period; None where none was."""
    wanted = target.at(latest.end)
    if wanted is None or latest.value is None:
        return None
    found = target_status(
        latest.value, wanted, side=target.side, lower=_or_nan(latest.lower), upper=_or_nan(latest.upper),
        limit_lower=limits.lower if limits else math.nan, limit_upper=limits.upper if limits else math.nan,
    )  # fmt: skip
    shown = number(latest.value, decimals)
    between = interval(latest.lower, latest.upper, decimals)
    value = f"{shown} ({between})" if between else shown
    said = {
        Met.MET: f"{value} meets {target.side} {number(wanted, decimals)} {unit}.",
        Met.NOT_MET: f"{value} does not meet {target.side} {number(wanted, decimals)} {unit}.",
        Met.UNCERTAIN: f"{value}: the target of {target.side} {number(wanted, decimals)} lies within the interval.",
        Met.NOT_KNOWN: "Not known.",
    }[found.met]
    return TargetSaid(
        wanted, target.side, found.met.value, found.assurance.value, MET_LABELS[found.met],
        f"{said} {ASSURED[found.assurance]}", target.valid_until, target.why, target.agreed_by,
    )  # fmt: skip


def say_baseline(baseline: Baseline, latest: Point, *, decimals: int) -> BaselineSaid | None:
    """Say how the newest value stands to the baseline, as far as their intervals allow."""
    if latest.value is None:
        return None
    found = stand_to(
        latest.value, baseline.value, lower=_or_nan(latest.lower), upper=_or_nan(latest.upper),
        reference_lower=_or_nan(baseline.lower), reference_upper=_or_nan(baseline.upper),
    )  # fmt: skip
    period = words_of(baseline.period_from, baseline.period_until)
    between = interval(baseline.lower, baseline.upper, decimals)
    value = number(baseline.value, decimals) + (f" ({between})" if between else "")
    words = {
        Standing.ABOVE: "Above", Standing.BELOW: "Below", Standing.ON_IT: "The same as",
        Standing.CANNOT_TELL: "Not to be told apart from", Standing.NOT_KNOWN: "Not comparable with",
    }[found]  # fmt: skip
    return BaselineSaid(baseline.value, period, found.value, f"{words} the {value} of {period}.", baseline.why)


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def is_current(latest: Point | None, until: date, frequency: str) -> bool:
    """Tell whether the newest value speaks of the present: its period ended no more than one other before `until`.

    A year may be published well after its end, and speaks of the present for another year and a half.
    """
    if latest is None:
        return False
    allowed = {Frequency.MONTH: 62, Frequency.QUARTER: 184, Frequency.YEAR: 548}[Frequency(frequency)]
    return (until - latest.end).days < allowed
