"""The clocks of the duty: which rule of the one engine each is, started and stopped by what is recorded."""

from __future__ import annotations

from datetime import date

from upstream.clocks import Clock, Stand, State, stand, start
from upstream_web.core.clocks import rule, started
from upstream_web.duty.models import Consultation, DutyDate

REPLY, RETURN = "consultation_reply", "quarterly_return"
LATE, MET = (State.LATE, State.MET_LATE), (State.MET, State.MET_LATE)


def of_reply(consultation: Consultation) -> Clock:
    """Count from a question to its reply."""
    return started(REPLY, at=consultation.asked_on, stopped=consultation.replied_on)


def reply_clock(consultation: Consultation, on: date) -> Stand:
    """Say how the reply stands."""
    return stand(of_reply(consultation), at=on)


def review_clock(dated: DutyDate, on: date) -> Stand:
    """Say how the next review of a needs assessment or strategy stands, counted from when it was last done."""
    return stand(start(rule(dated.paper), at=dated.done_on), at=on)


def look(clock: Stand) -> str:
    """Give the look of a clock: met, late or running."""
    if clock.state in MET:
        return "met"
    return "late" if clock.state in LATE else "running"
