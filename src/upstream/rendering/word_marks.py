"""The marks of a Word file that python-docx has no words for: fields, bookmarks, links, descriptions."""

from __future__ import annotations

import hashlib
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Mm
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LONGEST_BOOKMARK = 40  # Word silently drops longer names


def bookmark_name(key: str) -> str:
    """A bookmark name that Word accepts: a letter first, at most 40 characters, no hyphen."""
    plain = "n_" + "".join(letter if letter.isalnum() else "_" for letter in key)
    if len(plain) <= LONGEST_BOOKMARK:
        return plain
    return plain[:31] + "_" + hashlib.sha256(key.encode()).hexdigest()[:8]


def _mark(tag: str, /, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around what the paragraph holds."""
    start = _mark("w:bookmarkStart", id=str(number), name=name)
    first = paragraph._p.find(qn("w:r"))
    first.addprevious(start)
    paragraph._p.append(_mark("w:bookmarkEnd", id=str(number)))


def link(paragraph: Paragraph, text: str, anchor: str, *, bold: bool = False) -> None:
    """Add text that leads to a bookmark."""
    element = _mark("w:hyperlink", anchor=anchor, history="1")
    run = Run(OxmlElement("w:r"), paragraph)
    run.text, run.bold = text, bold
    run._r.get_or_add_rPr().append(_mark("w:u", val="dotted", color="82909A"))
    element.append(run._r)
    paragraph._p.append(element)


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind == "instruction":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = instruction
            run._r.append(code)
        elif kind != "shown":
            run._r.append(_mark("w:fldChar", fldCharType=kind))


def footer(paragraph: Paragraph, text: str) -> None:
    """Write the line under every page, with the page number at its right end."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), alignment=2)  # right
    paragraph.add_run(f"{text}\tPage ")
    _field(paragraph, "PAGE", "1")


def contents_field(made: WordDocument, entries: list[str]) -> None:
    """Write a table of contents that Word can update, holding the chapters until it does."""
    first = made.add_paragraph(style="Contents entry")
    for kind in ("begin", "instruction", "separate"):
        run = first.add_run()
        if kind == "instruction":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = r'TOC \o "1-2" \h \z \u'
            run._r.append(code)
        else:
            run._r.append(_mark("w:fldChar", fldCharType=kind))
    first.add_run(entries[0])
    last = first
    for entry in entries[1:]:
        last = made.add_paragraph(entry, style="Contents entry")
    last.add_run()._r.append(_mark("w:fldChar", fldCharType="end"))


def describe(picture: InlineShape, alternative: str, name: str) -> None:
    """Give a picture its text alternative."""
    properties = picture._inline.docPr
    properties.set("descr", alternative)
    properties.set("name", name)


def table_title(table: Table, title: str) -> None:
    """Give a table its text alternative."""
    table._tbl.tblPr.append(_mark("w:tblCaption", val=title))


def repeat_as_header(row: _Row) -> None:
    """Repeat this row on every page that the table reaches."""
    row._tr.get_or_add_trPr().append(_mark("w:tblHeader", val="true"))
    keep_whole(row)


def keep_whole(row: _Row) -> None:
    """Never break this row across pages."""
    row._tr.get_or_add_trPr().append(_mark("w:cantSplit", val="true"))


def set_widths(table: Table, millimetres: list[float]) -> None:
    """Fix the width of every column, in the grid and in the cells: Word and LibreOffice each read one of them."""
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
