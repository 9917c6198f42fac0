"""What is done to risks and issues: entering, changing, reviewing, closing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from upstream_web.core.operations import operation, tell
from upstream_web.core.words import short_day_words
from upstream_web.governance import clocks
from upstream_web.governance.models import Risk, RiskReview, RiskState
from upstream_web.governance.operations.numbers import next_number
from upstream_web.governance.policies import MoveRefused
from upstream_web.records.operations import keeping


@operation("risk entered")
def make(*, risk: Risk, by: Any, at: datetime) -> Risk:
    """Enter a risk or an issue under the next number; its first review is due by the clock."""
    risk.number = next_number(Risk.objects.all())
    risk.score = risk.likelihood * risk.impact
    risk.review_due_on = clocks.next_review(risk.raised_on)
    keeping.keep_new(risk, by=by, at=at)
    tell(risk, score=risk.score)
    return risk


@operation("risk changed")
def change(*, risk: Risk, fields: list[str], by: Any, at: datetime) -> Risk:
    """Write a changed risk; how likely and grave it is now is changed by a review."""
    tell(risk, fields=fields)
    return keeping.keep(risk, by=by, at=at)


@operation("risk reviewed")
def review(*, review: RiskReview, by: Any, at: datetime) -> RiskReview:
    """Add a review: the risk takes its steps, and the next one is due by the clock."""
    risk = review.risk
    if not risk.is_open:
        raise MoveRefused(f"“{risk}” is closed.", expected="An open risk.", do="Open it again first.")
    if review.reviewed_on > timezone.localdate(at):
        raise MoveRefused("A review lies in the future.", expected="Today or an earlier day.")
    if risk.reviewed_on and review.reviewed_on < risk.reviewed_on:
        raise MoveRefused(
            "There is a later review already.", expected=f"A day from {short_day_words(risk.reviewed_on)} on."
        )
    tell(risk, before=risk.score, after=review.score)
    risk.likelihood, risk.impact, risk.score = review.likelihood, review.impact, review.score
    risk.reviewed_on, risk.review_due_on = review.reviewed_on, clocks.next_review(review.reviewed_on)
    keeping.keep(risk, by=by, at=at)
    return keeping.keep_new(review, by=by, at=at)


@operation("risk closed or opened again")
def set_state(*, risk: Risk, state: str, words: str, by: Any, at: datetime) -> Risk:
    """Close a risk for a reason, or open it again; opened again it is due for review at once."""
    if state == risk.state:
        raise MoveRefused(f"“{risk}” is {risk.get_state_display().lower()} already.")
    if not words.strip():
        raise MoveRefused(f"“{risk}” needs words for this.", expected="Why it is closed, or opened again.")
    on = timezone.localdate(at)
    is_closed = state == RiskState.CLOSED
    risk.state, risk.closed_on = state, on if is_closed else None
    risk.closed_because = words.strip() if is_closed else ""
    risk.review_due_on = risk.review_due_on if is_closed else on
    tell(risk, after=state, reason=words)
    return keeping.keep(risk, by=by, at=at)
