"""The yearly review of the strategy, kept between visits, and what it decides on each commitment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.records.models import Record
from upstream_web.strategy.models.commitment import Commitment
from upstream_web.strategy.models.strategy import Priority, Strategy


class Verdict(models.TextChoices):
    """What a review decides on a commitment."""

    KEEP = "keep", "Keep as it is"
    CHANGE = "change", "Change its words"
    DROP = "drop", "Drop"
    ADD = "add", "Add"


class StrategyReview(Record):
    """One review of the strategy in force. It ends with a new version, or with the statement that this one stands."""

    kind = "strategy-review"

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="reviews", editable=False)
    started_on = models.DateField(editable=False)
    evidence_words = models.TextField("what changed in the evidence", blank=True)
    worked_words = models.TextField("what worked, and what did not", blank=True)
    finished_on = models.DateField(null=True, blank=True, editable=False)
    stands = models.BooleanField("the strategy stands unchanged", default=False, editable=False)
    new_version = models.OneToOneField(
        Strategy, on_delete=models.SET_NULL, null=True, blank=True, related_name="made_by_review", editable=False
    )

    class Meta:
        """One review of a strategy at a time."""

        ordering: ClassVar[list[str]] = ["-started_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["strategy"],
                condition=models.Q(finished_on__isnull=True, removed_at__isnull=True),
                name="strategy_review_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of {self.started_on:%B %Y}"


class ReviewDecision(Record):
    """What a review decides: on a commitment of the strategy, or a new one under one of its priorities."""

    kind = "review-decision"

    review = models.ForeignKey(StrategyReview, on_delete=models.PROTECT, related_name="decisions")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="+")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    words = models.TextField("new words", blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """A commitment is decided on once; an added one has none yet."""

        ordering: ClassVar[list[str]] = ["priority__number", "commitment__number", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["review", "commitment"],
                condition=models.Q(removed_at__isnull=True),
                name="review_decision_once",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="add", commitment__isnull=True)
                | (~models.Q(verdict="add") & models.Q(commitment__isnull=False)),
                name="review_decision_on_a_commitment",
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict__in=["add", "change"]) | ~models.Q(words=""),
                name="review_decision_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.words or self.commitment}"

    def get_absolute_url(self) -> str:
        """Give the address of the review."""
        return self.review.get_absolute_url()
