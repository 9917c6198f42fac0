"""What a person set up for themselves: ways of looking at a list, and the address of their calendar."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SavedFilter(models.Model):
    """What somebody asks of a list, under a name; their own, or shared with all who see the list."""

    person = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    register = models.SlugField(max_length=60)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)

    class Meta:
        """One of a name for each list; at most one with which it opens."""

        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "register", "name"], name="saved_filter_name_is_used_once"),
            models.UniqueConstraint(
                fields=["person", "register"], condition=models.Q(is_default=True), name="saved_filter_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def trail_name(self) -> tuple[str, str]:
        """Point at the list."""
        return "saved filter", f"{self.register}: {self.name}"[:300]


class CalendarAddress(models.Model):
    """The secret address of a person's calendar. Only its hash is kept, so the database opens no calendars."""

    person = models.OneToOneField("access.User", models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_on = models.DateField(null=True, blank=True)  # the last day on which its reading was written down

    def __str__(self) -> str:
        return f"calendar of {self.person}"

    def trail_name(self) -> tuple[str, str]:
        """Point at the person."""
        return "user", self.person.username
