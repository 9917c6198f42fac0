"""An indicator: a number that the partnership has adopted to tell whether its plan works."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from upstream_web.records.models import Record


class Level(models.TextChoices):
    """Where in the chain from effort to effect an indicator stands."""

    INPUT = "input", "Input"
    OUTPUT = "output", "Output"
    OUTCOME = "outcome", "Outcome"


class Source(models.TextChoices):
    """Where the values come from."""

    MEASURE = "measure", "A measure of the catalogue"
    TYPED = "typed", "Typed in and checked"
    CLOCK = "clock", "How often a time limit is kept"
    RECORDS = "records", "A share that records tell, such as training coverage"


class TypedAs(models.TextChoices):
    """What is typed in for a period."""

    COUNT = "count", "A count"
    SHARE = "share", "A part of a whole, shown in %"
    RATE = "rate", "Events and those they could happen to, shown as a rate"
    VALUE = "value", "A value, as it is (money, days, a score)"


class Frequency(models.TextChoices):
    """How often there is a value."""

    MONTH = "month", "Every month"
    QUARTER = "quarter", "Every quarter"
    YEAR = "year", "Every year"


class Polarity(models.TextChoices):
    """Which direction is better, if either; the words are those of the library."""

    LOWER = "lower is better", "Lower is better"
    HIGHER = "higher is better", "Higher is better"
    NEITHER = "neither", "Neither"


class IndicatorState(models.TextChoices):
    """Whether it counts."""

    ADOPTED = "adopted", "Adopted"
    RETIRED = "retired", "Retired"


class Indicator(Record):
    """A measure of the catalogue, or a number typed in, adopted under a priority, with all that gives it meaning.

    `priority_number` and `priority_name` group it wherever it is shown; which priority it measures is a link. For a
    measure `grain` and `area_code`, `breakdown` and `breakdown_value` are its filters; `clock` is the rule whose
    keeping it counts; `counted` is the share that records tell. A retired one stays readable.
    """

    kind = "indicator"
    body_lookup = "lead_body__key"
    people_lookups = ("lead_id",)

    key = models.SlugField(max_length=60, unique=True, help_text="A short name for files and links; never changes.")
    title = models.CharField(max_length=160)
    question = models.CharField("question it answers", max_length=240)
    level = models.CharField(max_length=8, choices=Level.choices)
    priority_number = models.PositiveSmallIntegerField("number of the priority")
    priority_name = models.CharField("priority", max_length=120)
    source = models.CharField("where values come from", max_length=8, choices=Source.choices)
    measure = models.SlugField("measure", max_length=80, blank=True)
    grain = models.SlugField("level of areas", max_length=20, blank=True)
    area_code = models.CharField("code of the area", max_length=12, blank=True)
    breakdown = models.SlugField("broken down by", max_length=40, blank=True)
    breakdown_value = models.CharField("only this part of the breakdown", max_length=120, blank=True)
    clock = models.SlugField("time limit", max_length=60, blank=True)
    counted = models.SlugField("share that records tell", max_length=80, blank=True)
    typed_as = models.CharField("what is typed in", max_length=8, choices=TypedAs.choices, blank=True)
    multiplier = models.PositiveIntegerField("rate for so many", default=1000)
    numerator_words = models.CharField("what is counted", max_length=240, blank=True)
    denominator_words = models.CharField("divided by", max_length=240, blank=True)
    unit = models.CharField(max_length=80)
    decimals = models.PositiveSmallIntegerField(default=0)
    polarity = models.CharField("which direction is better", max_length=20, choices=Polarity.choices)
    frequency = models.CharField("how often", max_length=8, choices=Frequency.choices)
    due_after_days = models.PositiveSmallIntegerField("days after the period until a value is due", default=30)
    lead_role = models.CharField("lead, by role", max_length=120)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="led_indicators",
        verbose_name="lead, who signs in",
    )  # fmt: skip
    lead_body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="led_indicators",
        verbose_name="lead organisation",
    )  # fmt: skip
    good = models.TextField("what good looks like")
    assumption = models.TextField("assumption in the chain", blank=True)
    limits_of_use = models.TextField("what it cannot tell", blank=True)
    adopted_on = models.DateField("adopted")
    review_on = models.DateField("next review")
    state = models.CharField(
        max_length=8, choices=IndicatorState.choices, default=IndicatorState.ADOPTED, editable=False
    )
    retired_on = models.DateField("retired", null=True, blank=True, editable=False)
    retired_because = models.CharField("why it was retired", max_length=500, blank=True, editable=False)

    class Meta:
        """By priority and level; a source with what belongs to it; retired on a day for a reason."""

        ordering: ClassVar[list[str]] = ["priority_number", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "priority_number"], name="indicator_by_priority")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(source="measure", typed_as="", clock="", counted="") & ~Q(measure=""))
                | (Q(source="typed", measure="", clock="", counted="") & ~Q(typed_as=""))
                | (Q(source="clock", measure="", typed_as="", counted="") & ~Q(clock=""))
                | (Q(source="records", measure="", typed_as="", clock="") & ~Q(counted="")),
                name="indicator_has_one_source",
            ),
            models.CheckConstraint(
                condition=(Q(breakdown="", breakdown_value="")) | (~Q(breakdown="") & ~Q(breakdown_value="")),
                name="indicator_breakdown_has_its_part",
            ),
            models.CheckConstraint(
                condition=Q(state="adopted", retired_on=None)
                | (Q(state="retired", retired_on__isnull=False) & ~Q(retired_because="")),
                name="indicator_retired_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(multiplier__gte=1), name="indicator_rate_for_somebody"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_typed(self) -> bool:
        """Whether people type its values in."""
        return self.source == Source.TYPED

    @property
    def is_clocked(self) -> bool:
        """Whether it counts how often a time limit is kept."""
        return self.source == Source.CLOCK

    @property
    def follows_records(self) -> bool:
        """Whether it is counted from other records of the workbench, any of which may move it."""
        return self.source in (Source.CLOCK, Source.RECORDS)

    @property
    def is_adopted(self) -> bool:
        """Whether it counts now."""
        return self.state == IndicatorState.ADOPTED and self.removed_at is None

    @property
    def takes_denominator(self) -> bool:
        """Whether two numbers are typed in for a period."""
        return self.typed_as in (TypedAs.SHARE, TypedAs.RATE)

    @property
    def lead_words(self) -> str:
        """Who leads: role and organisation."""
        return f"{self.lead_role}, {self.lead_body.said_shortly}"
