"""A paper in reading order with everything numbered: what all four forms set, each in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from upstream.charts.figure import Figure
from upstream.papers.blocks import Block, Cell, Column, FigureBlock, Measure, Source, State, Table
from upstream.papers.paper import Paper, Section
from upstream.papers.plain_text import cleaned
from upstream.rendering import values

SOURCES_HEADING = "Where the figures come from"
SOURCES_COLUMNS = (
    Column("No.", weight=5), Column("Measure", weight=25), Column("Method", weight=22), Column("Period", weight=14),
    Column("Build", weight=12), Column("Made from", weight=28),
)  # fmt: skip

# One letter for each shape where a form knows letters only (Word, slides); each reads in grey.
SIGNS = {
    State.DONE: "✓", State.OPEN: "○", State.DUE: "→", State.LATE: "!", State.ORDINARY: "●", State.WORSE: "◆",
    State.BETTER: "▲", State.CHANGED: "■", State.UNKNOWN: "◌",
}  # fmt: skip
# Text, ground: the names of tokens.
COLOURS = {
    State.DONE: ("done", "done-tint"), State.OPEN: ("improve", "improve-tint"), State.DUE: ("ink", "paper"),
    State.LATE: ("concern", "concern-tint"), State.ORDINARY: ("ink-2", "tint-2"),
    State.WORSE: ("concern", "concern-tint"), State.BETTER: ("improve", "improve-tint"),
    State.CHANGED: ("notice", "notice-tint"), State.UNKNOWN: ("ink", "unknown-tint"),
}  # fmt: skip


@dataclass(frozen=True)
class Measures:
    """Indicators that follow one another, set as one list."""

    items: tuple[Measure, ...]


@dataclass(frozen=True)
class Item:
    """A block as it is set; `label` is "Figure 3" or "Table 2" for those that are numbered."""

    block: Block | Measures
    label: str = ""


@dataclass(frozen=True)
class Part:
    """A section as it is set; `level` is 1, or 2 inside another; `anchor` is its name for links."""

    level: int
    number: str
    heading: str
    anchor: str
    new_page: bool
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        """The heading with its number."""
        return f"{self.number}  {self.heading}" if self.number else self.heading


@dataclass(frozen=True)
class Outline:
    """A paper ready to be set: texts cleaned, figures named apart, sections and blocks numbered."""

    paper: Paper
    parts: tuple[Part, ...]

    def source_number(self, key: str) -> int | None:
        """The number under which a source is listed; None when there is none of that key."""
        return next((n for n, source in enumerate(self.paper.sources, 1) if source.key == key), None)

    def mark(self, key: str) -> str:
        """What stands beside a number to lead to its source: [3], or nothing."""
        number = self.source_number(key) if key else None
        return f"[{number}]" if number else ""

    @property
    def standing(self) -> str:
        """What stands on every page: the marking and the status."""
        return " · ".join(text for text in (self.paper.marking, self.paper.status) if text)

    @property
    def about(self) -> tuple[str, ...]:
        """The period, the day the paper was made, its reference and version; what is not given is left out."""
        paper = self.paper
        version = f"Version {paper.version}" if paper.version else ""
        return tuple(text for text in (paper.period, self.made, paper.reference, version) if text)

    @property
    def made(self) -> str:
        """The day the paper was made, in words."""
        return f"Made {values.day_text(self.paper.made_at)}"

    @property
    def foot(self) -> str:
        """What stands under every page beside its number."""
        return " · ".join(text for text in (self.paper.partnership, self.paper.reference, self.made) if text)

    def sources_table(self) -> Table:
        """The table that ends the paper."""
        rows = tuple(_source_row(number, source) for number, source in enumerate(self.paper.sources, 1))
        return Table(SOURCES_HEADING, SOURCES_COLUMNS, rows)


def outlined(paper: Paper) -> Outline:
    """Clean and number a paper."""
    ready = _with_named_figures(cleaned(paper))
    return Outline(ready, tuple(_Counting().parts(ready)))


def shown(value: object) -> Cell:
    """Any value of a table as a cell."""
    return value if isinstance(value, Cell) else Cell(values.cell_text(value))


def _source_row(number: int, source: Source) -> tuple[Cell, ...]:
    others = (source.method, source.period, source.build, source.made_from)
    return (Cell(str(number)), Cell(source.measure), *(Cell(text or "–") for text in others))


class _Counting:
    """Gives numbers in reading order."""

    def __init__(self) -> None:
        self.figures = self.tables = self.sections = 0

    def parts(self, paper: Paper) -> Iterator[Part]:
        numbered = 0
        for section in paper.sections:
            numbered += section.numbered
            yield self._part(section, 1, str(numbered) if section.numbered else "")
            inner_numbered = 0
            for inner in section.sections:
                inner_numbered += inner.numbered
                prefix = f"{numbered}." if section.numbered else ""
                yield self._part(inner, 2, f"{prefix}{inner_numbered}" if inner.numbered else "")

    def _part(self, section: Section, level: int, number: str) -> Part:
        self.sections += 1
        anchor = f"part-{self.sections}"
        return Part(level, number, section.heading, anchor, section.new_page, tuple(self._items(section.blocks)))

    def _items(self, blocks: tuple[Block, ...]) -> Iterator[Item]:
        for are_measures, group in groupby(blocks, lambda block: isinstance(block, Measure)):
            if are_measures:
                yield Item(Measures(tuple(block for block in group if isinstance(block, Measure))))
            else:
                yield from (Item(block, self._label(block)) for block in group)

    def _label(self, block: Block) -> str:
        if isinstance(block, FigureBlock):
            self.figures += 1
            return f"Figure {self.figures}"
        if isinstance(block, Table):
            self.tables += 1
            return f"Table {self.tables}"
        return ""


def _with_named_figures(paper: Paper) -> Paper:
    """Name every drawing by its place, so that two figures of one name are not taken for each other."""
    names = _Names()
    return replace(paper, sections=tuple(_named(section, names) for section in paper.sections))


class _Names:
    """One name for each drawing: the same drawing shown twice keeps its name and is drawn once."""

    def __init__(self) -> None:
        self.known: list[Figure] = []

    def of(self, figure: Figure) -> Figure:
        for number, other in enumerate(self.known, 1):
            if other.wide == figure.wide and other.narrow == figure.narrow and other.alternative == figure.alternative:
                return replace(figure, name=f"drawing-{number}")
        self.known.append(figure)
        return replace(figure, name=f"drawing-{len(self.known)}")


def _named(section: Section, names: _Names) -> Section:
    blocks = tuple(_named_block(block, names) for block in section.blocks)
    return replace(section, blocks=blocks, sections=tuple(_named(inner, names) for inner in section.sections))


def _named_block(block: Block, names: _Names) -> Block:
    if isinstance(block, FigureBlock):
        return replace(block, figure=names.of(block.figure))
    if isinstance(block, Measure) and block.chart is not None:
        return replace(block, chart=names.of(block.chart))
    return block
