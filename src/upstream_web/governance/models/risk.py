"""A risk or an issue, and what each review of it found."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from upstream_web.governance.models.board import Board
from upstream_web.records.models import Record


class RiskKind(models.TextChoices):
    """Whether it may happen or has happened."""

    RISK = "risk", "Risk"
    ISSUE = "issue", "Issue"


class Response(models.TextChoices):
    """What is done about it."""

    TREAT = "treat", "Treat: make it less likely or less harmful"
    TOLERATE = "tolerate", "Tolerate: accept it as it is"
    TRANSFER = "transfer", "Transfer: share it with another"
    TERMINATE = "terminate", "Terminate: stop what brings it"


class Likelihood(models.IntegerChoices):
    """How likely it is within a year."""

    RARE = 1, "1 Rare"
    UNLIKELY = 2, "2 Unlikely"
    POSSIBLE = 3, "3 Possible"
    LIKELY = 4, "4 Likely"
    ALMOST_CERTAIN = 5, "5 Almost certain"


class Impact(models.IntegerChoices):
    """How much it would matter."""

    NEGLIGIBLE = 1, "1 Negligible"
    MINOR = 2, "2 Minor"
    MODERATE = 3, "3 Moderate"
    MAJOR = 4, "4 Major"
    SEVERE = 5, "5 Severe"


class RiskState(models.TextChoices):
    """Whether it is still watched."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


STEPS = (MinValueValidator(1), MaxValueValidator(5))


def level(words: str, choices: list[tuple[int, str]]) -> models.PositiveSmallIntegerField:
    """Give a field for a step from 1 to 5."""
    return models.PositiveSmallIntegerField(words, choices=choices, validators=STEPS)


class Risk(Record):
    """Cause, event and effect; how likely and how grave before anything is done, now, and as it should become."""

    kind = "risk"
    body_lookup = "owner_body__key"
    people_lookups = ("owner_id",)

    number = models.PositiveIntegerField(editable=False)
    title = models.CharField(max_length=200)
    sort = models.CharField("what it is", max_length=6, choices=RiskKind.choices, default=RiskKind.RISK)
    category = models.SlugField(max_length=40)
    cause = models.CharField("because of", max_length=500)
    event = models.CharField("this may happen", max_length=500)
    effect = models.CharField("which would mean", max_length=500)
    owner_role = models.CharField("owner, by role", max_length=160)
    owner_body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="risks", verbose_name="organisation"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="risks",
        verbose_name="owner, who signs in",
    )  # fmt: skip
    board = models.ForeignKey(
        Board,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="risks",
        verbose_name="board that watches it",
    )
    likelihood_before = level("likelihood before controls", Likelihood.choices)
    impact_before = level("impact before controls", Impact.choices)
    likelihood = level("likelihood now", Likelihood.choices)
    impact = level("impact now", Impact.choices)
    likelihood_target = level("likelihood to reach", Likelihood.choices)
    impact_target = level("impact to reach", Impact.choices)
    response = models.CharField("what we do about it", max_length=10, choices=Response.choices, default=Response.TREAT)
    controls = models.TextField("controls in place", blank=True)
    planned = models.TextField("what is still to be done", blank=True)
    raised_on = models.DateField("raised")
    reviewed_on = models.DateField("last reviewed", null=True, blank=True, editable=False)
    review_due_on = models.DateField("next review", editable=False)
    score = models.PositiveSmallIntegerField(editable=False)
    state = models.CharField(max_length=6, choices=RiskState.choices, default=RiskState.OPEN, editable=False)
    closed_on = models.DateField("closed", null=True, blank=True, editable=False)
    closed_because = models.CharField("why it was closed", max_length=500, blank=True, editable=False)

    class Meta:
        """The gravest first; steps are 1 to 5; the score is their product; closed on a day for a reason."""

        ordering: ClassVar[list[str]] = ["-score", "number"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-score"], name="risk_by_score"),
            models.Index(fields=["state", "review_due_on"], name="risk_by_review"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number"], name="risk_number_given_once"),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5), likelihood_before__range=(1, 5),
                            impact_before__range=(1, 5), likelihood_target__range=(1, 5), impact_target__range=(1, 5)),
                name="risk_steps_of_five",
            ),
            models.CheckConstraint(
                condition=Q(score=models.F("likelihood") * models.F("impact")), name="risk_score_is_product"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None)
                | (Q(state="closed", closed_on__isnull=False) & ~Q(closed_because="")),
                name="risk_closed_for_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def score_before(self) -> int:
        """The score before controls."""
        return self.likelihood_before * self.impact_before

    @property
    def score_target(self) -> int:
        """The score to reach."""
        return self.likelihood_target * self.impact_target

    @property
    def is_open(self) -> bool:
        """Whether it is still watched."""
        return self.state == RiskState.OPEN


class RiskReview(Record):
    """What a review found: steps as they were then, and words. Rows are added and never changed."""

    kind = "risk-review"
    body_lookup = "risk__owner_body__key"
    people_lookups = ("risk__owner_id",)

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="reviews", editable=False)
    reviewed_on = models.DateField("reviewed")
    likelihood = level("likelihood now", Likelihood.choices)
    impact = level("impact now", Impact.choices)
    words = models.TextField("what the review found")

    class Meta:
        """Latest first; the steps are 1 to 5."""

        ordering: ClassVar[list[str]] = ["-reviewed_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)), name="risk_review_steps_of_five"
            )
        ]

    def __str__(self) -> str:
        return f"Review of {self.risk}"

    @property
    def score(self) -> int:
        """The score that it found."""
        return self.likelihood * self.impact

    def get_absolute_url(self) -> str:
        """Give the address of the risk."""
        return self.risk.get_absolute_url()
