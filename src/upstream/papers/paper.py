"""A paper as content: a board pack, a response record, minutes. Renderers turn it into a page, PDF, Word and slides.

The blocks that sections hold are in `blocks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from upstream.charts.figure import Figure
from upstream.papers.blocks import Block, Fact, FigureBlock, Measure, Source
from upstream.papers.faults import check_paper


@dataclass(frozen=True)
class Section:
    """A headed part: its blocks, then its own sections, which hold none themselves.

    Numbered sections count 1, 2, 3, and their parts 1.1, 1.2.
    """

    heading: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    numbered: bool = False
    new_page: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole paper, frozen. Made again from the same content it is the same, byte for byte, in every form.

    `status` ("Draft") and `marking` ("OFFICIAL") stand on every page; `summary` lines are Markdown. `contents` adds a
    list of the sections. `slides` are what is put on slides where that is less than the sections; sources then stand in
    the notes of each slide.
    Raises `PaperImpossible`, naming every fault, when a key has no source, a row does not fit its table, a figure has
    no text alternative, or sections lie more than two deep.
    """

    kind: str
    title: str
    partnership: str
    made_at: datetime
    sections: tuple[Section, ...]
    subtitle: str = ""
    period: str = ""
    reference: str = ""
    version: str = ""
    status: str = ""
    marking: str = ""
    facts: tuple[Fact, ...] = ()
    summary: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    attribution: tuple[str, ...] = ()
    worked_example: str = ""
    contents: bool = False
    slides: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        check_paper(self)

    def as_deck(self) -> Paper:
        """Give the paper as it is put on slides."""
        return replace(self, sections=self.slides, summary=(), facts=()) if self.slides else self

    def all_sections(self) -> Iterator[Section]:
        """Every section in reading order, each before its own."""
        for section in self.sections:
            yield section
            yield from section.sections

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order."""
        for section in self.all_sections():
            yield from section.blocks

    def figures(self) -> tuple[Figure, ...]:
        """Every chart in reading order, those of indicators among them."""
        found = []
        for block in self.blocks():
            if isinstance(block, FigureBlock):
                found.append(block.figure)
            elif isinstance(block, Measure) and block.chart is not None:
                found.append(block.chart)
        return tuple(found)
