"""What hangs on a record of any kind: it names the record by kind and key, so that no table knows another app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from upstream_web.records.models.record import Record

RecordName = tuple[str, int]


class HangingQuerySet(models.QuerySet[Any]):
    """What hangs on records, by record."""

    def on(self, record: Record) -> Self:
        """Keep what hangs on this record."""
        return self.filter(record_kind=record.kind, record_key=record.pk)


class Hanging(models.Model):
    """Something that hangs on one record."""

    record_kind = models.SlugField(max_length=60, db_index=False)
    record_key = models.PositiveBigIntegerField()

    class Meta:
        """No table of its own."""

        abstract = True

    @property
    def record_name(self) -> RecordName:
        """The record as a pair of kind and key."""
        return self.record_kind, self.record_key

    def trail_name(self) -> tuple[str, str]:
        """Point at the record: what hangs on it is part of it."""
        return self.record_kind, str(self.record_key)
