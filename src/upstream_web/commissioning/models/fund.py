"""A fund: where money for services comes from, how much of it for which year, and what it may be spent on."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from upstream_web.core.financial_years import year_words
from upstream_web.records.models import Record

FIRST_YEAR = 2012  # the first police and crime commissioners took office in November 2012


class FundSort(models.TextChoices):
    """Where money comes from."""

    DUTY = "duty", "Serious Violence Duty"
    SAFER_STREETS = "safer_streets", "Safer streets"
    HOTSPOT = "hotspot", "Hotspot response"
    PROCEEDS = "proceeds", "Proceeds of crime"
    OWN = "own", "Commissioner’s own budget"
    PARTNERS = "partners", "Pooled by partners"
    OTHER = "other", "Other"


class Fund(Record):
    """Money from one source under one set of conditions, for one or more financial years."""

    kind = "fund"

    title = models.CharField(max_length=160)
    sort = models.CharField("where it comes from", max_length=14, choices=FundSort.choices)
    funder = models.CharField("who gives it", max_length=160)
    source = models.CharField("where the award is written", max_length=300, blank=True)
    purpose = models.TextField("what it may be spent on")
    conditions = models.TextField("conditions", blank=True)
    carries_over = models.BooleanField("what is left of a year may be spent in the next", default=False)
    is_invented = models.BooleanField("the figures are invented, for the worked example", default=False)

    class Meta:
        """By title; no two alike."""

        ordering: ClassVar[list[str]] = ["title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["title"], condition=Q(removed_at=None), name="fund_title_once"),
        ]

    def __str__(self) -> str:
        return self.title


class FundYear(Record):
    """What a fund has for the financial year that begins on 1 April of `year`."""

    kind = "fund-year"

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("financial year that begins in", validators=[MinValueValidator(FIRST_YEAR)])
    amount = models.DecimalField("amount, in pounds", max_digits=12, decimal_places=2)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        """In order; once a year; never less than nothing."""

        ordering: ClassVar[list[str]] = ["fund", "year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fund", "year"], condition=Q(removed_at=None), name="fund_year_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fund_year_not_below_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.fund}, {self.label}"

    @property
    def label(self) -> str:
        """The year as it is written: `2025-26`."""
        return year_words(self.year)
