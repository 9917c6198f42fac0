"""Looking again at who may do what: who joined, moved or left; what must be confirmed; which accounts nobody uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from upstream.clocks import Stand, stand
from upstream_web.access import clocks
from upstream_web.access.models import Grant, User

Holding = frozenset[tuple[str, str]]
ONE_DAY = timedelta(days=1)


class Movement(StrEnum):
    """What became of a person's access within a period."""

    JOINED = "joined"
    MOVED = "moved"
    LEFT = "left"
    CAME_AND_LEFT = "came and left"


@dataclass(frozen=True)
class Moved:
    """A person, what became of their access, and the grants that held before and after, and those that lay between."""

    user: User
    movement: Movement
    before: tuple[Grant, ...]
    after: tuple[Grant, ...]
    between: tuple[Grant, ...] = ()


def _holding(grants: Iterable[Grant]) -> Holding:
    return frozenset((grant.role, grant.body) for grant in grants)


def movement(grants: Iterable[Grant], first: date, last: date) -> Movement | None:
    """Say what became of somebody's access between two days, both within; None when it was the same all along.

    What counts is what they held on the day before and at the end of the last day.
    """
    listed = list(grants)
    before = _holding(grant for grant in listed if grant.is_in_force(first - ONE_DAY))
    after = _holding(grant for grant in listed if grant.is_in_force(last))
    if before != after:
        return Movement.JOINED if not before else Movement.LEFT if not after else Movement.MOVED
    if before:
        return None
    return Movement.CAME_AND_LEFT if _within(listed, first, last) else None


def _within(grants: Iterable[Grant], first: date, last: date) -> tuple[Grant, ...]:
    return tuple(grant for grant in grants if first <= grant.starts_on <= last and grant.last_day)


def movements(first: date, last: date) -> list[Moved]:
    """Give everybody who joined, moved or left between two days, both within, in the order of their names."""
    found = []
    for user in User.objects.prefetch_related("grants").order_by("name", "pk"):
        grants = user.all_grants
        what = movement(grants, first, last)
        if what is not None:
            before = tuple(grant for grant in grants if grant.is_in_force(first - ONE_DAY))
            after = tuple(grant for grant in grants if grant.is_in_force(last))
            between = _within(grants, first, last) if what is Movement.CAME_AND_LEFT else ()
            found.append(Moved(user, what, before, after, between))
    return found


@dataclass(frozen=True)
class ToConfirm:
    """A grant and how the clock of its yearly confirmation stands."""

    grant: Grant
    stand: Stand


@dataclass(frozen=True)
class Confirmation:
    """Every grant in force, those first that must be confirmed soonest."""

    grants: list[ToConfirm]

    @property
    def late(self) -> int:
        """How many should have been confirmed already."""
        return sum(1 for each in self.grants if each.stand.late_by)

    @property
    def in_time(self) -> int:
        """How many were given or confirmed within the year."""
        return len(self.grants) - self.late


def confirmations(on: date) -> Confirmation:
    """Give every grant in force with the clock of its confirmation."""
    grants = Grant.objects.in_force(on).filter(user__is_active=True).select_related("user")
    listed = [ToConfirm(grant, stand(clocks.confirmation(since=grant.looked_at_on), at=on)) for grant in grants]
    return Confirmation(sorted(listed, key=lambda each: (each.stand.due_on, each.grant.user.name, each.grant.pk)))


@dataclass(frozen=True)
class Dormant:
    """Somebody with access who has not used it."""

    user: User
    seen_on: date | None
    grants: list[Grant]


def dormant(on: date) -> list[Dormant]:
    """Give those with access whose time of not using it has run out, longest first.

    It counts from when they were last here; for somebody who never came, from when they were first given something.
    """
    found = []
    for user in User.objects.filter(is_active=True).prefetch_related("grants"):
        grants = user.grants_on(on)
        seen_on = timezone.localdate(user.last_seen_at) if user.last_seen_at else None
        if grants and clocks.disuse(since=seen_on or min(grant.starts_on for grant in grants)).due_on < on:
            found.append(Dormant(user, seen_on, grants))
    return sorted(found, key=lambda each: (each.seen_on or date.min, each.user.name))
