"""Lists as files: CSV and Excel, with the same columns, filters and rights as the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from upstream_web.core.money import Pounds
from upstream_web.records.columns import Column, plain

FORMS = (("csv", "CSV"), ("xlsx", "Excel"))
MOST_ROWS = 200_000
# A spreadsheet takes a text that begins so for a formula; an apostrophe in front keeps it a text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_table(register: Any, records: QuerySet[Any], form: str, *, at: datetime, by: str) -> tuple[HttpResponse, int]:
    """Write records as a file of that form, and say how many there are; raises Http404 for an unknown form."""
    taken = {column.label for column in register.columns}
    columns = [*register.columns, *_own_columns(taken)]
    kept = list(records[:MOST_ROWS])
    name = register.plural.replace(" ", "-")
    return send_table(register.title, name, columns, kept, form, at=at, by=by), len(kept)


def send_table(
    title: str, name: str, columns: Sequence[Column], rows: Sequence[Any], form: str, *, at: datetime, by: str
) -> HttpResponse:
    """Write rows of anything that columns can read as a file; raises Http404 for an unknown form."""
    found = [[column.of(row) for column in columns] for row in rows]
    heads = [_head(column, [row[place] for row in found]) for place, column in enumerate(columns)]
    cells = [[plain(value) for value in row] for row in found]
    if form == "csv":
        body, kind = csv_of(heads, cells), "text/csv; charset=utf-8"
    elif form == "xlsx":
        about = f"{title}: {len(cells)} rows, {at:%d %B %Y %H:%M} UTC, for {by}"
        body = _xlsx(title, heads, cells, about)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        raise Http404(f"There is no file of the form {form!r}: ask for csv or xlsx.")
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}-{at:%Y-%m-%d}.{form}"'
    return response


def _own_columns(taken: Collection[str]) -> Iterator[Column]:
    """Give the columns by which a row is found again; no two columns of a file have one head."""
    for label, value in (("Key", "pk"), ("Version", "version")):
        yield Column(value, f"{label} of the record" if label in taken else label)


def _head(column: Column, values: Sequence[Any]) -> str:
    """Give the head of a column; of numbers that are money it names the unit."""
    is_money = any(isinstance(value, Pounds) for value in values)
    return f"{column.label}, £" if is_money and "£" not in column.label else column.label


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value


def csv_of(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Write a table as CSV that a spreadsheet opens with its letters and without running any of it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([[_safe(value) for value in row] for row in rows])
    return ("\ufeff" + text.getvalue()).encode()  # the mark tells Excel that it is UTF-8


def _xlsx(title: str, heads: Sequence[str], rows: list[list[Any]], about: str) -> bytes:
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"title": title, "comments": about})
        day, moment = (book.add_format({"num_format": form}) for form in ("d mmm yyyy", "d mmm yyyy hh:mm"))
        money = book.add_format({"num_format": "#,##0.00"})
        head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True})
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 1)
        for place, label in enumerate(heads):
            widest = max((len(str(row[place])) for row in rows[:500]), default=0)
            sheet.set_column(place, place, min(max(len(label), widest) + 2, 60))
            sheet.write(0, place, label, head)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, moment if isinstance(value, datetime) else day)
                elif isinstance(value, Decimal):
                    sheet.write_number(line, place, value, money)
                elif value is not None:
                    sheet.write(line, place, value)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    return held.getvalue()
