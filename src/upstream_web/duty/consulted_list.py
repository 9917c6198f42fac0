"""Reads a list of whom to ask, CSV or Excel; all its faults at once."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import openpyxl
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from upstream.exceptions import InputRefused
from upstream_web.duty.models import ConsultedSort

MOST_BYTES, MOST_ROWS = 2_000_000, 2_000
NAME, EMAIL, SORT = "Name", "E-mail", "What they are"
SORTS = {label.lower(): value for value, label in ConsultedSort.choices} | {
    "school": ConsultedSort.EDUCATION,
    "college": ConsultedSort.EDUCATION,
    "prison": ConsultedSort.PRISON,
    "": ConsultedSort.EDUCATION,
}


class ListRefused(InputRefused):
    """A file cannot be read as a list of whom to ask."""


@dataclass(frozen=True)
class Listed:
    """One body or group on the list."""

    name: str
    email: str
    sort: str


def read_list(name: str, content: bytes) -> list[Listed]:
    """Read a file whose first row names its columns: Name, and where known E-mail and What they are.

    Where nothing is said, a line is a school or college. Raises `ListRefused` with every fault.
    """
    if len(content) > MOST_BYTES:
        raise ListRefused(f"{name} is larger than {MOST_BYTES // 1_000_000} MB.", do="Send it in parts.")
    rows = _excel(name, content) if content[:2] == b"PK" else _csv(name, content)
    head = [cell.strip().lower() for cell in (rows[0] if rows else [])]
    if NAME.lower() not in head:
        raise ListRefused(
            f"{name} has no column “{NAME}”.", expected=f"{NAME}, {EMAIL}, {SORT} in the first row.",
            do="Name the columns so and send it again.",
        )  # fmt: skip
    lines = [
        (number, dict(zip(head, (cell.strip() for cell in cells), strict=False)))
        for number, cells in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    if not lines or len(lines) > MOST_ROWS:
        raise ListRefused(f"{name} names {len(lines):,} bodies.", expected=f"Between 1 and {MOST_ROWS:,}.")
    faults = [fault for number, line in lines for fault in _faults(number, line)]
    if faults:
        raise ListRefused(" ".join(faults[:20]), do="Put these right and send it again; nothing was taken.")
    return [Listed(_cell(line, NAME), _cell(line, EMAIL), SORTS[_cell(line, SORT).lower()]) for _, line in lines]


def _cell(line: Mapping[str, str], label: str) -> str:
    return line.get(label.lower(), "")


def _faults(number: int, line: Mapping[str, str]) -> Iterator[str]:
    name, email, sort = (_cell(line, label) for label in (NAME, EMAIL, SORT))
    if not name:
        yield f"Line {number} has no name."
    if len(name) > 200:
        yield f"Line {number}: a name has at most 200 letters."
    if email:
        try:
            validate_email(email)
        except ValidationError:
            yield f"Line {number}: “{email}” is not an e-mail address."
    if sort.lower() not in SORTS:
        yield f"Line {number}: “{sort}” is none of {', '.join(ConsultedSort.labels)}."


def _csv(name: str, content: bytes) -> Sequence[Sequence[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise ListRefused(f"{name} is neither CSV nor Excel.", do="Save it as one of these.")
    return list(csv.reader(io.StringIO(text)))[: MOST_ROWS + 2]


def _excel(name: str, content: bytes) -> Sequence[Sequence[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > 20 * MOST_BYTES:
                raise ListRefused(f"{name} unfolds to more than {20 * MOST_BYTES // 1_000_000} MB.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=40)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except ListRefused:
        raise
    except Exception as broken:  # a damaged file can fail anywhere within the library
        raise ListRefused(f"{name} cannot be opened as an Excel file.", do="Save it again, or as CSV.") from broken
