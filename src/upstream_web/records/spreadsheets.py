"""Reads a spreadsheet, CSV or Excel, into rows of texts; all its faults at once."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter

from upstream.exceptions import InputRefused

MOST_ROWS = 20_000
MOST_BYTES = 20_000_000
# An Excel file is packed: a small one may unfold to more than the memory holds.
MOST_BYTES_UNPACKED = 200_000_000


class SpreadsheetRefused(InputRefused):
    """A file cannot be read as a list."""


@dataclass(frozen=True)
class SheetRow:
    """One row: its line in the file, and its cells as texts by the label of their column."""

    line: int
    cells: Mapping[str, str]


def read(name: str, content: bytes, labels: Sequence[str]) -> list[SheetRow]:
    """Read a file whose first row names its columns; `labels` are those that are known.

    Raises `SpreadsheetRefused` with everything that is wrong with the file as a whole.
    """
    if len(content) > MOST_BYTES:
        raise SpreadsheetRefused(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB.",
            expected="A list.",
            do="Send it in parts.",
        )
    lines = _excel(name, content) if content[:2] == b"PK" else _csv(name, content)
    head = [cell.strip() for cell in next(iter(lines), [])]
    _check_head(name, head, labels)
    rows = [
        SheetRow(number, dict(zip(head, cells, strict=False)))
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    if len(rows) > MOST_ROWS:
        raise SpreadsheetRefused(
            f"{name} has {len(rows):,} rows.", expected=f"At most {MOST_ROWS:,}.", do="Send it in parts."
        )
    return rows


def _check_head(name: str, head: list[str], labels: Sequence[str]) -> None:
    faults = []
    if unknown := [label for label in head if label and label not in labels]:
        faults.append(f"columns that are not known: {', '.join(unknown)}")
    if twice := sorted({label for label in head if label and head.count(label) > 1}):
        faults.append(f"columns that stand twice: {', '.join(twice)}")
    if not set(head) & set(labels):
        faults = ["its first row names none of the columns"]
    if faults:
        raise SpreadsheetRefused(
            f"{name} cannot be read: {'; '.join(faults)}.",
            expected=f"A first row with some of: {'; '.join(labels)}.",
            do="Download the list or the template, and change that.",
        )


def _csv(name: str, content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what Excel writes where UTF-8 is not chosen
    if "\0" in text:
        raise SpreadsheetRefused(f"{name} is not a text.", expected="CSV or Excel.", do="Save it as CSV or .xlsx.")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as fault:
        raise SpreadsheetRefused(
            f"{name} is not CSV: {fault}.", expected="CSV or Excel.", do="Save it again."
        ) from fault


def _excel(name: str, content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_BYTES_UNPACKED:
            raise SpreadsheetRefused(f"{name} unfolds to too much.", expected="A list.", do="Save it as CSV.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [[text_of(cell) for cell in row] for row in _bounded(sheet.iter_rows(values_only=True))]
        book.close()
    except SpreadsheetRefused:
        raise
    except Exception as fault:  # openpyxl raises many kinds for a broken file, none of them its own
        raise SpreadsheetRefused(
            f"{name} cannot be opened as an Excel file.",
            expected="A file that Excel opens.",
            do="Save it again, or as CSV.",
        ) from fault
    return rows


def _bounded(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for count, row in enumerate(rows):
        if count > MOST_ROWS + 1:
            return
        yield row[:100]


def text_of(value: Any) -> str:
    """Write a cell as a text that reads the same from CSV and from Excel: days as 2026-11-21, whole numbers whole."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def template(
    title: str, labels: Sequence[str], guide: Sequence[tuple[str, str]], lists: Mapping[str, Sequence[str]]
) -> bytes:
    """Write an empty Excel file with the columns, a sheet that explains them, and the values that some may have."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 2, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 1)
        for place, label in enumerate(labels):
            sheet.write(0, place, label, bold)
            sheet.set_column(place, place, max(14, len(label) + 2))
        about = book.add_worksheet("How to fill it in")
        about.set_column(0, 0, 30)
        about.set_column(1, 1, 90)
        for line, (label, words) in enumerate(guide):
            about.write(line, 0, label, bold if line == 0 else wrapped)
            about.write(line, 1, words, bold if line == 0 else wrapped)
        known = book.add_worksheet("Values")
        for place, (label, values) in enumerate(lists.items()):
            known.write(0, place, label, bold)
            known.set_column(place, place, 40)
            for line, value in enumerate(values, start=1):
                known.write_string(line, place, value)
            if label in labels and values:
                column = labels.index(label)
                source = f"=Values!${chr(65 + place)}$2:${chr(65 + place)}${len(values) + 1}"
                sheet.data_validation(
                    1, column, 2000, column, {"validate": "list", "source": source, "error_type": "warning"}
                )
    return held.getvalue()
