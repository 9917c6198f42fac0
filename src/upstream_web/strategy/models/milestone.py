"""A milestone: a step on the way of an action that can be seen to be reached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.records.models import Record
from upstream_web.strategy.models.action import Action


class Milestone(Record):
    """A step of an action with the day by which it should be reached, and the day on which it was."""

    kind = "milestone"
    body_lookup = "action__lead_body__key"
    people_lookups = ("action__lead_id",)

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones", editable=False)
    title = models.CharField(max_length=160)
    due_on = models.DateField("due")
    done_on = models.DateField("reached", null=True, blank=True)

    class Meta:
        """In the order of time."""

        ordering: ClassVar[list[str]] = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title
