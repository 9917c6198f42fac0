"""Reads a Word document: paragraphs, tables row by row, list numbers, ticked boxes; headers first, footers last."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from upstream.responses.reading.failures import READABLE, DocumentNotReadable, DocumentTooLarge
from upstream.responses.reading.line import Line, cells_of

# What a document may unpack to: a few kilobytes can be made to unpack to gigabytes, and what is parsed takes some
# twenty times its size in memory, while pictures are only held.
UNPACKED_LIMIT_BYTES = 400_000_000
PARSED_LIMIT_BYTES = 30_000_000
TICKED, UNTICKED = "☒", "☐"
# Characters of the fonts Wingdings and Wingdings 2 that people use as ticks and boxes.
SYMBOLS = {
    "F0FE": TICKED, "F0FD": TICKED, "F0FC": "✓", "F0FB": "✗", "F052": TICKED, "F054": TICKED, "F050": "✓",
    "F0A8": UNTICKED, "F06F": UNTICKED, "F0A3": UNTICKED, "F0B7": "•", "F0A7": "•",
}  # fmt: skip
LEFT_OUT = {qn("w:del"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}  # fmt: skip # noqa: E501


def read_word(content: bytes) -> list[Line]:
    """Give the lines of a Word document in reading order."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_unpacked(archive.infolist())
        document = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise DocumentNotReadable(
            f"The Word document cannot be opened ({error}).",
            expected=READABLE,
            do="Open it in Word, save it again as .docx and send that.",
        ) from None
    return _WordReader(document).lines()


def _check_unpacked(parts: list[zipfile.ZipInfo]) -> None:
    pictures = sum(part.file_size for part in parts if not part.filename.endswith((".xml", ".rels")))
    parsed = sum(part.file_size for part in parts) - pictures
    for size, limit, what in (
        (pictures, UNPACKED_LIMIT_BYTES, "pictures"),
        (parsed, PARSED_LIMIT_BYTES, "text"),
    ):
        if size > limit:
            raise DocumentTooLarge(
                f"The Word document unpacks to {size // 1_000_000} MB of {what}.",
                expected=f"at most {limit // 1_000_000} MB",
                do="Copy the response into a new document and send that.",
            )


class _WordReader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.rows = 0
        self.counts: dict[tuple[str, str], int] = {}
        self.numbering = _numbering(document)
        self.style_lists = _style_lists(document)

    def lines(self) -> list[Line]:
        head, foot = self._margins("header"), self._margins("footer")
        return [*head, *self._blocks(self.document.element.body), *foot]

    def _margins(self, which: str) -> list[Line]:
        found: dict[str, Line] = {}
        for section in self.document.sections:
            part = getattr(section, which)
            if not part.is_linked_to_previous:
                for line in self._blocks(part._element):
                    found.setdefault(line.text, Line(0, line.text, stands_out=line.stands_out, furniture=True))
        return list(found.values())

    def _blocks(self, parent: Any) -> Iterator[Line]:
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
                yield from self._blocks(element)

    def _table(self, table: Any) -> Iterator[Line]:
        for row in table.iter(qn("w:tr")):
            if _owner(row, qn("w:tbl")) is not table:
                continue
            cells = [cell for cell in row.iter(qn("w:tc")) if _owner(cell, qn("w:tr")) is row]
            lines = [[*self._blocks(cell)] for cell in cells]
            if sum(bool(cell) for cell in lines) == 1 and len(cells) == 1:
                yield from lines[0]  # one cell across the table is a paragraph with a border
                continue
            self.rows += 1
            mine = self.rows
            for column, cell in enumerate(lines):
                for line in cell:
                    yield Line(0, line.text, starts=line.starts, stands_out=line.stands_out, row=mine, column=column)

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        boxes: list[Any] = []
        text = "".join(_pieces(paragraph, boxes))
        marker = self._marker(paragraph) if text.strip() else ""
        heading = _stands_out(paragraph)
        for number, part in enumerate(part for part in text.split("\n") if part.strip()):
            cells = cells_of(part)
            if len(cells) == 1:
                yield Line(0, (marker if number == 0 else "") + cells[0], stands_out=heading)
            else:
                self.rows += 1
                yield from (Line(0, cell, row=self.rows, column=column) for column, cell in enumerate(cells))
        for box in boxes:
            yield from self._blocks(box)

    def _marker(self, paragraph: Any) -> str:
        """“- ” or “3. ” for a paragraph that Word numbers itself: its number is not in its text."""
        found = _list_of(paragraph) or self.style_lists.get(_style(paragraph))
        if not found or found[0] == "0":
            return ""
        form = self.numbering.get(found)
        if form is None or form == "none":
            return ""
        if form == "bullet":
            return "- "
        self.counts[found] = self.counts.get(found, 0) + 1
        return f"{self.counts[found]}. "


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:
    for child in element:
        if child.tag in LEFT_OUT:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag == qn("w:sym"):
            yield SYMBOLS.get(str(child.get(qn("w:char"))).upper(), "")
        elif child.tag == qn("w:checkBox"):
            yield _box(child)
        elif child.tag == qn("w:txbxContent"):
            boxes.append(child)
        else:
            yield from _pieces(child, boxes)


def _box(box: Any) -> str:
    """A box of a form from before content controls: `w:checked` counts before `w:default`."""
    for name in ("w:checked", "w:default"):
        said = box.find(qn(name))
        if said is not None:
            return TICKED if said.get(qn("w:val"), "1") in ("1", "true", "on") else UNTICKED
    return UNTICKED


def _owner(element: Any, tag: str) -> Any:
    parent = element.getparent()
    while parent is not None and parent.tag != tag:
        parent = parent.getparent()
    return parent


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))


def _list_of(element: Any) -> tuple[str, str] | None:
    properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if properties is None:
        return None
    number, level = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    if number is None:
        return None
    return str(number.get(qn("w:val"))), "0" if level is None else str(level.get(qn("w:val")))


def _style_lists(document: Any) -> dict[str, tuple[str, str]]:
    found = {style.element.get(qn("w:styleId")): _list_of(style.element) for style in document.styles}
    return {name: item for name, item in found.items() if item}


def _numbering(document: Any) -> dict[tuple[str, str], str]:
    """The form of every list and level: “bullet”, “decimal”, “lowerLetter” …"""
    try:
        root = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        return {}
    abstract = {item.get(qn("w:abstractNumId")): item for item in root.iter(qn("w:abstractNum"))}
    forms: dict[tuple[str, str], str] = {}
    for number in root.iter(qn("w:num")):
        base = number.find(qn("w:abstractNumId"))
        levels = abstract.get(base.get(qn("w:val"))) if base is not None else None
        for level in () if levels is None else levels.iter(qn("w:lvl")):
            form = level.find(qn("w:numFmt"))
            if form is not None:
                forms[str(number.get(qn("w:numId"))), str(level.get(qn("w:ilvl")))] = str(form.get(qn("w:val")))
    return forms


def _stands_out(paragraph: Any) -> bool:
    if _style(paragraph).lower().startswith(("heading", "title", "subtitle")):
        return True
    runs = [run for run in paragraph.iter(qn("w:r")) if "".join(run.itertext()).strip()]
    return bool(runs) and all(_bold(run) for run in runs)


def _bold(run: Any) -> bool:
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return bold is not None and bold.get(qn("w:val"), "1") not in ("0", "false", "off")
