"""Reads a document of any of the kinds that offices send into plain lines, each with the place it came from."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

from upstream.responses.reading.failures import (
    READABLE,
    DocumentHasNoText,
    DocumentLocked,
    DocumentNotReadable,
    DocumentTooLarge,
)
from upstream.responses.reading.line import Line
from upstream.responses.reading.mail import read_mail
from upstream.responses.reading.text import read_text
from upstream.responses.reading.web import read_web

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LIMIT_BYTES = 25_000_000
LIMIT_LINES = 30_000
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RICH_TEXT = b"{\\rtf"
MAIL_NAME = ".eml"
LOCKED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of text in UTF-16
WEB_PAGE = re.compile(r"^\s*(<!doctype html|<html\b|<!--|<head\b|<body\b|<main\b|<article\b)", re.IGNORECASE)
WEB_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
SAVE_AGAIN = "Open it where it was made and save it as .docx or PDF."
TEXT_NAMES = (".txt", ".md", ".markdown", ".text", "")
WEB_NAMES = (".html", ".htm", ".xhtml")


def read_lines(source: Path | bytes, *, file_name: str = "", limit_bytes: int = LIMIT_BYTES) -> tuple[Line, ...]:
    """Give the lines of a document, numbered from 1 in reading order.

    The kind is told by what is in the file; `file_name` (by default that of the path) only tells text from a web
    page. Raises `DocumentTooLarge`, `DocumentLocked`, `DocumentHasNoText` or `DocumentNotReadable`.

    >>> [line.text for line in read_lines(b"Force: Mercia", file_name="answer.txt")]
    ['Force: Mercia']
    """
    if isinstance(source, Path):
        file_name = file_name or source.name
        _check_size(source.stat().st_size, limit_bytes)
        source = source.read_bytes()
    _check_size(len(source), limit_bytes)
    if not source.strip():
        raise DocumentHasNoText("The file is empty.", expected=READABLE, do="Send the file again.")
    read = _read(source, Path(file_name).suffix.casefold())
    lines = [line for line in (replace(line, text=CONTROLS.sub("", line.text)) for line in read) if line.text.strip()]
    if len(lines) > LIMIT_LINES:
        raise DocumentTooLarge(
            f"The document has {len(lines):,} lines.",
            expected=f"a response of at most {LIMIT_LINES:,} lines",
            do="Send only the part with the response.",
        )
    if not any(letter.isalnum() for line in lines for letter in line.text):
        raise DocumentHasNoText(
            "The document has no words in it.", expected=READABLE, do="Ask for the document that was printed."
        )
    return tuple(replace(line, number=number) for number, line in enumerate(lines, start=1))


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise DocumentTooLarge(
            f"The file has {size / 1_000_000:.1f} MB.",
            expected=f"at most {limit / 1_000_000:.0f} MB",
            do="Save it with smaller pictures, or send only the pages of the response.",
        )


def _read(content: bytes, suffix: str) -> list[Line]:
    # The two large libraries are loaded only for the kinds of file that need them.
    if content[:1024].lstrip().startswith(b"%PDF"):
        from upstream.responses.reading.pdf import read_pdf

        return read_pdf(content)
    if content.startswith(b"PK"):
        _check_package(content)
        from upstream.responses.reading.word import read_word

        return read_word(content)
    if content.startswith(OLD_OFFICE):
        raise _old_office(content, suffix)
    if content.startswith(RICH_TEXT):
        raise DocumentNotReadable("The file is rich text (.rtf).", expected=READABLE, do=SAVE_AGAIN)
    if suffix == MAIL_NAME:
        return read_mail(content)
    wide = content[:2] in WIDE_MARKS
    binary = b"\x00" in content[:4096] and not wide
    if binary or suffix not in TEXT_NAMES + WEB_NAMES:
        raise DocumentNotReadable(_unknown(suffix), expected=READABLE, do=SAVE_AGAIN)
    text = _decode(content)
    return read_web(text) if suffix in WEB_NAMES or WEB_PAGE.match(text) else read_text(text)


def _unknown(suffix: str) -> str:
    if suffix in (".pdf", ".docx"):
        return f"The file is called {suffix} and is none: what is in it is something else."
    return f"The file is not of a kind that is read here ({suffix or 'no ending'})."


def _check_package(content: bytes) -> None:
    """Refuse by name what is packed as Word documents are and is none: spreadsheets, slides, OpenDocument texts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            first = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, RuntimeError, OSError):
        return  # the reader of Word documents says what is wrong with it
    kinds = (
        ("an OpenDocument file (.odt, .ods)", "opendocument" in first),
        ("a spreadsheet (.xlsx)", "xl/workbook.xml" in names),
        ("a presentation (.pptx)", "ppt/presentation.xml" in names),
        ("a packed folder (.zip)", "[Content_Types].xml" not in names and "mimetype" not in names),
    )
    for kind, is_one in kinds:
        if is_one:
            raise DocumentNotReadable(f"The file is {kind}, not a Word document.", expected=READABLE, do=SAVE_AGAIN)


def _old_office(content: bytes, suffix: str) -> DocumentNotReadable | DocumentLocked:
    if LOCKED_PACKAGE in content:
        return DocumentLocked(
            "The Word document asks for a password.", expected=READABLE, do="Save it without a password and send that."
        )
    if suffix == ".msg":
        return DocumentNotReadable(
            "The file is a message of Outlook (.msg).",
            expected=READABLE,
            do="Save the document that came with it, or save the message as .eml or text.",
        )
    return DocumentNotReadable(
        "The file is of the old Office kind (.doc).",
        expected=READABLE,
        do="Open it in Word and save it as .docx or PDF.",
    )


def _decode(content: bytes) -> str:
    if content[:2] in WIDE_MARKS:
        return content.decode("utf-16", errors="replace")
    declared = WEB_CHARSET.search(content[:4096])
    for encoding in ("utf-8-sig", declared.group(1).decode("ascii") if declared else "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", errors="replace")


__all__ = [
    "LIMIT_BYTES",
    "DocumentHasNoText",
    "DocumentLocked",
    "DocumentNotReadable",
    "DocumentTooLarge",
    "Line",
    "read_lines",
]
