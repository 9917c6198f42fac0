"""Small numbers of people in whatever leaves: an export, a paper, a list that is published."""

from __future__ import annotations

from decimal import Decimal

FEWER_THAN = 5


def is_small(value: Decimal | None, *, counts_people: bool) -> bool:
    """Tell whether a number of people is so small that it could point at somebody; none at all points at nobody."""
    return counts_people and value is not None and 0 < value < FEWER_THAN


def number_words(value: Decimal | None) -> str:
    """Write a number as it was counted: `12`, `7.5`, `not known`."""
    if value is None:
        return "not known"
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.1f}"


def safe_words(value: Decimal | None, *, counts_people: bool) -> str:
    """Write a number for a reader outside: 1 to 4 people are `fewer than 5`."""
    return f"fewer than {FEWER_THAN}" if is_small(value, counts_people=counts_people) else number_words(value)
