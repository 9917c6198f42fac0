"""The clocks of the duty: which rule of the one engine each is, started and stopped by what is recorded."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings

from upstream.clocks import ClockRule, Stand, State, get_rule, load_rules, stand, start
from upstream_web.core.workbench import get_partnership
from upstream_web.duty.models import Consultation, DutyDate

REPLY, RETURN = "consultation_reply", "quarterly_return"
LATE, MET = (State.LATE, State.MET_LATE), (State.MET, State.MET_LATE)


@lru_cache(maxsize=4)
def _rules(folder: str) -> dict[str, ClockRule]:
    """Read the rules once: a list of consultations asks for them on every line."""
    partnership = get_partnership()
    return dict(load_rules(partnership.folder, bank_holidays=partnership.config.bank_holidays))


def rule(name: str) -> ClockRule:
    """Give a rule as this partnership has it."""
    return get_rule(_rules(str(settings.PARTNERSHIP_FOLDER)), name)


def due_on(name: str, begins: date) -> date:
    """Give the last day of a clock that begins on a day."""
    return start(rule(name), at=begins).due_on


def reply_clock(consultation: Consultation, on: date) -> Stand:
    """Say how the reply stands."""
    return stand(start(rule(REPLY), at=consultation.asked_on, stopped=consultation.replied_on), at=on)


def review_clock(dated: DutyDate, on: date) -> Stand:
    """Say how the next review of a needs assessment or strategy stands, counted from when it was last done."""
    return stand(start(rule(dated.paper), at=dated.done_on), at=on)


def look(clock: Stand) -> str:
    """Give the look of a clock: met, late or running."""
    if clock.state in MET:
        return "met"
    return "late" if clock.state in LATE else "running"
