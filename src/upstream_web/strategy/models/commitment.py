"""A commitment: what the strategy promises under a priority, and the evidence behind the promise."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.records.models import Record
from upstream_web.strategy.models.strategy import Priority


class CommitmentState(models.TextChoices):
    """Whether a promise still stands."""

    OPEN = "open", "Standing"
    KEPT = "kept", "Kept"
    DROPPED = "dropped", "Dropped"


class EvidenceSource(models.TextChoices):
    """Who, or what, asked for a commitment."""

    DATA = "data", "Data and previous learning"
    PARENTS = "parents", "Parents and carers"
    YOUNG_PEOPLE = "young_people", "Children and young people"
    PARTNERS = "partners", "Partners"


class Commitment(Record):
    """One promise. `came_from` is the same promise in the version of the strategy before."""

    kind = "commitment"

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    words = models.TextField("what we will do")
    state = models.CharField(
        max_length=8, choices=CommitmentState.choices, default=CommitmentState.OPEN, editable=False
    )
    state_reason = models.CharField("why it stands so", max_length=500, blank=True, editable=False)
    came_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="became", editable=False
    )

    class Meta:
        """In the order of the strategy."""

        ordering: ClassVar[list[str]] = ["priority__number", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["priority", "number"],
                condition=models.Q(removed_at__isnull=True),
                name="commitment_number_given_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.words}"

    @property
    def code(self) -> str:
        """How people refer to it: the number of its priority and its own."""
        return f"{self.priority.number}.{self.number}"


class CommitmentEvidence(Record):
    """Something that supports a commitment: who says what, where it can be read, and since when."""

    kind = "commitment-evidence"

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="evidence", editable=False)
    source = models.CharField(max_length=16, choices=EvidenceSource.choices)
    says = models.TextField("what it says")
    is_from = models.CharField("where it is from", max_length=300)
    dated_on = models.DateField("when")
    measure = models.CharField("measure that shows it", max_length=100, blank=True)

    class Meta:
        """By source, the newest first."""

        ordering: ClassVar[list[str]] = ["source", "-dated_on", "pk"]
        verbose_name = "evidence"
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.says
