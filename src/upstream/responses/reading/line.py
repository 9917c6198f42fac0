"""One printed line of a document, with what its place on the page says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

LIST_MARKER = re.compile(
    r"^\s*(?:(?P<bullet>[•●▪◦‣∙·■□➢*\u2013\u2014\u2022\uf0b7\uf0a7-])(?=\s|$)\s*|(?P<number>\d{1,3})[.)](?=\s|$)\s*)"
)
# “1.2 ” before a paragraph, as reports number them; “3.5 million” is none.
PARAGRAPH_NUMBER = re.compile(r"^\s*(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?:\s*\t\s*|\s+)(?=[A-Z“\"‘'(])")
CELL_GAP = re.compile(r"\s*\t\s*|\s{3,}")


@dataclass(frozen=True)
class Line:
    """One line. `starts` means that it begins a paragraph; `stands_out` that it is set as a heading or in bold.

    `row` counts the table rows of the document, None outside tables; `column` counts the cells of a row from 0.
    `furniture` is what is printed for the sheet of paper: page numbers, running headers.
    """

    number: int
    text: str
    page: int | None = None
    starts: bool = True
    stands_out: bool = False
    row: int | None = None
    column: int = 0
    furniture: bool = False


def cells_of(text: str) -> list[str]:
    """Split a line at tabs or wide blanks, as forms written with the space bar have them; one cell if there are none.

    >>> cells_of("Force     Mercia")
    ['Force', 'Mercia']
    >>> cells_of("1.2      We agree.")
    ['1.2 We agree.']
    """
    body = text.strip()
    numbered = PARAGRAPH_NUMBER.match(body)
    if LIST_MARKER.match(body) or (numbered and len(CELL_GAP.split(body[numbered.end() :])) == 1):
        return [" ".join(body.split())]
    cells = [cell for cell in CELL_GAP.split(body) if cell]
    return cells if len(cells[0] if cells else "") <= 80 else [" ".join(body.split())]
