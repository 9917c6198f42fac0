"""Reading spreadsheets: good files, bad files, any bytes at all."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream.exceptions import UpstreamFailure
from upstream_web.records.cells import read_day, read_money, read_percent
from upstream_web.records.spreadsheets import SpreadsheetRefused, read, text_of

LABELS = ("Key", "Action", "Due")


def workbook(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_csv_and_excel_read_the_same():
    from_csv = read("a.csv", "\ufeffKey,Action,Due\r\n7,Open a hub,2026-11-30\r\n".encode(), LABELS)
    from_excel = read("a.xlsx", workbook(["Key", "Action", "Due"], [7, "Open a hub", date(2026, 11, 30)]), LABELS)
    assert from_csv == from_excel
    assert from_csv[0].line == 2
    assert from_csv[0].cells == {"Key": "7", "Action": "Open a hub", "Due": "2026-11-30"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_of_any_country_is_understood(delimiter):
    content = delimiter.join(LABELS) + "\n" + delimiter.join(["1", "A", "2026-11-30"])
    assert read("a.csv", content.encode(), LABELS)[0].cells["Due"] == "2026-11-30"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "names none of the columns"),
        (b"one,two\n1,2\n", "names none of the columns"),
        (b"Key,Action,Colour\n", "not known: Colour"),
        (b"Key,Key,Due\n", "twice: Key"),
        (b"Key,Action\0\n", "not a text"),
        (b"PK\x03\x04 but no workbook", "cannot be opened"),
    ],
)
def test_bad_file_is_refused_with_its_fault(content, words):
    with pytest.raises(SpreadsheetRefused, match=words):
        read("bad.csv", content, LABELS)


def test_packed_file_that_unfolds_to_too_much_is_refused():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * 210_000_000)
    with pytest.raises(SpreadsheetRefused, match="unfolds"):
        read("bomb.xlsx", held.getvalue(), LABELS)


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode) | st.binary(max_size=200).map(b"PK".__add__))
def test_any_bytes_are_read_or_refused(content):
    with suppress(UpstreamFailure):
        assert all(row.line > 1 for row in read("any", content, LABELS))


# Days as people in this country write them, and what Excel makes of them.
@pytest.mark.parametrize(
    "text", ["2026-11-30", "30/11/2026", "30/11/26", "30 Nov 2026", "30 November 2026", " 30.11.2026 "]
)
def test_day_is_read_in_the_ways_it_is_written(text):
    assert read_day(text) == date(2026, 11, 30)


@pytest.mark.parametrize("text", ["", "soon", "31/02/2026", "11/30/2026", "0001-01-01"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match="is no day"):
        read_day(text)


def test_amounts_and_shares_are_read_as_written():
    assert read_money("£12,000.50") == Decimal("12000.50")
    assert read_money("") == 0
    assert read_percent("40%") == 40
    for text in ("-1", "NaN", "Infinity", "a lot", "1e30"):
        with pytest.raises(ValueError, match="amount"):
            read_money(text)
    for text in ("101", "-3", "1.5", ""):
        with pytest.raises(ValueError, match="whole number"):
            read_percent(text)


def test_cells_are_written_alike():
    assert text_of(12.0) == "12"
    assert text_of(0.5) == "0.5"
    assert text_of(None) == ""
    assert text_of("a\r\nb") == "a\nb"
