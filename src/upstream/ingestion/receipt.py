"""What one load took in and refused: the receipt that supplier and partnership can both keep."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Outcome = Literal["landed", "already held", "refused", "checked", "withdrawn"]

FAULTS_SHOWN = 1000


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file: in which row (counted as an editor counts lines) and column, and the cure.

    `row` is empty when the fault is of the whole file.
    """

    row: int | None
    column: str
    found: str
    expected: str
    do: str

    def __str__(self) -> str:
        where = ", ".join(
            part
            for part in (f"row {self.row:,}" if self.row else "", f"“{self.column}”" if self.column else "")
            if part
        )
        said = " ".join(part for part in (self.found, self.expected, self.do) if part)
        return f"{where}: {said}" if where else said


@dataclass(frozen=True)
class HeldPeriod:
    """Rows of one supplier in one period of one table."""

    supplier: str
    start: date | None
    end: date | None
    rows: int
    table: str = ""
    whole: bool = True


@dataclass(frozen=True)
class Receipt:
    """What became of one file. `faults` holds the first thousand; the rejected file holds all of them.

    rows_read = rows_taken + rows_refused, counted in rows of the file (header and blank lines left out).
    `landed_rows` counts rows per published table, which differ when one row of the file makes several.
    """

    id: str
    feed: str
    file_name: str
    sha256: str
    bytes: int
    loaded_at: datetime
    outcome: Outcome
    contract: str = ""
    rows_read: int = 0
    rows_taken: int = 0
    rows_refused: int = 0
    faults: tuple[Fault, ...] = ()
    fault_counts: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    periods: tuple[HeldPeriod, ...] = ()
    landed_rows: dict[str, int] = field(default_factory=dict)
    superseded: tuple[str, ...] = ()
    rejected_file: str | None = None
    reason: str = ""

    @property
    def taken(self) -> bool:
        """Whether the rows are, or already were, in the tables."""
        return self.outcome in ("landed", "already held")

    @property
    def first_period(self) -> date | None:
        """First day covered, where the feed has periods."""
        return min((period.start for period in self.periods if period.start), default=None)

    @property
    def last_period(self) -> date | None:
        """Last day covered, where the feed has periods."""
        return max((period.end for period in self.periods if period.end), default=None)

    def to_json(self) -> str:
        """Write the receipt as JSON; `from_json` reads it back unchanged."""
        return json.dumps(asdict(self), default=_plain, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Receipt:
        """Read what `to_json` wrote."""
        given: dict[str, Any] = json.loads(text)
        given["loaded_at"] = datetime.fromisoformat(given["loaded_at"])
        given["faults"] = tuple(Fault(**fault) for fault in given["faults"])
        given["periods"] = tuple(_period(period) for period in given["periods"])
        given["warnings"] = tuple(given["warnings"])
        given["superseded"] = tuple(given["superseded"])
        return cls(**given)


def _plain(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in a receipt")


def _period(given: dict[str, Any]) -> HeldPeriod:
    for name in ("start", "end"):
        given[name] = date.fromisoformat(given[name]) if given[name] else None
    return HeldPeriod(**given)
