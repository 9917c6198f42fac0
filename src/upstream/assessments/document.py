"""A document as content: chapters of findings with their figures. Renderers turn it into HTML, PDF and Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from upstream.charts.figure import Figure
from upstream.measures.definition import MeasureDefinition
from upstream.measures.result import Provenance


@dataclass(frozen=True)
class Number:
    """One number that a sentence says, traceable to its measure and query.

    `text` is how the sentence writes it ("351 to 403"); `key` is its name in figures.json; `label` says in
    words what was counted, where and when.
    """

    key: str
    text: str
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    measure: str
    filters: dict[str, str]
    period: str
    method: str
    provenance: Provenance
    label: str = ""


@dataclass(frozen=True)
class Sentence:
    """Text with `{key}` where a number stands; `rule` names the rule that chose the words."""

    template: str
    numbers: tuple[Number, ...] = ()
    rule: str = ""

    @property
    def text(self) -> str:
        """The sentence as a reader sees it."""
        return self.template.format(**{number.key: number.text for number in self.numbers})


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class BulletList:
    """Sentences as a list."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True)
class MarginNote:
    """What stands beside the text: a definition, how to read a figure, a method."""

    term: str
    text: str


@dataclass(frozen=True)
class FigureBlock:
    """A figure with the number it has in the document (for example 4.1) and how to read it.

    `wide` draws it across text and margin; otherwise it stands in the text column on paper.
    """

    figure: Figure
    label: str
    note: MarginNote | None = None
    wide: bool = True


@dataclass(frozen=True)
class TableBlock:
    """A table with its caption; `align` gives l or r a column; the first column names the row.

    A line break in a cell starts a second, quieter line. `weights` are relative column widths on paper.
    """

    label: str
    title: str
    frame: pl.DataFrame
    align: str
    note: str = ""
    weights: tuple[float, ...] = ()


@dataclass(frozen=True)
class NotKnown:
    """What the data held cannot say, and what would settle it."""

    subject: str
    why: str
    settled_by: str


Block = Paragraph | BulletList | FigureBlock | TableBlock | NotKnown


@dataclass(frozen=True)
class Section:
    """A headed part of a chapter with its margin notes."""

    heading: str
    blocks: tuple[Block, ...]
    margin: tuple[MarginNote, ...] = field(default=())


@dataclass(frozen=True)
class Chapter:
    """A chapter opens with its answer, and says what it is sure of and what not."""

    number: int
    slug: str
    title: str
    answer: tuple[Sentence, ...]
    sure_of: str
    not_sure_of: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class ReceiptUsed:
    """One load behind the document: the file as received, by name and hash."""

    feed: str
    title: str
    receipt: str
    file_name: str
    sha256: str
    loaded_at: str


@dataclass(frozen=True)
class Document:
    """A whole report, frozen: it keeps what it said even after the data have moved on."""

    title: str
    partnership: str
    made_at: datetime
    data_to: date
    build: str
    summary: tuple[Sentence, ...]
    chapters: tuple[Chapter, ...]
    sources: pl.DataFrame
    attribution: tuple[str, ...]
    definitions: tuple[MeasureDefinition, ...] = ()
    receipts: tuple[ReceiptUsed, ...] = ()
    worked_example: str = ""

    def sections(self) -> Iterator[tuple[Chapter, Section]]:
        """Every section in reading order, with its chapter."""
        for chapter in self.chapters:
            for section in chapter.sections:
                yield chapter, section

    def figure_blocks(self) -> tuple[FigureBlock, ...]:
        """Every figure in reading order."""
        return tuple(b for _, section in self.sections() for b in section.blocks if isinstance(b, FigureBlock))

    def table_blocks(self) -> tuple[TableBlock, ...]:
        """Every table in reading order."""
        return tuple(b for _, section in self.sections() for b in section.blocks if isinstance(b, TableBlock))

    def numbers(self) -> dict[str, Number]:
        """Every number that a sentence says, by key, in reading order; the same number said twice is one."""
        found: dict[str, Number] = {}
        for sentence in self.sentences():
            for number in sentence.numbers:
                found.setdefault(number.key, number)
        return found

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in reading order: the summary, then each chapter's answer and sections."""
        yield from self.summary
        for chapter in self.chapters:
            yield from chapter.answer
            for section in chapter.sections:
                for block in section.blocks:
                    yield from sentences_of(block)


def sentences_of(block: Block) -> tuple[Sentence, ...]:
    """The sentences of one block; figures, tables and gaps have none."""
    match block:
        case Paragraph(sentences):
            return sentences
        case BulletList(items):
            return items
        case _:
            return ()
