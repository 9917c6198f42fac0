"""figures.json: every figure, table and number of a document, with what is needed to make it again."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from upstream.assessments.document import Document, FigureBlock, Number, TableBlock, sentences_of
from upstream.measures.result import FeedUsed, Provenance


def figures_json(document: Document) -> str:
    """Write the register as JSON text; the same document gives the same bytes."""
    content = {
        "document": _head(document),
        "numbers": _numbers(document),
        "figures": [_figure(block, document) for block in document.figure_blocks()],
        "tables": [_table(block) for block in document.table_blocks()],
        "receipts": [
            {
                "feed": used.feed,
                "title": used.title,
                "receipt": used.receipt,
                "file": used.file_name,
                "sha256": used.sha256,
                "loaded_at": used.loaded_at,
            }
            for used in document.receipts
        ],
        "attribution": list(document.attribution),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _head(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "partnership": document.partnership,
        "made_at": document.made_at.isoformat(),
        "data_to": document.data_to.isoformat(),
        "build": document.build,
    }


def _where_said(document: Document) -> dict[str, list[int]]:
    """The chapters that say each number."""
    said: dict[str, list[int]] = {}
    for chapter in document.chapters:
        sentences = list(chapter.answer)
        for section in chapter.sections:
            for block in section.blocks:
                sentences.extend(sentences_of(block))
        for sentence in sentences:
            for number in sentence.numbers:
                chapters = said.setdefault(number.key, [])
                if chapter.number not in chapters:
                    chapters.append(chapter.number)
    return said


def _numbers(document: Document) -> list[dict[str, Any]]:
    said = _where_said(document)
    hashes = {used.receipt: used.sha256 for used in document.receipts}
    return [_number(number, said.get(key, []), hashes) for key, number in document.numbers().items()]


def _number(number: Number, chapters: list[int], hashes: dict[str, str]) -> dict[str, Any]:
    return {
        "key": number.key,
        "label": number.label,
        "text": number.text,
        "value": number.value,
        "lower": number.lower,
        "upper": number.upper,
        "unit": number.unit,
        "measure": number.measure,
        "filters": number.filters,
        "period": number.period,
        "method": number.method,
        "chapters": chapters,
        **_provenance(number.provenance, hashes),
    }


def _provenance(provenance: Provenance, hashes: dict[str, str]) -> dict[str, Any]:
    return {
        "build": provenance.build,
        "definition_version": provenance.definition_version,
        "confidence_level": provenance.confidence_level,
        "software_version": provenance.software_version,
        "feeds": [_feed(feed, hashes) for feed in provenance.feeds],
    }


def _feed(feed: FeedUsed, hashes: dict[str, str]) -> dict[str, Any]:
    return {
        "feed": feed.feed,
        "title": feed.title,
        "first_period": feed.first_period,
        "last_period": feed.last_period,
        "receipts": [{"receipt": receipt, "sha256": hashes.get(receipt)} for receipt in feed.receipts],
    }


def _figure(block: FigureBlock, document: Document) -> dict[str, Any]:
    figure = block.figure
    hashes = {used.receipt: used.sha256 for used in document.receipts}
    return {
        "label": block.label,
        "name": figure.name,
        "title": figure.title,
        "subtitle": figure.subtitle,
        "alternative": figure.alternative,
        "measure": figure.measure,
        "notes": list(figure.notes),
        "provenance": None
        if figure.provenance is None
        else {"method": figure.provenance.method, **_provenance(figure.provenance, hashes)},
        "columns": figure.table.columns,
        "rows": [list(row) for row in figure.table.iter_rows()],
    }


def _table(block: TableBlock) -> dict[str, Any]:
    return {
        "label": block.label,
        "title": block.title,
        "note": block.note,
        "columns": block.frame.columns,
        "rows": [list(row) for row in block.frame.iter_rows()],
    }
