"""A secret by which a program acts for a person."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models


class Token(models.Model):
    """One secret of one person, under a name. Only its hash is kept; it may do what the person may, until it ends."""

    person = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_on = models.DateField()
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Token]] = models.Manager()

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def trail_name(self) -> tuple[str, str]:
        """Point at the person."""
        return "user", self.person.username

    def works_on(self, day: date) -> bool:
        """Whether it opens anything on a day; its last day belongs to it."""
        return self.revoked_at is None and day <= self.ends_on
