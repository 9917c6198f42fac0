"""A round of a fund: when bids are taken, how they are judged, and by whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from upstream_web.commissioning.models.fund import Fund
from upstream_web.records.models import Record


class FundingRound(Record):
    """One call for bids."""

    kind = "funding-round"

    title = models.CharField(max_length=160)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="rounds")
    about = models.TextField("what is wanted")
    available = models.DecimalField("available, in pounds", max_digits=12, decimal_places=2)
    most = models.DecimalField(
        "most that one bid may ask, in pounds", max_digits=12, decimal_places=2, null=True, blank=True
    )
    opens_on = models.DateField("opens")
    closes_on = models.DateField("closes")
    decide_by_on = models.DateField("to be decided by")
    pass_mark = models.PositiveSmallIntegerField(
        "points below which no bid is funded, of 100", default=50, validators=[MaxValueValidator(100)]
    )
    assessors_needed = models.PositiveSmallIntegerField(
        "assessors for each bid", default=2, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    announced_on = models.DateField("outcome told", null=True, blank=True, editable=False)

    class Meta:
        """The latest first; its days come in order."""

        ordering: ClassVar[list[str]] = ["-opens_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")) & Q(decide_by_on__gte=F("closes_on")),
                name="funding_round_days_in_order",
            ),
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="funding_round_pass_mark_of_100"),
            models.CheckConstraint(condition=Q(available__gte=0), name="funding_round_not_below_nothing"),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(Record):
    """One thing by which bids are judged, marked from 0 to 5, with its weight."""

    kind = "round-criterion"

    round = models.ForeignKey(FundingRound, on_delete=models.PROTECT, related_name="criteria")
    title = models.CharField("criterion", max_length=120)
    weight = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100)])
    asks = models.CharField("what a full mark takes", max_length=400, blank=True)

    class Meta:
        """The heaviest first; once a round."""

        ordering: ClassVar[list[str]] = ["round", "-weight", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "title"], condition=Q(removed_at=None), name="round_criterion_once"
            ),
            models.CheckConstraint(condition=Q(weight__range=(1, 100)), name="round_criterion_weight_1_to_100"),
        ]

    def __str__(self) -> str:
        return self.title


class PanelMember(Record):
    """One person who assesses the bids of a round."""

    kind = "round-panel-member"

    round = models.ForeignKey(FundingRound, on_delete=models.PROTECT, related_name="panel", editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        """Once a round."""

        ordering: ClassVar[list[str]] = ["round", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "person"], name="round_panel_member_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)
