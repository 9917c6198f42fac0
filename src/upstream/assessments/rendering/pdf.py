"""The document as a tagged PDF by Typst. What is said goes over as JSON; how it looks is in report.typ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from upstream.assessments.document import (
    Block,
    BulletList,
    Chapter,
    Document,
    FigureBlock,
    NotKnown,
    Number,
    Paragraph,
    Section,
    Sentence,
    TableBlock,
    sentences_of,
)
from upstream.assessments.rendering import parts
from upstream.measures.definition import MeasureDefinition
from upstream.rendering import values
from upstream.rendering.drawings import Drawings
from upstream.rendering.typst_pdf import compiled

# A longer run of text than this may part from the figure that follows it.
MOST_LETTERS_KEPT = 300
TEMPLATE = files("upstream.assessments.rendering").joinpath("report.typ")


def pdf(document: Document, drawings: Drawings) -> bytes:
    """Make the PDF in PDF/UA-1 mode, in which an image without a text alternative is refused."""
    pictures = {f"{name}-wide.svg": svg for name, svg in drawings.wide.items()}
    pictures |= {f"{name}-narrow.svg": svg for name, svg in drawings.narrow.items()}
    return compiled(TEMPLATE.read_text(encoding="utf-8"), content(document), pictures, at=document.made_at)


def content(document: Document) -> dict[str, Any]:
    """Everything that the template prints, as plain data."""
    return {
        "title": document.title,
        "partnership": document.partnership,
        "made": values.day_text(document.made_at),
        "foot": parts.foot_text(document),
        "build": document.build,
        "worked_example": document.worked_example,
        "summary": [_sentence(s) for s in document.summary],
        "chapters": [_chapter(chapter) for chapter in document.chapters],
        "register": {"title": parts.REGISTER_HEADING, "rows": [_number(n) for n in document.numbers().values()]},
        "definitions": _definitions(document.definitions),
        "files": {
            "title": parts.FILES_HEADING,
            "rows": [[u.title, _breakable(u.file_name), u.sha256[:16]] for u in document.receipts],
        },
        "attribution": list(document.attribution),
    }


def _definitions(definitions: Sequence[MeasureDefinition]) -> dict[str, Any]:
    shared = parts.shared_caveats(definitions)
    return {
        "title": parts.DEFINITIONS_HEADING,
        "shared": {
            "title": parts.SHARED_HEADING,
            "opening": parts.SHARED_OPENING,
            "caveats": [{"id": parts.caveat_id(n), "text": caveat} for n, caveat in enumerate(shared, 1)],
        },
        "entries": [_definition(definition, shared) for definition in definitions],
    }


def _definition(definition: MeasureDefinition, shared: tuple[str, ...]) -> dict[str, Any]:
    numbers = parts.caveat_numbers(definition, shared)
    return {
        "id": parts.definition_id(definition.name),
        "title": definition.title,
        "facts": [
            {"term": "Counts", "text": definition.numerator},
            {"term": "Out of", "text": definition.denominator},
            {"term": "Is not", "text": definition.is_not},
            {"term": "Unit", "text": definition.unit},
            {"term": "Source", "text": definition.source},
            {"term": "Mind", "text": parts.own_caveats(definition, shared)},
        ],
        "caveats": [{"id": parts.caveat_id(number), "number": str(number)} for number in numbers],
        "version": f"{definition.version}, reviewed {values.day_text(definition.reviewed_on)}",
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "number": chapter.number,
        "title": chapter.title,
        "answer": [_sentence(s) for s in chapter.answer],
        "sure_of": chapter.sure_of,
        "not_sure_of": chapter.not_sure_of,
        "leaves": [leaf for section in chapter.sections for leaf in _leaves(section)],
    }


def _leaves(section: Section) -> list[dict[str, Any]]:
    """The leaves of a section; text that leads to a figure or table is kept on the page of that."""
    found = parts.leaves(section)
    following = [*found[1:], None]
    return [
        {
            "heading": leaf.heading,
            "notes": [asdict(note) for note in leaf.notes],
            "blocks": [_block(block) for block in leaf.blocks],
            "leads": after is not None and after.stands_alone and _length(leaf) <= MOST_LETTERS_KEPT,
        }
        for leaf, after in zip(found, following, strict=True)
    ]


def _length(leaf: parts.Leaf) -> int:
    return sum(len(sentence.text) for block in leaf.blocks for sentence in sentences_of(block))


def _sentence(sentence: Sentence) -> list[dict[str, str]]:
    return [
        {"text": text} if number is None else {"text": text, "to": parts.number_id(number.key)}
        for text, number in parts.pieces(sentence)
    ]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(sentences):
            return {"kind": "paragraph", "sentences": [_sentence(s) for s in sentences]}
        case BulletList(items):
            return {"kind": "list", "items": [_sentence(s) for s in items]}
        case NotKnown():
            return {"kind": "unknown", **asdict(block)}
        case FigureBlock():
            return _figure(block)
        case TableBlock():
            return _table(block)


def _figure(block: FigureBlock) -> dict[str, Any]:
    figure = block.figure
    return {
        "kind": "figure",
        "label": block.label,
        "title": figure.title,
        "subtitle": figure.subtitle,
        "alternative": figure.alternative,
        "file": f"{figure.name}-{'wide' if block.wide else 'narrow'}.svg",
        "wide": block.wide,
        "notes": list(figure.notes),
    }


def _table(block: TableBlock) -> dict[str, Any]:
    return {
        "kind": "table",
        "label": block.label,
        "title": block.title,
        "note": block.note,
        "align": list(block.align),
        "weights": list(block.weights) or values.column_weights(block.frame.columns, block.frame.rows()),
        "columns": block.frame.columns,
        "rows": [[values.cell_text(value) for value in row] for row in block.frame.iter_rows()],
    }


def _breakable(name: str) -> str:
    """A file name that may break after an underscore: long ones would run into the next column."""
    return name.replace("_", "_\u200b")


def _number(number: Number) -> dict[str, str]:
    return {
        "id": parts.number_id(number.key),
        "text": number.text,
        "label": number.label,
        "measure": parts.definition_id(number.measure) if number.measure else "",
        "period": number.period,
        "interval": parts.interval_text(number),
        "method": parts.method_text(number),
    }
