"""Takes words and rules off the pages of a PDF with their places; `page_layout` makes lines of them.

PDFium was chosen of three libraries that were tried on the forms of two forces, as PDF from Word and made directly:
it gives the place of every character and every rule, takes about 2 milliseconds a page where pdfminer.six took 45 and
pypdf 15, and has no dependence of its own.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from upstream.responses.reading.failures import (
    READABLE,
    DocumentHasNoText,
    DocumentLocked,
    DocumentNotReadable,
    DocumentTooLarge,
)
from upstream.responses.reading.line import Line
from upstream.responses.reading.page_layout import Page, Rule, Word, lines_of_pages

BOLD = 600
LIMIT_PAGES = 300
# A megabyte can be made to unpack to gigabytes of instructions, each of which becomes an object in memory.
UNPACKED_LIMIT_BYTES = 60_000_000
PACKED = re.compile(rb"/Fl(?:ateDecode)?\b")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
# PDFium writes one of these for a hyphen at the end of a line, whoever put it there.
HYPHENS_AT_END = ("\x02", "\ufffe")
# PDFium keeps state for the whole process and may be used by one thread at a time.
_one_at_a_time = threading.Lock()


def read_pdf(content: bytes) -> list[Line]:
    """Give the lines of a PDF; raises what says that it is locked, damaged or only pictures."""
    _check_unpacked(content)
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise _why_not(error) from None
        try:
            _check_length(len(document))
            pages = [_page(document, number) for number in range(len(document))]
        finally:
            document.close()
    if not any(page.words for page in pages):
        raise DocumentHasNoText(
            f"None of the {len(pages)} pages of the PDF has text in it; they are pictures.",
            expected=READABLE,
            do="Ask for the document that was printed, or put it through text recognition first.",
        )
    return lines_of_pages(pages)


def _check_unpacked(content: bytes) -> None:
    """Refuse a document whose packed parts, other than pictures, come to more than a response can have."""
    left = UNPACKED_LIMIT_BYTES
    for match in STREAM.finditer(content):
        about = content[max(0, match.start() - 400) : match.start()].rpartition(b" obj")[2]
        times = 0 if b"/Image" in about else len(PACKED.findall(about))
        if times:
            left -= _unpacked(content[match.end() : content.find(b"endstream", match.end())], times, left)
        if left <= 0:
            raise DocumentTooLarge(
                f"The PDF unpacks to more than {UNPACKED_LIMIT_BYTES // 1_000_000} MB.",
                expected="a response with its text",
                do="Print the response to a new PDF and send that.",
            )


def _unpacked(packed: bytes, times: int, limit: int) -> int:
    """Measure what a part unpacks to, up to a limit; it may have been packed several times over."""
    for _ in range(times):
        try:
            packed = zlib.decompressobj().decompress(packed, limit)
        except zlib.error:
            return 0  # encrypted or damaged, which the reader itself says
    return len(packed)


def _check_length(pages: int) -> None:
    if pages > LIMIT_PAGES:
        raise DocumentTooLarge(
            f"The PDF has {pages} pages.",
            expected=f"a response of at most {LIMIT_PAGES} pages",
            do="Send only the pages of the response, without the report that it answers.",
        )


def _why_not(error: pypdfium2.PdfiumError) -> Exception:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return DocumentLocked(
            "The PDF asks for a password.", expected=READABLE, do="Save it without a password and send that."
        )
    return DocumentNotReadable(
        "The PDF is damaged and cannot be opened.", expected=READABLE, do="Export or download it again."
    )


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            words = tuple(_words(text))
        finally:
            text.close()
        return Page(number + 1, page.get_width(), page.get_height(), words, tuple(_rules(page)))
    finally:
        page.close()


@dataclass
class _Growing:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool


def _words(page: pypdfium2.PdfTextPage) -> Iterator[Word]:
    """Join characters to words: at blanks, at a step to another line, and at gaps that no blank explains."""
    word: _Growing | None = None
    for index in range(page.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(page, index))
        character = "-" if character in HYPHENS_AT_END else character
        if character.isspace() or character < " ":
            if word:
                yield _finished(word)
            word = None
            continue
        left, bottom, right, top = page.get_charbox(index, loose=True)
        # The letters of a ligature all have the place of the whole, so that the next may begin before the last ends.
        if word and not (
            -2 * word.size < left - word.right < 0.3 * word.size and abs(bottom - word.bottom) < 0.25 * word.size
        ):
            yield _finished(word)
            word = None
        if word is None:
            size = pdfium.FPDFText_GetFontSize(page, index)
            height = top - bottom
            bold = pdfium.FPDFText_GetFontWeight(page, index) >= BOLD
            word = _Growing(character, left, right, bottom, top, max(size, height * 0.6), bold)
        else:
            word.text += character
            word.right = max(right, word.right)
    if word:
        yield _finished(word)


def _finished(word: _Growing) -> Word:
    return Word(word.text, word.left, word.right, word.bottom, word.top, word.size, word.bold)


def _rules(page: pypdfium2.PdfPage) -> Iterator[Rule]:
    """The edges of every drawn path: a thin one is a rule, a box gives its four sides."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, bottom, right, top = item.get_bounds()
        wide, tall = right - left > 4, top - bottom > 4
        if wide:
            yield Rule(left, right, bottom, bottom)
        if wide and tall:
            yield Rule(left, right, top, top)
        if tall:
            yield Rule(left, left, bottom, top)
        if wide and tall:
            yield Rule(right, right, bottom, top)
