"""What is done to escalations: raising, acknowledging, answering, ending, taking further."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from upstream_web.core.operations import operation, tell
from upstream_web.governance import policies
from upstream_web.governance.models import Escalation, EscalationState
from upstream_web.governance.operations.numbers import next_number
from upstream_web.governance.policies import ESCALATION_MOVES
from upstream_web.records.operations import keeping


@operation("escalation raised")
def make(*, escalation: Escalation, by: Any, at: datetime) -> Escalation:
    """Hand a concern to a board, an organisation or another body, under the next number."""
    escalation.number = next_number(Escalation.objects.all())
    keeping.keep_new(escalation, by=by, at=at)
    tell(escalation, recipient=escalation.receiver, kind=escalation.about_kind, record=escalation.about_key)
    return escalation


@operation("escalation moved on")
def move(*, escalation: Escalation, name: str, words: str, by: Any, at: datetime) -> Escalation:
    """Acknowledge, answer, close or withdraw an escalation; `words` say by whom, what, or how it ended."""
    to = policies.check_move(ESCALATION_MOVES, name, escalation, words)
    on = timezone.localdate(at)
    escalation.state = to.ends
    if to.ends == EscalationState.ACKNOWLEDGED:
        escalation.acknowledged_on, escalation.acknowledged_by = on, words.strip()[:200]
    elif to.ends == EscalationState.ANSWERED:
        escalation.answered_on, escalation.answer = on, words.strip()
    else:
        escalation.ended_on, escalation.ended_words = on, words.strip()[:500]
    tell(escalation, after=to.ends)
    return keeping.keep(escalation, by=by, at=at)


@operation("escalation taken further")
def take_further(*, escalation: Escalation, higher: Escalation, by: Any, at: datetime) -> Escalation:
    """Raise what could not be settled one rung higher; the lower one stays open until it is closed by itself."""
    higher.came_after = escalation
    higher.about_kind, higher.about_key = escalation.about_kind, escalation.about_key
    higher.from_board = higher.from_board or escalation.to_board
    make(escalation=higher, by=by, at=at)
    tell(higher)
    return higher
