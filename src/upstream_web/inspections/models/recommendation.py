"""What a report asks for, from the day it is published to the day it is closed, and after."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from upstream_web.inspections.codes import AskedOf, Sort, Theme
from upstream_web.inspections.models.inspection import Inspection
from upstream_web.inspections.policies import RecommendationState
from upstream_web.records.models import Record


class Recommendation(Record):
    """A cause of concern, recommendation, area for improvement or learning point.

    `words` are the report's own and never edited for style, unless `is_quoted` says that they are ours; `title` and
    `intent` always are. `state` is changed only by the operations of the closure ladder. Those asked of others are
    kept so that the report is whole; nothing of theirs is owed here.
    """

    kind = "recommendation"
    body_lookup = "body__key"
    people_lookups = ("owner_id",)

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="recommendations")
    sort = models.CharField("sort", max_length=30, choices=Sort.choices, default=Sort.RECOMMENDATION)
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField("title in our words", max_length=200)
    words = models.TextField("what is asked")
    is_quoted = models.BooleanField("this is quoted from the report, word for word", default=True)
    intent = models.TextField("what it means to achieve, in our words", blank=True)
    addressee = models.CharField("asked of", max_length=200, blank=True)
    asked_of = models.CharField("reach", max_length=20, choices=AskedOf.choices, default=AskedOf.NATIONAL)
    due_on = models.DateField("to be done by, as published", null=True, blank=True)
    theme = models.CharField(max_length=30, choices=Theme.choices, blank=True)
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name="same as"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    owner_role = models.CharField("owner's role", max_length=200, blank=True)
    sponsor = models.CharField("senior sponsor", max_length=200, blank=True)
    body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations",
        verbose_name="owning body",
    )  # fmt: skip
    measure = models.CharField("measure that should move", max_length=100, blank=True)
    measure_doubt = models.TextField("what would settle whether it moved", blank=True)
    finding = models.CharField("what we can say today", max_length=300, blank=True)
    state = models.CharField(
        max_length=30, choices=RecommendationState.choices, default=RecommendationState.RECEIVED, editable=False
    )
    state_since = models.DateField(null=True, blank=True, editable=False)
    level = models.CharField("level given", max_length=30, blank=True, editable=False)
    review_due_on = models.DateField("next review due", null=True, blank=True, editable=False)

    class Meta:
        """In the order of the report."""

        ordering: ClassVar[list[str]] = ["inspection", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["inspection", "sort", "number"],
                condition=~models.Q(number="") & models.Q(removed_at__isnull=True),
                name="recommendation_number_once_a_report",
                violation_error_message="This report has one of that sort and number already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(duplicate_of=models.F("id")),
                name="recommendation_not_its_own_duplicate",
                violation_error_message="It cannot be the same as itself.",
            ),
            models.CheckConstraint(
                condition=models.Q(level="") | models.Q(state__in=RecommendationState.with_level()),
                name="recommendation_level_only_when_given",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_on"], name="recommendation_state_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """Sort and number: “Recommendation 3”."""
        return f"{self.get_sort_display()} {self.number}".strip()

    @property
    def is_ours(self) -> bool:
        """Whether something is owed here: it is not asked of others, and not kept under another number."""
        return self.asked_of != AskedOf.OTHERS and self.duplicate_of_id is None

    @property
    def is_open(self) -> bool:
        """Whether we still have to do something about it."""
        return self.is_ours and self.state != RecommendationState.CLOSED

    @property
    def owner_words(self) -> str:
        """Who answers for it: the role, or the person's name where no role is said."""
        return self.owner_role or (self.owner.name if self.owner else "")
