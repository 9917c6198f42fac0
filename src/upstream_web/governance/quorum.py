"""Whether a meeting has its quorum: at least so many members, and the organisations without which there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Filled:
    """A seat at a meeting: its organisation, and whether somebody sat on it (a deputy counts)."""

    body: str
    votes: bool
    is_needed: bool
    is_there: bool


@dataclass(frozen=True)
class Quorum:
    """The rule, what was found, and whether it is met."""

    needed: int
    there: int
    seats: int
    bodies_needed: tuple[str, ...]
    bodies_missing: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Whether decisions taken now stand."""
        return self.there >= self.needed and not self.bodies_missing

    @property
    def rule(self) -> str:
        """Say the rule."""
        bodies = f", among them {_listed(self.bodies_needed)}" if self.bodies_needed else ""
        return f"At least {self.needed} of {self.seats} voting members{bodies}; a deputy counts."

    @property
    def words(self) -> str:
        """Say what was found and what is lacking."""
        if self.is_met:
            return f"Quorate: {self.there} of {self.seats} voting members present."
        lacking = []
        if self.there < self.needed:
            missing = self.needed - self.there
            lacking.append(f"{missing} more voting member{'s' if missing > 1 else ''}")
        if self.bodies_missing:
            lacking.append(_listed(self.bodies_missing))
        return f"Not quorate: {self.there} of {self.seats} voting members present; {' and '.join(lacking)} missing."


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def quorum(seats: Iterable[Filled], *, needed: int) -> Quorum:
    """Say whether there is a quorum; seats without a vote count for nothing.

    >>> quorum([Filled("Police", True, True, False), Filled("Council", True, False, True)], needed=1).words
    'Not quorate: 1 of 2 voting members present; Police missing.'
    """
    voting = [seat for seat in seats if seat.votes]
    bodies = tuple(dict.fromkeys(seat.body for seat in voting if seat.is_needed))
    there = {seat.body for seat in voting if seat.is_there}
    return Quorum(
        needed=needed,
        there=sum(seat.is_there for seat in voting),
        seats=len(voting),
        bodies_needed=bodies,
        bodies_missing=tuple(body for body in bodies if body not in there),
    )
