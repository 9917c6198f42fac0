"""The kinds of record of governance, entered."""

from __future__ import annotations

from upstream_web.governance.board_register import Boards, Seats
from upstream_web.governance.escalation_register import Escalations
from upstream_web.governance.meeting_register import Decisions, MeetingActions, Meetings
from upstream_web.governance.models import AgendaItem, Attendance, Declaration, Minute, Minutes, RiskReview
from upstream_web.governance.risk_register import Risks
from upstream_web.records import history
from upstream_web.records.register import enter

BOARDS = enter(Boards())
SEATS = enter(Seats())
MEETINGS = enter(Meetings())
DECISIONS = enter(Decisions())
MEETING_ACTIONS = enter(MeetingActions())
RISKS = enter(Risks())
ESCALATIONS = enter(Escalations())

# These have no list of their own; they stand on the page of what they belong to, and keep their history too.
for _part in (AgendaItem, Attendance, Declaration, Minute, Minutes, RiskReview):
    history.follow(_part)
