"""One line of the trail."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from upstream_web.audit.chain import COLUMNS, joined, moment_as_text
from upstream_web.audit.models.facts import FactsField


class TrailIsAppendOnly(Exception):
    """Somebody tried to change or remove a line of the trail."""


class Events(models.QuerySet["Event"]):
    """Lines can be added and read; they are never changed and never removed."""

    def newest_first(self) -> Events:
        """Put them in the order in which people read them; every index of the table ends with it."""
        return self.order_by("-at", "-chain")

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TrailIsAppendOnly("A line of the trail is never changed.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TrailIsAppendOnly("A line of the trail is never removed.")


def _index(name: str, *columns: str) -> models.Index:
    return models.Index(fields=[*columns, "at", "chain"], name=name)


class Event(models.Model):
    """Who did what, to what, when, why and for whom. It has no foreign keys: erasing something tears no hole in it.

    `chain` numbers the lines without a gap. It is the primary key, given by `operations.events.record` and never by
    the database, so that the lines lie on disk in the order in which they are checked.
    """

    chain = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=254)
    action = models.CharField(max_length=120)
    act_kind = models.CharField(max_length=20)
    kind = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=300, blank=True)
    purpose = models.CharField(max_length=120, blank=True)
    body = models.CharField(max_length=200, blank=True)
    recipient = models.CharField(max_length=254, blank=True)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    detail = FactsField(default=dict, blank=True)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = Events.as_manager()

    class Meta:
        """Read in the order written; found by each thing that people ask after."""

        ordering: ClassVar[list[str]] = ["chain"]
        indexes: ClassVar[list[models.Index]] = [
            _index("event_by_moment"),
            _index("event_by_actor", "actor"),
            _index("event_by_act", "action"),
            _index("event_by_act_kind", "act_kind"),
            _index("event_by_kind", "kind"),
            _index("event_by_record", "kind", "about"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.action} {self.about}".strip()

    def sealed_bytes(self) -> bytes:
        """Give what the hash is taken of."""
        columns: dict[str, Any] = {name: getattr(self, name) for name in COLUMNS}
        columns["at"] = moment_as_text(self.at)
        columns["detail"] = FactsField().get_prep_value(self.detail)
        return joined(columns)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new line; raises `TrailIsAppendOnly` for one that is already written."""
        if not self._state.adding:
            raise TrailIsAppendOnly("A line of the trail is never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TrailIsAppendOnly("A line of the trail is never removed.")
