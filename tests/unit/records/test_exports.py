"""Lists as files: heads that differ, money that adds up, days and moments that a spreadsheet knows."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.http import HttpResponse

from upstream_web.core.money import pounds
from upstream_web.records.columns import Column
from upstream_web.records.exports import write_table

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
COLUMNS = (
    Column("title", "Service"), Column("edition", "Version"),
    Column("value", "Value", value=lambda each: pounds(each.value)), Column("votes", "Votes"), Column("on", "Begins"),
    Column("given_at", "Given"),
)  # fmt: skip
HEADS = ["Service", "Version", "Value, £", "Votes", "Begins", "Given", "Key", "Version of the record"]


@dataclass(frozen=True)
class Service:
    title: str
    value: Decimal
    edition: str = "third"
    votes: bool = True
    on: date = date(2026, 4, 1)
    given_at: datetime = datetime(2026, 8, 29, 12, 0, tzinfo=UTC)
    pk: int = 7
    version: int = 2


class Records(list):
    """Records as a query set gives them."""


def sent(form: str) -> HttpResponse:
    register = SimpleNamespace(columns=COLUMNS, title="Services", plural="services")
    found = Records([Service("Navigators", Decimal("180000.00")), Service("=1+1", Decimal("-12.50"))])
    return write_table(register, found, form, at=AT, by="tests")[0]


def test_csv_has_one_head_a_column_and_numbers_that_add_up():
    content = sent("csv").content
    assert content.startswith(b"\xef\xbb\xbf")  # by which Excel knows the letters
    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert heads == HEADS
    # Noon by universal time on a summer's day is one o'clock in the partnership.
    assert rows[0] == ["Navigators", "third", "180000.00", "yes", "2026-04-01", "2026-08-29 13:00:00", "7", "2"]
    assert rows[1][:3] == ["'=1+1", "third", "-12.50"]


def test_excel_has_numbers_days_and_moments():
    sheet = openpyxl.load_workbook(io.BytesIO(sent("xlsx").content)).active
    heads, first, second = sheet.iter_rows()
    assert [cell.value for cell in heads] == HEADS
    shown = [str(cell.value) for cell in first][2:6]
    assert shown == ["180000.0", "yes", "2026-04-01 00:00:00", "2026-08-29 13:00:00"]
    assert second[2].value == pytest.approx(-12.5)
    assert [cell.number_format for cell in first][2:6] == ["#,##0.00", "General", "d mmm yyyy", "d mmm yyyy hh:mm"]
