"""Keep frozen content as it was: every dataclass, table and date of it as JSON, and back again.

A paper must say in ten years what it said on the day, so it is stored whole, not as a recipe. The form names the
class of every part; reading knows only the classes it is given, and takes no field that a class does not have, so
that a file written by an older or newer version still opens as long as its parts are known.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

import polars as pl

from upstream.exceptions import InputRefused

FORM = 1

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


class ContentUnreadable(InputRefused):
    """Stored content holds a part that this version does not know."""


@dataclass(frozen=True)
class StoredForm:
    """How one kind of content is stored: its dataclasses and enumerations by name.

    Parts that are `shared` are written once and pointed to: hundreds of numbers may share one provenance.
    """

    parts: Mapping[str, Any]
    words: Mapping[str, type[Enum]]
    shared: tuple[type, ...] = ()

    def to_json(self, content: Any) -> str:
        """Write the whole content as JSON text; `from_json` gives an equal one back."""
        writing = _Writing(self)
        body = writing.write(content)
        stored = {"form": FORM, "shared": writing.shared, "document": body}
        return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))

    def from_json(self, text: str) -> Any:
        """Read what `to_json` wrote; raises `ContentUnreadable` for an unknown form or part."""
        stored = json.loads(text)
        if stored.get("form") != FORM:
            raise ContentUnreadable(
                f"The stored content has form {stored.get('form')}.", expected=f"form {FORM}", do="Make it again."
            )
        reading = _Reading(self)
        for item in stored["shared"]:
            reading.shared.append(reading.read(item))
        return reading.read(stored["document"])

    def pack(self, content: Any) -> bytes:
        """Write the content packed; the same content gives the same bytes."""
        return gzip.compress(self.to_json(content).encode(), mtime=0)

    def unpack(self, packed: bytes) -> Any:
        """Read what `pack` wrote."""
        return self.from_json(gzip.decompress(packed).decode())


class _Writing:
    def __init__(self, form: StoredForm) -> None:
        self._form = form
        self.shared: list[Any] = []
        self._places: dict[int, int] = {}

    def write(self, value: Any) -> Any:
        if isinstance(value, self._form.shared):
            return self._write_shared(value)
        if is_dataclass(value) and not isinstance(value, type):
            return self._write_part(value)
        if isinstance(value, pl.DataFrame):
            return {"$": "table", "columns": [_write_column(column) for column in value.get_columns()]}
        if isinstance(value, Enum):
            return {"$": "word", "of": type(value).__name__, "word": value.value}
        if isinstance(value, datetime):
            return {"$": "moment", "at": value.isoformat()}
        if isinstance(value, date):
            return {"$": "day", "on": value.isoformat()}
        if isinstance(value, tuple):
            return {"$": "row", "of": [self.write(item) for item in value]}
        if isinstance(value, list):
            return [self.write(item) for item in value]
        if isinstance(value, dict):
            return {"$": "map", "of": [[key, self.write(item)] for key, item in value.items()]}
        return value

    def _write_part(self, value: Any) -> dict[str, Any]:
        written = {field.name: self.write(getattr(value, field.name)) for field in fields(value)}
        return {"$": type(value).__name__, "has": written}

    def _write_shared(self, value: Any) -> dict[str, Any]:
        if id(value) not in self._places:
            written = self._write_part(value)
            same = next((index for index, other in enumerate(self.shared) if other == written), None)
            if same is None:
                self.shared.append(written)
                same = len(self.shared) - 1
            self._places[id(value)] = same
        return {"$": "shared", "at": self._places[id(value)]}


def _write_column(column: pl.Series) -> dict[str, Any]:
    kind = column.dtype.base_type().__name__
    if kind not in _TYPES:
        column, kind = column.cast(pl.String), "String"
    values = [item.isoformat() if isinstance(item, date) else item for item in column.to_list()]
    return {"name": column.name, "type": kind, "values": values}


class _Reading:
    def __init__(self, form: StoredForm) -> None:
        self._form = form
        self.shared: list[Any] = []

    def read(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.read(item) for item in value]
        if not isinstance(value, dict):
            return value
        match value["$"]:
            case "table":
                return pl.DataFrame([_read_column(column) for column in value["columns"]])
            case "word":
                return self._form.words[value["of"]](value["word"])
            case "moment":
                return datetime.fromisoformat(value["at"])
            case "day":
                return date.fromisoformat(value["on"])
            case "row":
                return tuple(self.read(item) for item in value["of"])
            case "map":
                return {key: self.read(item) for key, item in value["of"]}
            case "shared":
                return self.shared[value["at"]]
            case kind:
                return self._read_part(kind, value)

    def _read_part(self, kind: str, value: dict[str, Any]) -> Any:
        if kind not in self._form.parts:
            known = ", ".join(self._form.parts)
            raise ContentUnreadable(f"The stored content holds a part called {kind}.", expected=known)
        part = self._form.parts[kind]
        names = {field.name for field in fields(part)}
        return part(**{name: self.read(item) for name, item in value["has"].items() if name in names})


def _read_column(column: dict[str, Any]) -> pl.Series:
    values = column["values"]
    if column["type"] == "Date":
        values = [None if item is None else date.fromisoformat(item) for item in values]
    if column["type"] == "Datetime":
        values = [None if item is None else datetime.fromisoformat(item) for item in values]
    return pl.Series(column["name"], values, dtype=_TYPES[column["type"]])
