"""A response as it was published, frozen, and the proof that it was sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.inspections.models.response import ResponseRecord
from upstream_web.records.models import Record


class PublishedResponse(Record):
    """One published version: the paper as content and its files with their hashes. Never changed; a correction is
    published beside it under the next number."""

    kind = "published-response"

    response = models.ForeignKey(ResponseRecord, on_delete=models.PROTECT, related_name="published")
    number = models.PositiveSmallIntegerField()
    published_on = models.DateField()
    reason = models.CharField("what was corrected", max_length=500, blank=True)
    paper = models.JSONField()
    files = models.JSONField(default=dict)  # name of the file: its SHA-256

    class Meta:
        """Numbered from 1; from the second on each says what it corrects."""

        ordering: ClassVar[list[str]] = ["response", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["response", "number"], name="published_response_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="published_response_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response}, version {self.number}"


class Dispatch(Record):
    """The published response sent to somebody who must have it, with the proof."""

    kind = "dispatch"

    class Recipient(models.TextChoices):
        """Who is sent a copy: the first two by law."""

        SECRETARY_OF_STATE = "secretary of state", "Secretary of State"
        INSPECTORATE = "inspectorate", "Inspectorate"
        PANEL = "panel", "Police and crime panel"
        OTHER = "other", "Somebody else"

    BY_LAW = (Recipient.SECRETARY_OF_STATE, Recipient.INSPECTORATE)

    response = models.ForeignKey(ResponseRecord, on_delete=models.PROTECT, related_name="dispatches")
    recipient = models.CharField("sent to", max_length=30, choices=Recipient.choices)
    sent_on = models.DateField("sent on")
    proof = models.CharField(
        max_length=300, help_text="What shows it: reference of the message, or the name of the attached receipt."
    )

    class Meta:
        """By day. Nothing counts as sent without its proof."""

        ordering: ClassVar[list[str]] = ["sent_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(proof=""), name="dispatch_has_proof"),
        ]

    def __str__(self) -> str:
        return f"Copy to {self.get_recipient_display()}"
