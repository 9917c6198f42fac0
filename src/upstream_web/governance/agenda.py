"""Agendas made from what is due and escalated: sources propose, the chair keeps, drops and orders.

Any part of the site offers items without governance knowing it:

    agenda.source("Actions", lambda meeting, person: […Proposal(…)…])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from upstream_web.core.words import count_words, short_day_words
from upstream_web.governance.models import AgendaItem, Asked, CameFrom, Meeting

RANK = {CameFrom.STANDING: 0, CameFrom.ESCALATED: 1, CameFrom.LATE: 2, CameFrom.DUE: 3, CameFrom.HAND: 4}
MINUTES_EACH, MOST_MINUTES_A_GROUP = 3, 20
MOST_LISTED = 12


@dataclass(frozen=True)
class Proposal:
    """One thing that could stand on an agenda: why, from where, and which record it is about (none: no record)."""

    title: str
    came_from: str
    source: str
    asks: str = Asked.NOTE
    kind: str = ""
    key: str = ""
    on: date | None = None
    words: str = ""
    minutes: int = 5
    presenter: str = ""
    is_own: bool = False  # of what the board itself decided or is to watch, and not only of what is in the site

    @property
    def stands_alone(self) -> bool:
        """Whether it is an item of its own rather than one line of its source's item."""
        return self.came_from in (CameFrom.STANDING, CameFrom.ESCALATED)

    @property
    def line(self) -> str:
        """Say it in one line; words that only repeat the day are left out."""
        day = short_day_words(self.on) if self.on else ""
        words = "" if day and day in self.words else self.words
        return " · ".join(part for part in (self.title, day, words) if part)


@dataclass(frozen=True)
class Group:
    """What one source proposes as late and due, as one item."""

    source: str
    proposals: tuple[Proposal, ...]

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(each.came_from == CameFrom.LATE for each in self.proposals)

    @property
    def came_from(self) -> str:
        """Late as soon as one of them is."""
        return CameFrom.LATE if self.late else CameFrom.DUE

    @property
    def urgency(self) -> tuple[Any, ...]:
        """The board's own business first, then late before due, then what has waited longest."""
        oldest = min(each.on or date.max for each in self.proposals)
        return not self.proposals[0].is_own, RANK[CameFrom(self.came_from)], oldest, self.source

    @property
    def title(self) -> str:
        """Say how many are late and due."""
        due = len(self.proposals) - self.late
        said = [f"{self.late} late"] * bool(self.late) + [f"{due} due"] * bool(due)
        return f"{self.source}: {', '.join(said)}"

    @property
    def brief(self) -> str:
        """List them, the oldest first; beyond a dozen only how many more."""
        lines = [f"- {each.line}" for each in self.proposals[:MOST_LISTED]]
        more = len(self.proposals) - MOST_LISTED
        return "\n".join([*lines, f"- and {count_words(more, 'more', 'more')}"] if more > 0 else lines)

    @property
    def minutes(self) -> int:
        """Allow some minutes for each, up to a bound."""
        return min(MOST_MINUTES_A_GROUP, max(5, MINUTES_EACH * len(self.proposals)))


Source = Callable[[Meeting, Any], Iterable[Proposal]]
_sources: dict[str, Source] = {}


def source(name: str, function: Source) -> None:
    """Let a part of the site propose items; `name` heads them. A name entered again replaces what was there."""
    _sources[name] = function


def proposals(meeting: Meeting, person: Any) -> list[Proposal]:
    """Give what the sources propose for a meeting and is not on its agenda yet, nor was dropped from it.

    In order: standing items as the board has them, then escalated, late and due; within these the oldest first.
    """
    items = list(meeting.items.present())
    taken = {(item.about_kind, item.about_key) for item in items if item.about_kind}
    titles = {item.title for item in items}
    groups = {item.source for item in items if item.came_from in (CameFrom.LATE, CameFrom.DUE) and not item.about_kind}
    found: dict[object, Proposal] = {}
    for offer in _sources.values():
        for each in offer(meeting, person):
            record = (each.kind, each.key)
            known = record in taken if each.kind else each.title in titles
            if not known and (each.stands_alone or each.source not in groups):
                found.setdefault(record if each.kind else each.title, each)
    return sorted(found.values(), key=_order)


def _order(each: Proposal) -> tuple[Any, ...]:
    if each.came_from == CameFrom.STANDING:
        return (0, "", date.min)
    return (RANK[CameFrom(each.came_from)] if each.stands_alone else 2, each.source, each.on or date.max, each.title)


def grouped(offered: Sequence[Proposal]) -> tuple[list[Proposal], list[Group]]:
    """Part proposals into those that are items of their own, and one group for each source of late and due things.

    Both in the order of their urgency.
    """
    alone = [each for each in offered if each.stands_alone]
    rest = sorted((each for each in offered if not each.stands_alone), key=lambda each: each.source)
    groups = [Group(name, tuple(found)) for name, found in groupby(rest, key=lambda each: each.source)]
    return alone, sorted(groups, key=lambda group: group.urgency)


def fitting(items: Iterable[AgendaItem], minutes: int) -> list[AgendaItem]:
    """Give those that fit into `minutes`: each in its turn, where there is still time for it."""
    found = []
    for item in items:
        if item.minutes <= minutes:
            found.append(item)
            minutes -= item.minutes
    return found


@dataclass(frozen=True)
class Budget:
    """The minutes that the items take, against those there are."""

    taken: int
    allowed: int

    @property
    def over(self) -> int:
        """How many minutes too many."""
        return max(0, self.taken - self.allowed)

    @property
    def words(self) -> str:
        """Say whether the agenda fits."""
        if self.over:
            return (
                f"The items take {self.taken} minutes and the meeting lasts {self.allowed}: "
                f"{self.over} too many. Shorten or drop something."
            )
        return f"The items take {self.taken} of {self.allowed} minutes."


def budget(items: Iterable[AgendaItem], allowed: int) -> Budget:
    """Add up the minutes of an agenda."""
    return Budget(sum(item.minutes for item in items), allowed)
