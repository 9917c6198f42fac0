"""What the state of a record allows, said as the reason why not; empty when it may be."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from upstream_web.commissioning.models import (
    OPEN,
    Bid,
    BidState,
    FundingRound,
    Grant,
    GrantState,
    Payment,
    PaymentState,
    ProviderReturn,
    ReturnState,
)
from upstream_web.core.words import short_day_words

# What `why_held` says nothing about, as a question to the database: for lists of what is to be paid.
NOT_HELD = Q(needs=None) | Q(needs__state=ReturnState.ACCEPTED)
MAY_BE_PAID = Q(state=PaymentState.APPROVED) | Q(NOT_HELD, state=PaymentState.PLANNED)


def why_held(payment: Payment, on: date) -> str:
    """Say why a payment is held: the return that it needs is missing or not accepted."""
    needed = payment.needs
    if needed is None or needed.state == ReturnState.ACCEPTED:
        return ""
    if needed.state == ReturnState.SENT:
        return f"The return for {needed.period} is not accepted yet."
    if needed.state == ReturnState.BACK:
        return f"The return for {needed.period} was sent back."
    late = needed.due_on < on
    return f"The return for {needed.period} is {'late' if late else 'not in'}: it {'was' if late else 'is'} due on " \
        f"{short_day_words(needed.due_on)}."  # fmt: skip


def why_closed(grant: Grant) -> str:
    """Say why an agreement is not edited."""
    if grant.state == GrantState.SIGNED:
        return "Signed: money, days and terms change by a variation, which keeps what it replaces."
    return "It ended early." if grant.state == GrantState.ENDED else ""


def why_return_closed(made: ProviderReturn) -> str:
    """Say why a return is not filled in."""
    if made.state in OPEN:
        return ""
    return "Accepted." if made.state == ReturnState.ACCEPTED else "Sent. It is checked before anything changes."


def why_payment_closed(payment: Payment) -> str:
    """Say why a payment is not edited."""
    if payment.state == PaymentState.PLANNED:
        return ""
    return f"{payment.get_state_display()}: it is not changed any more."


def why_bid_closed(bid: Bid) -> str:
    """Say why a bid is not edited."""
    return "" if bid.state == BidState.RECEIVED else f"{bid.get_state_display()}: it is not changed any more."


def why_round_closed(found: FundingRound) -> str:
    """Say why a round is not edited."""
    return f"The outcome was told on {short_day_words(found.announced_on)}." if found.announced_on else ""


def is_open(found: FundingRound, on: date) -> bool:
    """Tell whether bids are taken on a day."""
    return found.opens_on <= on <= found.closes_on
