"""Boards and meetings, what these leave behind, risks and escalations."""

from upstream_web.governance.models.board import Board, BoardKind, Cycle, Seat
from upstream_web.governance.models.escalation import OPEN_ESCALATIONS, Escalation, EscalationState
from upstream_web.governance.models.meeting import (
    AHEAD,
    BEHIND,
    THERE,
    AgendaItem,
    Asked,
    Attendance,
    CameFrom,
    Declaration,
    Mark,
    Meeting,
    MeetingState,
)
from upstream_web.governance.models.outcome import (
    ArisingState,
    Decision,
    DecisionState,
    MeetingAction,
    Minute,
    Minutes,
    MinutesState,
)
from upstream_web.governance.models.risk import Impact, Likelihood, Response, Risk, RiskKind, RiskReview, RiskState

__all__ = [
    "AHEAD",
    "BEHIND",
    "OPEN_ESCALATIONS",
    "THERE",
    "AgendaItem",
    "ArisingState",
    "Asked",
    "Attendance",
    "Board",
    "BoardKind",
    "CameFrom",
    "Cycle",
    "Decision",
    "DecisionState",
    "Declaration",
    "Escalation",
    "EscalationState",
    "Impact",
    "Likelihood",
    "Mark",
    "Meeting",
    "MeetingAction",
    "MeetingState",
    "Minute",
    "Minutes",
    "MinutesState",
    "Response",
    "Risk",
    "RiskKind",
    "RiskReview",
    "RiskState",
    "Seat",
]
