"""Exports of the trail, each of which leaves a line in it."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

from upstream_web.audit import checkpoint
from upstream_web.audit.actions import Action
from upstream_web.audit.chain import COLUMNS, facts_as_text, moment_as_text
from upstream_web.audit.models import Event
from upstream_web.audit.operations import events
from upstream_web.audit.searching import Asked, find_all
from upstream_web.audit.verification import Progress
from upstream_web.core.operations import name_of

MOST_LINES_AS_TABLE = 100_000
TABLE_COLUMNS = tuple(name for name in COLUMNS if name not in ("chain", "before"))
FORMULA_SIGNS = ("=", "+", "-", "@")


def export_to(
    *, path: Path, head_only: bool = False, by: Any, at: datetime, progress: Progress | None = None
) -> checkpoint.Export:
    """Write an export to a new file; what the trail says of it comes behind the last line exported.

    The file gets its name when the line is written. Both in one transaction would keep everybody else from writing
    for as long as the export of a long trail takes.
    """
    draft = path.with_name(f".{path.name}.part")
    with draft.open("x", encoding="utf-8") as stream:
        made = checkpoint.export(stream, at=at, head_only=head_only, progress=progress)
    facts = {"lines": made.lines, "to_line": made.number, "hash": made.hash}
    events.record(
        Action.TRAIL_EXPORTED, by=name_of(by), at=at, kind="audit trail", recipient=f"file {path.name}", detail=facts
    )
    draft.rename(path)
    return made


def export_table(*, asked: Asked, by: Any, at: datetime) -> str:
    """Write the lines that answer as CSV, newest first, at most `MOST_LINES_AS_TABLE`; then the last row says so."""
    text, count = io.StringIO(newline=""), 0
    table = csv.writer(text)
    table.writerow(("line", *TABLE_COLUMNS, "hash"))
    for event in find_all(asked, most=MOST_LINES_AS_TABLE):
        table.writerow((event.chain, *(_cell(event, name) for name in TABLE_COLUMNS), event.hash))
        count += 1
    if count == MOST_LINES_AS_TABLE:
        table.writerow((f"Only the newest {count:,} lines are here. Narrow what you ask for to see older ones.",))
    name, facts = name_of(by), {**asked.parts, "lines": count}
    about = asked.query or "all lines"
    events.record(Action.TRAIL_EXPORTED, by=name, at=at, kind="audit trail", about=about, recipient=name, detail=facts)
    return text.getvalue()


def _cell(event: Event, name: str) -> str:
    """Write a value so that no spreadsheet takes it for a formula: names tried at sign-in are anybody's words."""
    value = getattr(event, name)
    if name == "at":
        return moment_as_text(value)
    text = facts_as_text(value) if name == "detail" else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
