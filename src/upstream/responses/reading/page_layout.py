"""Makes lines of the words on printed pages: which stand in one line, in which cell of a table, in which paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median

from upstream.responses.reading.columns import Span, find_gutter, runs
from upstream.responses.reading.line import LIST_MARKER, PARAGRAPH_NUMBER, Line
from upstream.responses.wording import is_label

ENDS = (".", ":", ";", "!", "?", ".”", ".’", '."', ".'", ".)", "</p>")
PAGE_NUMBER = re.compile(r"^\W*(page\s*)?\d{1,4}(\s*(of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
PAGE_AT_END = re.compile(r"\bpage\s*\d{1,4}\s*(?:of|/)\s*\d{1,4}\W*$", re.IGNORECASE)
# A blank wider than this share of the size of the letters parts columns that no rule parts.
WIDE_GAP = 1.3
ALIGNED = 3.0
# A running head that stands only once: how many words at most, and how far above the text in sizes of its letters.
HEAD_WORDS = 10
HEAD_APART = 1.9
MARKER = re.compile(r"^(?:[•●▪◦‣∙·➢\u2013\uf0b7\uf0a7-]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)$")


@dataclass(frozen=True)
class Word:
    """A word with its box in points, counted from the lower left corner of the page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Rule:
    """A drawn edge: upright when `left` equals `right`, level when `bottom` equals `top`."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Page:
    """What is printed on one page."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]


@dataclass
class _Printed:
    """Words on one level, then in one cell."""

    page: Page
    words: list[Word]
    cells: list[tuple[float, list[Word]]] = field(default_factory=list)  # left edge of the column, words
    band: int | None = None  # which row between level rules
    columns: list[float] = field(default_factory=list)  # left edges of the columns that upright rules make
    furniture: bool = False
    edge: float | None = None  # how far to the right its column of text reaches

    @property
    def bottom(self) -> float:
        return median(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @property
    def text(self) -> str:
        return _text(self.words)


def lines_of_pages(pages: list[Page]) -> list[Line]:
    """Give the lines of all pages in reading order, tables row by row."""
    printed = [line for page in pages for line in _lines_of(page)]
    _mark_furniture(printed)
    _mark_heads_within_sentences(printed)
    for page in pages:
        _part_into_cells(page, [line for line in printed if line.page is page and not line.furniture])
    return list(_Flow(printed).lines())


def _text(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def _lines_of(page: Page) -> Iterator[_Printed]:
    """Give the lines of a page from the top, one column of text after the other where it has two."""
    levels = list(_levels(page, page.words))
    spans = [[Span(word.left, word.right) for word in level.words] for level in levels]
    gutter = None if any(rule.left == rule.right for rule in page.rules) else find_gutter(spans)
    if gutter is None:
        yield from levels
        return
    for run in runs(spans, gutter):
        words = [word for place in run.lines for word in levels[place].words]
        if not run.apart:
            yield from _levels(page, words)
            continue
        for side in ([word for word in words if word.right <= gutter], [word for word in words if word.right > gutter]):
            edge = max((word.right for word in side), default=0.0)
            for line in _levels(page, side):
                line.edge = edge
                yield line


def _levels(page: Page, words: Sequence[Word]) -> Iterator[_Printed]:
    """Sort words into levels, from the top; raised and lowered figures stay with their line."""
    levels: list[_Printed] = []
    for word in sorted(words, key=lambda word: -(word.bottom + word.top)):
        middle = (word.bottom + word.top) / 2
        if levels and abs(middle - median((w.bottom + w.top) / 2 for w in levels[-1].words)) < 0.45 * word.size:
            levels[-1].words.append(word)
        else:
            levels.append(_Printed(page, [word]))
    for level in levels:
        level.words.sort(key=lambda word: word.left)
        yield level


def _mark_furniture(printed: list[_Printed]) -> None:
    """Page numbers, and what stands in the same words at the top or foot of most pages."""
    pages = {line.page.number for line in printed}
    edges = [line for line in printed if _at_edge(line)]
    seen = Counter(key for key in {(line.page.number, _shape(line)) for line in edges})
    often = Counter(shape for _, shape in seen)
    for line in edges:
        first = line.page.number == min(pages)
        # Left and right pages may have heads of their own: each stands on every other page.
        repeated = len(pages) > 1 and often[_shape(line)] >= max(2, (len(pages) - 1) // 2)
        foot = line.bottom < 0.1 * line.page.height
        numbered = PAGE_NUMBER.match(line.text) or PAGE_AT_END.search(line.text)
        line.furniture = (numbered is not None and foot) or (repeated and (not first or foot))


def _mark_heads_within_sentences(printed: list[_Printed]) -> None:
    """A short line apart at the top of a page, when the page before ends in the middle of a sentence."""
    before: list[_Printed] = []
    for _, group in groupby(printed, key=lambda line: line.page.number):
        body = [line for line in group if not line.furniture]
        broken = bool(before) and not before[-1].text.rstrip().endswith(ENDS)
        highest = sorted(body, key=lambda line: -line.bottom)[:2]
        if broken and len(highest) == 2 and _at_edge(highest[0]) and len(highest[0].words) <= HEAD_WORDS:
            top, under = highest
            top.furniture = (top.bottom - under.bottom) / top.size > HEAD_APART
        before = [line for line in body if not line.furniture] or before


def _at_edge(line: _Printed) -> bool:
    return not 0.1 * line.page.height < line.bottom < 0.9 * line.page.height


def _shape(line: _Printed) -> tuple[int, str]:
    """Place and words, whatever its figures."""
    return round(line.bottom / 4), re.sub(r"\d+", "0", line.text.casefold())


def _part_into_cells(page: Page, lines: list[_Printed]) -> None:
    uprights = [rule for rule in page.rules if rule.left == rule.right]
    levels = sorted(
        {round(rule.top, 1) for rule in page.rules if rule.bottom == rule.top and rule.right - rule.left > 20}
    )
    starts = _column_starts(lines)
    for line in lines:
        middle = line.bottom + 0.3 * line.size
        beside = sorted({rule.left for rule in uprights if rule.bottom - 1 <= middle <= rule.top + 1})
        within = [x for x in beside if any(word.right <= x + 2 for word in line.words) or x < line.words[0].left]
        if len(beside) > 2 or (len(beside) == 1 and within):
            edges = _apart(beside)
            line.cells = _split_at(line.words, edges)
            line.columns = edges[:-1] if len(edges) > 2 else [0.0, *edges]
            line.band = sum(level > middle for level in levels)
        else:
            line.cells = _split_at_gaps(line.words, starts) if len(beside) < 2 else [(line.words[0].left, line.words)]


def _apart(edges: list[float]) -> list[float]:
    """Edges nearer than the width of a letter are two sides of one rule."""
    kept: list[float] = []
    for edge in edges:
        if not kept or edge - kept[-1] > 6:
            kept.append(edge)
    return kept


def _split_at(words: list[Word], edges: list[float]) -> list[tuple[float, list[Word]]]:
    cells: dict[float, list[Word]] = {}
    for word in words:
        middle = (word.left + word.right) / 2
        edge = max((edge for edge in edges if edge <= middle), default=0.0)
        cells.setdefault(edge, []).append(word)
    return sorted(cells.items())


def _column_starts(lines: list[_Printed]) -> list[float]:
    """Places at which, after a wide gap, at least two lines of the page begin anew."""
    after_gap = [
        word.left
        for line in lines
        for before, word in pairwise(line.words)
        if word.left - before.right > WIDE_GAP * word.size
    ]
    starts: list[float] = []
    for place in sorted(after_gap):
        if sum(abs(other - place) < ALIGNED for other in after_gap) >= 2 and not any(
            abs(other - place) < ALIGNED for other in starts
        ):
            starts.append(place)
    return starts


def _split_at_gaps(words: list[Word], starts: list[float]) -> list[tuple[float, list[Word]]]:
    """Split where a column begins; a column's own further lines begin there with nothing before them."""
    cells = [(words[0].left, [words[0]])]
    for before, word in pairwise(words):
        gap = word.left - before.right
        aligned = any(abs(word.left - start) < ALIGNED for start in starts)
        if (aligned and gap > 0.45 * word.size) or gap > 4 * word.size:
            cells.append((word.left, [word]))
        else:
            cells[-1][1].append(word)
    # A number or bullet with its paragraph hanging beside it is no table.
    hanging = len(cells) == 2 and len(cells[0][1]) == 1 and MARKER.match(cells[0][1][0].text)
    return [(words[0].left, words)] if hanging else cells


@dataclass
class _Row:
    """A row of a table while its lines are being gathered, with the left edges of its columns."""

    number: int
    columns: list[float]
    cells: dict[int, list[_Printed]] = field(default_factory=dict)
    last: _Printed | None = None

    @property
    def last_in_label(self) -> bool:
        """Whether the first column had words in the row's last line."""
        return self.last is not None and self.last.cells[0][1] == self.cells.get(0, [self.last])[-1].words

    def add(self, column: int, words: list[Word], line: _Printed) -> None:
        self.cells.setdefault(column, []).append(_Printed(line.page, words, band=line.band))
        self.last = line

    def label(self) -> str:
        return " ".join(line.text for line in self.cells.get(0, []))

    def column_at(self, left: float) -> int | None:
        near = [at for at, edge in enumerate(self.columns) if abs(left - edge) < 2 * ALIGNED]
        return near[0] if near else None


class _Flow:
    """Goes down the pages, gathering table rows and telling paragraphs apart."""

    def __init__(self, printed: list[_Printed]) -> None:
        self.printed = printed
        body = [line for line in printed if not line.furniture]
        self.size = median(line.size for line in body) if body else 10.0
        self.pitch = _pitch(body)
        self.right = max((line.words[-1].right for line in body), default=0.0)
        self.row: _Row | None = None
        self.rows = 0
        self.before: _Printed | None = None

    def lines(self) -> Iterator[Line]:
        """Give every line, rows when they are complete."""
        for line in self.printed:
            if line.furniture:
                yield Line(0, line.text, line.page.number, furniture=True)
                continue
            if self._belongs_to_row(line):
                continue
            yield from self._close()
            if len(line.cells) > 1 or line.band is not None:
                self._open(line)
                self.before = None
            else:
                yield self._line(line, self.before, line.edge or self.right)
                self.before = line
        yield from self._close()

    def _open(self, line: _Printed) -> None:
        self.rows += 1
        # With rules, a column may have no words in the row's first line: a label set in the middle of its cell.
        self.row = _Row(self.rows, line.columns or [left for left, _ in line.cells])
        for left, words in line.cells:
            self.row.add(self.row.column_at(left) or 0, words, line)

    def _belongs_to_row(self, line: _Printed) -> bool:
        row = self.row
        if row is None or row.last is None:
            return False
        places = [(self._column(row, line, left), words) for left, words in line.cells]
        if any(column is None for column, _ in places):
            return False
        if not self._same_row(row, line, dict(places).get(0)):
            return False
        for column, words in places:
            row.add(column or 0, words, line)
        return True

    def _column(self, row: _Row, line: _Printed, left: float) -> int | None:
        column = row.column_at(left)
        across = line.band is None and column == 0 and len(row.columns) > 1
        # What begins in the first column and runs into the second is no longer the table.
        return None if across and line.cells[0][1][-1].right > row.columns[1] + ALIGNED else column

    def _same_row(self, row: _Row, line: _Printed, label: list[Word] | None) -> bool:
        assert row.last is not None
        if line.band is not None or row.last.band is not None:
            same_band = line.page is row.last.page and line.band == row.last.band
            return same_band or (line.page is not row.last.page and label is None)
        if label is None:
            return True
        near = line.page is row.last.page and self._gap(row.last, line) < 1.3
        if not near or is_label(f"{row.label()} {_text(label)}"):
            return near
        # A label that goes on under itself, with nothing beside; not a further label.
        return len(line.cells) == 1 and row.last_in_label and not is_label(_text(label))

    def _close(self) -> Iterator[Line]:
        row, self.row = self.row, None
        if row is None:
            return
        alone = len(row.cells) == 1 and 0 in row.cells  # a heading under a table, seen as a label without a value
        for column, printed in sorted(row.cells.items()):
            right = max(self.right if column == len(row.columns) - 1 else 0, *(p.words[-1].right for p in printed))
            before: _Printed | None = None
            for item in printed:
                made = self._line(item, before, right - (ALIGNED * 4 if column else 0))
                yield made if alone else replace(made, row=row.number, column=column)
                before = item

    def _line(self, line: _Printed, before: _Printed | None, right: float) -> Line:
        loud = all(word.bold for word in line.words) or line.size > 1.12 * self.size
        return Line(0, line.text, line.page.number, starts=self._starts(line, before, right), stands_out=loud)

    def _starts(self, line: _Printed, before: _Printed | None, right: float) -> bool:
        """Whether the line begins a paragraph: its first word would else have been set on the line above."""
        if before is None or LIST_MARKER.match(line.text) or PARAGRAPH_NUMBER.match(line.text):
            return True
        bold, bold_before = (all(word.bold for word in item.words) for item in (line, before))
        if bold != bold_before or not 0.92 < line.size / before.size < 1.08:
            return True
        full = before.words[-1].right + line.words[0].right - line.words[0].left + 0.2 * line.size > right
        if line.page is not before.page:
            return before.text.endswith(ENDS) or not (full or line.text[0].islower())
        return self._gap(before, line) > 1.3 or not full

    def _gap(self, before: _Printed, line: _Printed) -> float:
        """The step down to a line, in steps as they are usual within paragraphs of this document."""
        return (before.bottom - line.bottom) / (self.pitch * line.size)


def _pitch(body: list[_Printed]) -> float:
    """The usual step from line to line, in sizes of the letters: a low quartile, since gaps part paragraphs."""
    steps = sorted(
        (before.bottom - line.bottom) / line.size
        for before, line in pairwise(body)
        if before.page is line.page and 0.8 < (before.bottom - line.bottom) / line.size < 2.6
    )
    return steps[len(steps) // 4] if steps else 1.3
