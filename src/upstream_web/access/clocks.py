"""The clocks of access by the partnership's rules: yearly confirmation, unused accounts, review of emergencies."""

from __future__ import annotations

from datetime import date, datetime

from upstream.clocks import Clock, start
from upstream_web.core.clocks import rule


def confirmation(*, since: date, stopped: date | None = None) -> Clock:
    """Count the time within which somebody must look again whether a person still needs what they were given."""
    return start(rule("access_recertification"), at=since, stopped=stopped)


def disuse(*, since: date) -> Clock:
    """Count the time after which an account that nobody uses is dormant."""
    return start(rule("dormant_account"), at=since)


def disuse_limit() -> str:
    """Say how long that time is: `90 days`."""
    return rule("dormant_account").limit


def emergency_review(*, opened_at: datetime, reviewed_at: datetime | None = None) -> Clock:
    """Count the time within which an emergency access must have been looked at."""
    return start(rule("break_glass_review"), at=opened_at, stopped=reviewed_at)
