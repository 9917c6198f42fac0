"""Keep a document as it was: every dataclass, table and date of it as JSON, and back again.

A report must say in ten years what it said on the day, so it is stored whole, not as a recipe. The form names the
class of every part; reading knows only the classes listed here, and takes no field that a class does not have, so
that a file written by an older or newer version still opens as long as its parts are known.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import polars as pl

from upstream.assessments import document as document_module
from upstream.assessments.document import Document
from upstream.charts.figure import Figure
from upstream.exceptions import InputRefused
from upstream.measures.definition import Interval, Kind, MeasureDefinition, Polarity
from upstream.measures.result import FeedUsed, Provenance, Status

FORM = 1
FILE_NAME = "document.json.gz"

_PARTS: dict[str, Any] = {
    name: part for name, part in vars(document_module).items() if isinstance(part, type) and is_dataclass(part)
} | {part.__name__: part for part in (Figure, Provenance, FeedUsed, MeasureDefinition)}
_WORDS: dict[str, type[Enum]] = {word.__name__: word for word in (Kind, Polarity, Interval, Status)}
# Hundreds of numbers share one provenance; it is written once and pointed to.
_SHARED = (Provenance, MeasureDefinition)

_TYPES: dict[str, Any] = {
    "String": pl.String,
    "Boolean": pl.Boolean,
    "Int8": pl.Int8,
    "Int16": pl.Int16,
    "Int32": pl.Int32,
    "Int64": pl.Int64,
    "UInt8": pl.UInt8,
    "UInt16": pl.UInt16,
    "UInt32": pl.UInt32,
    "UInt64": pl.UInt64,
    "Float32": pl.Float32,
    "Float64": pl.Float64,
    "Date": pl.Date,
    "Datetime": pl.Datetime("us"),
    "Null": pl.Null,
}


class DocumentUnreadable(InputRefused):
    """A stored document holds a part that this version does not know."""


def to_json(document: Document) -> str:
    """Write the whole document as JSON text; `from_json` gives an equal one back."""
    shared: list[Any] = []
    places: dict[int, int] = {}
    body = _write(document, shared, places)
    return json.dumps({"form": FORM, "shared": shared, "document": body}, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Document:
    """Read what `to_json` wrote; raises `DocumentUnreadable` for an unknown form or part."""
    stored = json.loads(text)
    if stored.get("form") != FORM:
        raise DocumentUnreadable(
            f"The stored document has form {stored.get('form')}.", expected=f"form {FORM}", do="Make it again."
        )
    shared: list[Any] = []
    for item in stored["shared"]:
        shared.append(_read(item, shared))
    found: Document = _read(stored["document"], shared)
    return found


def keep(document: Document, folder: Path) -> Path:
    """Write the document into `folder`, packed; gives the path of the file."""
    path = folder / FILE_NAME
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write(to_json(document).encode("utf-8"))
    return path


def recall(folder: Path) -> Document:
    """Read the document kept in `folder`."""
    return from_json(gzip.decompress((folder / FILE_NAME).read_bytes()).decode("utf-8"))


# ---- Writing


def _write(value: Any, shared: list[Any], places: dict[int, int]) -> Any:
    if isinstance(value, _SHARED):
        return _write_shared(value, shared, places)
    if is_dataclass(value) and not isinstance(value, type):
        return _write_part(value, shared, places)
    if isinstance(value, pl.DataFrame):
        return {"$": "table", "columns": [_write_column(column) for column in value.get_columns()]}
    if isinstance(value, Enum):
        return {"$": "word", "of": type(value).__name__, "word": value.value}
    if isinstance(value, datetime):
        return {"$": "moment", "at": value.isoformat()}
    if isinstance(value, date):
        return {"$": "day", "on": value.isoformat()}
    if isinstance(value, tuple):
        return {"$": "row", "of": [_write(item, shared, places) for item in value]}
    if isinstance(value, list):
        return [_write(item, shared, places) for item in value]
    if isinstance(value, dict):
        return {"$": "map", "of": [[key, _write(item, shared, places)] for key, item in value.items()]}
    return value


def _write_part(value: Any, shared: list[Any], places: dict[int, int]) -> dict[str, Any]:
    written = {field.name: _write(getattr(value, field.name), shared, places) for field in fields(value)}
    return {"$": type(value).__name__, "has": written}


def _write_shared(value: Any, shared: list[Any], places: dict[int, int]) -> dict[str, Any]:
    if id(value) not in places:
        written = _write_part(value, shared, places)
        same = next((index for index, other in enumerate(shared) if other == written), None)
        if same is None:
            shared.append(written)
            same = len(shared) - 1
        places[id(value)] = same
    return {"$": "shared", "at": places[id(value)]}


def _write_column(column: pl.Series) -> dict[str, Any]:
    kind = column.dtype.base_type().__name__
    if kind not in _TYPES:
        column, kind = column.cast(pl.String), "String"
    values = [item.isoformat() if isinstance(item, date) else item for item in column.to_list()]
    return {"name": column.name, "type": kind, "values": values}


# ---- Reading


def _read(value: Any, shared: list[Any]) -> Any:
    if isinstance(value, list):
        return [_read(item, shared) for item in value]
    if not isinstance(value, dict):
        return value
    kind = value["$"]
    if kind in _READERS:
        return _READERS[kind](value, shared)
    if kind not in _PARTS:
        raise DocumentUnreadable(f"The stored document holds a part called {kind}.", expected=", ".join(_PARTS))
    part = _PARTS[kind]
    known = {field.name for field in fields(part)}
    return part(**{name: _read(item, shared) for name, item in value["has"].items() if name in known})


def _read_table(value: dict[str, Any], _: list[Any]) -> pl.DataFrame:
    return pl.DataFrame([_read_column(column) for column in value["columns"]])


def _read_column(column: dict[str, Any]) -> pl.Series:
    values = column["values"]
    if column["type"] == "Date":
        values = [None if item is None else date.fromisoformat(item) for item in values]
    if column["type"] == "Datetime":
        values = [None if item is None else datetime.fromisoformat(item) for item in values]
    return pl.Series(column["name"], values, dtype=_TYPES[column["type"]])


_READERS: dict[str, Callable[[dict[str, Any], list[Any]], Any]] = {
    "table": _read_table,
    "word": lambda value, shared: _WORDS[value["of"]](value["word"]),
    "moment": lambda value, shared: datetime.fromisoformat(value["at"]),
    "day": lambda value, shared: date.fromisoformat(value["on"]),
    "row": lambda value, shared: tuple(_read(item, shared) for item in value["of"]),
    "map": lambda value, shared: {key: _read(item, shared) for key, item in value["of"]},
    "shared": lambda value, shared: shared[value["at"]],
}
