"""What people say about a record."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models

from upstream_web.records.models.hanging import Hanging, HangingQuerySet

CHANGED_WITHIN = timedelta(minutes=15)
LONGEST = 10_000


class Comment(Hanging):
    """One comment. Its writer may put it right for a quarter of an hour; after that they add to it.

    A withdrawn comment leaves its place and says so; its words are shown to nobody.
    """

    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=LONGEST)
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    adds_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="additions")

    objects = HangingQuerySet.as_manager()

    class Meta:
        """In the order in which they were written; never empty."""

        ordering: ClassVar[list[str]] = ["at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["record_kind", "record_key", "at"], name="comment_of_record")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(text=""), name="comment_has_words")
        ]

    def __str__(self) -> str:
        return f"{self.by} on {self.record_kind} {self.record_key}"

    def can_be_changed(self, person: Any, at: datetime) -> bool:
        """Whether `person` may still put these words right at that moment."""
        return self.is_of(person) and at - self.at <= CHANGED_WITHIN

    def is_of(self, person: Any) -> bool:
        """Whether `person` wrote it and has not withdrawn it."""
        return self.by_id == person.pk and self.withdrawn_at is None
