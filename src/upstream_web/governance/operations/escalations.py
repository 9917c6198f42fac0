"""What is done to escalations: raising, acknowledging, answering, ending, taking further."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.governance import clocks, policies, receiving
from upstream_web.governance.models import Escalation, EscalationState
from upstream_web.governance.operations.numbers import next_number
from upstream_web.governance.policies import ESCALATION_MOVES, RECEIVER_MOVES
from upstream_web.records.operations import keeping, notices

HANDED_OVER = "handed over"  # the occasion of the notice to those who are to acknowledge
NAME_SHOWN = 60


@operation("escalation raised")
def make(*, escalation: Escalation, by: Any, at: datetime) -> Escalation:
    """Hand a concern to a board, an organisation or another body, under the next number."""
    escalation.number = next_number(Escalation.objects.all())
    keeping.keep_new(escalation, by=by, at=at)
    _tell_receivers(escalation, by=by, at=at)
    tell(escalation, recipient=escalation.receiver, kind=escalation.about_kind, record=escalation.about_key)
    return escalation


@operation("escalation changed")
def change(*, escalation: Escalation, fields: list[str], by: Any, at: datetime) -> Escalation:
    """Write a changed escalation; those who are to acknowledge it now are told, and others no longer."""
    keeping.keep(escalation, by=by, at=at)
    if {"to_board", "to_body", "to_name", "from_body"}.intersection(fields):
        notices.take_back(record=escalation, occasion=HANDED_OVER)
        _tell_receivers(escalation, by=by, at=at)
    tell(escalation, fields=fields)
    return escalation


@operation("escalation acknowledged")
def acknowledge(*, escalation: Escalation, by: User, at: datetime) -> Escalation:
    """Acknowledge, for the board or organisation that received it; whoever raised it is told."""
    to = policies.check_move(RECEIVER_MOVES, "acknowledge", escalation)
    tell(escalation, after=to.ends)
    _acknowledged(escalation, by.name, by=by, at=at)
    raiser = User.objects.filter(username=escalation.made_by).exclude(pk=by.pk).values_list("pk", flat=True)
    notices.give(
        to=list(raiser), reason="changed", name=(escalation.kind, escalation.pk), words=f"{by.name} acknowledged it",
        occasion="acknowledged", at=at,
    )  # fmt: skip
    return escalation


@operation("escalation moved on")
def move(*, escalation: Escalation, name: str, words: str, by: Any, at: datetime) -> Escalation:
    """Record an acknowledgement that came by another way, or the answer; close or withdraw. `words` say how."""
    to = policies.check_move(ESCALATION_MOVES, name, escalation, words)
    on, words = timezone.localdate(at), words.strip()
    tell(escalation, after=to.ends)
    if to.ends == EscalationState.ACKNOWLEDGED:
        recorder = getattr(by, "name", name_of(by))[:NAME_SHOWN]
        return _acknowledged(escalation, f"{words} (recorded by {recorder})", by=by, at=at)
    escalation.state = to.ends
    if to.ends == EscalationState.ANSWERED:
        escalation.answered_on, escalation.answer = on, words
    else:
        escalation.ended_on, escalation.ended_words = on, words
    notices.take_back(record=escalation, occasion=HANDED_OVER)
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


def _acknowledged(escalation: Escalation, who: str, *, by: Any, at: datetime) -> Escalation:
    escalation.state = EscalationState.ACKNOWLEDGED
    escalation.acknowledged_on, escalation.acknowledged_by = timezone.localdate(at), who
    notices.take_back(record=escalation, occasion=HANDED_OVER)
    return keeping.keep(escalation, by=by, at=at)


def _tell_receivers(escalation: Escalation, *, by: Any, at: datetime) -> None:
    """Tell those who may acknowledge what was handed to them, on their page and by the next letter."""
    told = {person.pk for person in receiving.Receivers().of(escalation)} - {getattr(by, "pk", None)}
    due = clocks.of_acknowledgement(escalation).due_on
    notices.give(
        to=told, reason="waiting", name=(escalation.kind, escalation.pk), occasion=HANDED_OVER, at=at, to_mail=True,
        words=f"Handed to {escalation.receiver}. Acknowledge it by {due:%-d %B %Y}",
    )  # fmt: skip
