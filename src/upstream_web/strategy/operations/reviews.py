"""What is done in the yearly review: beginning it, writing what was found, deciding on commitments, ending it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.core.operations import operation, tell
from upstream_web.records.operations import keeping
from upstream_web.strategy.models import Commitment, Priority, ReviewDecision, Strategy, StrategyReview, Verdict


class ReviewRefused(WrongUse):
    """A step of a review cannot be taken as things stand."""


@operation("strategy review begun")
def begin(*, strategy: Strategy, by: Any, at: datetime) -> StrategyReview:
    """Begin the review of the strategy in force; gives the one under way where there is one."""
    under_way = StrategyReview.objects.present().filter(strategy=strategy, finished_on__isnull=True).first()
    if under_way is not None:
        return under_way
    review = keeping.keep_new(StrategyReview(strategy=strategy, started_on=timezone.localdate(at)), by=by, at=at)
    tell(review, strategy=strategy.number)
    return review


@operation("strategy review written")
def write(*, review: StrategyReview, fields: list[str], by: Any, at: datetime) -> StrategyReview:
    """Keep what a step of the review says."""
    check_under_way(review)
    tell(review, fields=fields)
    return keeping.keep(review, by=by, at=at)


def check_under_way(review: StrategyReview) -> None:
    """Raise `ReviewRefused` when the review has ended, or its draft was made."""
    if review.finished_on or review.new_version_id:
        raise ReviewRefused(
            f"“{review}” has made its draft.", expected="A review that still decides.", do="Change the draft itself."
        )


@dataclass(frozen=True)
class Decided:
    """What is decided on a commitment; a new one where none is given."""

    priority: Priority
    commitment: Commitment | None
    verdict: str
    words: str = ""
    reason: str = ""


@operation("commitments decided on in a review")
def decide(
    *,
    review: StrategyReview,
    decided: Sequence[Decided],
    taken_back: Collection[int] = (),
    by: Any,
    at: datetime,
) -> StrategyReview:
    """Keep what is decided on commitments; deciding again replaces what was decided, and what is the same stays.

    `taken_back` are the keys of added commitments that are not to be added after all.
    """
    check_under_way(review)
    kept = list(review.decisions.present())
    before = {each.commitment_id: each for each in kept if each.commitment_id}
    written = [each for each in decided if _write_decision(review, each, before, by=by, at=at)]
    for decision in kept:
        if decision.pk in taken_back and decision.verdict == Verdict.ADD:
            decision.removed_at = at
            keeping.keep(decision, by=by, at=at)
    tell(review, decisions=len(written), taken_back=len(taken_back))
    return review


def _write_decision(
    review: StrategyReview, each: Decided, before: Mapping[int, ReviewDecision], *, by: Any, at: datetime
) -> bool:
    has_words = each.verdict in (Verdict.ADD, Verdict.CHANGE)
    words, reason = each.words.strip() if has_words else "", each.reason.strip()
    if has_words and not words:
        about = each.commitment.code if each.commitment else str(each.priority)
        raise ReviewRefused(f"{about}: there are no new words.", expected="What we will do.", do="Write one sentence.")
    decision = before.get(each.commitment.pk) if each.commitment else None
    if decision is None:
        made = ReviewDecision(
            review=review, priority=each.priority, commitment=each.commitment,
            verdict=Verdict(each.verdict), words=words, reason=reason,
        )  # fmt: skip
        keeping.keep_new(made, by=by, at=at)
        return True
    if (decision.verdict, decision.words, decision.reason) == (each.verdict, words, reason):
        return False
    decision.verdict, decision.words, decision.reason = Verdict(each.verdict), words, reason
    keeping.keep(decision, by=by, at=at)
    return True


@operation("strategy found to stand")
def stand(*, review: StrategyReview, by: Any, at: datetime) -> StrategyReview:
    """End a review with the statement that the strategy stands unchanged; this too restarts the yearly clock."""
    check_under_way(review)
    if review.decisions.present().exclude(verdict=Verdict.KEEP).exists():
        raise ReviewRefused(
            "The review changes commitments.", expected="A review that keeps all.", do="Make the next version instead."
        )
    review.stands, review.finished_on = True, timezone.localdate(at)
    tell(review)
    return keeping.keep(review, by=by, at=at)
