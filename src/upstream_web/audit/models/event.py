"""One line of the trail."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from upstream_web.audit.actions import Action


class TrailIsAppendOnly(Exception):
    """Somebody tried to change or remove a line of the trail."""


class AppendOnlyEvents(models.QuerySet["Event"]):
    """Lines can be added and read; they are never changed and never removed."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TrailIsAppendOnly("A line of the trail is never changed.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TrailIsAppendOnly("A line of the trail is never removed.")


class Event(models.Model):
    """Who did what, to what, when. It has no foreign keys, so nothing that is erased can tear a hole in it."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=254, db_index=True)
    action = models.CharField(max_length=60, choices=[(action.value, action.value) for action in Action])
    kind = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    objects = AppendOnlyEvents.as_manager()

    class Meta:
        """Read in the order written; only acts that are known are kept."""

        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "about"], name="event_about")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(action__in=[action.value for action in Action]), name="event_action_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.action} {self.about}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new line; raises `TrailIsAppendOnly` for one that is already written."""
        if self.pk is not None:
            raise TrailIsAppendOnly("A line of the trail is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TrailIsAppendOnly("A line of the trail is never removed.")
