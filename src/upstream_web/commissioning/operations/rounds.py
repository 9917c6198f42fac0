"""What is done to a round: naming who assesses, and telling everybody the outcome."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream.papers import Form
from upstream_web.commissioning import papers, policies
from upstream_web.commissioning.models import DECIDED, Assessment, Bid, BidState, FundingRound, PanelMember
from upstream_web.core.operations import operation, tell
from upstream_web.core.words import count_words, short_day_words
from upstream_web.records.operations import keeping
from upstream_web.records.operations.papers import Rendered, keep_paper, render_ahead

FORMS: tuple[Form, ...] = ("html", "pdf", "docx")


class RoundStepRefused(WrongUse):
    """The state of the round, or of its bids, does not allow the step."""


def _assess(bid: Bid, people: Iterable[Any], *, by: Any, at: datetime) -> None:
    known = set(bid.assessments.values_list("assessor", flat=True))
    for person in people:
        if person.pk not in known:
            keeping.keep_new(Assessment(bid=bid, assessor=person), by=by, at=at)


@operation("panel named")
def name_panel(*, funding_round: FundingRound, people: Iterable[Any], by: Any, at: datetime) -> FundingRound:
    """Name who assesses; each gets an assessment of every bid. Who has declared or scored already stays."""
    if closed := policies.why_round_closed(funding_round):
        raise RoundStepRefused(closed)
    wanted = {person.pk: person for person in people}
    for member in funding_round.panel.present():
        if member.person_id not in wanted:
            _leave(funding_round, member, by=by, at=at)
    known = {member.person_id: member for member in funding_round.panel.all()}
    for key, person in wanted.items():
        if key not in known:
            keeping.keep_new(PanelMember(round=funding_round, person=person), by=by, at=at)
        elif known[key].removed_at:
            known[key].removed_at = None
            keeping.keep(known[key], by=by, at=at)
    for bid in funding_round.bids.present().exclude(state=BidState.WITHDRAWN):
        _assess(bid, wanted.values(), by=by, at=at)
    tell(funding_round, panel=len(wanted))
    return funding_round


def _leave(funding_round: FundingRound, member: PanelMember, *, by: Any, at: datetime) -> None:
    begun = Assessment.objects.filter(bid__round=funding_round, assessor=member.person)
    if begun.exclude(has_interest=None).exists():
        raise RoundStepRefused(f"{member} has declared or scored already.", do="Leave them on the panel.")
    for each in begun.filter(removed_at=None):
        each.removed_at = at
        keeping.keep(each, by=by, at=at)
    member.removed_at = at
    keeping.keep(member, by=by, at=at)


@operation("bid received")
def take_bid(*, bid: Bid, by: Any, at: datetime) -> Bid:
    """Take a bid in while its round is open, and give it to the panel."""
    if not policies.is_open(bid.round, bid.received_on):
        raise RoundStepRefused(
            f"“{bid.round}” takes bids from {short_day_words(bid.round.opens_on)} to "
            f"{short_day_words(bid.round.closes_on)}.",
            expected="A day of receipt between these.",
        )
    if bid.round.most is not None and bid.asked > bid.round.most:
        raise RoundStepRefused(
            "It asks for more than one bid may ask for.", expected=f"At most £{bid.round.most:,.0f}."
        )
    keeping.keep_new(bid, by=by, at=at)
    members = bid.round.panel.present().select_related("person")
    _assess(bid, [member.person for member in members], by=by, at=at)
    tell(bid, asked=str(bid.asked))
    return bid


def _check_all_decided(funding_round: FundingRound) -> list[Bid]:
    """Give the bids that are to be told; raises `RoundStepRefused` while one waits, or where there is none."""
    if closed := policies.why_round_closed(funding_round):
        raise RoundStepRefused(closed)
    bids = list(funding_round.bids.present().exclude(state=BidState.WITHDRAWN).select_related("organisation", "round"))
    undecided = [bid for bid in bids if bid.state not in DECIDED]
    if undecided or not bids:
        said = f"{count_words(len(undecided), 'bid is', 'bids are')} not decided yet." if bids else "There is no bid."
        raise RoundStepRefused(said, do="Decide on each bid first.")
    return bids


def _rendered(*, funding_round: FundingRound, at: datetime, **_: Any) -> tuple[Rendered, ...]:
    bids = _check_all_decided(funding_round)
    return tuple(render_ahead(papers.letter(bid, made_at=at), FORMS) for bid in bids)


@operation("outcome of a round told", ahead=_rendered)
def announce(*, funding_round: FundingRound, by: Any, at: datetime) -> FundingRound:
    """Close a round whose every bid is decided, and keep a letter for each; raises `RoundStepRefused`."""
    bids = _check_all_decided(funding_round)
    funding_round.announced_on = timezone.localdate(at)
    for bid in bids:
        keep_paper(record=bid, paper=papers.letter(bid, made_at=at), by=by, at=at, forms=FORMS)
    tell(funding_round, letters=len(bids))
    return keeping.keep(funding_round, by=by, at=at)
