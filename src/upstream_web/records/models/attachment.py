"""Files that belong to a record."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from upstream_web.records.models.hanging import Hanging, HangingQuerySet


class Attachment(Hanging):
    """One file, under a title. It is kept under the hash of its content, so that the same file is stored once.

    `newer` replaced it; a withdrawn one is kept, and its row says who withdrew it and why. `notes` say what the
    person who attached it should know, such as the name of an author inside the file.
    """

    class Sort(models.TextChoices):
        """What a file is to its record."""

        EVIDENCE = "evidence", "Evidence"
        PAPER = "paper", "Paper or report"
        MINUTES = "minutes", "Minutes"
        LETTER = "letter", "Letter"
        AGREEMENT = "agreement", "Agreement"
        DATA = "data", "Data"
        PICTURE = "picture", "Picture"
        OTHER = "other", "Other"

    title = models.CharField(max_length=200)
    sort = models.CharField("kind of document", max_length=12, choices=Sort.choices, default=Sort.OTHER)
    file_name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    notes = models.TextField(blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    attached_by = models.CharField(max_length=254)
    attached_at = models.DateTimeField()
    newer = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="older")
    withdrawn_by = models.CharField(max_length=254, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = HangingQuerySet.as_manager()

    class Meta:
        """Newest first; withdrawn by somebody who says why."""

        ordering: ClassVar[list[str]] = ["-attached_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["record_kind", "record_key"], name="attachment_of_record"),
            models.Index(fields=["sha256"], name="attachment_by_content"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by="", withdrawn_because="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by="") & ~models.Q(withdrawn_because="")),
                name="attachment_withdrawn_with_reason",
            ),
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="attachment_hash_is_one"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> Path:
        """Where the content lies, outside of everything that is served."""
        return Path(settings.ATTACHMENTS) / self.sha256[:2] / self.sha256
