"""Notes of the tests' own kind, and what tests of the things that hang on them ask."""

from __future__ import annotations

from datetime import UTC, datetime

from integration.web.notebook.models import Note

from upstream_web.audit.models import Event
from upstream_web.records.operations import keeping

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def make_note(title: str = "The plan", **fields) -> Note:
    return keeping.make(record=Note(title=title, **fields), by="tests", at=AT)


def flat(response) -> str:
    return response.content.decode()


def events(action: str) -> list[Event]:
    return list(Event.objects.filter(action=action))
