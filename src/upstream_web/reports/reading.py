"""A chapter as it is read on line: leaves of text, figures and tables with the notes that stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from upstream.assessments.document import (
    Block,
    BulletList,
    Chapter,
    FigureBlock,
    MarginNote,
    NotKnown,
    Number,
    Paragraph,
    Section,
    Sentence,
    TableBlock,
)
from upstream.assessments.rendering import parts
from upstream.measures.definition import MeasureDefinition
from upstream.rendering import values
from upstream_web.core.drawing import figures

Definitions = Mapping[str, MeasureDefinition]


@dataclass(frozen=True)
class ReadTable:
    """A table with its caption; cells may hold a second, quieter line."""

    id: str
    title: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[tuple[str, str, bool], ...], ...]
    note: str


@dataclass(frozen=True)
class ReadBlock:
    """One block; `kind` says which of the others is filled."""

    kind: str
    sentences: tuple[SafeString, ...] = ()
    figure: figures.ShownFigure | None = None
    measure: str = ""
    table: ReadTable | None = None
    gap: NotKnown | None = None


@dataclass(frozen=True)
class ReadLeaf:
    """What stands together on the page."""

    heading: str
    anchor: str
    blocks: tuple[ReadBlock, ...]
    notes: tuple[MarginNote, ...]

    @property
    def is_text(self) -> bool:
        """Whether it is running text, which is set at reading width."""
        return all(block.kind in ("paragraph", "list", "gap") for block in self.blocks)

    @property
    def is_wide(self) -> bool:
        """Whether it needs the width of text and margin together."""
        return any(block.kind == "table" for block in self.blocks) and not self.notes


def read_chapter(chapter: Chapter, definitions: Definitions) -> tuple[ReadLeaf, ...]:
    """Lay out a chapter; numbers link to their measure where it is still defined."""
    return tuple(
        _leaf(chapter, section, leaf, definitions) for section in chapter.sections for leaf in parts.leaves(section)
    )


def read_sentences(sentences: tuple[Sentence, ...], definitions: Definitions) -> tuple[SafeString, ...]:
    """Write sentences, each number as a link to what it counts."""
    return tuple(_sentence(sentence, definitions) for sentence in sentences)


def _leaf(chapter: Chapter, section: Section, leaf: parts.Leaf, definitions: Definitions) -> ReadLeaf:
    anchor = parts.section_id(chapter, section) if leaf.heading else ""
    return ReadLeaf(leaf.heading, anchor, tuple(_block(block, definitions) for block in leaf.blocks), leaf.notes)


def _block(block: Block, definitions: Definitions) -> ReadBlock:
    match block:
        case Paragraph(sentences):
            return ReadBlock("paragraph", read_sentences(sentences, definitions))
        case BulletList(items):
            return ReadBlock("list", read_sentences(items, definitions))
        case NotKnown():
            return ReadBlock("gap", gap=block)
        case FigureBlock():
            identifier = values.slug_of(f"figure {block.label}")
            shown = figures.show(block.figure, identifier=identifier, label=f"Figure {block.label}")
            return ReadBlock("figure", figure=shown, measure=_measure_link(block.figure.measure, definitions))
        case TableBlock():
            return ReadBlock("table", table=_table(block))


def _sentence(sentence: Sentence, definitions: Definitions) -> SafeString:
    return format_html_join("", "{}", ((_piece(text, number, definitions),) for text, number in parts.pieces(sentence)))


def _piece(text: str, number: Number | None, definitions: Definitions) -> str | SafeString:
    link = _measure_link(number.measure, definitions) if number else ""
    if number is None or not link:
        return text
    about = "; ".join(part for part in (number.label, number.period, number.method) if part)
    return format_html('<a class="term term--number" href="{}" title="{}">{}</a>', link, about, text)


def _measure_link(measure: str, definitions: Definitions) -> str:
    return reverse("measure", args=[measure]) if measure in definitions else ""


def _table(block: TableBlock) -> ReadTable:
    right = [letter == "r" for letter in block.align]
    rows = tuple(
        tuple((*_two_lines(value), is_right) for value, is_right in zip(row, right, strict=True))
        for row in block.frame.iter_rows()
    )
    return ReadTable(
        id=values.slug_of(f"table {block.label}"),
        title=f"Table {block.label} {block.title}",
        columns=tuple(zip(block.frame.columns, right, strict=True)),
        rows=rows,
        note=block.note,
    )


def _two_lines(value: object) -> tuple[str, str]:
    first, _, second = values.cell_text(value).partition("\n")
    return first, second
