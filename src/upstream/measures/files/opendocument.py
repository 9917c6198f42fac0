"""A result as an OpenDocument spreadsheet (ISO/IEC 26300): the same two sheets as the Excel file.

Written here, as the format is a small packed XML and the packages for it are either old or write values only.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from upstream.measures.files.metadata import column_meanings, describe
from upstream.measures.files.workbook import DATA_SHEET, MEANING_SHEET
from upstream.measures.result import MeasureResult

KIND = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.2" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
Cell = str | int | float | bool | date | None


def to_ods(result: MeasureResult, attribution: Sequence[str] = ()) -> bytes:
    """Write the result as a spreadsheet of two sheets; the same result gives the same bytes."""
    data = [tuple(result.frame.columns), *result.frame.iter_rows()]
    meaning: list[tuple[Cell, ...]] = [("About", "What there is to say")]
    meaning += [(fact.about, fact.text) for fact in describe(result, attribution)]
    meaning += [(f"Column {name}", text) for name, text in column_meanings(result).items()]
    sheets = _sheet(DATA_SHEET, data) + _sheet(MEANING_SHEET, meaning)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    return _pack(content)


def _sheet(name: str, rows: Iterable[Sequence[Cell]]) -> str:
    """The first row repeats in print and is marked as the heading."""
    lines = [f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows]
    heading = f"<table:table-header-rows>{lines[0]}</table:table-header-rows>"
    return f"<table:table table:name={quoteattr(name)}>{heading}{''.join(lines[1:])}</table:table>"


def _cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def _pack(content: str) -> bytes:
    """The kind comes first and unpacked, so that programs can tell the file from its first bytes."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("mimetype", KIND), ("content.xml", content), ("META-INF/manifest.xml", MANIFEST)):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return held.getvalue()
