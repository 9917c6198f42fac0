"""Exports: the trail, or its head alone, in a file kept elsewhere, against which the trail can be checked later.

Whoever holds the key can make a false trail that is whole. They cannot make one that agrees with a file that lies
where they cannot reach it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TextIO

from upstream.exceptions import InputRefused
from upstream_web.audit import stored
from upstream_web.audit.chain import COLUMNS, SEPARATOR, facts_as_text, get_seal, joined, moment_as_text
from upstream_web.audit.models import Head
from upstream_web.audit.operations.events import TrailHeadAltered
from upstream_web.audit.pieces import Fault, Faults, Wrong
from upstream_web.audit.verification import Progress, read_head

FORM = "upstream audit trail 1"


class CheckpointNotUnderstood(InputRefused):
    """A file is not an export of this trail, or no longer as it was written."""


@dataclass(frozen=True)
class Export:
    """What was written to a file."""

    lines: int
    number: int
    hash: str


@dataclass(frozen=True)
class Comparison:
    """What a check against an export found."""

    lines: int
    number: int
    faults: tuple[Fault, ...]
    fault_count: int


def export(stream: TextIO, *, at: datetime, head_only: bool = False, progress: Progress | None = None) -> Export:
    """Write the sealed head of the trail, then one JSON object a line unless `head_only`."""
    seal, head = get_seal(), read_head()
    if head is None or head.seal != head.sealed_with(seal):
        raise TrailHeadAltered("There is no head of the trail to be exported.", do="Run `upstream audit verify`.")
    written_at = moment_as_text(at)
    said = {
        "form": FORM, "number": head.number, "hash": head.hash, "erased_to": head.erased_to,
        "erased_hash": head.erased_hash, "at": written_at, "lines": 0 if head_only else head.number - head.erased_to,
    }  # fmt: skip
    stream.write(json.dumps({**said, "seal": seal.of_parts(*said.values())}) + "\n")
    count = 0
    for batch in stored.lines(after=0, to=0 if head_only else head.number):
        stream.writelines(_as_json(line) for line in batch)
        count += len(batch)
        if progress:
            progress("", batch[-1][0], head.number)
    return Export(count, head.number, head.hash)


def _as_json(line: stored.Line) -> str:
    number, content, kept = line
    texts = (content or b"").decode("utf-8", "replace").split(SEPARATOR, len(COLUMNS) - 1)
    columns: dict[str, Any] = dict(zip(COLUMNS, texts, strict=False))
    columns |= {"chain": number, "hash": (kept or b"").decode("utf-8", "replace")}
    with suppress(KeyError, ValueError):  # Else written as it is; a check will say that this line was changed.
        columns["detail"] = json.loads(columns["detail"])
    return json.dumps(columns, ensure_ascii=False) + "\n"


def compare(stream: TextIO, progress: Progress | None = None) -> Comparison:
    """Check that the trail still holds what an export holds; lines erased since when their time was up are passed over.

    Raises `CheckpointNotUnderstood` for a file that is not whole or was sealed with another key.
    """
    said = _read_head(stream)
    faults, count, now = Faults(), 0, read_head()
    erased_to = now.erased_to if now and now.seal == now.sealed_with(get_seal()) else 0
    while lines := list(islice(stream, stored.BATCH)):
        wanted = [_from_json(text, at=count + place) for place, text in enumerate(lines, start=2)]
        count += len(wanted)
        _compare([line for line in wanted if line[0] > erased_to], faults)
        if progress:
            progress("", wanted[-1][0], said["number"])
    if count != said["lines"]:
        raise CheckpointNotUnderstood(f"The file holds {count:,} lines of the trail.", expected=f"{said['lines']:,}")
    _compare_end(said, now, faults)
    return Comparison(count, said["number"], tuple(faults.listed), faults.count)


def _read_head(stream: TextIO) -> dict[str, Any]:
    try:
        said = json.loads(stream.readline())
        sealed = said.pop("seal")
    except (ValueError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as failure:
        raise CheckpointNotUnderstood("The file does not begin with the head of a trail.") from failure
    if said.get("form") != FORM or sealed != get_seal().of_parts(*said.values()):
        raise CheckpointNotUnderstood(
            "The head in the file was altered, or sealed with another key.",
            expected="an export of this trail, as `upstream audit export` wrote it",
        )
    return said


def _from_json(text: str, *, at: int) -> stored.Line:
    try:
        columns = json.loads(text)
        columns["detail"] = facts_as_text(columns["detail"])
        return int(columns["chain"]), joined(columns), str(columns["hash"]).encode()
    except (ValueError, KeyError, TypeError) as failure:
        raise CheckpointNotUnderstood(f"Line {at:,} of the file is not a line of the trail.") from failure


def _compare(wanted: list[stored.Line], faults: Faults) -> None:
    if not wanted:
        return
    there = {line[0]: line for line in _between(wanted[0][0], wanted[-1][0])}
    for line in wanted:
        if line[0] not in there:
            faults.add(Wrong.MISSING, line[0], line[0])
        elif there[line[0]] != line:
            faults.add(Wrong.NOT_AS_EXPORTED, line[0], line[0])


def _between(first: int, last: int) -> Iterator[stored.Line]:
    for batch in stored.lines(after=first - 1, to=last):
        yield from batch


def _compare_end(said: dict[str, Any], now: Head | None, faults: Faults) -> None:
    """Check that the last line of the export is still the line of that number, by its hash."""
    number, kept = said["number"], said["hash"].encode()
    if now is not None and number == now.erased_to:
        found: bytes | None = now.erased_hash.encode()
    elif now is not None and number < now.erased_to:
        return
    else:
        found = next((line[2] for line in _between(number, number)), None)
    if number and found is None:
        faults.add(Wrong.MISSING, number, number)
    elif number and found != kept:
        faults.add(Wrong.NOT_AS_EXPORTED, number, number)
