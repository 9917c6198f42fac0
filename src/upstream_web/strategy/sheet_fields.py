"""The columns of the plan's spreadsheet that may be changed, and how the text of a cell is read into a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from upstream_web.access.models import User
from upstream_web.organisations.models import Organisation
from upstream_web.records.cells import (
    GUARDED,
    at_most,
    normal,
    read_day,
    read_day_or_none,
    read_money,
    read_percent,
    read_text,
)
from upstream_web.records.columns import Column, plain
from upstream_web.records.spreadsheets import text_of
from upstream_web.strategy.action_register import Actions
from upstream_web.strategy.forms import current_commitments
from upstream_web.strategy.models import Action, ActionState

KEY, VERSION = "Key", "Version"  # written by every export of a register, after its own columns


def shown(column: Column, action: Action) -> str:
    """Give what an export writes for an action in a column."""
    return normal(text_of(plain(column.of(action))))


def is_same(cell: str, exported: str) -> bool:
    """Tell whether a cell says what the export wrote there."""
    return normal(cell) == exported or normal(GUARDED.sub("", cell, count=1)) == exported


def _one_of(text: str, known: Mapping[str, Any], what: str) -> Any:
    wanted = read_text(text).casefold()
    if wanted in known:
        return known[wanted]
    raise ValueError(f"“{text.strip()[:60]}” is no {what}")


def read_state(text: str) -> str:
    """Read a state by its words."""
    known = {state.label.casefold(): state.value for state in ActionState}
    return str(_one_of(text, known, f"state; write one of: {', '.join(ActionState.labels)}"))


@dataclass(frozen=True)
class SheetField:
    """A column that may be changed: the attribute it sets, how a cell is read, and whether a new action needs it."""

    name: str
    label: str
    attribute: str
    read: Callable[[str], Any]
    about: str
    needed: bool = False


def sheet_fields() -> list[SheetField]:
    """Give the columns that may be changed, with the bodies, people and commitments of now."""
    bodies = {name.casefold(): each.pk for each in Organisation.objects.all() for name in (each.name, each.key)}
    people = {each.username.casefold(): each.pk for each in User.objects.filter(is_active=True)}
    promises = {each.code.casefold(): each.pk for each in current_commitments()}
    commitment = partial(_one_of, known=promises, what="commitment in force; write its number, such as 2.3")
    body = partial(_one_of, known=bodies, what="body of the partnership")
    person = partial(_one_of, known={**people, "": None}, what="sign-in name of somebody active")
    states = ", ".join(ActionState.labels)
    return [
        _field("title", at_most(200), "What will be there when it is done.", needed=True),
        _field("commitment", commitment, "Number of the commitment it serves, such as 2.3.", needed=True),
        _field("what", read_text, "What will be done."),
        _field("lead_body", body, "Name of the body that leads.", needed=True),
        _field("lead_role", at_most(120), "Who leads, by role."),
        _field("lead", person, "Sign-in name of the lead, where they have one."),
        _field("starts_on", read_day, "Day on which it starts.", needed=True),
        _field("due_on", read_day, "Day by which it is done. A later change is kept in its log.", needed=True),
        _field("state", read_state, f"One of: {states}."),
        _field("state_words", at_most(500), "What blocks it, or why it was stopped."),
        _field("done_on", read_day_or_none, "Day on which it was done; today, when it is left empty."),
        _field("percent", read_percent, "Part done, 0 to 100."),
        _field("cost_planned", read_money, "In pounds."),
        _field("cost_spent", read_money, "In pounds, since it started."),
        _field("output_expected", at_most(300), "What is delivered."),
        _field("outcome_expected", at_most(300), "What changes for people because of it."),
        _field("outcome_seen", read_text, "What came of it."),
    ]


def _field(name: str, read: Callable[[str], Any], about: str, *, needed: bool = False) -> SheetField:
    attribute = f"{name}_id" if name in ("commitment", "lead_body", "lead") else name
    return SheetField(name, column_of(name).label, attribute, read, about, needed)


def column_of(name: str) -> Column:
    """Give the column of the register that writes a field."""
    return next(column for column in Actions.columns if column.name == name)


def known_labels() -> Sequence[str]:
    """Give every label that a file may have, those that are only written among them."""
    return [*(column.label for column in Actions.columns), KEY, VERSION]
