"""The clocks of inspections: which rule of the one engine each is, started and stopped by what is recorded."""

from __future__ import annotations

from datetime import date

from upstream.clocks import Clock, Stand, stand, start
from upstream_web.core.clocks import rule, started
from upstream_web.inspections.models import Inspection, Recheck, Recommendation

RESPONSE, MONITORING = "inspection_response", "recommendation_monitoring"
RECHECKS = ("closure_recheck_6_months", "closure_recheck_12_months")


def of_response(inspection: Inspection, done_on: date | None) -> Clock | None:
    """Count the 56 days: from and including publication, until it was published and sent to both.

    None where no day of publication is known, or no response is owed.
    """
    if inspection.published_on is None or not inspection.needs_response:
        return None
    stopped = done_on if done_on and done_on >= inspection.published_on else None
    return start(rule(RESPONSE), at=inspection.published_on, stopped=stopped)


def response_clock(inspection: Inspection, done_on: date | None, on: date) -> Stand | None:
    """Say how the 56 days stand; None where none are owed."""
    clock = of_response(inspection, done_on)
    return stand(clock, at=on) if clock else None


def next_review(reviewed_on: date) -> date:
    """Give the day on which the review after one on `reviewed_on` is due."""
    return start(rule(MONITORING), at=reviewed_on).due_on


def review_clock(recommendation: Recommendation, last_on: date | None, on: date) -> Stand | None:
    """Say how the two-monthly review stands; None before the plan is approved and after closure."""
    if recommendation.review_due_on is None or last_on is None:
        return None
    return stand(start(rule(MONITORING), at=last_on), at=on)


def recheck_days(closed_on: date) -> list[tuple[str, date]]:
    """Give the re-checks that follow upon closure: rule and last day."""
    return [(name, start(rule(name), at=closed_on).due_on) for name in RECHECKS]


def of_recheck(recheck: Recheck) -> Clock:
    """Count from closure to a re-check."""
    return started(recheck.clock, at=recheck.started_on, stopped=recheck.checked_on)


def recheck_clock(recheck: Recheck, on: date) -> Stand:
    """Say how a re-check stands."""
    return stand(of_recheck(recheck), at=on)
