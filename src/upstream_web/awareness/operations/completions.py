"""What is done with a spreadsheet of completed training."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.awareness.models import Completion, Team
from upstream_web.awareness.training_sheet import Kind, Line
from upstream_web.core.operations import operation, tell
from upstream_web.records.operations import keeping


class SheetOutOfDate(WrongUse):
    """Somebody changed the counts since the sheet was looked at."""


@operation("completed training taken from a spreadsheet")
def take(*, lines: Sequence[Line], file_name: str, by: Any, at: datetime) -> int:
    """Write the rows that are new or changed, all or none; gives how many. Raises `SheetOutOfDate`."""
    written = 0
    for line in lines:
        if line.kind == Kind.NEW:
            keeping.keep_new(_new(line, file_name, by), by=by, at=at)
        elif line.kind == Kind.CHANGED:
            keeping.keep(_changed(line, file_name, by), by=by, at=at)
        else:
            continue
        written += 1
    tell(file=file_name, rows=written)
    return written


def _new(line: Line, file_name: str, by: Any) -> Completion:
    held = Completion.objects.present().filter(course=line.course, team=line.team, on=line.on, sort=line.sort)
    team = Team.objects.present().filter(pk=line.team).select_related("body").first()
    if held.exists() or team is None:
        raise SheetOutOfDate(f"Row {line.number}, {line.words}, was written meanwhile.", do="Send the file again.")
    made = Completion(
        course_id=line.course, team=team, on=date.fromisoformat(line.on), sort=line.sort, number=line.people,
        source=line.source or file_name[:200],
    )  # fmt: skip
    return _allowed(made, by)


def _changed(line: Line, file_name: str, by: Any) -> Completion:
    held = Completion.objects.present().filter(pk=line.key, version=line.version).select_related("team__body").first()
    if held is None:
        raise SheetOutOfDate(f"Row {line.number}, {line.words}, was changed meanwhile.", do="Send the file again.")
    held.number, held.source = line.people, line.source or file_name[:200]
    return _allowed(held, by)


def _allowed(completion: Completion, by: Any) -> Completion:
    if not may(by, Permission.AWARENESS_CHANGE, about=completion):
        raise SheetOutOfDate(f"You may no longer count for {completion.team.body}.")
    return completion
