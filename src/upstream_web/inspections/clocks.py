"""The clocks of inspections: which rule of the one engine each is, started and stopped by what is recorded."""

from __future__ import annotations

from datetime import date

from upstream.clocks import Stand, get_rule, load_rules, stand, start
from upstream.clocks.rules import ClockRule
from upstream_web.core.workbench import get_partnership
from upstream_web.inspections.models import Inspection, Recheck, Recommendation

RESPONSE, MONITORING = "inspection_response", "recommendation_monitoring"
RECHECKS = ("closure_recheck_6_months", "closure_recheck_12_months")


def rule(name: str) -> ClockRule:
    """Give a rule as this partnership has it."""
    partnership = get_partnership()
    return get_rule(load_rules(partnership.folder, bank_holidays=partnership.config.bank_holidays), name)


def response_clock(inspection: Inspection, done_on: date | None, on: date) -> Stand | None:
    """Say how the 56 days stand: from and including publication, until it was published and sent to both.

    None where no day of publication is known, or no response is owed.
    """
    if inspection.published_on is None or not inspection.needs_response:
        return None
    stopped = done_on if done_on and done_on >= inspection.published_on else None
    return stand(start(rule(RESPONSE), at=inspection.published_on, stopped=stopped), at=on)


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


def recheck_clock(recheck: Recheck, on: date) -> Stand:
    """Say how a re-check stands."""
    return stand(start(rule(recheck.clock), at=recheck.started_on, stopped=recheck.checked_on), at=on)
