"""A note: one record with every sort of field that records of the site have."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from upstream_web.records.models import Record


class Note(Record):
    """Something written down, owned by a body, with a lead, perhaps closed to all but the lead."""

    kind = "note"
    body_lookup = "body"
    people_lookups = ("lead_id",)
    restricted_lookup = "closed"

    class State(models.TextChoices):
        """Where a note stands."""

        OPEN = "open", "Open"
        DONE = "done", "Done"

    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    due_on = models.DateField("day it is due", null=True, blank=True)
    amount = models.IntegerField(null=True, blank=True)
    body = models.CharField(max_length=80, blank=True)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed = models.BooleanField("closed to others", default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        """Amounts are not negative."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(amount__gte=0), name="note_amount_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.title
