"""Values as a reader sees them: days, months, cells, and how the width of a table is shared."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

LONGEST_COUNTED = 42  # letters: a longer text breaks over lines anyway
SHORTEST_COUNTED = 6
DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2,8} \d{4}")


def slug_of(text: str) -> str:
    """Make a name for a link out of a heading."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def cell_text(value: object) -> str:
    """A table cell as text; what is missing says so."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "not known"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, date):
        return day_text(value)
    return str(value)


def day_text(day: date | datetime) -> str:
    """A day as people write it: 4 March 2026."""
    return f"{day.day} {day:%B %Y}"


def is_day(text: str) -> bool:
    """Whether a text is a day and nothing else: `4 March 2026` or `4 Mar 2026`, which should not break over lines."""
    return DAY.fullmatch(text) is not None


def month_text(day: date) -> str:
    """A month as people write it: March 2026."""
    return f"{day:%B %Y}"


def column_weights(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[float]:
    """Share the width of a table by the longest text in each column, within reason."""
    columns = [[cell_text(value) for value in column] for column in zip(*rows, strict=True)] or [[] for _ in heads]
    return [_weight(head, texts) for head, texts in zip(heads, columns, strict=True)]


def _weight(head: str, texts: list[str]) -> float:
    words = [len(word) for word in head.split()]
    lines = [min(len(line), LONGEST_COUNTED) for text in texts for line in text.split("\n")]
    return float(max([SHORTEST_COUNTED, *words, *lines]))
