"""What is done on the pages of bids and their assessments."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.commissioning.operations import bids
from upstream_web.commissioning.register import ASSESSMENTS, BIDS
from upstream_web.commissioning.steps import DecidingForm, DeclaringForm, ScoringForm, WithdrawingForm
from upstream_web.records.papers import get_kept_paper, send
from upstream_web.records.views.asking import ask, get_to_act


@requires(Permission.FUND_APPROVE)
def bid_decide(request: SignedInRequest, key: int) -> HttpResponse:
    """Decide on a bid."""
    bid = get_to_act(BIDS, request, key, Permission.FUND_APPROVE)
    form = DecidingForm(request.POST or None, bid=bid)

    def decide() -> None:
        bids.decide(bid=bid, by=request.user, at=timezone.now(), **form.cleaned_data)

    return ask(
        request, BIDS, bid, form, decide, heading="Decide", button="Decide", done="Decided.",
        why="The order is made by rule; people decide. Where a decision departs from the order, that is shown.",
    )  # fmt: skip


@requires(Permission.FUND_CHANGE)
def bid_withdraw(request: SignedInRequest, key: int) -> HttpResponse:
    """Note that a bid was taken back."""
    bid = get_to_act(BIDS, request, key)
    form = WithdrawingForm(request.POST or None)

    def withdraw() -> None:
        bids.withdraw(bid=bid, by=request.user, at=timezone.now(), **form.cleaned_data)

    return ask(request, BIDS, bid, form, withdraw, heading="Withdrawn", button="Note it", done="Noted.")


@requires(Permission.FUND_VIEW)
@require_safe
def bid_letter(request: SignedInRequest, key: int, number: int, form: str) -> HttpResponse:
    """Send the letter of an outcome."""
    kept = get_kept_paper(BIDS.get(request.user, key), number)
    return send(kept, form, by=request.user, at=timezone.now())


@requires(Permission.BID_SCORE)
def bid_declare(request: SignedInRequest, key: int) -> HttpResponse:
    """Say whether one has an interest in a bid."""
    assessment = get_to_act(ASSESSMENTS, request, key, Permission.BID_SCORE)
    form = DeclaringForm(request.POST or None)

    def declare() -> None:
        said = form.cleaned_data
        bids.declare(
            assessment=assessment, has_interest=said["has_interest"] == "yes", interest=said["interest"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    return ask(
        request, ASSESSMENTS, assessment, form, declare, heading="Declare", button="Declare", done="Declared.",
        why=str(assessment.bid),
    )  # fmt: skip


@requires(Permission.BID_SCORE)
def bid_score(request: SignedInRequest, key: int) -> HttpResponse:
    """Score a bid."""
    assessment = get_to_act(ASSESSMENTS, request, key, Permission.BID_SCORE)
    form = ScoringForm(request.POST or None, assessment=assessment)

    def score() -> None:
        bids.score(
            assessment=assessment, marks=form.marks(), remarks=form.cleaned_data["remarks"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return ask(
        request, ASSESSMENTS, assessment, form, score, heading="Score", button="Save the marks", done="Scored.",
        why=str(assessment.bid),
    )  # fmt: skip
