"""A closed record that somebody opened in an emergency, with the reason, and what was thought of it afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from upstream_web.access.permissions import Permission


class EmergencyReason(models.TextChoices):
    """Why a closed record has to be opened at once."""

    LIFE = "life", "Somebody's life or safety is at risk"
    CHILD = "child", "A child must be protected now"
    CONTACT = "contact", "The person is here, or on the telephone, and their worker cannot be reached"
    LAW = "law", "A court or the law asks for it today"
    OTHER = "other", "Another reason"


class EmergencyQuerySet(models.QuerySet["EmergencyAccess"]):
    """Emergency accesses by where they stand."""

    def open_at(self, moment: datetime) -> EmergencyQuerySet:
        """Keep those that hold at `moment`."""
        return self.filter(opened_at__lte=moment, ends_at__gt=moment)

    def to_review(self) -> EmergencyQuerySet:
        """Keep those that nobody has looked at yet."""
        return self.filter(reviewed_at=None)


class EmergencyAccess(models.Model):
    """One permission on one record for a few hours; `record_kind` and `record_key` are its name in the trail."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="emergencies")
    permission = models.CharField(max_length=60)
    record_kind = models.CharField(max_length=60)
    record_key = models.CharField(max_length=300)
    reason = models.CharField(max_length=10, choices=EmergencyReason.choices)
    words = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_due_on = models.DateField()
    reviewed_by = models.CharField(max_length=254, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    justified = models.BooleanField(null=True, blank=True)
    review_words = models.TextField(blank=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        """Newest first; ends after it begins; a review says what it found."""

        ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "ends_at"], name="emergency_of_user"),
            models.Index(fields=["record_kind", "record_key"], name="emergency_of_record"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("opened_at")), name="emergency_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_at=None, justified=None, reviewed_by="")
                | (models.Q(reviewed_at__isnull=False, justified__isnull=False) & ~models.Q(reviewed_by="")),
                name="emergency_review_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} opened {self.record_kind} {self.record_key}"

    def trail_name(self) -> tuple[str, str]:
        """Point at the record that was opened."""
        return self.record

    @property
    def record(self) -> tuple[str, str]:
        """The record as the trail names it."""
        return self.record_kind, self.record_key

    @property
    def record_words(self) -> str:
        """The record as people say it: `incident review 4`."""
        return f"{self.record_kind.replace('-', ' ')} {self.record_key}"

    @property
    def permission_words(self) -> str:
        """What the person could do."""
        return str(Permission[self.permission])
