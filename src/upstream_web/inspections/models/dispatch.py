"""The proof that a published response was sent. What was published is a kept paper of the response."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.inspections.models.response import ResponseRecord
from upstream_web.records.models import Record


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
