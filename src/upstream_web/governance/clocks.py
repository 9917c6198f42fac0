"""The clocks of governance: which rule of the one engine each is, started and stopped by what is recorded."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings

from upstream.clocks import ClockRule, Stand, get_rule, load_rules, stand, start
from upstream_web.core.workbench import get_partnership
from upstream_web.governance.models import Board, Escalation, Meeting, Minutes

PAPERS, DRAFT_MINUTES, REVIEW, ACKNOWLEDGED = "papers_sent", "draft_minutes", "risk_review", "escalation_acknowledged"


@lru_cache(maxsize=4)
def _rules(folder: str) -> dict[str, ClockRule]:
    """Read the rules once: a list of 5,000 meetings asks for them on every line."""
    partnership = get_partnership()
    return dict(load_rules(partnership.folder, bank_holidays=partnership.config.bank_holidays))


def rule(name: str) -> ClockRule:
    """Give a rule as this partnership has it."""
    return get_rule(_rules(str(settings.PARTNERSHIP_FOLDER)), name)


def cycle_of(board: Board) -> ClockRule:
    """Give the cycle of a board."""
    return rule(board.cycle)


def papers_clock(meeting: Meeting, on: date) -> Stand:
    """Say how the sending of agenda and papers stands."""
    return stand(start(rule(PAPERS), at=meeting.held_on, stopped=meeting.called_on), at=on)


def minutes_clock(meeting: Meeting, minutes: Minutes | None, on: date) -> Stand:
    """Say how the draft minutes stand."""
    return stand(start(rule(DRAFT_MINUTES), at=meeting.held_on, stopped=minutes.sent_on if minutes else None), at=on)


def next_review(reviewed_on: date) -> date:
    """Give the day on which the review after one on `reviewed_on` is due."""
    return start(rule(REVIEW), at=reviewed_on).due_on


def acknowledgement_clock(escalation: Escalation, on: date) -> Stand:
    """Say how the acknowledgement stands."""
    return stand(start(rule(ACKNOWLEDGED), at=escalation.raised_on, stopped=escalation.acknowledged_on), at=on)
