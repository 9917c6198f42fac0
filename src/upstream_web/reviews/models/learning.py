"""What a review found, one point at a time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upstream_web.reviews import codes
from upstream_web.reviews.models.review import IncidentReview, OfReview


class LearningPoint(OfReview):
    """One finding: under a theme, with what shows it and for whom it is."""

    kind = "learning-point"

    review = models.ForeignKey(IncidentReview, on_delete=models.PROTECT, related_name="learning")
    theme = models.SlugField(max_length=40)
    words = models.TextField("what was learnt")
    evidence = models.TextField("what shows it")
    for_whom = models.CharField("for whom it is", max_length=200)
    in_brief = models.BooleanField("stands in the learning brief", default=True)
    brief_words = models.TextField("in the words of the brief", blank=True)

    class Meta:
        """In the order in which they were found; none without evidence."""

        ordering: ClassVar[list[str]] = ["review", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(evidence=""), name="learning_point_has_evidence"),
        ]

    def __str__(self) -> str:
        return self.words if len(self.words) <= 90 else f"{self.words[:89].rstrip()}…"

    @property
    def theme_words(self) -> str:
        """The theme in words."""
        return codes.theme_title(self.theme)

    @property
    def said_in_brief(self) -> str:
        """What the learning brief says of it."""
        return self.brief_words or self.words
