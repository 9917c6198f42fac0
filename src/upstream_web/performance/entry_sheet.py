"""The sheet on which values are typed in: rows for what is due, what was pasted, and what the rules say of each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from upstream.measures.periods import Period
from upstream_web.performance.models import Indicator, TypedValue, ValueState
from upstream_web.performance.operations.values import Entry, findings_of
from upstream_web.performance.periods import period_of, words_of

FIELDS = ("first", "second", "note", "explained", "because")
LENGTHS = {"note": 300, "explained": 500, "because": 500}
MOST_PASTED = 500


@dataclass
class SheetRow:
    """One value to type in: what stands in its fields, and what is wrong with it."""

    indicator: Indicator
    period: Period
    due_on: date | None = None
    given: dict[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    counting: TypedValue | None = None

    @property
    def name(self) -> str:
        """What its fields are called after."""
        return f"{self.indicator.pk}-{self.period.start.isoformat()}"

    @property
    def words(self) -> str:
        """The period in words."""
        return words_of(self.period.start, self.period.end)

    @property
    def is_filled(self) -> bool:
        """Whether something was typed."""
        return bool(self.given.get("first") or self.given.get("second"))

    def read(self) -> Entry | None:
        """Read what was typed; None, with the faults kept, when it cannot be kept so."""
        numbers = [_number(self.given.get(name, "")) for name in ("first", "second")]
        if any(isinstance(each, str) for each in numbers):
            self.faults = tuple(each for each in numbers if isinstance(each, str))
            return None
        first, second = numbers
        entry = Entry(
            self.indicator, self.period.start, first, second, self.given.get("note", ""),  # type: ignore[arg-type]
            self.given.get("explained", ""), self.given.get("because", ""),
        )  # fmt: skip
        found = findings_of(entry)
        self.faults, self.warnings = found.faults, found.warnings
        if not entry.source_note.strip():
            self.faults = (*self.faults, "Say where the number comes from.")
        if self.counting is not None and not entry.revised_because.strip():
            self.faults = (*self.faults, "A value counts for this period: say why it is revised.")
        if self.faults or (found.warnings and not entry.explained.strip()):
            return None
        return entry


def _number(text: str) -> float | str | None:
    plain = text.replace(",", "").replace("£", "").replace("%", "").strip()
    if not plain:
        return None
    try:
        number = float(plain)
    except ValueError:
        number = math.nan
    return number if math.isfinite(number) else f"“{text}” is not a number. Write it in figures, such as 12.5."


def with_counting(rows: list[SheetRow]) -> list[SheetRow]:
    """Put beside each row the value that counts for its period already."""
    found = TypedValue.objects.present().filter(
        indicator__in={row.indicator.pk for row in rows}, state=ValueState.CHECKED
    )
    held = {(value.indicator_id, value.period_start): value for value in found}
    for row in rows:
        row.counting = held.get((row.indicator.pk, row.period.start))
    return rows


def fill(rows: Iterable[SheetRow], posted: Mapping[str, Any]) -> None:
    """Put what was sent into the rows."""
    for row in rows:
        row.given = {
            name: str(posted.get(f"{name}-{row.name}", "")).strip()[: LENGTHS.get(name, 40)] for name in FIELDS
        }


def named_rows(posted: Mapping[str, Any], allowed: Mapping[int, Indicator]) -> list[SheetRow]:
    """Give a row for each field that was sent, as far as the person may type in that indicator."""
    found = []
    for name in posted:
        kind, _, rest = name.partition("-")
        key, _, day = rest.partition("-")
        if kind != "first" or not key.isdecimal() or int(key) not in allowed:
            continue
        try:
            start = date.fromisoformat(day)
        except ValueError:
            continue
        indicator = allowed[int(key)]
        found.append(SheetRow(indicator, period_of(indicator.frequency, start)))
    return with_counting(found)


def pasted_rows(text: str, allowed: Iterable[Indicator]) -> tuple[list[SheetRow], list[str]]:
    """Read lines of a spreadsheet: short name, first day of the period, number, divided by, where from.

    Gives the rows, and a sentence for each line that cannot be read.
    """
    by_key = {indicator.key: indicator for indicator in allowed}
    rows, refused = [], []
    lines = [line for line in text.splitlines() if line.strip()]
    for number_, line in enumerate(lines[:MOST_PASTED], start=1):
        cells = [cell.strip() for cell in line.split("\t")] + [""] * 5
        indicator, day = by_key.get(cells[0]), _day(cells[1])
        if number_ == 1 and indicator is None and day is None:
            continue  # the heads of the columns
        if indicator is None:
            refused.append(f"Line {number_}: no indicator that you may type in is called “{cells[0]}”.")
        elif day is None:
            refused.append(f"Line {number_}: “{cells[1]}” is not a day, such as 2026-09-01.")
        else:
            given = {"first": cells[2], "second": cells[3], "note": cells[4]}
            rows.append(SheetRow(indicator, period_of(indicator.frequency, day), given=given))
    if len(lines) > MOST_PASTED:
        refused.append(f"Only the first {MOST_PASTED} lines were read.")
    return with_counting(rows), refused


def _day(text: str) -> date | None:
    parts = text.replace("/", "-").split("-")
    try:
        if len(parts) == 2 and len(parts[0]) == 4:
            return date(int(parts[0]), int(parts[1]), 1)
        if len(parts) == 3 and len(parts[0]) == 4:
            return date(*map(int, parts))
        if len(parts) == 3:  # as spreadsheets here write days: 1/9/2026
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None
    return None
