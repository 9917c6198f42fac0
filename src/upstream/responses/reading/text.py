"""Reads plain text and Markdown: tabs and wide blanks are cells, blank lines part paragraphs, wraps are undone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from upstream.responses.reading.line import LIST_MARKER, Line, cells_of
from upstream.responses.wording import is_label

# A file in which no line is longer was wrapped by hand or by a mail program; else each line is a paragraph.
WRAPPED_AT = 110
HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*$")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
# “Rec 1.2: …” begins a paragraph, however full the line above is.
NUMBERED = re.compile(
    r"^(?:rec(?:ommendation)?|afi|area for improvement)\.?\s+\d[\d.]*[a-z]?\s*[:)\u2013\u2014-]", re.IGNORECASE
)
TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")


def read_text(text: str) -> list[Line]:
    """Give the lines of a text; a form feed begins a page."""
    reader = _TextReader(text)
    for page, content in enumerate(text.split("\f"), start=1):
        for line in content.splitlines():
            reader.take(line, page if "\f" in text else None)
    return _without_page_heads(reader.lines)


def _without_page_heads(lines: list[Line]) -> list[Line]:
    """Mark what stands first or last on several pages, whatever its figures, as printed for the sheet."""
    edges = [
        place
        for place, line in enumerate(lines)
        if line.page and not (lines[place - 1].page == line.page == lines[(place + 1) % len(lines)].page and place)
    ]
    seen = Counter(re.sub(r"\d+", "0", lines[place].text) for place in edges)
    repeated = {place for place in edges if seen[re.sub(r"\d+", "0", lines[place].text)] > 1}
    return [replace(line, furniture=line.furniture or place in repeated) for place, line in enumerate(lines)]


class _TextReader:
    def __init__(self, text: str) -> None:
        lengths = [len(line) for line in text.splitlines()]
        self.wrapped = max(lengths, default=0) <= WRAPPED_AT and sum(length > 50 for length in lengths) > 1
        filled = sorted(length for length in lengths if length > 50)
        # The upper quartile, since one long address or heading says nothing about where lines are broken.
        self.full = 0.75 * (filled[3 * len(filled) // 4] if filled else 0)
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
        if NUMBERED.match(body) or (re.search(r":\s+\S", body) and is_label(body.partition(":")[0])):
            return True
        # The first word would have been set on the line above, had the two been one paragraph.
        return len(f"{self.before.rstrip()} {body.split()[0]}") < self.full

    def _continues(self, raw: str) -> bool:
        """A value that goes on under itself, as `pdftotext -layout` writes a two-column form."""
        return self.beside is not None and len(raw) - len(raw.lstrip()) >= max(self.beside - 2, 8)


def _markdown_row(body: str) -> list[str]:
    if not body.strip().startswith("|"):
        return []
    return [" ".join(cell.split()) for cell in body.strip().strip("|").split("|")]
