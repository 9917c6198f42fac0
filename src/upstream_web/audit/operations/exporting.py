"""Exports of the trail, each of which leaves a line in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from upstream_web.audit import checkpoint
from upstream_web.audit.actions import Action
from upstream_web.audit.operations import events
from upstream_web.audit.verification import Progress
from upstream_web.core.operations import name_of


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
