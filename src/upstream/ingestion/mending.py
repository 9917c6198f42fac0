"""Reads a delimited file line by line where the fast reader found fewer rows than lines.

Slow and careful: every line becomes either a row with its number or a refused line with its reason. After a
quote that is never closed it goes on with the next line, so one slip does not swallow the rest of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from upstream.ingestion.receipt import Fault
from upstream.ingestion.rejects import Rejects
from upstream.ingestion.shapes import write_table

LINES_A_ROW_MAY_SPAN = 50


@dataclass
class Mended:
    """What the careful reading gave: a well-formed table of rows with their line numbers."""

    table: Path
    rows: int = 0
    blank_lines: int = 0


def split_cells(line: str, delimiter: str) -> list[str]:
    """Split one line into cells; raises csv.Error when a quote stands where none may."""
    return next(csv.reader([line], delimiter=delimiter, strict=True), [])


def mend(text: Path, target: Path, headers: tuple[str, ...], delimiter: str, rejects: Rejects) -> Mended:
    """Read `text` carefully: good rows go, with their line numbers, to `target`, lines that are none to `rejects`."""
    mended = Mended(target)
    mended.rows = write_table(target, list(headers), _good_rows(text, len(headers), delimiter, mended, rejects))
    return mended


def _good_rows(
    text: Path, width: int, delimiter: str, mended: Mended, rejects: Rejects
) -> Iterator[tuple[int, list[str]]]:
    with text.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
        lines = _Lines(stream)
        next(lines.logical(delimiter, width))  # the header
        for number, line, cells, reason in lines.logical(delimiter, width):
            if reason is None and cells is not None:
                yield number, cells
            elif reason is None:
                mended.blank_lines += 1
            else:
                fault = Fault(number, "", reason, f"{width} cells were expected.", "Mend the line and send it again.")
                rejects.add([(fault, reason)], next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), []))


class _Lines:
    """Physical lines with the means to look ahead, numbered from 1 as an editor numbers them."""

    def __init__(self, stream: Iterator[str]) -> None:
        self._stream = stream
        self._ahead: list[str] = []
        self._number = 0

    def _next(self) -> str | None:
        if self._ahead:
            return self._ahead.pop(0)
        return next(self._stream, None)

    def _peek(self, count: int) -> list[str]:
        while len(self._ahead) < count:
            line = next(self._stream, None)
            if line is None:
                break
            self._ahead.append(line)
        return self._ahead[:count]

    def logical(self, delimiter: str, width: int) -> Iterator[tuple[int, str, list[str] | None, str | None]]:
        """Yield line number, text, cells (none for a blank line) and what is wrong (nothing when the row is good)."""
        while (line := self._next()) is not None:
            self._number += 1
            number = self._number
            if not line.strip():
                yield number, line, None, None
            elif "\0" in line:
                yield number, line.replace("\0", "\\0"), None, "The line holds a NUL byte."
            else:
                cells, span, reason = self._row(line, delimiter, width)
                for _ in range(span):
                    self._next()
                    self._number += 1
                yield number, line, cells, reason

    def _row(self, line: str, delimiter: str, width: int) -> tuple[list[str] | None, int, str | None]:
        try:
            cells = split_cells(line.rstrip("\r\n"), delimiter)
        except csv.Error:
            return self._spanning(line, delimiter, width)
        if len(cells) == width:
            return cells, 0, None
        return None, 0, f"The line has {len(cells)} cells."

    def _spanning(self, line: str, delimiter: str, width: int) -> tuple[list[str] | None, int, str | None]:
        """Try whether a quoted cell goes on over the next lines; if not, only this line is at fault."""
        for span in range(1, len(self._peek(LINES_A_ROW_MAY_SPAN)) + 1):
            joined = (line + "".join(self._ahead[:span])).rstrip("\r\n")
            try:
                cells = next(csv.reader([joined], delimiter=delimiter, strict=True), [])
            except csv.Error:
                continue
            return (cells, span, None) if len(cells) == width else (None, 0, "A quote is opened and never closed.")
        return None, 0, "A quote is opened and never closed, or stands in the middle of a cell."
