"""The clocks of access by the partnership's rules: yearly confirmation, unused accounts, review of emergencies."""

from __future__ import annotations

from datetime import date, datetime

from upstream.clocks import Clock, ClockRule, get_rule, load_rules, start
from upstream_web.core.workbench import get_partnership


def _rule(name: str) -> ClockRule:
    partnership = get_partnership()
    rules = load_rules(partnership.folder, bank_holidays=partnership.config.bank_holidays)
    return get_rule(rules, name)


def confirmation(*, since: date, stopped: date | None = None) -> Clock:
    """Count the time within which somebody must look again whether a person still needs what they were given."""
    return start(_rule("access_recertification"), at=since, stopped=stopped)


def disuse(*, since: date) -> Clock:
    """Count the time after which an account that nobody uses is dormant."""
    return start(_rule("dormant_account"), at=since)


def disuse_limit() -> str:
    """Say how long that time is: `90 days`."""
    return _rule("dormant_account").limit


def emergency_review(*, opened_at: datetime, reviewed_at: datetime | None = None) -> Clock:
    """Count the time within which an emergency access must have been looked at."""
    return start(_rule("break_glass_review"), at=opened_at, stopped=reviewed_at)
