"""How the bids of a round stand: read from the assessments, judged and ranked by `scoring`."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from upstream_web.commissioning import scoring
from upstream_web.commissioning.models import Assessment, Bid, BidState, FundingRound, Score

Marks = dict[int, int]


def weights_of(funding_round: FundingRound) -> dict[int, int]:
    """Give the weight of each criterion by its key."""
    return {each.pk: each.weight for each in funding_round.criteria.present()}


def marks_of(funding_round: FundingRound) -> dict[int, list[Marks]]:
    """Give, by bid, the marks of each assessor who scored and has no interest."""
    scores = Score.objects.filter(
        assessment__bid__round=funding_round, assessment__removed_at=None, assessment__has_interest=False,
        assessment__scored_on__isnull=False,
    ).select_related("assessment")  # fmt: skip
    by_assessment: dict[tuple[int, int], Marks] = defaultdict(dict)
    for each in scores:
        by_assessment[(each.assessment.bid_id, each.assessment_id)][each.criterion_id] = each.mark
    found: dict[int, list[Marks]] = defaultdict(list)
    for (bid, _), marks in sorted(by_assessment.items()):
        found[bid].append(marks)
    return found


def judged_bids(funding_round: FundingRound) -> list[scoring.Judged]:
    """Give each bid that was not withdrawn as its assessors see it together."""
    weights, marks = weights_of(funding_round), marks_of(funding_round)
    bids = funding_round.bids.present().exclude(state=BidState.WITHDRAWN)
    return [scoring.judge(b.pk, b.asked, marks[b.pk], weights, funding_round.assessors_needed) for b in bids]


def ranking(funding_round: FundingRound) -> list[scoring.Ranked]:
    """Give the order of the bids by the rule, as far as they are judged."""
    return scoring.rank(
        judged_bids(funding_round), available=funding_round.available, pass_mark=funding_round.pass_mark
    )


def agreement_of(funding_round: FundingRound) -> scoring.Agreement:
    """Say how far the assessors of a round agree."""
    return scoring.agreement(marks_of(funding_round).values())


def has_interest(bid: Bid, username: str) -> bool:
    """Tell whether a person declared an interest in a bid, and so has no part in deciding it."""
    return bid.assessments.present().filter(assessor__username=username, has_interest=True).exists()


def may_see_marks(person: Any, bid: Bid) -> bool:
    """Tell whether somebody may see what others gave: an assessor does not before they have scored themselves.

    Once a bid is decided or withdrawn there is nothing left to sway.
    """
    if bid.state != BidState.RECEIVED:
        return True
    own = Assessment.objects.present().filter(bid=bid, assessor=person)
    return not own.filter(has_interest=None).exists() and not own.filter(has_interest=False, scored_on=None).exists()
