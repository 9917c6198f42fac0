"""The clocks of commissioning: when a return is due, and by when an invoice is paid."""

from __future__ import annotations

from datetime import date

from upstream.clocks import Clock, Stand, State, stand
from upstream_web.commissioning.models import Payment, ProviderReturn
from upstream_web.core.clocks import due_on, started

RETURN, INVOICE = "provider_return", "invoice_payment"
MET, LATE = (State.MET, State.MET_LATE), (State.LATE, State.MET_LATE)


def return_due_on(period_ends_on: date) -> date:
    """Give the last day for the return of a period."""
    return due_on(RETURN, period_ends_on)


def pay_by(invoiced_on: date) -> date:
    """Give the last day for paying an invoice."""
    return due_on(INVOICE, invoiced_on)


def of_return(made: ProviderReturn) -> Clock:
    """Count from the end of a period to its return; sending it back does not start the clock anew."""
    return started(RETURN, at=made.ends_on, stopped=made.sent_on)


def return_clock(made: ProviderReturn, on: date) -> Stand:
    """Say how a return stands."""
    return stand(of_return(made), at=on)


def of_invoice(payment: Payment) -> Clock | None:
    """Count from an invoice to its payment; None for a payment without one."""
    if payment.invoiced_on is None:
        return None
    return started(INVOICE, at=payment.invoiced_on, stopped=payment.paid_on)


def invoice_clock(payment: Payment, on: date) -> Stand | None:
    """Say how an invoice stands."""
    clock = of_invoice(payment)
    return stand(clock, at=on) if clock else None


def look(clock: Stand) -> str:
    """Give the look of a clock: met, late or running."""
    if clock.state in MET:
        return "met"
    return "late" if clock.state in LATE else "running"
