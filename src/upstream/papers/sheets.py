"""Tables for slides: shared into sheets that each fit on one, a cell too long for a slide going on on the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from upstream.papers.blocks import Column, Fact, State, Table
from upstream.papers.columns import letters_of
from upstream.papers.markdown import Listing, Prose, parse
from upstream.papers.outline import COLOURS, SIGNS, shown
from upstream.papers.plain_text import clean
from upstream.papers.slide_fit import LEADING, lines_of, width_of

SIZES = (18.0, 16.0, 14.0, 12.0)  # the largest with which a table takes no more sheets than it must
MOST_LINES = 3.0  # a row of more lines on average wants smaller letters
CELL_GAP = 0.22  # inches between columns
ROW_ROOM = 0.1  # inches above and below the text of a row


@dataclass(frozen=True)
class SheetCell:
    """A cell as it is set."""

    text: str
    align: str = "l"
    token: str = "ink"
    strong: bool = False


@dataclass(frozen=True)
class Sheet:
    """As much of a table as one slide holds; widths and heights in inches, the size of its letters in points."""

    rows: tuple[tuple[SheetCell, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float
    headed: bool

    @property
    def height(self) -> float:
        """The height of all its rows."""
        return sum(self.heights)


@dataclass(frozen=True)
class _Row:
    """A row whose texts are already parted into lines."""

    cells: tuple[SheetCell, ...]
    lines: tuple[list[str], ...]

    @property
    def deepest(self) -> int:
        return max((len(lines) for lines in self.lines), default=1)


def table_of_facts(facts: Iterable[Fact]) -> Table:
    """Labels and values as a table of two columns; lists become lines."""
    return plain_table("", [(fact.label, "\n".join(_plain_lines(parse(fact.value)))) for fact in facts])


def plain_table(title: str, pairs: Iterable[tuple[str, str]]) -> Table:
    """A table of labels and values."""
    return Table(title, (Column("", weight=25.0), Column("", weight=75.0)), tuple(pairs))


def sheets_of(
    table: Table, width: float, height: float, *, headed: bool = True, size: float | None = None
) -> list[Sheet]:
    """Share a table among slides; `width` and `height` are the room on each, in inches."""
    if not table.rows:
        return [_sheet(table, (), width, size or SIZES[0], headed)] if headed else []
    for points in (size,) if size else SIZES:
        widths = _widths(table, width, points)
        rows = [_row(cells, widths, points) for cells in _cells(table)]
        if points == SIZES[-1] or size or sum(row.deepest for row in rows) <= MOST_LINES * len(rows):
            break
    room = height - (_head_height(table, widths, points) if headed else 0.0)
    return [_sheet(table, page, width, points, headed) for page in _pages(rows, room, points)]


def _sheet(table: Table, rows: Sequence[_Row], width: float, size: float, headed: bool) -> Sheet:
    widths = _widths(table, width, size)
    heads = [tuple(SheetCell(clean(column.name), column.align) for column in table.columns)] if headed else []
    heights = [_head_height(table, widths, size)] if headed else []
    heights += [_height(row.deepest, size) for row in rows]
    return Sheet((*heads, *(row.cells for row in rows)), widths, tuple(heights), size, headed)


def _widths(table: Table, width: float, size: float) -> tuple[float, ...]:
    letters = width / width_of("n", size)
    return tuple(width * share / letters for share in letters_of(table, letters))


def _cells(table: Table) -> Iterator[tuple[SheetCell, ...]]:
    for number, row in enumerate(table.rows, 1):
        last = table.total and number == len(table.rows)
        placed = enumerate(zip(row, table.columns, strict=True))
        yield tuple(_cell(value, column, place == 0 or last) for place, (value, column) in placed)


def _cell(value: object, column: Column, strong: bool) -> SheetCell:
    cell = shown(value)
    state: State | None = cell.state
    text = f"{SIGNS[state]} {cell.text}" if state else cell.text
    text = clean(f"{text}\n{cell.note}" if cell.note else text)
    return SheetCell(text, column.align, COLOURS[state][0] if state else "ink", strong or state is not None)


def _row(cells: tuple[SheetCell, ...], widths: Sequence[float], size: float) -> _Row:
    lines = tuple(lines_of(cell.text, size, width - CELL_GAP) for cell, width in zip(cells, widths, strict=True))
    return _Row(cells, lines)


def _pages(rows: Iterable[_Row], room: float, size: float) -> Iterator[list[_Row]]:
    most = max(1, int((room - ROW_ROOM) / (size / 72 * LEADING)))
    page: list[_Row] = []
    used = 0.0
    for row in rows:
        for piece in _pieces(row, most):
            tall = _height(piece.deepest, size)
            if page and used + tall > room:
                yield page
                page, used = [], 0.0
            page.append(piece)
            used += tall
    if page:
        yield page


def _pieces(row: _Row, most: int) -> Iterator[_Row]:
    """A row too deep for a slide, in as many as it takes."""
    if row.deepest <= most:
        yield row
        return
    for start in range(0, row.deepest, most):
        lines = tuple(found[start : start + most] for found in row.lines)
        cells = tuple(
            SheetCell("".join(_with_ends(found)), cell.align, cell.token, cell.strong)
            for cell, found in zip(row.cells, lines, strict=True)
        )
        yield _Row(cells, lines)


def _with_ends(lines: list[str]) -> Iterator[str]:
    """Lines joined again: those that end in a space or in the middle of a word go on, the others were ended."""
    for number, line in enumerate(lines):
        yield line
        if number + 1 < len(lines) and not line.endswith(" "):
            yield "\n"


def _height(lines: int, size: float) -> float:
    return max(1, lines) * size / 72 * LEADING + ROW_ROOM


def _head_height(table: Table, widths: Sequence[float], size: float) -> float:
    deepest = max(
        len(lines_of(column.name, size, width - CELL_GAP)) for column, width in zip(table.columns, widths, strict=True)
    )
    return _height(deepest, size)


def _plain_lines(pieces: Iterable[Prose], depth: int = 0) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Listing):
            yield from _list_lines(piece, depth)
        else:
            yield piece.text


def _list_lines(listing: Listing, depth: int) -> Iterator[str]:
    for number, item in enumerate(listing.items):
        sign = "•" if listing.first is None else f"{listing.first + number}."
        for place, line in enumerate(_plain_lines(item, depth + 1)):
            yield f"{'   ' * depth}{sign} {line}" if place == 0 else line
