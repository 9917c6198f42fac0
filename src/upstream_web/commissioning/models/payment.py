"""A payment to a provider, from the plan to the day on which it was paid."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.commissioning.models.grant import Grant
from upstream_web.commissioning.models.provider_return import ProviderReturn
from upstream_web.records.models import Record


class PaymentState(models.TextChoices):
    """Where a payment stands."""

    PLANNED = "planned", "Planned"
    ASKED = "asked", "To be approved"
    APPROVED = "approved", "Approved"
    PAID = "paid", "Paid"
    CANCELLED = "cancelled", "Cancelled"


class Payment(Record):
    """One payment. `needs` is the return without which it is held."""

    kind = "grant-payment"
    body_lookup = "grant__provider__key"

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="payments")
    title = models.CharField("what it is for", max_length=120)
    amount = models.DecimalField("planned, in pounds", max_digits=12, decimal_places=2)
    planned_on = models.DateField("planned for")
    needs = models.ForeignKey(
        ProviderReturn, on_delete=models.PROTECT, related_name="payments", null=True, blank=True,
        verbose_name="held until this return is accepted",
    )  # fmt: skip
    state = models.CharField(max_length=9, choices=PaymentState.choices, default=PaymentState.PLANNED, editable=False)
    invoiced_on = models.DateField("invoice received", null=True, blank=True, editable=False)
    pay_by_on = models.DateField("to be paid by", null=True, blank=True, editable=False)
    asked_by = models.CharField("asked by", max_length=254, blank=True, editable=False)
    asked_on = models.DateField("asked", null=True, blank=True, editable=False)
    override_reason = models.CharField("why it is paid without the return", max_length=500, blank=True, editable=False)
    approved_by = models.CharField("approved by", max_length=254, blank=True, editable=False)
    approved_on = models.DateField("approved", null=True, blank=True, editable=False)
    paid_on = models.DateField("paid", null=True, blank=True, editable=False)
    paid = models.DecimalField(
        "paid, in pounds", max_digits=12, decimal_places=2, null=True, blank=True, editable=False
    )
    paid_reference = models.CharField("where it stands in the accounts", max_length=120, blank=True, editable=False)
    reason = models.CharField("why it differs, went back or was cancelled", max_length=500, blank=True, editable=False)

    class Meta:
        """In order of their days; two people for each; what is paid has its day and amount."""

        ordering: ClassVar[list[str]] = ["planned_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_not_below_nothing"),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("asked_by")), name="payment_approved_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "paid"])
                | (~Q(asked_by="") & ~Q(approved_by="") & Q(approved_on__isnull=False)),
                name="payment_approved_has_two_names",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False, paid__isnull=False)
                | (~Q(state="paid") & Q(paid_on=None, paid=None)),
                name="payment_paid_has_day_and_amount",
            ),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="payment_cancelled_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.grant}: {self.title}"

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not be made."""
        return self.state == PaymentState.CANCELLED
