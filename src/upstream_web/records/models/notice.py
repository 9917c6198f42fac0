"""What a person follows, what they were told, and how often they are told by e-mail."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.records.models.hanging import Hanging, HangingQuerySet


class Follow(Hanging):
    """A person who wants to know what happens to a record."""

    person = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    since = models.DateTimeField()

    objects = HangingQuerySet.as_manager()

    class Meta:
        """Followed once."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["record_kind", "record_key"], name="follow_of_record")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "record_kind", "record_key"], name="follow_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} follows {self.record_kind} {self.record_key}"


class Notice(Hanging):
    """Something a person was told. It never holds the record's title: that is read when it is shown, if they may.

    `occasion` tells two notices of one reason apart, so that the same thing is never told twice: the day for
    changes, the comment for mentions, the version for assignments.
    """

    class Reason(models.TextChoices):
        """Why a person is told."""

        MENTION = "mention", "You were named"
        ASSIGNED = "assigned", "It is yours now"
        CHANGED = "changed", "Changed"
        LATE = "late", "Late"
        WAITING = "waiting", "Waits for you"
        ESCALATED = "escalated", "Late, and taken to you"
        EMERGENCY = "emergency", "Opened in an emergency"

    person = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    occasion = models.CharField(max_length=60)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    to_mail = models.BooleanField(default=False)  # goes out as a letter of its own, whatever digest was chosen
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = HangingQuerySet.as_manager()

    class Meta:
        """Newest first; each occasion once."""

        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "read_at", "at"], name="notice_of_person"),
            models.Index(fields=["to_mail", "mailed_at"], name="notice_waits_for_the_mail"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "reason", "record_kind", "record_key", "occasion"], name="notice_is_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_reason_display()}"


class DigestChoice(models.Model):
    """How often a person wants their notices by e-mail: never, unless they chose. Reminders come unless refused."""

    class Often(models.TextChoices):
        """How often."""

        NEVER = "never", "Never"
        DAILY = "daily", "Every morning"
        WEEKLY = "weekly", "On Monday mornings"

    person = models.OneToOneField("access.User", models.CASCADE, related_name="+")
    often = models.CharField(max_length=10, choices=Often.choices, default=Often.NEVER)
    reminders = models.BooleanField(default=True)  # a letter when a time limit comes near, is missed or is taken up

    def __str__(self) -> str:
        return f"{self.person}: {self.often}"


class Digest(models.Model):
    """One e-mail with notices. Its row is written before it is sent, so that it is never sent twice.

    `sent_at` is the moment until which it tells. It stays empty when the sender died on the way; what it would have
    told is in the next one. Where the mail server did not take it there is no row.
    """

    person = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    day = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)
    notices = models.PositiveIntegerField(default=0)

    class Meta:
        """One a day at most."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "day"], name="digest_is_sent_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.day}"
