"""How the states of records are shown, as on the day on which somebody looks."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from upstream_web.commissioning import money, policies
from upstream_web.commissioning.models import (
    Assessment,
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
from upstream_web.core.money import pounds
from upstream_web.core.words import short_day_words
from upstream_web.records.columns import Tag

SOON = timedelta(days=90)


def over_tag(standing: money.Standing) -> Tag:
    """Say whether more is promised than there is."""
    if standing.over:
        return Tag("late", f"{pounds(standing.over)} over")
    return Tag("done", "Fits") if standing.committed else Tag("", "Nothing promised")


def grant_tag(grant: Grant) -> Tag:
    """Say where an agreement stands today."""
    today = timezone.localdate()
    if grant.state == GrantState.DRAFT:
        return Tag("soon", "Being drawn up")
    if grant.state == GrantState.ENDED:
        return Tag("late", f"Ended early {short_day_words(grant.last_day)}")
    if grant.starts_on > today:
        return Tag("", f"From {short_day_words(grant.starts_on)}")
    if grant.ends_on < today:
        return Tag("done", "Over")
    return (
        Tag("soon", f"Ends {short_day_words(grant.ends_on)}") if grant.ends_on <= today + SOON else Tag("", "Running")
    )


def return_tag(made: ProviderReturn) -> Tag:
    """Say where it stands; late until it is with us."""
    today = timezone.localdate()
    if made.state == ReturnState.ACCEPTED:
        was_late = made.sent_on is not None and made.sent_on > made.due_on
        return Tag("done", "Accepted, sent late" if was_late else "Accepted")
    if made.state == ReturnState.SENT:
        return Tag("soon", "To be checked")
    if made.state == ReturnState.BACK:
        return Tag("late", "Sent back")
    if made.due_on < today:
        return Tag("late", f"Late since {short_day_words(made.due_on)}")
    return Tag("soon", "Due") if made.ends_on < today else Tag("", "To come")


def payment_tag(payment: Payment) -> Tag:
    """Say where a payment stands; a held one says so before it is due."""
    today = timezone.localdate()
    if payment.state == PaymentState.PAID and payment.paid_on:
        return Tag("done", f"Paid {short_day_words(payment.paid_on)}")
    if payment.state == PaymentState.CANCELLED:
        return Tag("", "Cancelled")
    if payment.state in (PaymentState.ASKED, PaymentState.APPROVED):
        return Tag("soon", payment.get_state_display())
    if payment.planned_on <= today:
        return Tag("late", "Held") if policies.why_held(payment, today) else Tag("soon", "Due")
    return Tag("", "Planned")


def round_tag(found: FundingRound) -> Tag:
    """Say where a round stands today."""
    today = timezone.localdate()
    if found.announced_on:
        return Tag("done", f"Told {short_day_words(found.announced_on)}")
    if today < found.opens_on:
        return Tag("", f"Opens {short_day_words(found.opens_on)}")
    if today <= found.closes_on:
        return Tag("soon", f"Open until {short_day_words(found.closes_on)}")
    return Tag("late", "To be decided, late") if found.decide_by_on < today else Tag("soon", "To be decided")


def bid_tag(bid: Bid) -> Tag:
    """Say what became of a bid."""
    kinds = {
        BidState.RECEIVED: "", BidState.FUNDED: "done", BidState.RESERVE: "soon", BidState.DECLINED: "late",
        BidState.WITHDRAWN: "unknown",
    }  # fmt: skip
    return Tag(
        kinds[BidState(bid.state)], "To be decided" if bid.state == BidState.RECEIVED else bid.get_state_display()
    )


def assessment_tag(each: Assessment) -> Tag:
    """Say where an assessment stands."""
    if each.has_interest:
        return Tag("unknown", "Interest declared")
    if each.scored_on:
        return Tag("done", "Scored")
    return Tag("soon", "To be scored" if each.has_interest is False else "To be declared")
