"""Forms of commissioning."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from upstream_web.commissioning.models import (
    Bid,
    Criterion,
    Fund,
    FundingRound,
    FundYear,
    Grant,
    Payment,
    ProviderReturn,
    Target,
)
from upstream_web.organisations.choosing import ChoosingForm

A_YEAR = timedelta(days=365)
NO_NAMES = "No names of people who use the service, and nothing by which somebody could be known."


class CommissioningForm(ChoosingForm):
    """A form of commissioning: no amount in it is below nothing."""

    def clean(self) -> dict[str, Any]:
        """Refuse amounts below nothing, in words."""
        cleaned = super().clean()
        for name in ("amount", "value", "asked", "available", "per_period"):
            if cleaned.get(name) is not None and cleaned[name] < 0:
                self.add_error(name, f"Found {cleaned[name]}; give an amount from 0 on.")
        return cleaned


class FundForm(CommissioningForm):
    """A fund."""

    class Meta:
        """What people write."""

        model = Fund
        fields = ("title", "sort", "funder", "source", "purpose", "conditions", "carries_over")

    hints = {  # noqa: RUF012
        "purpose": "What the money is restricted to. It stands on every agreement that is paid from it.",
        "source": "The grant letter, the order, the minute: where the amount can be checked.",
    }


class FundYearForm(CommissioningForm):
    """What a fund has for a year."""

    class Meta:
        """What people write."""

        model = FundYear
        fields = ("fund", "year", "amount", "note")

    hints = {"year": "2026 for April 2026 to March 2027."}  # noqa: RUF012


class GrantForm(CommissioningForm):
    """An agreement being drawn up."""

    class Meta:
        """What people write."""

        model = Grant
        fields = (
            "title", "sort", "reference", "fund", "provider", "buys", "value", "starts_on", "ends_on", "pays",
            "monitoring", "manager", "break_clause", "break_on", "extension_clause",
        )  # fmt: skip

    groups = (
        ("Money and days", ("value", "starts_on", "ends_on", "pays", "monitoring")),
        ("How it may end or go on", ("break_clause", "break_on", "extension_clause")),
    )
    hints = {  # noqa: RUF012
        "sort": "A grant supports what a provider does; a contract buys a service and is bound by procurement law.",
        "monitoring": "For each period a return is owed, and a payment planned.",
        "pays": "A payment at the beginning of a period needs the accepted return of the period before.",
    }

    def clean(self) -> dict[str, Any]:
        """It ends after it starts."""
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "It ends before it starts: give a later day.")
        return cleaned


class TargetForm(CommissioningForm):
    """One output or outcome that is owed."""

    class Meta:
        """What people write."""

        model = Target
        fields = ("grant", "sort", "title", "unit", "per_period", "how")

    hints = {  # noqa: RUF012
        "unit": "Services are compared only where the unit is the same.",
        "how": "Who counts as one, and from which day: “first session attended”.",
    }


class PaymentForm(CommissioningForm):
    """A planned payment."""

    class Meta:
        """What people write."""

        model = Payment
        fields = ("grant", "title", "amount", "planned_on", "needs")

    def offered(self, name: str, model: Any) -> QuerySet[Any]:
        """Of returns offer those of the last year and to come: in ten years there are thousands."""
        found = super().offered(name, model)
        if model is not ProviderReturn:
            return found
        return found.filter(ends_on__gte=timezone.localdate() - A_YEAR).select_related("grant")

    def clean(self) -> dict[str, Any]:
        """The return is one of the same agreement."""
        cleaned = super().clean()
        needed, grant = cleaned.get("needs"), cleaned.get("grant")
        if needed is not None and grant is not None and needed.grant_id != grant.pk:
            self.add_error("needs", "This return is owed under another agreement: choose one of the same.")
        return cleaned


class RoundForm(CommissioningForm):
    """A call for bids."""

    class Meta:
        """What people write."""

        model = FundingRound
        fields = (
            "title", "fund", "about", "available", "most", "opens_on", "closes_on", "decide_by_on", "pass_mark",
            "assessors_needed",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Its days come in order."""
        cleaned = super().clean()
        days = [cleaned[name] for name in ("opens_on", "closes_on", "decide_by_on") if cleaned.get(name)]
        if days != sorted(days):
            self.add_error("closes_on", "A round opens, then closes, then is decided: put the days in this order.")
        return cleaned


class CriterionForm(CommissioningForm):
    """One thing by which bids are judged."""

    class Meta:
        """What people write."""

        model = Criterion
        fields = ("round", "title", "weight", "asks")

    hints = {"weight": "Against the weights of the others; they need not come to 100."}  # noqa: RUF012


class BidForm(CommissioningForm):
    """A bid as it came in."""

    happened = ("received_on",)

    class Meta:
        """What people write."""

        model = Bid
        fields = ("round", "organisation", "title", "asked", "summary", "delivers", "received_on")

    hints = {"summary": NO_NAMES}  # noqa: RUF012
