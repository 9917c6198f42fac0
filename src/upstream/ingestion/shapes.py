"""Workbooks and outlines laid out as plain tables, so that one engine reads them all."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from upstream.ingestion.arrival import FileUnreadable
from upstream.sources.contract import Sheet, Source

if TYPE_CHECKING:
    from openpyxl import Workbook

LINE = "line"


def write_table(target: Path, headers: list[str], rows: Iterable[tuple[int, list[str]]]) -> int:
    """Write rows with the line each came from as a well-formed CSV; returns their number."""
    count = 0
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([LINE, *headers])
        for line, cells in rows:
            writer.writerow([line, *cells])
            count += 1
    return count


def lay_out_outlines(path: Path, target: Path) -> tuple[list[str], int]:
    """Write the features of a GeoJSON file as a table: one column a property, and `geometry`."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise FileUnreadable(
            f"The file is not whole GeoJSON: {error}.", do="Fetch or export it again; it may be cut off."
        ) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise FileUnreadable(
            "The file has no features.", expected="A GeoJSON FeatureCollection was expected.", do="Export it as one."
        )
    if not features:
        raise FileUnreadable("The file holds no outline: its list of features is empty.", do="Export it again.")
    names = list(dict.fromkeys(name for feature in features for name in feature.get("properties") or {}))
    rows = ((number, _feature(feature, names)) for number, feature in enumerate(features, start=1))
    return [*names, "geometry"], write_table(target, [*names, "geometry"], rows)


def _feature(feature: dict[str, Any], names: list[str]) -> list[str]:
    properties = feature.get("properties") or {}
    geometry = feature.get("geometry")
    outline = json.dumps(geometry, separators=(",", ":")) if geometry else ""
    return [*(_cell(properties.get(name)) for name in names), outline]


def lay_out_workbook(path: Path, source: Source, target: Path) -> tuple[list[str], int]:
    """Write the sheets that the contract names as one table; a column that a sheet lacks stays empty."""
    with path.open("rb") as stream:
        headers, rows = _read_sheets(_open_workbook(stream), source)
    return headers, write_table(target, headers, rows)


def _open_workbook(stream: BinaryIO) -> Workbook:
    import openpyxl  # slow to import, and only workbooks need it

    try:
        return openpyxl.load_workbook(stream, read_only=True, data_only=False)
    except Exception as error:  # openpyxl raises whatever its parser met
        raise FileUnreadable(
            f"The workbook cannot be opened: {error}.", do="Open and save it again in Excel."
        ) from error


def _read_sheets(book: Workbook, source: Source) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        absent = [sheet.name for sheet in source.sheets if sheet.name not in book.sheetnames]
        if absent:
            raise FileUnreadable(
                f"The workbook has no sheet called {', '.join(f'“{name}”' for name in absent)}.",
                expected=f"It has: {', '.join(book.sheetnames)}.",
                do="Is it the right workbook? If the sheets were renamed, change their names in the contract.",
            )
        laid_out = [_read_sheet(book[sheet.name], sheet) for sheet in source.sheets]
    finally:
        book.close()
    headers = list(dict.fromkeys(header for names, _ in laid_out for header in names))
    rows = [(line, [row.get(header, "") for header in headers]) for _, lines in laid_out for line, row in lines]
    return headers, rows


def _read_sheet(worksheet: Any, sheet: Sheet) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    grid = [[_cell(value) for value in row] for row in worksheet.iter_rows(values_only=True)]
    names = _join_headers([grid[number - 1] for number in sheet.header_rows])
    kept = list(_data_rows(grid, sheet, names))
    return [name for name in names if name], kept


def _join_headers(rows: list[list[str]]) -> list[str]:
    """Carry spanning header cells to the right and join the parts of each column’s header with “ | ”."""
    carried = []
    for row in rows[:-1]:
        last = ""
        filled = []
        for cell in row:
            last = cell or last
            filled.append(last)
        carried.append(filled)
    return [
        " | ".join(part for part in (*(row[place] for row in carried), name) if part) if name else ""
        for place, name in enumerate(rows[-1])
    ]


def _data_rows(grid: list[list[str]], sheet: Sheet, names: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    above: dict[str, str] = {}
    for line, cells in enumerate(grid[sheet.header_rows[-1] :], start=sheet.header_rows[-1] + 1):
        first = next((cell for cell in cells if cell), "")
        if not first or (sheet.skip and re.search(sheet.skip, cells[0])):
            continue
        row = {name: cell for name, cell in zip(names, cells, strict=True) if name}
        for name in sheet.carry_down:
            if row[name] not in ("", *sheet.blanks):
                above[name] = row[name]
            row[name] = above.get(name, "")
        yield line, row


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return " ".join(str(value).split())
