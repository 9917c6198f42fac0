"""Reads plain text and Markdown: tabs and wide blanks are cells, blank lines part paragraphs, wraps are undone."""

from __future__ import annotations

import re

from upstream.responses.reading.line import LIST_MARKER, Line, cells_of

# A file in which no line is longer was wrapped by hand or by a mail program; else each line is a paragraph.
WRAPPED_AT = 110
HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*$")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")


def read_text(text: str) -> list[Line]:
    """Give the lines of a text; a form feed begins a page."""
    reader = _TextReader(text)
    for page, content in enumerate(text.split("\f"), start=1):
        for line in content.splitlines():
            reader.take(line, page if "\f" in text else None)
    return reader.lines


class _TextReader:
    def __init__(self, text: str) -> None:
        lengths = [len(line) for line in text.splitlines()]
        self.wrapped = max(lengths, default=0) <= WRAPPED_AT and sum(length > 50 for length in lengths) > 1
        self.full = 0.75 * max(lengths, default=0)
        self.lines: list[Line] = []
        self.rows = 0
        self.before: str | None = None  # the line above within the same paragraph
        self.beside: int | None = None  # where the value of the row above began

    def take(self, raw: str, page: int | None) -> None:
        if not raw.strip():
            self.before = self.beside = None
            return
        if "|" in raw and TABLE_RULE.match(raw):
            self.lines.append(Line(0, raw.strip(), page, furniture=True))
            return
        heading = HEADING.match(raw)
        body = EMPHASIS.sub(r"\2", heading["text"] if heading else raw)
        cells = _markdown_row(body) or cells_of(body.expandtabs(4) if self._continues(raw) else body)
        if self._continues(raw):
            self.lines.append(
                Line(
                    0, " ".join(body.split()), page, starts=LIST_MARKER.match(body) is not None, row=self.rows, column=1
                )
            )
        elif len(cells) > 1:
            self.rows += 1
            self.lines += [Line(0, cell, page, row=self.rows, column=at) for at, cell in enumerate(cells) if cell]
            self.beside = raw.find(cells[1]) if "\t" not in raw else None
            self.before = None
        else:
            loud = bool(heading) or (body != raw and body.strip() == raw.strip(" *_")) or body.isupper()
            self.lines.append(Line(0, " ".join(body.split()), page, starts=self._begins(body, loud), stands_out=loud))
            self.before, self.beside = (None if loud else body), None

    def _begins(self, body: str, loud: bool) -> bool:
        if self.before is None or loud or not self.wrapped or LIST_MARKER.match(body):
            return True
        return self.before.rstrip().endswith((".", ":", ";", "!", "?")) and len(self.before) < self.full

    def _continues(self, raw: str) -> bool:
        """A value that goes on under itself, as `pdftotext -layout` writes a two-column form."""
        return self.beside is not None and len(raw) - len(raw.lstrip()) >= max(self.beside - 2, 8)


def _markdown_row(body: str) -> list[str]:
    if not body.strip().startswith("|"):
        return []
    return [" ".join(cell.split()) for cell in body.strip().strip("|").split("|")]
