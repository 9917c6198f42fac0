"""Lets templates ask the same question that views ask."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from upstream_web.access.authorisation import Person, may
from upstream_web.access.permissions import Permission


class Answers:
    """In a template, `{% if may.FEED_LOAD %}` asks the authorisation function."""

    def __init__(self, person: Person | None) -> None:
        self._person = person
        self._given: dict[str, bool] = {}

    def __getitem__(self, name: str) -> bool:
        """Whether the person holds the permission of that name; raises KeyError for an unknown name."""
        if name not in self._given:  # the frame of a page asks the same several times
            self._given[name] = self._person is not None and may(self._person, Permission[name])
        return self._given[name]


def access(request: HttpRequest) -> dict[str, Any]:
    """Give templates `may`."""
    return {"may": Answers(getattr(request, "user", None))}
