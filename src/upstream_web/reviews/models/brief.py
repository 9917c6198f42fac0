"""A learning brief: its draft under the review, and what went out of it for everybody.

The two are records of their own, so that nobody who reads a brief comes by its history to what earlier drafts said.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.records.models import Record
from upstream_web.reviews.models.review import IncidentReview, OfReview


class BriefState(models.TextChoices):
    """Where a brief stands."""

    DRAFT = "draft", "Draft"
    CHECKED = "checked", "Checked by a second person"
    ISSUED = "issued", "Issued"


class BriefDraft(OfReview):
    """What is to go out of one review, seen by those who see the review.

    `confirmed` are the keys of what the second person confirmed; writing anything again takes their word back.
    """

    kind = "brief-draft"

    review = models.OneToOneField(IncidentReview, on_delete=models.PROTECT, related_name="draft")
    title = models.CharField(max_length=160)
    background = models.TextField("what happened, in general words")
    asks = models.TextField("what every team should ask itself, one question a line")
    further = models.TextField("where to find help or training", blank=True)
    state = models.CharField(max_length=8, choices=BriefState.choices, default=BriefState.DRAFT, editable=False)
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
                condition=Q(state="issued", issued_on__isnull=False) | (~Q(state="issued") & Q(issued_on=None)),
                name="brief_issued_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def questions(self) -> list[str]:
        """Give what teams should ask themselves, one after the other."""
        return questions_in(self.asks)


class LearningBrief(Record):
    """A brief as it went out: only what was issued, so that its history too holds nothing else.

    It does not belong to a body: everybody who reads the plan reads it. `points` are theme, words and for whom.
    """

    kind = "learning-brief"

    draft = models.OneToOneField(BriefDraft, on_delete=models.PROTECT, related_name="brief", editable=False)
    title = models.CharField(max_length=160, editable=False)
    background = models.TextField("what happened, in general words", editable=False)
    points = models.JSONField("what was learnt", default=list, editable=False)
    asks = models.TextField("what every team should ask itself", editable=False)
    further = models.TextField("where to find help or training", blank=True, editable=False)
    issued_on = models.DateField("issued", editable=False)

    class Meta:
        """The latest first."""

        ordering: ClassVar[list[str]] = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    def questions(self) -> list[str]:
        """Give what teams should ask themselves, one after the other."""
        return questions_in(self.asks)


def questions_in(asks: str) -> list[str]:
    """Give the lines of a text that say something."""
    return [line.strip() for line in asks.splitlines() if line.strip()]
