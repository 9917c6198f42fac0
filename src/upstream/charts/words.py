"""Numbers, dates and lists as a chart writes them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: float | None, decimals: int = 0) -> str:
    """Write a number with thousands commas and a true minus sign; the unknown is said in words."""
    if value is None or not math.isfinite(value):
        return "not known"
    text = f"{value:,.{decimals}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else text.removeprefix("-")


def spelled(count: int) -> str:
    """Write a count in words up to ten."""
    return _SMALL[count] if 0 <= count <= 10 else f"{count:,}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Join parts as a sentence does: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def plural(count: float, one: str, many: str = "") -> str:
    """Give the form of a noun that goes with a count."""
    return one if count == 1 else many or f"{one}s"


def month(day: date, *, short: bool = False) -> str:
    """Name the month of a date."""
    name = MONTHS[day.month - 1]
    return name[:3] if short else name


def period(day: date, kind: str, *, short: bool = False, year: bool = True) -> str:
    """Name the period that starts on a date: December 2025, Q4 2025 or 2025."""
    if kind == "month":
        return f"{month(day, short=short)} {day.year}" if year else month(day, short=short)
    if kind == "quarter":
        quarter = f"Q{(day.month + 2) // 3}"
        return f"{quarter} {day.year}" if year else quarter
    return str(day.year)


def span(first: date, last: date, kind: str, *, short: bool = False) -> str:
    """Name a run of periods: May to December 2024; April 2023 to March 2024; 2021 to 2025."""
    if first == last:
        return period(first, kind, short=short)
    if first.year == last.year:
        return f"{period(first, kind, short=short, year=False)} to {period(last, kind, short=short)}"
    return f"{period(first, kind, short=short)} to {period(last, kind, short=short)}"


def capital(text: str) -> str:
    """Begin a text as a sentence begins."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Give a text with a capital first letter and one full stop at its end."""
    text = text.strip().rstrip(".")
    return f"{capital(text)}." if text else ""
