"""Migrations that make many tables at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db.migrations import CreateModel, Migration
from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """Make tables that stand one after the other in a migration."""

    def __init__(self, *each: Operation) -> None:
        self.each = each

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Enter all models before any is rendered, which happens when one is first asked for."""
        state.__dict__.pop("apps", None)
        for one in self.each:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the tables in their order."""
        for one in self.each:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the tables away, the last first."""
        for one in reversed(self.each):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what is made."""
        return "; ".join(one.describe() for one in self.each)


class ManyTables(Migration):
    """A migration that renders the models once for all its new tables.

    Django renders for each table every model that hangs together with it, which in this site is nearly all of them:
    of the time that a first start took for its tables, that was two thirds.
    """

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        self.operations = list(_put_together(self.operations))  # type: ignore[misc]  # as Django does itself


def _put_together(operations: Iterable[Operation]) -> Iterator[Operation]:
    for makes_tables, found in groupby(operations, lambda each: isinstance(each, CreateModel)):
        if makes_tables:
            yield CreateModels(*found)
        else:
            yield from found
