"""Something taken to a higher board, or out to another partnership, with what is asked and by when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upstream_web.governance.models.board import Board
from upstream_web.records.models import Record


class EscalationState(models.TextChoices):
    """How far an escalation is."""

    RAISED = "raised", "Waits for acknowledgement"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN_ESCALATIONS = (EscalationState.RAISED, EscalationState.ACKNOWLEDGED, EscalationState.ANSWERED)


class Escalation(Record):
    """A concern about a record, handed to one receiver: a board, an organisation, or another body named in words.

    `came_after` is the escalation one rung lower, where the concern has been taken further.
    """

    kind = "escalation"
    body_lookup = "from_body__key"

    number = models.PositiveIntegerField(editable=False)
    title = models.CharField("what it is about", max_length=200)
    about_kind = models.CharField(max_length=60, blank=True, editable=False)
    about_key = models.CharField(max_length=60, blank=True, editable=False)
    from_board = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="escalations_made",
        verbose_name="from the board",
    )  # fmt: skip
    from_body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="escalations_made",
        verbose_name="organisation that raises it",
    )  # fmt: skip
    to_board = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="escalations", verbose_name="to the board"
    )
    to_body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="escalations",
        verbose_name="or to the organisation",
    )  # fmt: skip
    to_name = models.CharField("or to another body", max_length=160, blank=True)
    reason = models.TextField("why it cannot be settled below")
    asked = models.TextField("what is asked")
    answer_by_on = models.DateField("answer wanted by", null=True, blank=True)
    raised_on = models.DateField("raised")
    state = models.CharField(
        max_length=12, choices=EscalationState.choices, default=EscalationState.RAISED, editable=False
    )
    acknowledged_on = models.DateField("acknowledged", null=True, blank=True, editable=False)
    acknowledged_by = models.CharField("acknowledged by", max_length=200, blank=True, editable=False)
    answered_on = models.DateField("answered", null=True, blank=True, editable=False)
    answer = models.TextField(blank=True, editable=False)
    ended_on = models.DateField("closed or withdrawn", null=True, blank=True, editable=False)
    ended_words = models.CharField("how it ended", max_length=500, blank=True, editable=False)
    came_after = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_further", editable=False
    )

    class Meta:
        """Latest first; one receiver; each state with what belongs to it; never from a board to itself."""

        ordering: ClassVar[list[str]] = ["-raised_on", "-number"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["about_kind", "about_key"], name="escalation_by_record"),
            models.Index(fields=["state", "raised_on"], name="escalation_by_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number"], name="escalation_number_given_once"),
            models.CheckConstraint(
                condition=Q(to_board__isnull=False, to_body=None, to_name="")
                | Q(to_board=None, to_body__isnull=False, to_name="")
                | (Q(to_board=None, to_body=None) & ~Q(to_name="")),
                name="escalation_to_one_receiver",
            ),
            models.CheckConstraint(
                condition=Q(to_board=None) | Q(from_board=None) | ~Q(to_board=models.F("from_board")),
                name="escalation_not_to_itself",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["acknowledged", "answered"]) | Q(acknowledged_on__isnull=False),
                name="escalation_acknowledged_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="escalation_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["raised", "acknowledged", "answered"], ended_on=None)
                | (Q(state__in=["closed", "withdrawn"], ended_on__isnull=False) & ~Q(ended_words="")),
                name="escalation_ended_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"Escalation {self.number}: {self.title}"

    @property
    def receiver(self) -> str:
        """Whom it went to."""
        return str(self.to_board or self.to_body or self.to_name)

    @property
    def is_outside(self) -> bool:
        """Whether it left the partnership's own boards."""
        return self.to_board_id is None

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state in OPEN_ESCALATIONS
