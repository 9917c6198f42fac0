"""Reads contracts from TOML and says everything that is wrong with one at once."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from upstream.exceptions import InputRefused
from upstream.sources.contract import (
    Coverage,
    FaultPolicy,
    Field,
    Fixed,
    Kind,
    Output,
    Period,
    Sheet,
    Source,
    Terms,
    Whole,
    Wide,
)
from upstream.tables import TABLES, FieldClass

Document = dict[str, Any]

KNOWN_KEYS = {
    "extends", "title", "supplier", "about", "frequency", "lag_days", "terms", "file", "columns", "wide", "tables",
    "dropped", "ignored", "sheets", "coverage", "identifier", "faults",
}  # fmt: skip


class ContractIncomplete(InputRefused):
    """A contract says something impossible or leaves out something needed; lists every fault."""


def read_document(path: Path) -> Document:
    """Read one TOML file; raises `ContractIncomplete` when it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContractIncomplete(f"{path} is not TOML: {error}.", do="Mend that line.") from error


def read_source(name: str, documents: Mapping[str, Document], *, where: Path | None = None) -> Source:
    """Make the contract called `name`, following `extends`; raises `ContractIncomplete` with every fault."""
    faults: list[str] = []
    document = _resolve(name, documents, faults)
    place = where or Path(f"{name}.toml")
    try:
        source = _make_source(name, document)
    except (KeyError, ValueError, TypeError, re.error) as error:
        raise ContractIncomplete(
            f"{place}: {_say(error)}.", do="See docs/how-to/load-your-own-data.md for what a contract holds."
        ) from error
    faults += _check(source, document)
    if faults:
        raise ContractIncomplete(f"{place}: {'; '.join(faults)}.", do="Mend the contract.")
    return source


def _say(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _resolve(name: str, documents: Mapping[str, Document], faults: list[str]) -> Document:
    document = documents[name]
    parent = document.get("extends")
    if not parent:
        return document
    if parent not in documents or documents[parent].get("extends"):
        faults.append(f"extends “{parent}”, which is not a contract that stands on its own")
        return document
    merged = dict(documents[parent])
    for key, value in document.items():
        both_tables = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = merged[key] | value if both_tables else value
    return merged


def _make_source(name: str, document: Document) -> Source:
    file = document.get("file", {})
    faults = document.get("faults", {})
    columns = tuple(_field(item, file) for item in document.get("columns", ()))
    return Source(
        name=name,
        title=document["title"],
        supplier=document["supplier"],
        about=document.get("about", ""),
        frequency=document["frequency"],
        lag_days=document.get("lag_days"),
        terms=Terms(**document.get("terms", {})),
        format=file.get("format", "csv"),
        file_names=file.get("names", ""),
        file_name_pattern=file.get("name_pattern", ""),
        delimiter=file.get("delimiter", ","),
        encoding=file.get("encoding", ""),
        fields=columns + _parts(columns),
        wide=tuple(_wide(item, file) for item in document.get("wide", ())),
        outputs=tuple(_output(item) for item in document["tables"]),
        dropped=document.get("dropped", {}),
        ignored=tuple(document.get("ignored", ())),
        sheets=tuple(_sheet(item) for item in document.get("sheets", ())),
        coverage=_coverage(document.get("coverage", {})),
        identifier=document.get("identifier", ""),
        faults=FaultPolicy(faults.get("policy", "refuse rows")),
        refuse_file_above=float(faults.get("refuse_file_above", 0.5)),
        version=_digest(document),
    )


def _digest(document: Document) -> str:
    """Short fingerprint of what decides the outcome; words about the feed may change without a new version."""
    deciding = {key: document.get(key) for key in sorted(KNOWN_KEYS - {"title", "about", "terms", "lag_days"})}
    text = json.dumps(deciding, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _words(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _field(item: Document, file: Document) -> Field:
    in_file_name = bool(item.get("in_file_name", False))
    return Field(
        name=item["name"],
        found="" if in_file_name else item["found"],
        aliases=_words(item.get("aliases", ())),
        kind=Kind(item.get("type", "text")),
        meaning=item.get("meaning", ""),
        field_class=FieldClass(item.get("class", "ordinary")),
        required=item.get("required", False),
        optional_column=item.get("optional_column", False),
        formats=_words(item.get("format", ())),
        codes=item.get("codes", ""),
        tolerate_unknown_codes=item.get("tolerate_unknown_codes", False),
        names=item.get("names", {}),
        missing=_words(item.get("missing", file.get("missing", ()))),
        default=item.get("default", ""),
        withheld=_words(item.get("withheld", ())),
        minimum=item.get("minimum"),
        maximum=item.get("maximum"),
        earliest=str(item.get("earliest", "")),
        not_after_load=item.get("not_after_load", False),
        pattern=item.get("pattern", ""),
        split=item.get("split", ""),
        year_from=item.get("year_from", ""),
        in_file_name=in_file_name,
    )


def _parts(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Fields made by splitting a composed label, one a named group of the pattern."""
    made: list[Field] = []
    for item in fields:
        if item.split:
            groups = re.compile(item.split).groupindex
            made += [
                Field(name=group, part_of=item.name, split=item.split, field_class=item.field_class) for group in groups
            ]
    return tuple(made)


def _wide(item: Document, file: Document) -> Wide:
    pattern = re.compile(item["found"])
    kinds = {name: Kind(kind) for name, kind in item.get("captures", {}).items()}
    captures = {name: kinds.get(name, Kind.TEXT) for name in pattern.groupindex if name != "value"}
    return Wide(
        found=pattern,
        values={name: Kind(kind) for name, kind in item["values"].items()},
        captures=captures,
        names=item.get("names", {}),
        fixed=item.get("fixed", {}),
        withheld=_words(item.get("withheld", ())),
        missing=_words(item.get("missing", file.get("missing", ()))),
        minimum=item.get("minimum"),
        skip_blank=item.get("skip_blank", True),
    )


def _output(item: Document) -> Output:
    columns = {
        name: Fixed(given["value"]) if isinstance(given, dict) else str(given)
        for name, given in item["columns"].items()
    }
    return Output(
        table=item["table"],
        columns=columns,
        keep={name: _words(values) for name, values in item.get("keep", {}).items()},
        present=_words(item.get("present", ())),
        distinct=item.get("distinct", False),
    )


def _sheet(item: Document) -> Sheet:
    return Sheet(
        name=item["name"],
        header_rows=tuple(item["header_rows"]),
        carry_down=_words(item.get("carry_down", ())),
        blanks=_words(item.get("blanks", ("",))),
        skip=item.get("skip", ""),
    )


def _coverage(item: Document) -> Coverage:
    return Coverage(
        supplier=item.get("supplier", ""),
        period=item.get("period", ""),
        unit=Period(item.get("unit", "none")),
        whole=Whole(item.get("whole", "always")),
    )


def known_fields(source: Source) -> set[str]:
    """Name every field that an output may refer to."""
    names = {item.name for item in source.fields}
    names |= {f"{item.name}_withheld" for item in source.fields if item.withheld}
    for wide in source.wide:
        names |= {*wide.values, *wide.captures, *wide.fixed}
        names |= {f"{value}_withheld" for value in wide.values if wide.withheld}
    return names


def _check(source: Source, document: Document) -> list[str]:
    faults = [f"“{key}” is not a part of a contract" for key in document if key not in KNOWN_KEYS]
    known = known_fields(source)
    for output in source.outputs:
        faults += _check_output(output, known)
    wanted = [source.identifier] if source.identifier else []
    wanted += [item.year_from for item in source.fields if item.year_from]
    faults += [f"refers to the field “{name}”, which it does not have" for name in wanted if name not in known]
    if source.sheets and source.format != "xlsx":
        faults.append("has sheets, but its format is not xlsx")
    return faults


def _check_output(output: Output, known: set[str]) -> list[str]:
    if output.table not in TABLES:
        return [f"fills “{output.table}”, which is not a published table"]
    table = TABLES[output.table]
    faults = [f"{output.table} has no column “{name}”" for name in output.columns if name not in table.column_names]
    needed = [column.name for column in table.columns if column.required and column.name not in output.columns]
    faults += [f"{output.table}.{name} is required and not given" for name in needed]
    used = [name for name in output.columns.values() if isinstance(name, str)] + [*output.keep, *output.present]
    faults += [f"{output.table} uses the field “{name}”, which is not read" for name in used if name not in known]
    return faults
