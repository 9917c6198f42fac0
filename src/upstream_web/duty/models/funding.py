"""The money that comes with the duty: an award a year, and what each quarter was to cost and did."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from upstream_web.records.models import Record

FIRST_YEAR = 2022  # the duty began on 31 January 2023, in the financial year 2022-23


class FundingYear(Record):
    """The award of one financial year, which begins on 1 April of `year`, and how it is split."""

    kind = "funding-year"

    year = models.PositiveSmallIntegerField("financial year that begins in", validators=[MinValueValidator(FIRST_YEAR)])
    title = models.CharField("grant", max_length=120)
    award = models.DecimalField("award, in pounds", max_digits=12, decimal_places=2)
    labour = models.DecimalField("of this for labour", max_digits=12, decimal_places=2)
    source = models.CharField("where the award is written", max_length=300)
    is_invented = models.BooleanField("the figures are invented, for the worked example", default=False)

    class Meta:
        """The latest first; one award a year of a grant; labour is part of it."""

        ordering: ClassVar[list[str]] = ["-year", "title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["year", "title"], condition=Q(removed_at=None), name="funding_awarded_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(labour__gte=0) & Q(labour__lte=F("award")), name="funding_labour_part_of_award"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.label}"

    @property
    def label(self) -> str:
        """The year as it is written: `2025-26`."""
        return f"{self.year}-{(self.year + 1) % 100:02d}"

    @property
    def other(self) -> Decimal:
        """What is not for labour."""
        return self.award - self.labour


class CostSort(models.TextChoices):
    """What money is spent on."""

    LABOUR = "labour", "Labour"
    OTHER = "other", "Not labour"


class FundingLine(Record):
    """One quarter of one sort of cost: what was planned, what was spent, what is expected while it is not known."""

    kind = "funding-line"

    year = models.ForeignKey(FundingYear, on_delete=models.PROTECT, related_name="lines", editable=False)
    quarter = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)], editable=False)
    sort = models.CharField("kind of cost", max_length=6, choices=CostSort.choices, editable=False)
    profile = models.DecimalField("planned, in pounds", max_digits=12, decimal_places=2)
    actual = models.DecimalField("spent, in pounds", max_digits=12, decimal_places=2, null=True, blank=True)
    forecast = models.DecimalField("now expected, in pounds", max_digits=12, decimal_places=2, null=True, blank=True)
    reason = models.CharField("why it differs from the plan", max_length=500, blank=True)

    class Meta:
        """Quarter by quarter; each once."""

        ordering: ClassVar[list[str]] = ["year", "quarter", "sort"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["year", "quarter", "sort"], name="funding_line_once_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="funding_quarter_is_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.year.label}, quarter {self.quarter}: {self.get_sort_display().lower()}"
