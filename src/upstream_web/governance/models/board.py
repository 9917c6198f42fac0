"""A board or group of the partnership, and the seats on it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from upstream_web.records.models import Record


class BoardKind(models.TextChoices):
    """What a board is for."""

    EXECUTIVE = "executive", "Executive board"
    DELIVERY = "delivery", "Delivery group"
    OTHER = "other", "Other"


class Cycle(models.TextChoices):
    """How often a board meets: the name of a clock's rule, whose length the partnership's folder may change."""

    DELIVERY = "delivery_group_cycle", "Every six to eight weeks"
    QUARTERLY = "board_cycle", "Quarterly"
    TWO_MONTHLY = "inspection_board_cycle", "Every two months"


class Board(Record):
    """A body that meets and decides. Earlier terms of reference stand in its history, each with its difference."""

    kind = "board"

    name = models.CharField(max_length=120)
    board_kind = models.CharField("what it is", max_length=10, choices=BoardKind.choices, default=BoardKind.OTHER)
    purpose = models.CharField(max_length=500)
    terms = models.TextField("terms of reference", blank=True)
    terms_agreed_on = models.DateField("terms agreed", null=True, blank=True)
    cycle = models.CharField("how often it meets", max_length=40, choices=Cycle.choices, default=Cycle.QUARTERLY)
    quorum_members = models.PositiveSmallIntegerField("members needed for a quorum", default=1)
    usual_place = models.CharField("usual place", max_length=200, blank=True)
    usual_start = models.TimeField("usual start", null=True, blank=True)
    usual_minutes = models.PositiveSmallIntegerField("usual length, in minutes", default=120)
    standing_items = models.TextField("standing items", blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="escalates to"
    )
    is_active = models.BooleanField("meets now", default=True)

    class Meta:
        """In the order of their names; a quorum is at least one, and no board is above itself."""

        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(quorum_members__gte=1), name="board_quorum_at_least_one"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="board_not_above_itself"),
            models.UniqueConstraint(fields=["name"], condition=Q(removed_at=None), name="board_name_given_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> list[str]:
        """The titles of the items that every agenda begins from."""
        return [line.strip() for line in self.standing_items.splitlines() if line.strip()]


class Seat(Record):
    """A place on a board: whose it is, in which role, from when until when."""

    kind = "seat"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="seats", verbose_name="organisation"
    )
    role = models.CharField(max_length=160)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="seats",
        verbose_name="person who signs in",
    )  # fmt: skip
    deputy_role = models.CharField("deputy, by role", max_length=160, blank=True)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)
    votes = models.BooleanField(default=True)
    is_chair = models.BooleanField("chairs", default=False)
    is_needed = models.BooleanField("no quorum without this organisation", default=False)

    class Meta:
        """The chair first; a seat ends after it begins; one chair at a time; only those who vote make a quorum."""

        ordering: ClassVar[list[str]] = ["-is_chair", "body__name", "role"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")), name="seat_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(is_needed=False) | Q(votes=True), name="seat_needed_for_quorum_votes"),
            models.UniqueConstraint(
                fields=["board"], condition=Q(is_chair=True, until_on=None, removed_at=None), name="seat_of_chair_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.body}"

    def is_held_on(self, day: date) -> bool:
        """Whether the seat was there on a day; both ends belong to it."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)
