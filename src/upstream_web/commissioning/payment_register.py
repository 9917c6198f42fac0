"""Payments to providers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.commissioning import clocks, money, policies, queries, timed
from upstream_web.commissioning.forms import PaymentForm
from upstream_web.commissioning.fund_register import CommissioningRegister
from upstream_web.commissioning.models import GrantState, Payment, PaymentState
from upstream_web.commissioning.tags import payment_tag
from upstream_web.core.money import pounds, variance_words
from upstream_web.core.words import count_words
from upstream_web.records.columns import Column, Filter
from upstream_web.records.register import Act, Dated, Neighbour, Timed

SOON = timedelta(days=14)
STANDS = (("held", "Held"), ("due", "Due"), *PaymentState.choices)


def by_standing(records: QuerySet[Payment], value: str) -> QuerySet[Payment]:
    """Narrow by state, or to what is due or held today."""
    if value not in ("held", "due"):
        return records.filter(state=value)
    due = records.filter(state=PaymentState.PLANNED, planned_on__lte=timezone.localdate())
    held = due.filter(needs__isnull=False).exclude(needs__state="accepted")
    return held if value == "held" else due.exclude(pk__in=held.values("pk"))


class Payments(CommissioningRegister):
    """Payments, planned by signing an agreement or by hand."""

    model = Payment
    noun, plural = "payment", "payments"
    form = PaymentForm
    searched = ("title", "grant__title", "grant__provider__name", "paid_reference")
    related = ("grant__provider", "grant__fund", "needs")
    order = ("planned_on",)
    page_template = "commissioning/payment.html"
    empty = "Signing an agreement plans its payments; one with a schedule of its own is planned here."
    columns = (
        Column("title", "Payment", value=str, sort=("grant__title", "planned_on")),
        Column("provider", "Provider", value="grant.provider.said_shortly", sort=("grant__provider__name",)),
        Column("fund", "Fund", value="grant.fund.title", sort=("grant__fund__title",), quiet=True),
        Column("planned_on", "Planned for", sort=("planned_on",)),
        Column("amount", "Planned", value=lambda each: pounds(each.amount), is_number=True, sort=("amount",)),
        Column("paid", "Paid", value=lambda each: pounds(each.paid) if each.paid is not None else None,
               is_number=True, sort=("paid",)),
        Column("state", "State", value=payment_tag, sort=("state", "planned_on")),
        Column("paid_reference", "In the accounts", only_exported=True),
    )  # fmt: skip
    filters = (Filter("standing", "State", STANDS, narrow=by_standing),)

    def records(self) -> QuerySet[Any]:
        """Those of agreements that are there."""
        return super().records().filter(grant__removed_at=None)

    def lede(self, records: QuerySet[Any]) -> str:
        """Say what was paid, what waits and what is held."""
        today = timezone.localdate()
        paid = records.aggregate(sum=Sum("paid"))["sum"] or money.NOTHING
        asked = records.filter(state=PaymentState.ASKED).count()
        due = records.filter(state=PaymentState.PLANNED, planned_on__lte=today)
        held = sum(bool(policies.why_held(each, today)) for each in due)
        said = f"{pounds(paid)} is paid; {asked or 'no payment'} to be approved"
        return f"{said}; {count_words(held, 'payment is', 'payments are')} held for a return." if held else f"{said}."

    def facts(self, record: Payment) -> list[tuple[str, Any]]:
        """Say how much, when, and who answered for it."""
        variance = variance_words(record.paid - record.amount) if record.paid is not None else ""
        rows = [
            ("State", payment_tag(record)), ("Service", record.grant), ("Provider", record.grant.provider),
            ("Fund", record.grant.fund), ("Planned", pounds(record.amount)), ("Planned for", record.planned_on),
            ("Needs", record.needs), ("Invoice received", record.invoiced_on), ("To be paid by", record.pay_by_on),
            ("Asked by", record.asked_by), ("Asked", record.asked_on), ("Approved by", record.approved_by),
            ("Approved", record.approved_on), ("Paid", record.paid_on),
            ("Amount paid", pounds(record.paid) if record.paid is not None else ""),
            ("Against the plan", variance), ("In the accounts", record.paid_reference),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Payment, person: Any) -> dict[str, Any]:
        """Give why it is held, its clock, and the steps that this person may take."""
        today = timezone.localdate()
        clock = clocks.invoice_clock(record, today)
        is_open = record.state not in (PaymentState.PAID, PaymentState.CANCELLED)
        return {
            "held": policies.why_held(record, today) if is_open else "",
            "clock": clock,
            "look": clocks.look(clock) if clock else "",
            "steps": _steps(record, person),
        }

    def can_change(self, record: Payment) -> str:
        """Only what nobody has asked for yet."""
        return policies.why_payment_closed(record)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days for which payments are planned."""
        found = queries.payments(person).exclude(state__in=[PaymentState.PAID, PaymentState.CANCELLED])
        for each in found.filter(planned_on__range=(since, until)):
            yield Dated(
                each, each.pay_by_on or each.planned_on, f"Pay {pounds(each.amount)}: {each}", "soon", what="pay"
            )

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give payments to approve to those who approve, and due or approved ones to those who keep agreements."""
        if may(person, Permission.FUND_APPROVE):
            for each in queries.payments_to_approve(person).exclude(asked_by=person.get_username()):
                yield Dated(each, each.pay_by_on or each.planned_on, str(each), "soon", "Payment to approve", "approve")
        if may(person, Permission.FUND_CHANGE):
            found = queries.payments(person).filter(grant__state=GrantState.SIGNED, planned_on__lte=on + SOON)
            for each in found.filter(policies.MAY_BE_PAID):
                words = "Approved: pay it" if each.state == PaymentState.APPROVED else "Payment to ask for"
                late = (each.pay_by_on or each.planned_on) < on
                yield Dated(each, each.planned_on, str(each), "late" if late else "soon", words, "pay")

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give the invoices to be paid."""
        return timed.of_invoices(person, since)

    def now(self, record: Payment) -> str:
        """Say where it stands."""
        return str(payment_tag(record))

    def neighbours(self, record: Payment) -> Iterable[Neighbour]:
        """Give the agreement."""
        yield Neighbour(record.grant, "is paid under", False)


def _steps(payment: Payment, person: Any) -> list[Act]:
    """Give the steps that this person may take now."""
    keeps = may(person, Permission.FUND_CHANGE, about=payment)
    approves = may(person, Permission.FUND_APPROVE, about=payment)
    names: list[tuple[str, str, bool, bool]] = []  # label, address, whether it is the main one, whether it posts
    if payment.state == PaymentState.PLANNED and keeps and payment.grant.is_signed:
        names = [
            ("Ask for approval", "grant-payment-ask", True, False),
            ("Cancel", "grant-payment-cancel", False, False),
        ]
    elif payment.state == PaymentState.ASKED and approves and payment.asked_by != person.get_username():
        names = [("Approve", "grant-payment-approve", True, True), ("Give back", "grant-payment-refuse", False, False)]
    elif payment.state == PaymentState.APPROVED and keeps:
        names = [("Note that it was paid", "grant-payment-pay", True, False),
                 ("Give back", "grant-payment-refuse", False, False)]  # fmt: skip
    elif payment.state == PaymentState.ASKED and keeps:
        names = [("Take back", "grant-payment-refuse", False, False)]
    if payment.removed_at:
        return []
    return [Act(label, reverse(name, args=[payment.pk]), main, posts) for label, name, main, posts in names]
