"""What is done to a bid: declaring interests, scoring, deciding, withdrawing, and making the agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.commissioning import judging, policies, scoring
from upstream_web.commissioning.models import Assessment, Bid, BidState, Grant, Score
from upstream_web.core.days import check_has_come
from upstream_web.core.money import pounds
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.records.operations import keeping


class BidStepRefused(WrongUse):
    """The state of the bid, or what is missing, does not allow the step."""


class AssessorBarred(WrongUse):
    """Somebody would score who is not that assessor, has an interest, or has not said whether they have one."""


def _check_own(assessment: Assessment, by: Any) -> None:
    if assessment.assessor.get_username() != name_of(by):
        raise AssessorBarred(f"This is the assessment of {assessment.assessor}.", expected="Your own.")
    if assessment.bid.state != BidState.RECEIVED:
        raise BidStepRefused(
            f"The bid is {assessment.bid.get_state_display().lower()}.", expected="One still to decide."
        )


@operation("interest in a bid declared")
def declare(*, assessment: Assessment, has_interest: bool, interest: str = "", by: Any, at: datetime) -> Assessment:
    """Say whether the assessor has an interest in a bid; whoever has one does not score, and marks given are void."""
    _check_own(assessment, by)
    if has_interest and not interest.strip():
        raise BidStepRefused("Words are missing.", expected="What the interest is, such as a seat on its board.")
    assessment.has_interest, assessment.interest = has_interest, interest.strip()[:500] if has_interest else ""
    assessment.declared_on = timezone.localdate(at)
    if has_interest:
        assessment.scored_on = None
    tell(assessment, has_interest=has_interest)
    return keeping.keep(assessment, by=by, at=at)


@operation("bid scored")
def score(
    *, assessment: Assessment, marks: Mapping[int, tuple[int, str]], remarks: str = "", by: Any, at: datetime
) -> Assessment:
    """Write the assessor's marks: by the key of each criterion the mark from 0 to 5 and why."""
    _check_own(assessment, by)
    if assessment.has_interest is not False:
        barred = "You declared an interest in this bid." if assessment.has_interest else "No declaration was made."
        raise AssessorBarred(barred, expected="A declaration that there is no interest.")
    criteria = {each.pk: each for each in assessment.bid.round.criteria.present()}
    if marks.keys() != criteria.keys():
        raise BidStepRefused("Not every criterion has a mark.", expected="A mark from 0 to 5 for each.")
    kept = {each.criterion_id: each for each in assessment.scores.all()}
    for key, (mark, why) in marks.items():
        each = kept.get(key) or Score(assessment=assessment, criterion=criteria[key])
        each.mark, each.why = mark, why.strip()[:500]
        (keeping.keep if each.pk else keeping.keep_new)(each, by=by, at=at)
    assessment.scored_on, assessment.remarks = timezone.localdate(at), remarks.strip()
    weights = {key: each.weight for key, each in criteria.items()}
    tell(assessment, points=str(scoring.points({key: mark for key, (mark, _) in marks.items()}, weights)))
    return keeping.keep(assessment, by=by, at=at)


@operation("bid decided")
def decide(*, bid: Bid, to: str, reason: str, offered: Decimal | None = None, by: Any, at: datetime) -> Bid:
    """Write a person's decision with its reasons; where it departs from the ranking, that is written beside it."""
    if closed := policies.why_round_closed(bid.round):
        raise BidStepRefused(closed)
    if bid.state == BidState.WITHDRAWN:
        raise BidStepRefused("The bid was withdrawn.")
    if judging.has_interest(bid, name_of(by)):
        raise AssessorBarred("You declared an interest in this bid.", do="Let another person decide.")
    if not reason.strip():
        raise BidStepRefused("Words are missing.", expected="The reasons for the decision.")
    is_funded = to == BidState.FUNDED
    if is_funded and not offered:
        raise BidStepRefused("Nothing is offered.", expected="The amount that is offered.")
    if is_funded and offered and offered > bid.asked:
        raise BidStepRefused(
            f"{pounds(offered)} is offered, and the bid asks for {pounds(bid.asked)}.",
            expected=f"{pounds(bid.asked)} at most.",
        )
    bid.departs = scoring.departure(judging.ranking(bid.round), bid.pk, is_funded=is_funded)
    bid.state, bid.offered, bid.reason = to, offered if is_funded else None, reason.strip()
    bid.decided_by, bid.decided_on = name_of(by), timezone.localdate(at)
    tell(bid, decision=to, reason=bid.reason, departs=bid.departs)
    return keeping.keep(bid, by=by, at=at)


@operation("bid withdrawn")
def withdraw(*, bid: Bid, on: date, reason: str, by: Any, at: datetime) -> Bid:
    """Note that the organisation took its bid back, at any time before an agreement was made from it."""
    if bid.grant_id or bid.state == BidState.WITHDRAWN:
        raise BidStepRefused("It was withdrawn, or an agreement was made from it.", do="End the agreement instead.")
    check_has_come(on, at)
    bid.state, bid.withdrawn_on, bid.offered = BidState.WITHDRAWN, on, None
    bid.reason = reason.strip() or "No reason was given."
    tell(bid, reason=bid.reason)
    return keeping.keep(bid, by=by, at=at)


@operation("grant or contract made from a bid")
def make_grant(*, bid: Bid, grant: Grant, by: Any, at: datetime) -> Grant:
    """Draw up the agreement of a bid that is to be funded."""
    if bid.state != BidState.FUNDED or bid.grant_id:
        raise BidStepRefused("Only a bid to be funded becomes an agreement, and only once.")
    keeping.keep_new(grant, by=by, at=at)
    bid.grant = grant
    keeping.keep(bid, by=by, at=at)
    tell(bid, agreement=grant.pk, value=str(grant.value))
    return grant
