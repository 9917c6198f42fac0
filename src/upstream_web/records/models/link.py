"""How records hang together across the apps."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.records.models.hanging import RecordName


class LinkQuerySet(models.QuerySet["Link"]):
    """Links by whether they hold."""

    def present(self) -> LinkQuerySet:
        """Keep those that were not removed."""
        return self.filter(removed_at=None)


class Link(models.Model):
    """One sentence about two records, such as: commitment 3 serves priority 1. `relation` is one of `relations`."""

    relation = models.SlugField(max_length=40)
    from_kind = models.SlugField(max_length=60, db_index=False)
    from_key = models.PositiveBigIntegerField()
    to_kind = models.SlugField(max_length=60, db_index=False)
    to_key = models.PositiveBigIntegerField()
    made_by = models.CharField(max_length=254)
    made_at = models.DateTimeField()
    removed_by = models.CharField(max_length=254, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        """Said once, and never of a record and itself."""

        ordering: ClassVar[list[str]] = ["made_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["from_kind", "from_key"], name="link_from"),
            models.Index(fields=["to_kind", "to_key"], name="link_to"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["relation", "from_kind", "from_key", "to_kind", "to_key"],
                condition=models.Q(removed_at=None),
                name="link_is_made_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(from_kind=models.F("to_kind"), from_key=models.F("to_key")),
                name="link_joins_two_records",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_kind} {self.from_key} {self.relation} {self.to_kind} {self.to_key}"

    @property
    def start(self) -> RecordName:
        """The record of which something is said."""
        return self.from_kind, self.from_key

    @property
    def end(self) -> RecordName:
        """The record that it is said to."""
        return self.to_kind, self.to_key

    def trail_name(self) -> tuple[str, str]:
        """Point at the record of which something is said."""
        return self.from_kind, str(self.from_key)
