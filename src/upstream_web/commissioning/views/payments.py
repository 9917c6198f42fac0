"""What is done on the page of a payment."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream_web.access.authorisation import may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.commissioning import policies
from upstream_web.commissioning.operations import payments
from upstream_web.commissioning.register import PAYMENTS
from upstream_web.commissioning.steps import AskingForm, PayingForm, WordsForm
from upstream_web.records.views.asking import ask, do, get_to_act


@requires(Permission.FUND_CHANGE)
def payment_ask(request: SignedInRequest, key: int) -> HttpResponse:
    """Ask for a payment to be approved."""
    payment = get_to_act(PAYMENTS, request, key)
    form = AskingForm(request.POST or None)

    def ask_for() -> None:
        said = form.cleaned_data
        payments.ask(
            payment=payment, invoiced_on=said["invoiced_on"], override=said["override"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    held = policies.why_held(payment, timezone.localdate())
    return ask(
        request, PAYMENTS, payment, form, ask_for, heading="Ask for approval", button="Ask",
        done="Asked. Another person approves it.", why=f"Held: {held}" if held else "Another person approves it.",
    )  # fmt: skip


@requires(Permission.FUND_APPROVE)
@require_POST
def payment_approve(request: SignedInRequest, key: int) -> HttpResponse:
    """Approve a payment."""
    payment = get_to_act(PAYMENTS, request, key, Permission.FUND_APPROVE)
    act = partial(payments.approve, payment=payment, by=request.user, at=timezone.now())
    return do(request, act, to=payment, done="Approved.")


@requires(Permission.FUND_VIEW)
def payment_refuse(request: SignedInRequest, key: int) -> HttpResponse:
    """Give a payment back to whoever asked, or take it back oneself."""
    payment = get_to_act(PAYMENTS, request, key, Permission.FUND_VIEW)
    either = (Permission.FUND_APPROVE, Permission.FUND_CHANGE)
    if not any(may(request.user, permission, about=payment) for permission in either):
        raise PermissionDenied("This takes the permission to approve payments or to keep funds.")
    form = WordsForm(request.POST or None, question="Why it is not approved")

    def refuse() -> None:
        payments.refuse(payment=payment, reason=form.cleaned_data["words"], by=request.user, at=timezone.now())

    return ask(
        request,
        PAYMENTS,
        payment,
        form,
        refuse,
        heading="Give back",
        button="Give it back",
        done="It is planned again.",
    )


@requires(Permission.FUND_CHANGE)
def payment_pay(request: SignedInRequest, key: int) -> HttpResponse:
    """Note that a payment was made."""
    payment = get_to_act(PAYMENTS, request, key)
    form = PayingForm(request.POST or None, payment=payment)

    def pay() -> None:
        said = form.cleaned_data
        payments.pay(payment=payment, by=request.user, at=timezone.now(), **said)

    return ask(request, PAYMENTS, payment, form, pay, heading="Note that it was paid", button="Note it", done="Noted.")


@requires(Permission.FUND_CHANGE)
def payment_cancel(request: SignedInRequest, key: int) -> HttpResponse:
    """Cancel a payment."""
    payment = get_to_act(PAYMENTS, request, key)
    form = WordsForm(request.POST or None, question="Why it is cancelled")

    def cancel() -> None:
        payments.cancel(payment=payment, reason=form.cleaned_data["words"], by=request.user, at=timezone.now())

    return ask(request, PAYMENTS, payment, form, cancel, heading="Cancel", button="Cancel it", done="Cancelled.")
