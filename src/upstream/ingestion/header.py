"""Finds every column of the contract in the header of a file, and says what is missing, renamed or left over."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from upstream.ingestion.receipt import Fault
from upstream.sources import Source, Wide


@dataclass(frozen=True)
class WideColumn:
    """One column that is really rows: what its name says, and which value it holds."""

    position: int
    header: str
    wide: Wide
    captured: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True)
class HeaderMatch:
    """Where each field stands in the file. `positions` counts columns from 0."""

    headers: tuple[str, ...]
    positions: dict[str, int]
    wide: tuple[WideColumn, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...]


def plain(header: str) -> str:
    """Reduce a header to what must agree: letters and digits, without case, quotes or stray blanks."""
    return re.sub(r"\s+", " ", header.replace("\ufeff", "").replace("\xa0", " ")).strip().casefold()


def match_header(source: Source, headers: Iterable[str]) -> HeaderMatch:
    """Find the contract’s columns among `headers`; the order of columns does not matter."""
    found = tuple(headers)
    places: dict[str, list[int]] = {}
    for position, header in enumerate(found):
        places.setdefault(plain(header), []).append(position)
    positions: dict[str, int] = {}
    faults: list[Fault] = []
    warnings: list[str] = []
    for item in source.fields:
        if item.in_file_name or item.part_of:
            continue
        known = [name for name in item.found_names if plain(name) in places]
        if not known:
            if not item.optional_column:
                faults.append(_missing(item.found, found, source))
            continue
        here = places[plain(known[0])]
        if len(here) > 1:
            faults.append(_twice(known[0], here))
        if known[0] != item.found:
            warnings.append(f"The column “{item.found}” is called “{known[0]}” in this file; it was taken.")
        positions[item.name] = here[0]
    wide = _match_wide(source, found, set(positions.values()))
    faults += _missing_wide(source, wide)
    warnings += _notes(source, found, positions, wide)
    return HeaderMatch(found, positions, wide, tuple(faults), tuple(warnings))


def _match_wide(source: Source, headers: tuple[str, ...], used: set[int]) -> tuple[WideColumn, ...]:
    columns: list[WideColumn] = []
    for wide in source.wide:
        for position, header in enumerate(headers):
            match = wide.found.match(header.strip())
            if match is None or position in used:
                continue
            given = {name: text for name, text in match.groupdict().items() if text is not None}
            said = {name: wide.names.get(name, {}).get(text, text) for name, text in given.items()}
            value = said.pop("value", next(iter(wide.values)))
            columns.append(WideColumn(position, header, wide, tuple(said.items()), value))
    return tuple(columns)


def _missing_wide(source: Source, columns: tuple[WideColumn, ...]) -> list[Fault]:
    if not source.wide or columns:
        return []
    expected = " or ".join(f"“{wide.found.pattern}”" for wide in source.wide)
    return [
        Fault(
            None,
            "",
            "No column holds values.",
            f"Columns named like {expected} were expected.",
            "Is it the right file?",
        )
    ]


def _missing(wanted: str, found: tuple[str, ...], source: Source) -> Fault:
    taken = {plain(name) for item in source.fields for name in item.found_names}
    free = {plain(header): header for header in found if plain(header) not in taken}
    near = difflib.get_close_matches(plain(wanted), free, n=1, cutoff=0.55)
    if near:
        do = (
            f"The nearest name in the file is “{free[near[0]]}”: if that is the column, rename it in the file, "
            "or add the name to `aliases` in the contract."
        )
    else:
        do = "Ask the supplier for the column, or load the file under its own feed."
    return Fault(None, wanted, f"The column “{wanted}” is not in the file.", "", do)


def _twice(name: str, here: list[int]) -> Fault:
    columns = ", ".join(str(position + 1) for position in here)
    return Fault(
        None, name, f"The column “{name}” is there {len(here)} times (columns {columns}).", "", "Remove the copy."
    )


def _notes(
    source: Source, headers: tuple[str, ...], positions: dict[str, int], wide: tuple[WideColumn, ...]
) -> list[str]:
    used = set(positions.values()) | {column.position for column in wide}
    left = [header for place, header in enumerate(headers) if place not in used]
    notes = []
    dropped = [header for header in left if _matches(header, source.dropped)]
    if dropped:
        notes.append(f"Dropped at the door, as the contract says: {_list(dropped)}.")
    extra = [header for header in left if header not in dropped and not _matches(header, source.ignored)]
    if extra:
        notes.append(f"Columns that the contract does not know were left out: {_list(extra)}.")
    order = [positions[item.name] for item in source.fields if item.name in positions]
    if order != sorted(order):
        notes.append("The columns stand in another order than in the contract; each was found by its name.")
    return notes


def _list(headers: list[str]) -> str:
    counted = Counter(header.strip() or "(no name)" for header in headers)
    shown = [f"“{name}”" for name in list(counted)[:6]]
    return ", ".join(shown) + (f" and {len(counted) - 6} more" if len(counted) > 6 else "")


def _matches(header: str, patterns: Iterable[str]) -> bool:
    return any(re.search(pattern, header.strip()) for pattern in patterns)


def feeds_that_fit(headers: Iterable[str], sources: Iterable[Source]) -> list[str]:
    """Name the feeds whose columns are all among `headers`: where a file sent to the wrong feed may belong."""
    found = tuple(headers)
    fitting = []
    for source in sources:
        match = match_header(source, found)
        if not match.faults and len(match.positions) > 1:
            fitting.append((len(match.positions), source.name))
    return [name for _, name in sorted(fitting, reverse=True)]
