"""A meeting of a board, its agenda, who was there, and what they declared."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from upstream_web.governance.models.board import Board, Seat
from upstream_web.records.models import Record


class MeetingState(models.TextChoices):
    """How far a meeting is."""

    PLANNED = "planned", "Planned"
    CALLED = "called", "Called"
    HELD = "held", "Held"
    MINUTED = "minuted", "Minutes sent round"
    APPROVED = "approved", "Minutes approved"
    CANCELLED = "cancelled", "Cancelled"


AHEAD = (MeetingState.PLANNED, MeetingState.CALLED)
BEHIND = (MeetingState.HELD, MeetingState.MINUTED, MeetingState.APPROVED)


class Meeting(Record):
    """One meeting. It is planned, called with its agenda and papers, held, minuted, and its minutes are approved."""

    kind = "meeting"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(editable=False)
    held_on = models.DateField("day")
    starts_at = models.TimeField("begins", null=True, blank=True)
    ends_at = models.TimeField("ends", null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField("link to join", blank=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED, editable=False)
    called_on = models.DateField("agenda and papers sent", null=True, blank=True, editable=False)
    moved_from = models.DateField("moved from", null=True, blank=True, editable=False)
    why = models.CharField("why it was moved or cancelled", max_length=500, blank=True, editable=False)

    class Meta:
        """Latest first; numbered once in a board; times in order; moved and cancelled for a reason."""

        ordering: ClassVar[list[str]] = ["-held_on", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["board", "held_on"], name="meeting_of_board_by_day"),
            models.Index(fields=["state", "held_on"], name="meeting_by_state_and_day"),
            models.Index(fields=["held_on", "id"], name="meeting_by_day"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["board", "number"], name="meeting_number_given_once"),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=(Q(moved_from=None) & ~Q(state="cancelled")) | ~Q(why=""), name="meeting_moved_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["called", "held", "minuted", "approved"]) | Q(called_on__isnull=False),
                name="meeting_called_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, meeting {self.number}"

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to come."""
        return self.state in AHEAD

    @property
    def is_behind(self) -> bool:
        """Whether it was held."""
        return self.state in BEHIND

    def has_sat(self, on: date) -> bool:
        """Whether it was held, or is called and its day has come."""
        return self.is_behind or (self.state == MeetingState.CALLED and self.held_on <= on)

    @property
    def minutes_allowed(self) -> int:
        """How long it lasts: from its times, else as is usual."""
        if self.starts_at and self.ends_at:
            begins, ends = self.starts_at, self.ends_at
            return (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
        return self.board.usual_minutes


class OfMeeting(Record):
    """What belongs to one meeting and has no page of its own."""

    class Meta:
        """No table of its own."""

        abstract = True

    def get_absolute_url(self) -> str:
        """Give the address of the meeting."""
        return f"{self.meeting.get_absolute_url()}#{self.kind}-{self.pk}"  # type: ignore[attr-defined]


class Asked(models.TextChoices):
    """What a meeting is asked to do with an item."""

    NOTE = "note", "To note"
    DISCUSS = "discuss", "To discuss"
    DECIDE = "decide", "To decide"
    APPROVE = "approve", "To approve"


class CameFrom(models.TextChoices):
    """By which rule an item came onto an agenda."""

    STANDING = "standing", "Standing item"
    ESCALATED = "escalated", "Escalated"
    LATE = "late", "Late"
    DUE = "due", "Due"
    HAND = "hand", "Added by hand"


class AgendaItem(OfMeeting):
    """One item of an agenda, with what was said on it. A dropped one stays, so that no rule brings it back."""

    kind = "agenda-item"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items", editable=False)
    place = models.PositiveSmallIntegerField(default=0, editable=False)
    title = models.CharField(max_length=200)
    asks = models.CharField("the meeting is asked", max_length=10, choices=Asked.choices, default=Asked.NOTE)
    minutes = models.PositiveSmallIntegerField("minutes allotted", default=5)
    presenter = models.CharField("who presents it", max_length=160, blank=True)
    brief = models.TextField("what it is about", blank=True)
    came_from = models.CharField(max_length=10, choices=CameFrom.choices, default=CameFrom.HAND, editable=False)
    source = models.CharField(max_length=60, blank=True, editable=False)
    about_kind = models.CharField(max_length=60, blank=True, editable=False)
    about_key = models.CharField(max_length=60, blank=True, editable=False)
    is_dropped = models.BooleanField(default=False, editable=False)
    notes = models.TextField("what was said", blank=True)

    class Meta:
        """In the order of the agenda; a record stands on one agenda once."""

        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(about_kind="", about_key="") | (~Q(about_kind="") & ~Q(about_key="")),
                name="agenda_item_names_a_whole_record",
            ),
            models.UniqueConstraint(
                fields=["meeting", "about_kind", "about_key"],
                condition=~Q(about_kind="") & Q(removed_at=None),
                name="agenda_item_of_a_record_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["about_kind", "about_key"], name="agenda_item_by_record")
        ]

    def __str__(self) -> str:
        return self.title


class Mark(models.TextChoices):
    """How somebody attended."""

    PRESENT = "present", "Present"
    DEPUTY = "deputy", "Deputy sent"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent"


THERE = (Mark.PRESENT, Mark.DEPUTY)


class Attendance(OfMeeting):
    """How one seat was filled at a meeting, or that a guest was there."""

    kind = "attendance"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances", editable=False)
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances", editable=False
    )
    body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="attendances",
        verbose_name="organisation",
    )  # fmt: skip
    who = models.CharField("who came, by role", max_length=160, blank=True)
    mark = models.CharField("attendance", max_length=10, choices=Mark.choices)

    class Meta:
        """A seat attends once; a guest is named and is there."""

        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "seat"], condition=Q(removed_at=None), name="attendance_of_a_seat_once"
            ),
            models.CheckConstraint(
                condition=Q(seat__isnull=False) | (~Q(who="") & Q(mark="present")), name="attendance_of_a_guest_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who or self.seat}: {self.get_mark_display()}"


class Declaration(OfMeeting):
    """An interest that somebody declared, and how the meeting dealt with it."""

    kind = "declaration"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="declarations", editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="declarations")
    who = models.CharField("who declares it, by role", max_length=160)
    what = models.CharField("what the interest is", max_length=500)
    handled = models.CharField("how it was dealt with", max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"
