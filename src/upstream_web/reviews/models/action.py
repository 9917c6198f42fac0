"""What is done because of a review, and whether it lasted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from upstream_web.organisations.models import Organisation
from upstream_web.reviews.models.learning import LearningPoint
from upstream_web.reviews.models.review import IncidentReview, OfReview

RECHECKS = ("review_action_recheck_6_months", "review_action_recheck_12_months")


class ReviewAction(OfReview):
    """One action of a review that is followed up here: who, by when, what shows its effect.

    What belongs in the delivery plan is written there and linked to the review or its learning point instead.
    """

    kind = "review-action"
    body_lookup = "body__key"
    people_lookups = ("owner_id",)

    review = models.ForeignKey(IncidentReview, on_delete=models.PROTECT, related_name="actions")
    point = models.ForeignKey(
        LearningPoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions",
        verbose_name="learning point that it answers",
    )  # fmt: skip
    title = models.CharField("what is done", max_length=200)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="review_actions")
    owner_role = models.CharField("who answers for it, by role", max_length=160)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="who answers for it, who signs in",
    )  # fmt: skip
    due_on = models.DateField("due")
    done_on = models.DateField("done", null=True, blank=True, editable=False)
    done_words = models.TextField("what was done", blank=True, editable=False)
    effect = models.TextField("what shows that it works", blank=True, editable=False)
    not_lasting = models.TextField("why it is open again", blank=True, editable=False)

    class Meta:
        """The first due first; done says what was done and what shows that it works."""

        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["done_on", "due_on"], name="review_action_open")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(done_on=None) | (~Q(done_words="") & ~Q(effect="")), name="review_action_done_shows_effect"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Recheck(OfReview):
    """One look, half a year and a year after an action was done: does it last?"""

    kind = "review-recheck"
    restricted_lookup = "action__review__restricted"
    review_lookup = "action__review"

    action = models.ForeignKey(ReviewAction, on_delete=models.PROTECT, related_name="rechecks", editable=False)
    clock = models.SlugField(max_length=60, editable=False)
    began_on = models.DateField(editable=False)
    due_on = models.DateField("due", editable=False)
    checked_on = models.DateField("checked", null=True, blank=True, editable=False)
    lasts = models.BooleanField("it lasts", null=True, editable=False)
    words = models.TextField("what was found", blank=True, editable=False)

    class Meta:
        """The first due first; each once from each day on which the action was done; looked at says what was found."""

        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["action", "clock", "began_on"], name="review_recheck_once"),
            models.CheckConstraint(
                condition=Q(checked_on=None, lasts=None, words="")
                | (Q(checked_on__gte=F("began_on"), lasts__isnull=False) & ~Q(words="")),
                name="review_recheck_says_what_was_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{'First' if self.clock == RECHECKS[0] else 'Second'} re-check: {self.action}"

    @property
    def review(self) -> IncidentReview:
        """The review of its action."""
        return self.action.review
