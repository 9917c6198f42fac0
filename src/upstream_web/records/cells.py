"""Reads the cells of a spreadsheet into values: texts, days, counts, money; what is wrong is said in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial

from upstream_web.records.exports import FORMULA_SIGNS

DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %b %Y", "%d %B %Y", "%d.%m.%Y")
# The apostrophe that an export puts before a text which a spreadsheet would take for a formula.
GUARDED = re.compile(f"'(?=[{re.escape(''.join(FORMULA_SIGNS))}])")
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
MOST_MONEY = Decimal(10) ** 10


def normal(text: str) -> str:
    """Write a text as it is compared: one kind of line end, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def read_text(text: str, *, longest: int = 0) -> str:
    """Read a text; raises ValueError for one that is longer than its place."""
    found = normal(GUARDED.sub("", text, count=1))
    if "\0" in found:
        raise ValueError("holds a character that cannot be kept")
    if longest and len(found) > longest:
        raise ValueError(f"has {len(found)} letters; at most {longest} fit")
    return found


def read_day(text: str) -> date:
    """Read a day; raises ValueError for anything else."""
    for form in DAY_FORMS:
        try:
            found = datetime.strptime(text.strip().removesuffix(" 00:00:00"), form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        if EARLIEST <= found < LATEST:
            return found
    raise ValueError(f"“{text.strip()[:40]}” is no day; write it as 2026-11-30 or 30/11/2026")


def read_day_or_none(text: str) -> date | None:
    """Read a day, or None from an empty cell."""
    return read_day(text) if text.strip() else None


def read_percent(text: str) -> int:
    """Read a whole number from 0 to 100, with or without its sign."""
    found = text.strip().removesuffix("%").strip()
    if not re.fullmatch(r"[0-9]{1,3}(\.0*)?", found) or float(found) > 100:
        raise ValueError(f"“{text.strip()[:40]}” is no whole number from 0 to 100")
    return int(float(found))


def read_count(text: str) -> int:
    """Read a whole number from 0 on; raises ValueError for anything else."""
    found = text.strip().replace(",", "")
    if not re.fullmatch(r"[0-9]{1,9}(\.0*)?", found):
        raise ValueError(f"“{text.strip()[:40]}” is no whole number from 0 on")
    return int(float(found))


def read_money(text: str) -> Decimal:
    """Read an amount in pounds; an empty cell is nothing."""
    found = text.strip().replace("£", "").replace(",", "").strip()
    try:
        value = Decimal(found or "0").quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValueError(f"“{text.strip()[:40]}” is no amount in pounds") from None
    if value.is_nan() or not 0 <= value < MOST_MONEY:
        raise ValueError(f"“{text.strip()[:40]}” is no amount from 0 on")
    return value


def at_most(longest: int) -> Callable[[str], str]:
    """Give a reader of texts that fit."""
    return partial(read_text, longest=longest)
