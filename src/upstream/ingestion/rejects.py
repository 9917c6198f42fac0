"""Keeps the rows that were refused, with the reason, in a file that can be sent back."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from types import TracebackType

import duckdb
from duckdb import ColumnExpression as Column

from upstream.ingestion.plan import Check, Plan, raw_name
from upstream.ingestion.receipt import FAULTS_SHOWN, Fault
from upstream.ingestion.shapes import LINE

LONGEST_SHOWN = 80


class Rejects:
    """A file of refused rows: row number, reason, and the cells as they came."""

    def __init__(self, path: Path, headers: tuple[str, ...]) -> None:
        self.path = path
        self.rows = 0
        self.faults: list[Fault] = []
        self.counts: Counter[str] = Counter()
        self._stream = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow(["row", "reason", *headers])

    def __enter__(self) -> Rejects:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def add(self, faults: list[tuple[Fault, str]], cells: list[str]) -> None:
        """Add one row with all that is wrong with it; each fault comes with the name under which it is counted."""
        self.rows += 1
        for fault, counted in faults:
            self.counts[counted] += 1
            if len(self.faults) < FAULTS_SHOWN:
                self.faults.append(fault)
        reason = "; ".join(_reason(fault) for fault, _ in faults)
        self._writer.writerow([faults[0][0].row, reason, *cells])


def _reason(fault: Fault) -> str:
    said = f"{fault.found} {fault.expected}".strip()
    return f"{fault.column}: {said}" if fault.column else said


def collect(rows: duckdb.DuckDBPyRelation, plan: Plan, width: int, rejects: Rejects) -> None:
    """Add every row that breaks a check, streaming; all the faults of a row at once."""
    cells = [Column(raw_name(place)) for place in range(width)]
    marks = [check.condition.alias(f"broken_{number}") for number, check in enumerate(plan.checks)]
    faulty = rows.filter(plan.faulty).select(Column(LINE), *cells, *marks)
    for batch in faulty.to_arrow_reader(10_000):
        for record in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            line, given, broken = record[0], record[1 : 1 + width], record[1 + width :]
            found = [_fault(check, line, given) for check, wrong in zip(plan.checks, broken, strict=True) if wrong]
            rejects.add(found, ["" if cell is None else cell for cell in given])


def _fault(check: Check, line: int, cells: tuple[str | None, ...]) -> tuple[Fault, str]:
    cell = cells[check.position] or ""
    shown = cell if len(cell) <= LONGEST_SHOWN else cell[:LONGEST_SHOWN] + "…"
    found = f"“{shown}” is {check.what}." if shown else "The cell is empty."
    return Fault(int(line), check.column, found, check.expected, check.do), f"{check.column}: {check.what}"
