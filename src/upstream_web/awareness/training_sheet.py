"""Reads a spreadsheet of completed training, and works out row by row what it would write; writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.awareness import queries
from upstream_web.awareness.models import Completion, CompletionSort, Course, Team
from upstream_web.records.cells import read_count, read_day, read_text
from upstream_web.records.spreadsheets import SheetRow

COURSE, BODY, TEAM, DAY, WHAT, PEOPLE, SOURCE = "Course", "Body", "Team", "Day", "What happened", "People", "Source"
LABELS = (COURSE, BODY, TEAM, DAY, WHAT, PEOPLE, SOURCE)
NEEDED = (COURSE, TEAM, DAY, PEOPLE)
GUIDE = (
    ("Column", "What stands in it"),
    (COURSE, "Name of the course."),
    (BODY, "Name of the body; needed only where two bodies have a team of the same name."),
    (TEAM, "Name of the team."),
    (DAY, "Day of the training."),
    (WHAT, f"One of: {', '.join(CompletionSort.labels)}. Empty is the first."),
    (PEOPLE, "How many people. Counts only: a sheet with names is refused for its columns."),
    (SOURCE, "Where the number is from."),
)
SORTS = {label.casefold(): value for value, label in CompletionSort.choices} | {"": CompletionSort.FIRST.value}


class Kind(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Line:
    """One row as it was read. `key` and `version` are those of the record that it changes."""

    number: int
    kind: str
    words: str
    course: int = 0
    team: int = 0
    on: str = ""
    sort: str = ""
    people: int = 0
    source: str = ""
    before: int = 0
    key: int = 0
    version: int = 0
    faults: tuple[str, ...] = ()

    def kept(self) -> dict[str, Any]:
        """Give it as it is carried along until somebody says yes."""
        return asdict(self)

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> Line:
        """Read it back."""
        return cls(**{**kept, "faults": tuple(kept["faults"])})


@dataclass(frozen=True)
class Known:
    """Courses and teams by name, as far as the person may count for them."""

    courses: Mapping[str, Course]
    teams: Mapping[tuple[str, str], list[Team]]

    def team(self, body: str, name: str) -> Team:
        """Find one team; raises ValueError where it is none, or several."""
        found = self.teams.get((body.casefold(), name.casefold()), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"“{name}” is a team of {len(found)} bodies; name the body")
        raise ValueError(f"“{name}” is no team{f' of {body}' if body else ''}")


def known_to(person: Any) -> Known:
    """Give the courses and teams that a person sees, by every name under which a sheet may speak of them."""
    teams: dict[tuple[str, str], list[Team]] = {}
    for team in queries.seen_by(Team, person).select_related("body"):
        for body in {"", team.body.name.casefold(), team.body.said_shortly.casefold(), team.body.key}:
            teams.setdefault((body, team.name.casefold()), []).append(team)
    courses = {course.title.casefold(): course for course in queries.seen_by(Course, person)}
    return Known(courses, teams)


def propose(rows: Iterable[SheetRow], person: Any, *, on: date) -> list[Line]:
    """Say of each row what it would write: something new, a changed number, nothing, or why it cannot be taken."""
    known, seen = known_to(person), set[tuple[int, int, str, str]]()
    held = {
        (each.course_id, each.team_id, each.on.isoformat(), each.sort): each for each in Completion.objects.present()
    }
    found = []
    for row in rows:
        line = read_line(row, known, person, on)
        name = (line.course, line.team, line.on, line.sort)
        if line.kind == Kind.NEW and name in seen:
            line = _refused(row, ["The file says this twice"])
        elif line.kind == Kind.NEW and name in held:
            line = _against(line, held[name])
        seen.add(name)
        found.append(line)
    return found


def _against(line: Line, held: Completion) -> Line:
    """Say what a row does to what is held already."""
    same = line.people == held.number
    kept = {**line.kept(), "kind": Kind.UNCHANGED if same else Kind.CHANGED, "before": held.number}
    return Line.from_kept({**kept, "key": held.pk, "version": held.version})


def _refused(row: SheetRow, faults: list[str]) -> Line:
    words = ", ".join(cell for label in (COURSE, TEAM, DAY) if (cell := row.cells.get(label, "").strip()))
    return Line(row.line, Kind.REFUSED, words or "An empty row", faults=tuple(f"{fault}." for fault in faults))


def read_line(row: SheetRow, known: Known, person: Any, on: date) -> Line:
    """Read one row; all its faults at once."""
    cells = {label: row.cells.get(label, "").strip() for label in LABELS}
    faults = [f"{label} is empty" for label in NEEDED if not cells[label]]

    def read(label: str, reader: Callable[[str], Any]) -> Any:
        if label in NEEDED and not cells[label]:
            return None
        try:
            return reader(cells[label])
        except ValueError as fault:
            faults.append(f"{label} {fault}")
            return None

    course = read(COURSE, lambda text: _course(text, known))
    team = read(TEAM, lambda text: known.team(cells[BODY], text))
    day, people = read(DAY, read_day), read(PEOPLE, read_count)
    sort, source = read(WHAT, _sort), read(SOURCE, lambda text: read_text(text, longest=200))
    if day and day > on:
        faults.append(f"{DAY} is still to come")
    if people == 0:
        faults.append("Nobody is no training; leave the row out")
    if team is not None and not may(person, Permission.AWARENESS_CHANGE, about=Completion(team=team)):
        faults.append(f"You may not count for {team.body}")
    if faults or course is None or team is None or day is None or people is None:
        return _refused(row, faults)
    words = f"{course}, {team}, {day.isoformat()}"
    return Line(row.line, Kind.NEW, words, course.pk, team.pk, day.isoformat(), sort or "first", people, source or "")


def _course(text: str, known: Known) -> Course:
    course = known.courses.get(text.casefold())
    if course is None:
        raise ValueError(f"“{text[:60]}” is no course")
    return course


def _sort(text: str) -> str:
    if text.casefold() not in SORTS:
        raise ValueError(f"“{text[:40]}” is none of {', '.join(CompletionSort.labels)}")
    return SORTS[text.casefold()]
