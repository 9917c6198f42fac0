"""A published response that was handed in as a file, and what was read from it, field by field."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import models

from upstream_web.core.workbench import get_partnership
from upstream_web.inspections.models.inspection import Inspection
from upstream_web.inspections.models.response import ResponseRecord
from upstream_web.records.models import Record

FOLDER = "imported_responses"


class ImportedResponse(Record):
    """One file. It is kept by its hash, so that the same file is known when it comes again.

    `unplaced` are the lines that went to no field, each with its number, text and the page it stood on.
    """

    kind = "response-import"

    class State(models.TextChoices):
        """How far it has come."""

        READING = "reading", "Being read"
        FAILED = "failed", "Could not be read"
        CONFIRMING = "confirming", "To be confirmed"
        DONE = "done", "Taken over"
        SET_ASIDE = "set aside", "Set aside"

    file_name = models.CharField("file", max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField("size")
    state = models.CharField(max_length=20, choices=State.choices, default=State.READING)
    fault = models.TextField("why it could not be read", blank=True)
    form = models.CharField("form recognised", max_length=100, blank=True)
    lines = models.JSONField(default=list)
    unplaced = models.JSONField(default=list)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, null=True, related_name="imports")
    response = models.ForeignKey(ResponseRecord, on_delete=models.PROTECT, null=True, related_name="imports")

    class Meta:
        """Newest first. A file is held once."""

        ordering: ClassVar[list[str]] = ["-made_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sha256"], condition=models.Q(removed_at__isnull=True), name="imported_file_held_once"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def path(self) -> Path:
        """Where the file is kept as it came."""
        return get_partnership().data.root / FOLDER / self.sha256


class ImportedField(Record):
    """One field as it was read, and as a person confirmed it.

    `item` is 0 for the response itself, else the place of the recommendation it belongs to. `value` is what stands to
    be confirmed or was confirmed; `was_read` stays what the reader found.
    """

    kind = "imported-field"

    class Certainty(models.TextChoices):
        """How sure the reader was."""

        SURE = "sure", "Sure"
        LIKELY = "likely", "Likely"
        NOT_FOUND = "not found", "Not found"

    imported = models.ForeignKey(ImportedResponse, on_delete=models.CASCADE, related_name="fields")
    item = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=50)
    was_read = models.TextField(blank=True)
    value = models.TextField(blank=True)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    found_by = models.CharField(max_length=20)
    source_lines = models.JSONField(default=list)  # the numbers of the lines it was read from
    doubts = models.JSONField(default=list)
    said = models.CharField("in the words of the document", max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=254, blank=True)

    class Meta:
        """In the order of the form."""

        ordering: ClassVar[list[str]] = ["imported", "item", "place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["imported", "item", "name"], name="imported_field_once"),
        ]

    def __str__(self) -> str:
        return f"{self.imported}: {self.name}"

    @property
    def is_confirmed(self) -> bool:
        """Whether a person stands by the value."""
        return self.confirmed_at is not None

    @property
    def is_unclear(self) -> bool:
        """Whether the reader was not sure, or doubts something: a person looks at these first."""
        return bool(self.doubts) or self.certainty == self.Certainty.LIKELY

    @property
    def was_corrected(self) -> bool:
        """Whether the person put it differently from what was read."""
        return self.is_confirmed and self.value != self.was_read
