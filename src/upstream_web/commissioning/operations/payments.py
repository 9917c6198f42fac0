"""What is done to a payment: asking, approving by somebody else, paying, cancelling."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.commissioning import clocks, policies, queries
from upstream_web.commissioning.models import GrantState, Payment, PaymentState
from upstream_web.core.days import check_has_come
from upstream_web.core.money import NOTHING, pounds
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.core.words import short_day_words
from upstream_web.records.operations import keeping


class PaymentStepRefused(WrongUse):
    """The state of the payment, or who asks, does not allow the step."""


class PaymentHeld(WrongUse):
    """The return that a payment needs is missing or not accepted, and nobody says why to pay all the same."""


def _check_state(payment: Payment, *states: str) -> None:
    if payment.state not in states:
        expected = " or ".join(PaymentState(state).label.lower() for state in states)
        raise PaymentStepRefused(f"{payment} is {payment.get_state_display().lower()}.", expected=expected)


def _check_words(words: str, expected: str) -> str:
    if not words.strip():
        raise PaymentStepRefused("Words are missing.", expected=expected)
    return words.strip()[:500]


def _check_not_held(payment: Payment, override: str, on: date) -> str:
    """Give the reason for paying a held payment; raises `PaymentHeld` where one is needed."""
    held = policies.why_held(payment, on)
    if held and not override.strip():
        raise PaymentHeld(held, expected="The return first, or the reason why it is paid without it.")
    return override.strip()[:500] if held else ""


def _check_within_value(payment: Payment) -> None:
    """Raise where more would be paid for an agreement than it is worth."""
    left = payment.grant.value - queries.paid_or_asked(payment.grant)
    if payment.amount > left:
        raise PaymentStepRefused(
            f"It is {pounds(payment.amount)}, and {pounds(max(left, NOTHING))} of the agreement is still to be paid.",
            do="Change the amount, or vary the agreement first.",
        )


@operation("payment asked for")
def ask(*, payment: Payment, invoiced_on: date | None = None, override: str = "", by: Any, at: datetime) -> Payment:
    """Ask for a payment to be approved; raises `PaymentHeld` without its return and without a reason."""
    _check_state(payment, PaymentState.PLANNED)
    if payment.grant.state == GrantState.DRAFT:
        raise PaymentStepRefused(f"“{payment.grant}” is not signed.", do="Sign the agreement first.")
    _check_within_value(payment)
    if invoiced_on:
        check_has_come(invoiced_on, at)
    on = timezone.localdate(at)
    payment.override_reason = _check_not_held(payment, override, on)
    payment.state, payment.asked_by, payment.asked_on, payment.reason = PaymentState.ASKED, name_of(by), on, ""
    payment.invoiced_on = invoiced_on
    payment.pay_by_on = clocks.pay_by(invoiced_on) if invoiced_on else None
    tell(payment, amount=str(payment.amount), override=payment.override_reason)
    return keeping.keep(payment, by=by, at=at)


@operation("payment approved")
def approve(*, payment: Payment, by: Any, at: datetime) -> Payment:
    """Approve a payment that somebody else asked for; looks again whether it is held."""
    _check_state(payment, PaymentState.ASKED)
    if payment.asked_by == name_of(by):
        raise PaymentStepRefused("You asked for this payment yourself.", do="Let another person approve it.")
    _check_not_held(payment, payment.override_reason, timezone.localdate(at))
    payment.state = PaymentState.APPROVED
    payment.approved_by, payment.approved_on = name_of(by), timezone.localdate(at)
    tell(payment, amount=str(payment.amount), asked_by=payment.asked_by)
    return keeping.keep(payment, by=by, at=at)


@operation("payment not approved")
def refuse(*, payment: Payment, reason: str, by: Any, at: datetime) -> Payment:
    """Give a payment back to whoever asked, saying why."""
    _check_state(payment, PaymentState.ASKED, PaymentState.APPROVED)
    payment.reason = _check_words(reason, "Why it is not approved.")
    payment.state = PaymentState.PLANNED
    payment.asked_by = payment.approved_by = payment.override_reason = ""
    payment.asked_on = payment.approved_on = None
    tell(payment, reason=payment.reason)
    return keeping.keep(payment, by=by, at=at)


@operation("payment made")
def pay(
    *, payment: Payment, on: date, paid: Decimal, reference: str = "", reason: str = "", by: Any, at: datetime
) -> Payment:
    """Note that an approved payment was made; never more than was approved, and less with a reason."""
    _check_state(payment, PaymentState.APPROVED)
    if paid > payment.amount:
        raise PaymentStepRefused(
            f"{pounds(paid)} is more than the {pounds(payment.amount)} that were approved.",
            do="Give it back, change the amount, and have it approved anew.",
        )
    if paid < payment.amount:
        payment.reason = _check_words(reason, "Why less was paid than was approved.")
    if payment.approved_on and on < payment.approved_on:
        raise PaymentStepRefused(
            "It was not approved yet on that day.", expected=f"{short_day_words(payment.approved_on)} or later."
        )
    check_has_come(on, at)
    payment.state, payment.paid_on, payment.paid = PaymentState.PAID, on, paid
    payment.paid_reference = reference.strip()[:120]
    tell(payment, paid=str(paid), reference=payment.paid_reference)
    return keeping.keep(payment, by=by, at=at)


@operation("payment cancelled")
def cancel(*, payment: Payment, reason: str, by: Any, at: datetime) -> Payment:
    """Cancel a payment that was not asked for yet."""
    _check_state(payment, PaymentState.PLANNED)
    payment.reason = _check_words(reason, "Why it is cancelled.")
    payment.state = PaymentState.CANCELLED
    tell(payment, reason=payment.reason)
    return keeping.keep(payment, by=by, at=at)
