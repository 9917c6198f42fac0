"""A document as content: chapters of findings with their figures. Renderers turn it into HTML, PDF and Word."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from upstream.charts.figure import Figure
from upstream.measures.result import Provenance


@dataclass(frozen=True)
class Number:
    """One number that a sentence says, traceable to its measure and query.

    `text` is how the sentence writes it ("351 to 403"); `key` is its name in figures.json.
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
class FigureBlock:
    """A figure with the number it has in the document (for example 4.1)."""

    figure: Figure
    label: str


@dataclass(frozen=True)
class TableBlock:
    """A table with its caption; `align` gives l or r a column."""

    label: str
    title: str
    frame: pl.DataFrame
    align: str
    note: str = ""


@dataclass(frozen=True)
class MarginNote:
    """What stands beside the text: a definition, how to read a figure, a method."""

    term: str
    text: str


Block = Paragraph | BulletList | FigureBlock | TableBlock


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
