"""A learning brief: what those who work with people should know, without anybody who could be recognised."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.reviews.models.review import IncidentReview, OfReview


class BriefState(models.TextChoices):
    """Where a brief stands."""

    DRAFT = "draft", "Draft"
    CHECKED = "checked", "Checked by a second person"
    ISSUED = "issued", "Issued"


class LearningBrief(OfReview):
    """What goes out of one review. Closed to all but the people named on the review until it is issued.

    `confirmed` are the keys of what the second person confirmed; writing anything again takes their word back.
    """

    kind = "learning-brief"
    restricted_lookup = "restricted"

    review = models.OneToOneField(IncidentReview, on_delete=models.PROTECT, related_name="brief")
    title = models.CharField(max_length=160)
    background = models.TextField("what happened, in general words")
    asks = models.TextField("what every team should ask itself, one question a line")
    further = models.TextField("where to find help or training", blank=True)
    state = models.CharField(max_length=8, choices=BriefState.choices, default=BriefState.DRAFT, editable=False)
    restricted = models.BooleanField(default=True, editable=False)
    written_by = models.CharField("written by", max_length=254, editable=False)
    checked_by = models.CharField("checked by", max_length=254, blank=True, editable=False)
    checked_on = models.DateField("checked", null=True, blank=True, editable=False)
    confirmed = models.JSONField(default=list, blank=True, editable=False)
    issued_on = models.DateField("issued", null=True, blank=True, editable=False)
    corrects = models.CharField("what the next version corrects", max_length=500, blank=True, editable=False)

    class Meta:
        """The latest first; checked by somebody else than who wrote it; nothing goes out unchecked."""

        ordering: ClassVar[list[str]] = ["-issued_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(checked_by="") | ~Q(checked_by=F("written_by")), name="brief_checked_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(checked_by="") & Q(checked_on__isnull=False)),
                name="brief_checked_before_it_goes_out",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", restricted=False, issued_on__isnull=False)
                | (~Q(state="issued") & Q(restricted=True, issued_on=None)),
                name="brief_open_only_once_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_restricted(self) -> bool:
        """Tell whether it is not issued yet."""
        return self.restricted

    def questions(self) -> list[str]:
        """Give what teams should ask themselves, one after the other."""
        return [line.strip() for line in self.asks.splitlines() if line.strip()]
