"""Numbers as a reader sees them: thousands parted, a true minus, intervals in words, never a blank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

NOT_KNOWN = "not known"
MINUS = "\N{MINUS SIGN}"


def is_missing(value: float | None) -> bool:
    """Whether there is nothing to show: null or not a number."""
    return value is None or value != value


def number(value: float | None, decimals: int = 0) -> str:
    """Write `value` with `decimals` places; from 100 upwards places are dropped, as they say nothing."""
    if value is None or is_missing(value):
        return NOT_KNOWN
    places = 0 if abs(value) >= 100 else decimals
    text = f"{abs(value):,.{places}f}"
    negative = value < 0 and any(digit in text for digit in "123456789")
    return MINUS + text if negative else text


def interval(lower: float | None, upper: float | None, decimals: int = 0) -> str:
    """Write an interval as "351 to 403"; empty when either end is missing."""
    if lower is None or upper is None or is_missing(lower) or is_missing(upper):
        return ""
    places = 0 if max(abs(lower), abs(upper)) >= 100 else decimals
    return f"{number(lower, places)} to {number(upper, places)}"


def signed_percent(share: float | None) -> str:
    """Write a change of 0.05 as "+5%", of -0.05 as a true minus and "5%"."""
    if share is None or is_missing(share):
        return NOT_KNOWN
    rounded = round(share * 100)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):,}%"


def signed_interval(lower: float | None, upper: float | None) -> str:
    """Write the interval of a change as "-17 to +8", in hundredths."""
    if lower is None or upper is None or is_missing(lower) or is_missing(upper):
        return ""
    return f"{signed_percent(lower)[:-1]} to {signed_percent(upper)[:-1]}"


def span(start: date, end: date) -> str:
    """Write the months from `start` to `end`, both included: "January to December 2025"."""
    if start.year == end.year and start.month == end.month:
        return f"{start:%B %Y}"
    if start.year == end.year:
        return f"{start:%B} to {end:%B %Y}"
    return f"{start:%B %Y} to {end:%B %Y}"


def day(value: date) -> str:
    """Write a day as "1 July 2026"."""
    return f"{value.day} {value:%B %Y}"


def listed(parts: Sequence[str]) -> str:
    """Join words as a sentence does: "Leek, Stone and Stafford"."""
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part) if parts else ""
