"""A step of a review, with the last day for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upstream_web.reviews.models.review import IncidentReview, OfReview


class ReviewStep(OfReview):
    """One step: its clock, from which day it counts, and when it was done or why it is left out."""

    kind = "review-step"

    review = models.ForeignKey(IncidentReview, on_delete=models.PROTECT, related_name="steps", editable=False)
    key = models.SlugField(max_length=40, editable=False)
    title = models.CharField(max_length=160, editable=False)
    place = models.PositiveSmallIntegerField(editable=False)
    clock = models.SlugField(max_length=60, blank=True, editable=False)
    begins = models.SlugField("counts from", max_length=40, blank=True, editable=False)
    began_on = models.DateField(null=True, blank=True, editable=False)
    due_on = models.DateField("last day", null=True, blank=True, editable=False)
    done_on = models.DateField("done", null=True, blank=True, editable=False)
    left_out = models.CharField("why it is left out", max_length=300, blank=True, editable=False)
    note = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        """In their order; each once; done or left out, not both; a last day and what it counts from go together."""

        ordering: ClassVar[list[str]] = ["review", "place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "key"], name="review_step_once"),
            models.CheckConstraint(condition=Q(done_on=None) | Q(left_out=""), name="review_step_done_or_left_out"),
            models.CheckConstraint(
                condition=Q(began_on=None, due_on=None) | Q(began_on__isnull=False, due_on__isnull=False),
                name="review_step_last_day_counts_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.review}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and not self.left_out
