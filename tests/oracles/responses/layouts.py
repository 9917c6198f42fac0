"""Makes documents of a text in the layouts in which offices send forms: Word and PDF, with a table and without."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from itertools import groupby

import docx
import typst

PAGE = "#set page(margin: 2cm, footer: align(center, context counter(page).display()))\n#set text(size: 10.5pt)\n"


def _parts(text: str) -> Iterator[tuple[bool, list[list[str]]]]:
    """Runs of table rows (label, tab, value) and of paragraphs."""
    rows = [line.split("\t", 1) for line in text.splitlines() if line.strip()]
    for table, run in groupby(rows, key=lambda row: len(row) == 2):
        yield table, list(run)


def word_table(text: str) -> bytes:
    document = docx.Document()
    for table, run in _parts(text):
        if table:
            made = document.add_table(0, 2)
            for label, value in run:
                cells = made.add_row().cells
                cells[0].text, cells[1].text = label, value.strip()
        else:
            for (paragraph,) in run:
                document.add_paragraph(paragraph)
    return _saved(document)


def word_plain(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    return _saved(document)


def _saved(document: docx.document.Document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def pdf_ruled(text: str) -> bytes:
    return _pdf(text, "0.5pt")


def pdf_unruled(text: str) -> bytes:
    return _pdf(text, "none")


def pdf_plain(text: str) -> bytes:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return typst.compile((PAGE + "\n\n".join(f"#{_quoted(line)}" for line in lines)).encode())


def _pdf(text: str, stroke: str) -> bytes:
    source = PAGE
    for table, run in _parts(text):
        if table:
            cells = ", ".join(_quoted(cell.strip()) for row in run for cell in row)
            source += f"#table(columns: (4.5cm, 1fr), stroke: {stroke}, {cells})\n\n"
        else:
            source += "".join(f"#{_quoted(row[0])}\n\n" for row in run)
    return typst.compile(source.encode())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


LAYOUTS: dict[str, Callable[[str], bytes]] = {
    "word table": word_table,
    "word plain": word_plain,
    "pdf ruled": pdf_ruled,
    "pdf unruled": pdf_unruled,
    "pdf plain": pdf_plain,
}
