"""Reads a published response to an inspection into a record, each field with how it was found and how sure that is.

A response comes as a form of the office's own, as a letter or as a web page. Two forms are known by name
(`forms/`); the others are read by their headings (`wording.toml`). A person confirms what was read.
"""

from __future__ import annotations

from pathlib import Path

from upstream.responses.answers import with_answers_in_texts
from upstream.responses.compose import compose_record
from upstream.responses.deadlines import with_spans_counted
from upstream.responses.doubts import with_doubts
from upstream.responses.reading import (
    LIMIT_BYTES,
    DocumentHasNoText,
    DocumentLocked,
    DocumentNotReadable,
    DocumentTooLarge,
    Line,
    read_lines,
)
from upstream.responses.record import (
    Acceptance,
    Certainty,
    Found,
    InspectionKind,
    ReadField,
    ReadRecommendation,
    RecommendationKind,
    ResponseRecord,
    Scope,
    Where,
)


def read_response(source: Path | bytes, *, file_name: str = "", limit_bytes: int = LIMIT_BYTES) -> ResponseRecord:
    """Read a response from a PDF, Word document, web page or text.

    Raises `DocumentTooLarge`, `DocumentLocked`, `DocumentHasNoText` or `DocumentNotReadable`, which say what to send
    instead. Anything with words in it gives a record, if only one in which every line is unplaced.

    >>> record = read_response(b"Force: Mercia\\n\\nChief Constable's response\\n\\nWe agree.", file_name="answer.txt")
    >>> record.force.value, record.chief_constable_response.value, record.published_on.certainty.value
    ('Mercia', 'We agree.', 'not found')
    """
    lines = read_lines(source, file_name=file_name, limit_bytes=limit_bytes)
    return with_doubts(with_answers_in_texts(with_spans_counted(compose_record(lines))))


__all__ = [
    "Acceptance",
    "Certainty",
    "DocumentHasNoText",
    "DocumentLocked",
    "DocumentNotReadable",
    "DocumentTooLarge",
    "Found",
    "InspectionKind",
    "Line",
    "ReadField",
    "ReadRecommendation",
    "RecommendationKind",
    "ResponseRecord",
    "Scope",
    "Where",
    "read_response",
]
