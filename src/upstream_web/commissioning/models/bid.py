"""A bid, how each assessor judged it, and what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from upstream_web.commissioning.models.funding_round import Criterion, FundingRound
from upstream_web.commissioning.models.grant import Grant
from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record

HIGHEST_MARK = 5


class BidState(models.TextChoices):
    """Where a bid stands."""

    RECEIVED = "received", "Received"
    FUNDED = "funded", "To be funded"
    RESERVE = "reserve", "In reserve"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


DECIDED = (BidState.FUNDED, BidState.RESERVE, BidState.DECLINED)


class Bid(Record):
    """What an organisation asks for and would do with it. Bids are the partnership's own until they are decided."""

    kind = "bid"

    round = models.ForeignKey(FundingRound, on_delete=models.PROTECT, related_name="bids")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("project", max_length=160)
    asked = models.DecimalField("asked for, in pounds", max_digits=12, decimal_places=2)
    summary = models.TextField("what it is")
    delivers = models.TextField("what it would deliver")
    received_on = models.DateField("received")
    state = models.CharField(max_length=9, choices=BidState.choices, default=BidState.RECEIVED, editable=False)
    offered = models.DecimalField(
        "offered, in pounds", max_digits=12, decimal_places=2, null=True, blank=True, editable=False
    )
    decided_by = models.CharField("decided by", max_length=254, blank=True, editable=False)
    decided_on = models.DateField("decided", null=True, blank=True, editable=False)
    reason = models.TextField("reasons", blank=True, editable=False)
    departs = models.CharField("how it departs from the ranking", max_length=300, blank=True, editable=False)
    withdrawn_on = models.DateField("withdrawn", null=True, blank=True, editable=False)
    grant = models.OneToOneField(
        Grant, on_delete=models.PROTECT, related_name="bid", null=True, blank=True, editable=False,
        verbose_name="agreement made from it",
    )  # fmt: skip

    class Meta:
        """By round; what is decided says who, when and why; only what is funded is offered money."""

        ordering: ClassVar[list[str]] = ["round", "organisation__name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(asked__gt=0), name="bid_asks_for_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["funded", "reserve", "declined"])
                | (~Q(decided_by="") & Q(decided_on__isnull=False) & ~Q(reason="")),
                name="bid_decision_has_name_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="funded", offered__gt=0) | (~Q(state="funded") & Q(offered=None)),
                name="bid_offered_when_funded",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_on__isnull=False), name="bid_withdrawn_has_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.organisation})"


class Assessment(Record):
    """One assessor's judgement of one bid; nobody with an interest in it scores."""

    kind = "bid-assessment"
    people_lookups = ("assessor_id",)

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="assessments", editable=False)
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    has_interest = models.BooleanField("has an interest", null=True, blank=True, editable=False)
    interest = models.CharField("the interest", max_length=500, blank=True, editable=False)
    declared_on = models.DateField("declared", null=True, blank=True, editable=False)
    scored_on = models.DateField("scored", null=True, blank=True, editable=False)
    remarks = models.TextField("remarks", blank=True)

    class Meta:
        """Once an assessor; declared before scored; never scored with an interest, which is then said."""

        ordering: ClassVar[list[str]] = ["bid", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["bid", "assessor"], name="bid_assessed_once_by_each"),
            models.CheckConstraint(
                condition=Q(scored_on=None) | Q(has_interest=False), name="bid_not_scored_with_an_interest"
            ),
            models.CheckConstraint(
                condition=Q(has_interest=None) | Q(has_interest=False) | ~Q(interest=""), name="bid_interest_is_said"
            ),
            models.CheckConstraint(
                condition=Q(scored_on=None) | Q(scored_on__gte=F("declared_on")), name="bid_declared_before_scored"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid}: {self.assessor}"


class Score(Record):
    """One mark for one criterion, with its reason."""

    kind = "bid-score"
    people_lookups = ("assessment__assessor_id",)

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores", editable=False)
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+", editable=False)
    mark = models.PositiveSmallIntegerField(validators=[MaxValueValidator(HIGHEST_MARK)])
    why = models.CharField("why", max_length=500, blank=True)

    class Meta:
        """Once a criterion; from 0 to 5."""

        ordering: ClassVar[list[str]] = ["assessment", "-criterion__weight", "criterion"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="bid_scored_once_a_criterion"),
            models.CheckConstraint(condition=Q(mark__range=(0, 5)), name="bid_mark_0_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.mark}"
