"""Work that was queued because its time had come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Due(models.Model):
    """One kind of daily work on one day; its row is what keeps several workers from doing it twice."""

    kind = models.CharField(max_length=60)
    day = models.DateField()

    class Meta:
        """Queued once a day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "day"], name="due_is_queued_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.day}"
