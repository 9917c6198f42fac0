"""The clocks of reviews: which rule of the one engine each is, started and stopped by what is recorded."""

from __future__ import annotations

from datetime import date

from upstream.clocks import Stand, State, stand, start
from upstream_web.core.clocks import rule, started
from upstream_web.reviews.models import IncidentReview, Recheck, ReviewStep

SHARED = "learning_shared"
LATE, MET = (State.LATE, State.MET_LATE), (State.MET, State.MET_LATE)


def step_clock(step: ReviewStep, on: date) -> Stand | None:
    """Say how a step stands; None where it has no clock, does not run yet, or is left out."""
    if not step.clock or step.began_on is None or step.left_out:
        return None
    stopped = step.done_on if step.done_on and step.done_on >= step.began_on else None
    return stand(start(rule(step.clock), at=step.began_on, stopped=stopped), at=on)


def brief_clock(review: IncidentReview, issued_on: date | None, on: date) -> Stand | None:
    """Say how the learning brief stands; None before the learning is agreed."""
    if review.learning_agreed_on is None:
        return None
    stopped = issued_on if issued_on and issued_on >= review.learning_agreed_on else None
    return stand(start(rule(SHARED), at=review.learning_agreed_on, stopped=stopped), at=on)


def recheck_clock(recheck: Recheck, on: date) -> Stand:
    """Say how a re-check stands."""
    return stand(started(recheck.clock, at=recheck.began_on, stopped=recheck.checked_on), at=on)


def look(clock: Stand) -> str:
    """Give the look of a clock: met, late or running."""
    if clock.state in MET:
        return "met"
    return "late" if clock.state in LATE else "running"
