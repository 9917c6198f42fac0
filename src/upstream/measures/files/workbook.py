"""A result as an Excel workbook: the table on the first sheet, what it means on the second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from upstream.measures.files.metadata import column_meanings, describe
from upstream.measures.result import MeasureResult

DATA_SHEET, MEANING_SHEET = "Data", "What this number is"
WIDEST = 44


def to_xlsx(result: MeasureResult, attribution: Sequence[str] = ()) -> bytes:
    """Write the result as a workbook; empty cells are not known, and the status column says why."""
    held = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as workbook:
        workbook.set_properties(
            {
                "title": result.definition.title,
                "comments": f"Build {result.provenance.build}",
                "created": result.provenance.built_at.replace(tzinfo=None),
            }
        )
        formats = {
            "strong": workbook.add_format({"bold": True}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        }
        formats["wrap"] = workbook.add_format({"text_wrap": True, "valign": "top"})
        _write_data(workbook.add_worksheet(DATA_SHEET), result, formats)
        _write_meaning(workbook.add_worksheet(MEANING_SHEET), result, attribution, formats)
    return held.getvalue()


def _write_data(sheet: Worksheet, result: MeasureResult, formats: dict[str, Any]) -> None:
    """One table from the first cell, its heading repeated in print, as readers by ear expect."""
    frame = result.frame
    for at, row in enumerate(frame.iter_rows(), start=1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, column, value, formats["day"])
            elif value is not None:
                sheet.write(at, column, value)
    headings = [{"header": name} for name in frame.columns]
    last = max(frame.height, 1)
    sheet.add_table(0, 0, last, frame.width - 1, {"name": "data", "columns": headings, "style": "Table Style Light 1"})
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    for column, name in enumerate(frame.columns):
        widest = max((len(str(value)) for value in frame[name].head(200)), default=0)
        sheet.set_column(column, column, min(max(len(name) + 4, widest + 1), WIDEST))


def _write_meaning(
    sheet: Worksheet, result: MeasureResult, attribution: Sequence[str], formats: dict[str, Any]
) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    lines = [(fact.about, fact.text) for fact in describe(result, attribution)]
    lines += [(f"Column {name}", text) for name, text in column_meanings(result).items()]
    sheet.write_row(0, 0, ("About", "What there is to say"), formats["strong"])
    for at, (about, text) in enumerate(lines, start=1):
        sheet.write_string(at, 0, about, formats["strong"])
        sheet.write_string(at, 1, text, formats["wrap"])
