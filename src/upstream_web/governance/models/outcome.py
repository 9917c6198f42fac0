"""What a meeting leaves behind: decisions, actions arising, minutes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from upstream_web.governance.models.board import Board
from upstream_web.governance.models.meeting import AgendaItem, Meeting, OfMeeting
from upstream_web.records.models import Record


class DecisionState(models.TextChoices):
    """What became of a decision."""

    STANDS = "stands", "Stands"
    DONE = "done", "Carried out"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Decision(Record):
    """What a board decided, and why. Where it asks for something, it has an owner and a day."""

    kind = "decision"
    body_lookup = "body__key"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="decisions", editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions", editable=False)
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions", editable=False
    )
    number = models.PositiveIntegerField(editable=False)
    words = models.CharField("what was decided", max_length=500)
    reason = models.CharField("why", max_length=500, blank=True)
    body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name="organisation that carries it out",
    )  # fmt: skip
    owner_role = models.CharField("owner, by role", max_length=160, blank=True)
    due_on = models.DateField("by", null=True, blank=True)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.STANDS, editable=False)
    state_words = models.CharField("what became of it", max_length=500, blank=True, editable=False)

    class Meta:
        """Latest first; numbered once in a board; withdrawn for a reason."""

        ordering: ClassVar[list[str]] = ["-meeting__held_on", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["board", "number"], name="decision_number_given_once"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(state_words=""), name="decision_withdrawn_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.number}: {self.words}"


class ArisingState(models.TextChoices):
    """Where an action arising stands."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class MeetingAction(Record):
    """Something that a meeting asked somebody to do by a day."""

    kind = "meeting-action"
    body_lookup = "body__key"
    people_lookups = ("owner_id",)

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="arising", editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="arising", editable=False)
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="arising", editable=False
    )
    number = models.PositiveIntegerField(editable=False)
    words = models.CharField("what is to be done", max_length=300)
    owner_role = models.CharField("owner, by role", max_length=160)
    body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="meeting_actions",
        verbose_name="organisation",
    )  # fmt: skip
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="meeting_actions",
        verbose_name="owner, who signs in",
    )  # fmt: skip
    due_on = models.DateField("by")
    state = models.CharField(max_length=10, choices=ArisingState.choices, default=ArisingState.OPEN, editable=False)
    ended_on = models.DateField("done or dropped on", null=True, blank=True, editable=False)
    ended_words = models.CharField("what came of it", max_length=500, blank=True, editable=False)

    class Meta:
        """The first due first; numbered once in a board; done or dropped on a day, dropped for a reason."""

        ordering: ClassVar[list[str]] = ["due_on", "number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "due_on"], name="arising_by_state")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["board", "number"], name="arising_number_given_once"),
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None)
                | Q(state="done", ended_on__isnull=False)
                | (Q(state="dropped", ended_on__isnull=False) & ~Q(ended_words="")),
                name="arising_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.number}: {self.words}"


class MinutesState(models.TextChoices):
    """How far minutes are."""

    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent round"
    APPROVED = "approved", "Approved"


class Minutes(OfMeeting):
    """The minutes of a meeting: drafted from what was recorded, sent round, approved later, then frozen."""

    kind = "minutes"

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes", editable=False)
    state = models.CharField(max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT, editable=False)
    drafted_on = models.DateField(editable=False)
    sent_on = models.DateField("sent round", null=True, blank=True, editable=False)
    approved_on = models.DateField("approved", null=True, blank=True, editable=False)
    approved_at = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="minutes_approved", editable=False
    )
    approved_by = models.CharField("approved by", max_length=254, blank=True, editable=False)
    corrections = models.CharField("corrections made on approval", max_length=1000, blank=True, editable=False)

    class Meta:
        """Sent before they are approved; approved by somebody, at a meeting, on a day."""

        verbose_name_plural = "minutes"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="draft", sent_on=None)
                | Q(state="sent", sent_on__isnull=False)
                | (
                    Q(state="approved", sent_on__isnull=False, approved_on__isnull=False, approved_at__isnull=False)
                    & ~Q(approved_by="")
                ),
                name="minutes_whole_in_each_state",
            ),
            models.CheckConstraint(condition=~Q(approved_at=models.F("meeting")), name="minutes_approved_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"


class Minute(OfMeeting):
    """One headed text of the minutes, on an item or on the meeting as a whole."""

    kind = "minute"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minute_texts", editable=False)
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="minute_texts", editable=False
    )
    place = models.PositiveSmallIntegerField(editable=False)
    heading = models.CharField(max_length=200)
    words = models.TextField("what the minutes say", blank=True)
    is_edited = models.BooleanField(default=False, editable=False)

    class Meta:
        """In reading order."""

        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return self.heading
