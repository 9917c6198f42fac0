"""Keep a needs assessment as it was, whole, and give it back."""

from __future__ import annotations

from dataclasses import is_dataclass
from pathlib import Path

from upstream.assessments import document as document_module
from upstream.assessments.document import Document
from upstream.charts.figure import Figure
from upstream.measures.definition import Interval, Kind, MeasureDefinition, Polarity
from upstream.measures.result import FeedUsed, Provenance, Status
from upstream.rendering.stored import StoredForm

FILE_NAME = "document.json.gz"

_FORM = StoredForm(
    parts={name: part for name, part in vars(document_module).items() if isinstance(part, type) and is_dataclass(part)}
    | {part.__name__: part for part in (Figure, Provenance, FeedUsed, MeasureDefinition)},
    words={word.__name__: word for word in (Kind, Polarity, Interval, Status)},
    shared=(Provenance, MeasureDefinition),
)


def to_json(document: Document) -> str:
    """Write the whole document as JSON text; `from_json` gives an equal one back."""
    return _FORM.to_json(document)


def from_json(text: str) -> Document:
    """Read what `to_json` wrote; raises `ContentUnreadable` for an unknown form or part."""
    found: Document = _FORM.from_json(text)
    return found


def keep(document: Document, folder: Path) -> Path:
    """Write the document into `folder`, packed; gives the path of the file."""
    path = folder / FILE_NAME
    path.write_bytes(_FORM.pack(document))
    return path


def recall(folder: Path) -> Document:
    """Read the document kept in `folder`."""
    found: Document = _FORM.unpack((folder / FILE_NAME).read_bytes())
    return found
