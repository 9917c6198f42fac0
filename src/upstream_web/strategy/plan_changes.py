"""Works out what a spreadsheet, or a choice made for many actions, would change; writes nothing.

Each row ends as one of: new, changed, unchanged, refused (with the reasons) or conflict (somebody else changed the
same field since the file was made).
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.records import history
from upstream_web.records.spreadsheets import SheetRow
from upstream_web.strategy import policies
from upstream_web.strategy.models import Action, ActionState
from upstream_web.strategy.operations.actions import check_move, set_state
from upstream_web.strategy.register import ACTIONS
from upstream_web.strategy.sheet_fields import KEY, VERSION, SheetField, column_of, is_same, shown

NEW, CHANGED, UNCHANGED, REFUSED, CONFLICT = "new", "changed", "unchanged", "refused", "conflict"
SAID_ALREADY = "A row before it makes the same action: leave one of them."
NOT_YOURS = "You may not change this action."
# A state brings these along; they are set together with it and not one by one.
WITH_STATE = ("state", "state_words", "done_on", "percent")


@dataclass(frozen=True)
class FieldChange:
    """One value: what it says now, what it would say, and the value as it is kept until it is applied."""

    name: str
    label: str
    old: str
    new: str
    value: Any


@dataclass(frozen=True)
class Proposal:
    """What one row would do. `version` is that of the action when this was worked out."""

    line: int
    kind: str
    title: str
    key: int | None = None
    version: int = 0
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    outcome: str = ""

    def kept(self) -> dict[str, Any]:
        """Give it as it is kept."""
        return asdict(self)

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> Proposal:
        """Read it back."""
        values = dict(kept) | {"changes": tuple(FieldChange(**each) for each in kept["changes"])}
        return cls(**values | {name: tuple(kept[name]) for name in ("faults", "notes")})


@dataclass
class Reading:
    """What was read of one row so far."""

    changes: list[FieldChange] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def propose(
    rows: Iterable[SheetRow], fields: list[SheetField], person: Any, *, on: date, reason: str
) -> list[Proposal]:
    """Work out what the rows of a spreadsheet would change; `reason` is why days move, where some do."""
    rows = list(rows)
    keys = [int(cell) for row in rows if (cell := row.cells.get(KEY, "").strip()).isdecimal() and len(cell) < 18]
    actions = {action.pk: action for action in ACTIONS.visible_to(person).filter(pk__in=keys, removed_at__isnull=True)}
    rows_of = Counter(keys)
    found: list[Proposal] = []
    made: set[tuple[Any, ...]] = set()
    for row in rows:
        cell = row.cells.get(KEY, "").strip()
        if not cell:
            proposed = _propose_new(row, fields, person, on=on)
            values = tuple(each.value for each in proposed.changes)
            found.append(_refused(row, SAID_ALREADY) if proposed.kind == NEW and values in made else proposed)
            made.add(values)
            continue
        action = actions.get(int(cell)) if cell.isdecimal() and len(cell) < 18 else None
        if action is None:
            found.append(_refused(row, f"There is no action with the key {cell[:20]}."))
            continue
        if rows_of[action.pk] > 1:  # nobody can say which of them is meant
            found.append(_refused(row, f"{rows_of[action.pk]} rows have the key {action.pk}: leave one of them."))
            continue
        found.append(_propose_change(row, action, fields, person, on=on, reason=reason))
    return found


def _refused(row: SheetRow, why: str) -> Proposal:
    return Proposal(row.line, REFUSED, _title(row), faults=(why,))


def _title(row: SheetRow) -> str:
    return row.cells.get(column_of("title").label, "").strip()[:200] or f"Row {row.line}"


def _propose_change(
    row: SheetRow, action: Action, fields: list[SheetField], person: Any, *, on: date, reason: str
) -> Proposal:
    read = Reading()
    base = _base(row, action, read)
    for each in fields:
        if each.label in row.cells:
            _read_cell(each, row.cells[each.label], action, base, read)
    read.notes += _not_taken(row, action, fields)
    return settle(row.line, action, read, person, on=on, reason=reason)


def _base(row: SheetRow, action: Action, read: Reading) -> Action | None:
    """Give the action as it was when the file was made; None when that is no longer known."""
    cell = row.cells.get(VERSION, "").strip()
    if not cell:
        read.notes.append("The row has no version, so it is compared with what the action says now.")
        return action
    if cell == str(action.version):
        return action
    return _as_it_was(action, int(cell)) if cell.isdecimal() and len(cell) < 9 else None


def _as_it_was(action: Action, number: int) -> Action | None:
    """Give an action as one of its versions says, with what steps set; None when that version is not kept."""
    version = history.find_version(action, number)
    if version is None:
        return None
    values = {name: value for name, value in history.values_at(version, Action).items() if name != "id"}
    return Action(pk=action.pk, **values)


def _read_cell(each: SheetField, cell: str, action: Action, base: Action | None, read: Reading) -> None:
    column = column_of(each.name)
    now = shown(column, action)
    if is_same(cell, now) or (base is not None and is_same(cell, shown(column, base))):
        return  # the person left the cell as the export wrote it
    try:
        value = each.read(cell)
    except ValueError as fault:
        read.faults.append(f"{each.label}: {fault}.")
        return
    if each.name != "state_words" and getattr(action, each.attribute) == value:
        return
    if base is None or shown(column, base) != now:
        by = history.last_changed_by(action, each.name)
        read.conflicts.append(f"{each.label}: {by} has changed it to “{now}”; the file says “{cell.strip()}”.")
        return
    read.changes.append(FieldChange(each.name, each.label, now, _as_read(cell, value), _keepable(value)))


def _as_read(cell: str, value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else cell.strip()


def _keepable(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _not_taken(row: SheetRow, action: Action, fields: list[SheetField]) -> list[str]:
    """Name the cells that were changed though their column is only written."""
    taken = {each.label for each in fields}
    return [
        f"{column.label} is worked out here; what the file says is not taken."
        for column in ACTIONS.columns
        if column.label in row.cells
        and column.label not in taken
        and column.name not in ("why", "rag")  # these read differently from one day to the next
        and not is_same(row.cells[column.label], shown(column, action))
    ]


def settle(line: int, action: Action, read: Reading, person: Any, *, on: date, reason: str) -> Proposal:
    """Decide what a row comes to: what it would change, or why it is refused."""
    faults = list(read.faults)
    if read.changes and not faults and not read.conflicts:
        if not may(person, Permission.ACTION_CHANGE, about=action):
            faults.append(NOT_YOURS)
        else:
            faults += assign(copy.copy(action), read.changes, on=on, reason=reason)
    kind = REFUSED if faults else CONFLICT if read.conflicts else CHANGED if read.changes else UNCHANGED
    return Proposal(
        line,
        kind,
        action.title,
        action.pk,
        action.version,
        tuple(read.changes),
        (*faults, *read.conflicts),
        tuple(read.notes),
    )


def _propose_new(row: SheetRow, fields: list[SheetField], person: Any, *, on: date) -> Proposal:
    read = Reading()
    for each in fields:
        cell = row.cells.get(each.label, "")
        if not cell.strip():
            read.faults += [f"{each.label} is empty; a new action needs it."] if each.needed else []
            continue
        try:
            value = each.read(cell)
        except ValueError as fault:
            read.faults.append(f"{each.label}: {fault}.")
            continue
        read.changes.append(FieldChange(each.name, each.label, "", _as_read(cell, value), _keepable(value)))
    faults = list(read.faults)
    if not faults and not may(person, Permission.ACTION_CHANGE):
        faults.append("You may not make actions.")
    if not faults:
        made = new_action(read.changes)
        faults += assign(made, read.changes, on=on, reason="", is_new=True) or _is_there(made)
    return Proposal(
        row.line, REFUSED if faults else NEW, _title(row), changes=tuple(read.changes), faults=tuple(faults)
    )


def _is_there(made: Action) -> list[str]:
    """Say where the plan has such an action already: a file that is sent twice makes nothing twice."""
    alike = {"title__iexact": made.title, "commitment_id": made.commitment_id, "lead_body_id": made.lead_body_id}
    twin = Action.objects.filter(removed_at=None, **alike).first()
    return [f"It stands in the plan already: to change it, write its key, which is {twin.pk}."] if twin else []


def new_action(changes: Iterable[FieldChange]) -> Action:
    """Give an action with the days that its first checks look at."""
    days = {each.name: each.value for each in changes if each.name in ("starts_on", "due_on")}
    return Action(**{name: date.fromisoformat(value) for name, value in days.items()})


def assign(action: Action, changes: Iterable[FieldChange], *, on: date, reason: str, is_new: bool = False) -> list[str]:
    """Put changes on an action, all but a moved day, and list what is wrong with the result."""
    values = {each.name: each.value for each in changes}
    faults = []
    due_on = date.fromisoformat(values["due_on"]) if "due_on" in values else action.due_on
    for name in values.keys() - {*WITH_STATE, "due_on"}:
        set_value(action, name, values[name])
    faults += _assign_state(action, values, on=on)
    if not is_new and "due_on" in values and due_on != action.due_on:
        try:
            policies.check_rebaseline(action, due_on, reason)
        except WrongUse as refused:
            faults.append(str(refused))
    was, action.due_on = action.due_on, due_on
    faults += policies.faults_of(action)
    action.due_on = was
    return faults


def set_value(action: Action, name: str, value: Any) -> None:
    """Put one kept value on an action."""
    model_field = Action._meta.get_field(name)
    setattr(action, model_field.attname, model_field.to_python(value))  # type: ignore[union-attr]


def _assign_state(action: Action, values: Mapping[str, Any], *, on: date) -> list[str]:
    to, words = values.get("state", action.state), values.get("state_words", "")
    faults = []
    if to != action.state:
        try:
            _check(action, to, words)
        except WrongUse as refused:
            return [str(refused)]
        set_state(action, to, words=words, on=on)
    elif "state_words" in values:
        faults += _assign_words(action, words)
    if values.get("done_on") and action.state == ActionState.DONE:
        action.done_on = min(date.fromisoformat(values["done_on"]), on)
    elif values.get("done_on"):
        faults.append("Done on: only a done action has a day on which it was done.")
    if "percent" in values:
        action.percent = values["percent"]
    return faults


def _check(action: Action, to: str, words: str) -> None:
    if action.pk:
        check_move(action, to, words)
    else:
        policies.check_move(action, to, words=words, open_milestones=0)


def _assign_words(action: Action, words: str) -> list[str]:
    attribute = {ActionState.BLOCKED: "blocked_by", ActionState.STOPPED: "stopped_because"}.get(
        ActionState(action.state)
    )
    if attribute is None or not words:
        return ["Blocked by, or stopped because: only a blocked or stopped action has such words, and needs them."]
    setattr(action, attribute, words)
    return []


def propose_for_many(
    actions: Iterable[Action], wanted: Mapping[str, Any], person: Any, *, on: date, reason: str
) -> list[Proposal]:
    """Work out what one choice would change on each of many actions.

    `wanted` has the names of fields with their new values as the form gave them, and `move_days`, which moves the day
    each action is due.
    """
    return [
        settle(line, action, _wanted_of(action, wanted), person, on=on, reason=reason)
        for line, action in enumerate(actions, start=1)
    ]


def _wanted_of(action: Action, wanted: Mapping[str, Any]) -> Reading:
    """Read what is wanted of one action; a finished one is opened again first, as on its page."""
    changes = _wanted_changes(action, wanted)
    is_closed = not action.is_open and not any(each.name == "state" for each in changes)
    closed = f"It is “{action.get_state_display()}”: open it again first."
    return Reading(changes=changes, faults=[closed] if changes and is_closed else [])


def _wanted_changes(action: Action, wanted: Mapping[str, Any]) -> list[FieldChange]:
    asked = dict(wanted)
    if asked.pop("move_days", None):
        asked["due_on"] = action.due_on + timedelta(days=wanted["move_days"])
    body = asked.pop("lead_body", None)
    found = []
    if body is not None and body.pk != action.lead_body_id:
        found.append(_change(action, "lead_body", body.pk, str(body)))
    for name in ("lead_role", "due_on"):
        if asked.get(name) and asked[name] != getattr(action, name):
            found.append(_change(action, name, _keepable(asked[name]), str(asked[name])))
    if asked.get("state") and asked["state"] != action.state:
        found.append(_change(action, "state", asked["state"], ActionState(asked["state"]).label))
        if asked.get("state_words"):
            found.append(_change(action, "state_words", asked["state_words"], asked["state_words"]))
    return found


def _change(action: Action, name: str, value: Any, words: str) -> FieldChange:
    column = column_of(name)
    return FieldChange(name, column.label, shown(column, action), words, value)


def propose_undo(applied: Iterable[Proposal], person: Any, *, on: date, reason: str) -> list[Proposal]:
    """Work out what would give applied rows the values that they had before; what was changed since stays."""
    applied = list(applied)
    keys = [each.key for each in applied]
    actions = {action.pk: action for action in ACTIONS.visible_to(person).filter(pk__in=keys, removed_at__isnull=True)}
    return [
        _propose_undo(line, row, actions.get(row.key or 0), person, on=on, reason=reason)
        for line, row in enumerate(applied, start=1)
    ]


def _propose_undo(line: int, row: Proposal, action: Action | None, person: Any, *, on: date, reason: str) -> Proposal:
    if action is None:
        return Proposal(line, REFUSED, row.title, faults=("The action is no longer there.",))
    before = None if row.kind == NEW else _as_it_was(action, row.version)
    if before is None:
        return Proposal(line, REFUSED, row.title, row.key, faults=("It was made new: remove it on its page.",))
    read = Reading()
    moved = any(each.name == "state" for each in row.changes)
    for each in row.changes:
        if each.name not in (("state", "state_words", "done_on") if moved else ("state_words",)):
            _take_back(each, action, before, read)
    if moved:
        _take_back_state({each.name: each.value for each in row.changes}, action, before, read)
    return settle(line, action, read, person, on=on, reason=reason)


def _take_back(change: FieldChange, action: Action, before: Action, read: Reading) -> None:
    field_of = Action._meta.get_field(change.name)
    name: str = field_of.attname  # type: ignore[union-attr]
    if getattr(action, name) != field_of.to_python(change.value):  # type: ignore[union-attr]
        read.conflicts.append(f"{change.label}: {history.last_changed_by(action, change.name)} has changed it since.")
        return
    column = column_of(change.name)
    value = _keepable(getattr(before, name))
    read.changes.append(FieldChange(change.name, change.label, shown(column, action), shown(column, before), value))


def _words_of_state(action: Action) -> str:
    words = {ActionState.BLOCKED: action.blocked_by, ActionState.STOPPED: action.stopped_because}
    return words.get(ActionState(action.state), "")


def _take_back_state(asked: Mapping[str, Any], action: Action, before: Action, read: Reading) -> None:
    """Give the state back with the words that stood with it, unless somebody changed either since."""
    if action.state != asked["state"] or _words_of_state(action) not in ("", asked.get("state_words")):
        read.conflicts.append(f"State: {action.changed_by} has changed it since.")
        return
    read.changes.append(_change(action, "state", before.state, before.get_state_display()))
    if words := _words_of_state(before):
        read.changes.append(_change(action, "state_words", words, words))
