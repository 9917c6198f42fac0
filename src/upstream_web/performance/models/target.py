"""What an indicator is held against: targets for the time ahead, baselines for the time before."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.performance.models.indicator import Indicator
from upstream_web.records.models import Record


class TargetKind(models.TextChoices):
    """On which side of the target one wants to be; the words are those of the library."""

    AT_MOST = "at most", "At most"
    AT_LEAST = "at least", "At least"


class Part(Record):
    """A record that stands on the page of its indicator and has no list of its own."""

    body_lookup = "indicator__lead_body__key"
    people_lookups = ("indicator__lead_id",)

    class Meta:
        """No table of its own."""

        abstract = True

    def get_absolute_url(self) -> str:
        """Give the address of the indicator."""
        owner: Any = self
        address: str = owner.indicator.get_absolute_url()
        return address


class Target(Part):
    """A value to reach, or a way to it: between two points the target moves in a straight line.

    `points` are pairs of a day (ISO) and a value, in order of days; empty where `value` holds all the time.
    """

    kind = "target"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets", editable=False)
    valid_from = models.DateField("from")
    valid_until = models.DateField("until")
    side = models.CharField("we want to be", max_length=8, choices=TargetKind.choices)
    value = models.FloatField("target", null=True, blank=True)
    points = models.JSONField("points of the way", default=list, blank=True)
    why = models.CharField("why this target", max_length=500)
    agreed_by = models.CharField("agreed by", max_length=200)
    agreed_on = models.DateField("agreed on")

    class Meta:
        """Newest first; ends after it begins; either a value or points."""

        ordering: ClassVar[list[str]] = ["-valid_from", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="target_ends_after_it_begins"),
            models.CheckConstraint(
                condition=(Q(value__isnull=False) & Q(points=[])) | (Q(value=None) & ~Q(points=[])),
                name="target_is_value_or_points",
            ),
        ]

    def __str__(self) -> str:
        return f"Target of {self.indicator}"

    def covers(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.valid_from <= day <= self.valid_until

    def at(self, day: date) -> float | None:
        """Give the target on a day; None outside its time."""
        if not self.covers(day):
            return None
        if not self.points:
            return self.value
        way = [(date.fromisoformat(on), float(value)) for on, value in self.points]
        if day <= way[0][0]:
            return way[0][1]
        for (begin, low), (end, high) in pairwise(way):
            if day <= end:
                return low + (high - low) * (day - begin).days / (end - begin).days
        return way[-1][1]


class Baseline(Part):
    """The time before, against which the present is compared, with why it was chosen."""

    kind = "baseline"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="baselines", editable=False)
    period_from = models.DateField("from")
    period_until = models.DateField("until")
    value = models.FloatField("value")
    lower = models.FloatField("lower end of its interval", null=True, blank=True)
    upper = models.FloatField("upper end of its interval", null=True, blank=True)
    why = models.CharField("why this time", max_length=500)

    class Meta:
        """Newest first; ends after it begins; an interval has two ends and holds the value."""

        ordering: ClassVar[list[str]] = ["-period_until", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(period_until__gte=F("period_from")), name="baseline_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(lower=None, upper=None) | (Q(lower__lte=F("value")) & Q(upper__gte=F("value"))),
                name="baseline_lies_in_its_interval",
            ),
        ]

    def __str__(self) -> str:
        return f"Baseline of {self.indicator}"
