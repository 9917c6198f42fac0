"""The marks of a Word file that python-docx has no words for: fields, bookmarks, links, descriptions."""

from __future__ import annotations

import hashlib
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LONGEST_BOOKMARK = 40  # Word silently drops longer names
AFTER_DIRECTION = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl",
    "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
AFTER_UPDATING = (
    "w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr",
    "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping", "w:doNotIncludeSubdocsInStats",
    "w:doNotAutoCompressPictures", "w:forceUpgrade", "w:captions", "w:readModeInkLockDown", "w:smartTagType",
    "sl:schemaLibrary", "w:shapeDefaults", "w:doNotEmbedSmartTags", "w:decimalSymbol", "w:listSeparator",
)  # fmt: skip
HEADINGS_FROM = 100_000  # the first number of bookmarks of headings; those of sources and numbers lie below


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


def set_style(paragraph: Paragraph, name: str) -> None:
    """Give a paragraph a style by its name, without reading through all styles each time as python-docx does."""
    paragraph._p.style = name.replace(" ", "")


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around what the paragraph holds."""
    start = _mark("w:bookmarkStart", id=str(number), name=name)
    first = paragraph._p.find(qn("w:r"))
    first.addprevious(start)
    paragraph._p.append(_mark("w:bookmarkEnd", id=str(number)))


def bookmark_heading(heading: Paragraph, name: str, place: int) -> None:
    """Let a table of contents lead to a heading; `place` is its own among the headings."""
    bookmark(heading, name, HEADINGS_FROM + place)


def link(paragraph: Paragraph, text: str, anchor: str, *, bold: bool = False, size: float | None = None) -> None:
    """Add text that leads to a bookmark; `size` is in points."""
    element = _mark("w:hyperlink", anchor=anchor, history="1")
    _linked(paragraph, element, text, bold=bold, size=size, underline=_mark("w:u", val="dotted", color="82909A"))


def link_out(paragraph: Paragraph, text: str, address: str, *, bold: bool = False) -> None:
    """Add text that leads to an address outside."""
    element = _mark("w:hyperlink", history="1")
    element.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    _linked(paragraph, element, text, bold=bold, size=None, underline=_mark("w:u", val="single"))


def _linked(paragraph: Paragraph, element: Any, text: str, *, bold: bool, size: float | None, underline: Any) -> None:
    run = Run(OxmlElement("w:r"), paragraph)
    run.text, run.bold = text, bold
    if size:
        run.font.size = Pt(size)
    run._r.get_or_add_rPr().append(underline)
    element.append(run._r)
    paragraph._p.append(element)


def shade(run: Run, colour: str, *, framed: bool) -> None:
    """Set a run on a ground; `framed` draws a line round it."""
    properties = run._r.get_or_add_rPr()
    if framed:
        properties.append(_mark("w:bdr", val="single", sz="4", space="0", color="6A7982"))
    properties.append(_mark("w:shd", val="clear", color="auto", fill=colour.lstrip("#")))


def direct(paragraph: Paragraph, *, right_to_left: bool) -> None:
    """Let a paragraph run from right to left."""
    if right_to_left:
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(_mark("w:bidi"), *AFTER_DIRECTION)
        for run in paragraph.runs:
            run._r.get_or_add_rPr().append(_mark("w:rtl"))


def new_list(made: WordDocument, *, start: int | None) -> int:
    """Begin a list of its own and give its number; `start` is the first number, None stands for bullets."""
    style = made.styles["List Bullet" if start is None else "List Number"]
    pattern = style.element.pPr.numPr.numId.val
    numbering = made.part.numbering_part.element
    if start is None:
        return int(pattern)
    number = numbering.add_num(numbering.num_having_numId(pattern).abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(number.numId)


def number_by(paragraph: Paragraph, numbering: int) -> None:
    """Make a paragraph an item of a list; 0 takes the sign of an item away."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = numbering
    properties.get_or_add_ilvl().val = 0


def at_both_ends(paragraph: Paragraph, left: str, right: str) -> None:
    """Write one text at the left end of a line and another, bold, at its right."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{left}\t")
    paragraph.add_run(right).bold = True


def break_before(made: WordDocument, place: int) -> None:
    """Begin a new page with what stands at `place` in the document, be it text or a table."""
    element = made.element.body[place]
    first = next(iter(element.iter(qn("w:p"))))
    Paragraph(first, made._body).paragraph_format.page_break_before = True


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    for kind in ("begin", "instruction", "separate"):
        _field_mark(paragraph, kind, instruction)
    paragraph.add_run(shown)
    _field_mark(paragraph, "end")


def _field_mark(paragraph: Paragraph, kind: str, instruction: str = "") -> None:
    """Add one mark of a field: its begin, its instruction, what parts it from what it shows, or its end."""
    if kind == "instruction":
        code = OxmlElement("w:instrText")
        code.set(qn("xml:space"), "preserve")
        code.text = instruction
        paragraph.add_run()._r.append(code)
    else:
        paragraph.add_run()._r.append(_mark("w:fldChar", fldCharType=kind))


def footer(paragraph: Paragraph, text: str) -> None:
    """Write the line under every page, with the page number at its right end."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{text}\tPage ")
    _field(paragraph, "PAGE", "1")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES", "1")


def contents_field(made: WordDocument, entries: list[tuple[str, str]]) -> None:
    """Write a table of contents: titles that lead to bookmarks by name, each with the number of its page.

    Only the program that opens the file knows its pages. Word is told to number them, and asks whether it may;
    elsewhere the table is updated by hand. Until then its entries lead to their headings without a number.
    """
    paragraph = made.add_paragraph(style="Contents entry")
    for kind in ("begin", "instruction", "separate"):
        _field_mark(paragraph, kind, r'TOC \o "1-2" \h \z \u')
    for place, (title, anchor) in enumerate(entries):
        paragraph = made.add_paragraph(style="Contents entry") if place else paragraph
        _linked(
            paragraph, _mark("w:hyperlink", anchor=anchor, history="1"), title, bold=False, size=None,
            underline=_mark("w:u", val="none"),
        )  # fmt: skip
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("\t")
        _field(paragraph, rf"PAGEREF {anchor} \h", "")
    _field_mark(paragraph, "end")
    made.settings.element.insert_element_before(_mark("w:updateFields", val="true"), *AFTER_UPDATING)


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


def keep_together(table: Table) -> None:
    """Keep the rows of a table on one page: every paragraph but those of the last row stays with the next."""
    for row in list(table.rows)[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def set_margins(table: Table, *, left: float, right: float) -> None:
    """Set the room at the sides of every cell, in millimetres."""
    margins = _mark("w:tblCellMar")
    for side, room in (("left", left), ("right", right)):
        margins.append(_mark(f"w:{side}", w=str(round(room * 1440 / 25.4)), type="dxa"))
    properties = table._tbl.tblPr
    caption = properties.find(qn("w:tblCaption"))
    look = properties.find(qn("w:tblLook"))
    following = next((element for element in (look, caption) if element is not None), None)
    properties.append(margins) if following is None else following.addprevious(margins)


def set_widths(table: Table, millimetres: list[float]) -> None:
    """Fix the width of every column, in the grid and in the cells: Word and LibreOffice each read one of them."""
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
    for row in table.rows:  # by rows: asking python-docx for the cells of a column reads the whole table each time
        for cell, width in zip(row.cells, millimetres, strict=True):
            cell.width = Mm(width)
