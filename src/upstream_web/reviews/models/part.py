"""Who takes part in a review: bodies with what each owes and gave, and people who were given it to read."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from upstream_web.organisations.models import Organisation
from upstream_web.reviews.models.review import IncidentReview, OfReview


class PartSort(models.TextChoices):
    """What a body owes to a review."""

    CHRONOLOGY = "chronology", "Chronology"
    ANALYSIS = "analysis", "Analysis of its own part"
    SUMMARY = "summary", "Summary of what it knows"
    PANEL = "panel", "A member of the panel"


class ReviewPart(OfReview):
    """One thing that a body owes to a review, and when it gave it. The paper itself hangs on it as a file."""

    kind = "review-part"
    body_lookup = "body__key"

    review = models.ForeignKey(IncidentReview, on_delete=models.PROTECT, related_name="parts")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="review_parts")
    sort = models.CharField("what it owes", max_length=12, choices=PartSort.choices)
    asked_on = models.DateField("asked")
    owed_on = models.DateField("wanted by")
    given_on = models.DateField("given", null=True, blank=True)
    note = models.CharField("what it was, without names", max_length=300, blank=True)

    class Meta:
        """The longest owed first; asked before it is wanted and given; each once of each body."""

        ordering: ClassVar[list[str]] = ["owed_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(owed_on__gte=F("asked_on")) & (Q(given_on=None) | Q(given_on__gte=F("asked_on"))),
                name="review_part_after_it_was_asked",
            ),
            models.UniqueConstraint(
                fields=["review", "body", "sort"], condition=Q(removed_at=None), name="review_part_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()}, {self.body}"

    def is_missing(self, on: date) -> bool:
        """Tell whether it was wanted before `on` and had not been given by then."""
        return self.owed_on < on and (self.given_on is None or self.given_on > on)


class ReviewReader(OfReview):
    """A person who was given a review to read, and why."""

    kind = "review-reader"

    review = models.ForeignKey(IncidentReview, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField("why they need it", max_length=200)

    class Meta:
        """By the order in which it was given; each person once."""

        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["review", "person"], condition=Q(removed_at=None), name="review_read_once_by_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} reads {self.review}"

    def assigned(self) -> frozenset[int]:
        """Give the person, who is told; once they are taken off the review, they do not see even this."""
        return frozenset({self.person_id})

    def people(self) -> frozenset[int]:
        """Give the people named on the review."""
        return self.review.people()
