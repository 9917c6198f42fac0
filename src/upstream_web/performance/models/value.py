"""A value typed in for one period. It counts when a second person has checked it; a revision keeps the old one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.performance.models.indicator import Indicator
from upstream_web.performance.models.target import Part


class ValueState(models.TextChoices):
    """Where a typed value stands."""

    ENTERED = "entered", "Waits for a check"
    CHECKED = "checked", "Checked"
    RETURNED = "returned", "Sent back"
    REPLACED = "replaced", "Replaced by a revision"


class TypedValue(Part):
    """One value of one period: what was typed, by whom, who checked it, and what was odd about it.

    For a share or a rate `numerator` and `denominator` are typed and `value` is None; for a count or a value it is
    the other way round. `warnings` are what the rules found; `explained` says why it is right all the same.
    """

    kind = "typed-value"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values", editable=False)
    period_start = models.DateField("period from", editable=False)
    period_end = models.DateField("period until", editable=False)
    numerator = models.FloatField("number", null=True, editable=False)
    denominator = models.FloatField("of", null=True, editable=False)
    value = models.FloatField("value", null=True, editable=False)
    source_note = models.CharField("where it comes from", max_length=300, editable=False)
    entered_by = models.CharField("typed in by", max_length=254, editable=False)
    entered_at = models.DateTimeField("typed in", editable=False)
    warnings = models.JSONField("what the rules found", default=list, editable=False)
    explained = models.CharField("why it is right all the same", max_length=500, blank=True, editable=False)
    state = models.CharField(max_length=8, choices=ValueState.choices, default=ValueState.ENTERED, editable=False)
    checked_by = models.CharField("checked by", max_length=254, blank=True, editable=False)
    checked_at = models.DateTimeField("checked", null=True, editable=False)
    check_words = models.CharField("what the check said", max_length=500, blank=True, editable=False)
    revises = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="revised_by", editable=False, verbose_name="revises"
    )
    revised_because = models.CharField("why it was revised", max_length=500, blank=True, editable=False)

    class Meta:
        """Oldest period first. One value of a period counts, one waits; nobody checks their own; a check has a day."""

        ordering: ClassVar[list[str]] = ["period_start", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["indicator", "period_start"], condition=Q(state="checked"), name="typed_value_counts_once"
            ),
            models.UniqueConstraint(
                fields=["indicator", "period_start"], condition=Q(state="entered"), name="typed_value_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(checked_by="") | ~Q(checked_by=F("entered_by")), name="typed_value_checked_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state="entered", checked_at=None, checked_by="")
                | (~Q(state="entered") & Q(checked_at__isnull=False) & ~Q(checked_by="")),
                name="typed_value_checked_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, numerator=None, denominator=None)
                | Q(value=None, numerator__isnull=False, denominator__isnull=False),
                name="typed_value_is_one_or_two_numbers",
            ),
            models.CheckConstraint(
                condition=Q(revises=None) | ~Q(revised_because=""), name="typed_value_revised_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period_start:%B %Y}"

    @property
    def numbers(self) -> tuple[float | None, float | None]:
        """What was typed: the number or value, and what it is divided by."""
        return (self.value if self.numerator is None else self.numerator), self.denominator
