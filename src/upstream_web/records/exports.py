"""Lists as files: CSV and Excel, with the same columns, filters and rights as the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from upstream_web.records.columns import Column, plain

FORMS = (("csv", "CSV"), ("xlsx", "Excel"))
MOST_ROWS = 200_000
# A spreadsheet takes a text that begins so for a formula; an apostrophe in front keeps it a text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_table(register: Any, records: QuerySet[Any], form: str, *, at: datetime, by: str) -> tuple[HttpResponse, int]:
    """Write records as a file of that form, and say how many there are; raises Http404 for an unknown form."""
    columns = [*register.columns, *_own_columns()]
    kept = list(records[:MOST_ROWS])
    name = register.plural.replace(" ", "-")
    return send_table(register.title, name, columns, kept, form, at=at, by=by), len(kept)


def send_table(
    title: str, name: str, columns: Sequence[Column], rows: Sequence[Any], form: str, *, at: datetime, by: str
) -> HttpResponse:
    """Write rows of anything that columns can read as a file; raises Http404 for an unknown form."""
    cells = [[plain(column.of(row)) for column in columns] for row in rows]
    if form == "csv":
        body, kind = _csv(columns, cells), "text/csv; charset=utf-8"
    elif form == "xlsx":
        about = f"{title}: {len(cells)} rows, {at:%d %B %Y %H:%M} UTC, for {by}"
        body = _xlsx(title, columns, cells, about)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        raise Http404(f"There is no file of the form {form!r}: ask for csv or xlsx.")
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}-{at:%Y-%m-%d}.{form}"'
    return response


def _own_columns() -> Iterator[Column]:
    yield Column("key", "Key", value="pk")
    yield Column("version", "Version")


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value


def _csv(columns: Sequence[Column], rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.label for column in columns])
    writer.writerows([[_safe(value) for value in row] for row in rows])
    return ("\ufeff" + text.getvalue()).encode()  # the mark tells Excel that it is UTF-8


def _xlsx(title: str, columns: Sequence[Column], rows: list[list[Any]], about: str) -> bytes:
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"title": title, "comments": about})
        day = book.add_format({"num_format": "d mmm yyyy"})
        head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True})
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            widest = max((len(str(row[place])) for row in rows[:500]), default=0)
            sheet.set_column(place, place, min(max(len(column.label), widest) + 2, 60))
            sheet.write(0, place, column.label, head)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)
                elif value is not None:
                    sheet.write(line, place, value)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    return held.getvalue()
