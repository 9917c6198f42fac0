"""The clocks of governance: which rule of the one engine each is, started and stopped by what is recorded."""

from __future__ import annotations

from datetime import date

from upstream.clocks import Clock, ClockRule, Stand, stand, start
from upstream_web.core.clocks import rule, started
from upstream_web.governance.models import Board, Escalation, Meeting, Minutes

PAPERS, DRAFT_MINUTES, REVIEW, ACKNOWLEDGED = "papers_sent", "draft_minutes", "risk_review", "escalation_acknowledged"


def cycle_of(board: Board) -> ClockRule:
    """Give the cycle of a board."""
    return rule(board.cycle)


def of_papers(meeting: Meeting) -> Clock:
    """Count back from a meeting to the day by which agenda and papers are sent."""
    return start(rule(PAPERS), at=meeting.held_on, stopped=meeting.called_on)


def papers_clock(meeting: Meeting, on: date) -> Stand:
    """Say how the sending of agenda and papers stands."""
    return stand(of_papers(meeting), at=on)


def of_minutes(meeting: Meeting, minutes: Minutes | None) -> Clock:
    """Count from a meeting to its draft minutes."""
    return started(DRAFT_MINUTES, at=meeting.held_on, stopped=minutes.sent_on if minutes else None)


def minutes_clock(meeting: Meeting, minutes: Minutes | None, on: date) -> Stand:
    """Say how the draft minutes stand."""
    return stand(of_minutes(meeting, minutes), at=on)


def next_review(reviewed_on: date) -> date:
    """Give the day on which the review after one on `reviewed_on` is due."""
    return start(rule(REVIEW), at=reviewed_on).due_on


def of_acknowledgement(escalation: Escalation) -> Clock:
    """Count from an escalation to its acknowledgement."""
    return started(ACKNOWLEDGED, at=escalation.raised_on, stopped=escalation.acknowledged_on)


def acknowledgement_clock(escalation: Escalation, on: date) -> Stand:
    """Say how the acknowledgement stands."""
    return stand(of_acknowledgement(escalation), at=on)
