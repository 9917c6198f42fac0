"""How a measure's values are written: with its decimals, its unit and its interval."""

from __future__ import annotations

from upstream.measures import Kind, MeasureDefinition, Status
from upstream_web.core.drawing import numbers
from upstream_web.core.words import capital

WHY_UNKNOWN = {
    Status.NOT_HELD: "no file received",
    Status.PART_HELD: "some months not held",
    Status.NO_DENOMINATOR: "nothing to divide by",
    Status.WITHHELD: "withheld by publisher",
    Status.TOO_YOUNG: "too young to judge",
}


def is_percent(definition: MeasureDefinition) -> bool:
    """Whether values are hundredths and so take the sign."""
    return definition.unit.startswith(("%", "per cent"))


def value_words(definition: MeasureDefinition, value: float | None) -> str:
    """Write a value; per cent carries its sign, other units stand in the heading."""
    text = numbers.number(value, definition.decimals)
    return f"{text}%" if is_percent(definition) and value is not None else text


def interval_words(definition: MeasureDefinition, lower: float | None, upper: float | None) -> str:
    """Write an interval in the definition's decimals; empty when there is none."""
    return numbers.interval(lower, upper, definition.decimals)


def status_words(status: str) -> str:
    """Say why a value is not known; empty when it is."""
    return WHY_UNKNOWN.get(Status(status), "")


def counted_noun(definition: MeasureDefinition) -> str:
    """What is counted, in a word that can follow a number: "offences"."""
    return definition.unit if definition.kind is Kind.COUNT else definition.events or "counted"


def value_heading(definition: MeasureDefinition) -> str:
    """Head the column of values."""
    return capital(definition.unit)


def out_of_words(definition: MeasureDefinition, numerator: float | None, denominator: float | None) -> str:
    """Say what a value was made from: "817 offences, 2,172 residents"; empty for a count or a score."""
    if numerator is None or denominator is None or definition.kind in (Kind.COUNT, Kind.SCORE):
        return ""
    if "resident" in definition.unit:
        return f"{numbers.number(numerator)} {counted_noun(definition)}, {numbers.number(denominator)} residents."
    return f"{numbers.number(numerator)} of {numbers.number(denominator)}."


def count_heading(definition: MeasureDefinition) -> str:
    """Head the column of counts."""
    return capital(counted_noun(definition))
