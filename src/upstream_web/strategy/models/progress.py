"""A progress note: what a lead reports on an action. Notes are added, never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.core.words import short_day_words
from upstream_web.records.models import Record
from upstream_web.strategy.models.action import Action


class Confidence(models.TextChoices):
    """How sure the lead is that the action will be done in time."""

    HIGH = "high", "High: it will be done in time"
    MEDIUM = "medium", "Medium: it may slip"
    LOW = "low", "Low: it will slip without help"


class ProgressNote(Record):
    """What was done on an action in a period, what comes next, how far it is and how sure its lead is."""

    kind = "progress-note"
    body_lookup = "action__lead_body__key"
    people_lookups = ("action__lead_id",)

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="notes")
    noted_on = models.DateField("reported")
    period_from = models.DateField("from")
    period_until = models.DateField("until")
    done = models.TextField("what was done")
    next = models.TextField("what comes next", blank=True)
    percent = models.PositiveSmallIntegerField("part done, in %")
    confidence = models.CharField(max_length=8, choices=Confidence.choices)

    class Meta:
        """The newest first."""

        ordering: ClassVar[list[str]] = ["-noted_on", "-pk"]
        get_latest_by = "noted_on"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(period_until__gte=models.F("period_from")), name="progress_note_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="progress_note_percent_of_a_hundred"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-noted_on", "id"], name="progress_note_by_day")]

    def __str__(self) -> str:
        return f"Progress on {short_day_words(self.noted_on)}"

    def get_absolute_url(self) -> str:
        """Give its place on the action's page."""
        return f"{self.action.get_absolute_url()}#note-{self.pk}"
