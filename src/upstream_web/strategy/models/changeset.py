"""A set of changes to the plan that somebody prepared and has yet to apply: from a spreadsheet or a selection."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.records.models import Record


class ChangeSet(Record):
    """Prepared changes, row by row, as they were read, and after applying what became of each."""

    kind = "change-set"

    title = models.CharField(max_length=200)
    is_from_file = models.BooleanField(default=False)
    reason = models.CharField("why dates move", max_length=500, blank=True)
    rows = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title
