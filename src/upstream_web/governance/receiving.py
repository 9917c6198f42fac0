"""Who received an escalation and may acknowledge it: a side of its own, apart from those who raised it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission
from upstream_web.access.purposes import FieldClass
from upstream_web.access.scope import RecordName
from upstream_web.access.who_may import WhoMay
from upstream_web.governance.models import Escalation, EscalationState, Seat

Seats = Mapping[int, list[Seat]]


@dataclass(frozen=True)
class ReceivingSide:
    """The receivers of an escalation, as the one rule sees them.

    To the rule an escalation belongs to whoever raised it. Acknowledging is asked about this side instead, so that
    neither side does what is for the other to do.
    """

    name: RecordName
    bodies: frozenset[str]
    named: frozenset[int]
    field_class: FieldClass = FieldClass.ORDINARY

    def trail_name(self) -> RecordName:
        """Point at the escalation."""
        return self.name

    def body_keys(self) -> frozenset[str]:
        """Give the keys of the organisations with a seat on the receiving board, or of the receiving one."""
        return self.bodies

    def people(self) -> frozenset[int]:
        """Give the keys of the people who hold a seat on the receiving board."""
        return self.named

    def is_restricted(self) -> bool:
        """Tell that it is open to all of that side."""
        return False


def seats_held() -> Seats:
    """Give by the key of each board the seats of today that take part in what it says, read at once."""
    today = timezone.localdate()
    found: dict[int, list[Seat]] = {}
    for seat in Seat.objects.present().select_related("body"):
        if seat.is_held_on(today) and (seat.votes or seat.is_chair):
            found.setdefault(seat.board_id, []).append(seat)
    return found


def receiving_side(escalation: Escalation, seats: Seats | None = None) -> ReceivingSide:
    """Give the side that received an escalation; `seats` where they were read for several.

    An organisation that raised it to a board on which it sits leaves the acknowledgement to the others there.
    """
    held = (seats_held() if seats is None else seats).get(escalation.to_board_id or 0, ())
    others = [seat for seat in held if seat.body_id != escalation.from_body_id]
    bodies = {seat.body.key for seat in others} | ({escalation.to_body.key} if escalation.to_body else set())
    return ReceivingSide(
        escalation.trail_name(), frozenset(bodies), frozenset(seat.person_id for seat in others if seat.person_id)
    )


def may_acknowledge(person: Any, escalation: Escalation, seats: Seats | None = None) -> bool:
    """Whether an escalation waits for acknowledgement and `person` may give it."""
    if escalation.state != EscalationState.RAISED or not may(person, Permission.ESCALATION_ACKNOWLEDGE):
        return False
    return may(person, Permission.ESCALATION_ACKNOWLEDGE, about=receiving_side(escalation, seats))


class Receivers:
    """Who may acknowledge which escalation; seats and people are read once for as many as are asked about."""

    def __init__(self) -> None:
        self._seats = seats_held()
        self._who = WhoMay(Permission.ESCALATION_ACKNOWLEDGE)

    def of(self, escalation: Escalation) -> list[User]:
        """Give those people by their names."""
        return self._who.on(receiving_side(escalation, self._seats))
