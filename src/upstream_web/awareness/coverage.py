"""How many people of a team hold a course on a day, worked out from counts alone.

Nobody is named, so two things are assumed and said: those who are trained again are those whose training is oldest,
and so are those who leave. A team that never gave a headcount has no coverage, whatever was trained: it is unknown.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from upstream.clocks import add_months
from upstream.methods import wilson_proportion

PER_CENT = 100
SOON = timedelta(days=90)
OLD_HEADCOUNT = timedelta(days=365)


class Happened(StrEnum):
    """What a count says of people: trained, trained again, or trained and gone from the team."""

    FIRST = "first"
    AGAIN = "again"
    LEFT = "left"


@dataclass(frozen=True)
class Counted:
    """So many people, on a day."""

    on: date
    what: Happened
    people: int


@dataclass(frozen=True)
class Holding:
    """People who hold a course on a day, those whose training ended, and those whose training ends soon."""

    holding: int
    lapsed: int
    ending_soon: int


def holding_on(counts: Iterable[Counted], validity_months: int | None, on: date) -> Holding:
    """Work out how many people hold a course at the end of a day.

    Training of 1 March counts for 12 months to the last day of February, included.

    >>> counts = [Counted(date(2024, 3, 1), Happened.FIRST, 20), Counted(date(2025, 2, 1), Happened.AGAIN, 5)]
    >>> holding_on(counts, 12, date(2025, 3, 1))
    Holding(holding=5, lapsed=15, ending_soon=0)
    """
    trained: deque[_Trained] = deque()  # the oldest training first
    rank = {Happened.LEFT: 0, Happened.FIRST: 1, Happened.AGAIN: 2}
    for each in sorted(counts, key=lambda count: (count.on, rank[count.what])):
        if each.on > on:
            break
        if each.what is not Happened.FIRST:
            _take(trained, each.people)
        if each.what is not Happened.LEFT:
            ends = date.max if validity_months is None else add_months(each.on, validity_months)
            trained.append(_Trained(ends, each.people))
    return Holding(
        holding=sum(each.people for each in trained if each.ends > on),
        lapsed=sum(each.people for each in trained if each.ends <= on),
        ending_soon=sum(each.people for each in trained if on < each.ends <= on + SOON),
    )


@dataclass(frozen=True)
class _Trained:
    """People trained together, and the first day on which it no longer counts."""

    ends: date
    people: int


def _take(trained: deque[_Trained], people: int) -> None:
    """Take people from those trained longest ago; more than there are takes all of them."""
    while people > 0 and trained:
        oldest = trained.popleft()
        if oldest.people > people:
            trained.appendleft(_Trained(oldest.ends, oldest.people - people))
        people -= min(people, oldest.people)


class Standing(StrEnum):
    """How a team stands beside its target."""

    MET = "met"
    SHORT = "short of the target"
    TO_COME = "still to come"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TeamCoverage:
    """One team and one course on a day. `per_cent` is None when nobody said how many people the team has."""

    team: str
    body: str
    holding: Holding
    people: int | None
    counted_on: date | None
    target_per_cent: int
    due_on: date
    on: date
    key: int = 0

    @property
    def held(self) -> int:
        """How many hold it, but never more than there are people: the rest have left without being counted out."""
        return self.holding.holding if self.people is None else min(self.holding.holding, self.people)

    @property
    def per_cent(self) -> float | None:
        """The share of the team that holds it."""
        return self.held / self.people * PER_CENT if self.people else None

    @property
    def standing(self) -> Standing:
        """How it stands beside its target; before the day it is due it may still come."""
        if not self.people:
            return Standing.UNKNOWN
        if self.held * PER_CENT >= self.target_per_cent * self.people:  # whole numbers: 57 of 100 is 57%
            return Standing.MET
        return Standing.TO_COME if self.on <= self.due_on else Standing.SHORT

    @property
    def doubts(self) -> tuple[str, ...]:
        """What makes the figure less sure than it looks."""
        found = []
        if self.people is None:
            found.append("Nobody said how many people the team has.")
        elif self.holding.holding > self.people:
            found.append(f"{self.holding.holding:,} trained people are counted for {self.people:,}: some have left.")
        if self.counted_on and self.on - self.counted_on > OLD_HEADCOUNT:
            found.append("The headcount is more than a year old.")
        return tuple(found)


@dataclass(frozen=True)
class Share:
    """A part of a whole in per cent, with Wilson's interval where it is a sample; None where there is no whole."""

    part: int
    whole: int | None
    value: float | None
    lower: float | None
    upper: float | None


def share(part: int, whole: int | None) -> Share:
    """Divide a part by its whole; unknown without one."""
    if not whole:
        return Share(part, whole, None, None, None)
    found = wilson_proportion(part, whole, multiplier=PER_CENT)
    return Share(part, whole, float(found.value), float(found.lower), float(found.upper))


@dataclass(frozen=True)
class CourseCoverage:
    """One course in every team that must have it. Teams without a headcount are left out of the share and counted."""

    on: date
    target_per_cent: int
    teams: tuple[TeamCoverage, ...]

    @property
    def known(self) -> tuple[TeamCoverage, ...]:
        """The teams whose headcount is known."""
        return tuple(team for team in self.teams if team.people is not None)

    @property
    def unknown(self) -> tuple[TeamCoverage, ...]:
        """The teams whose headcount nobody gave."""
        return tuple(team for team in self.teams if team.people is None)

    @property
    def held(self) -> int:
        """How many people hold it, in teams whose headcount is known."""
        return sum(team.held for team in self.known)

    @property
    def people(self) -> int | None:
        """How many people must hold it, as far as is known; None when no team said."""
        return sum(team.people or 0 for team in self.known) if self.known else None

    @property
    def per_cent(self) -> float | None:
        """The share of all teams together."""
        return self.held / self.people * PER_CENT if self.people else None

    @property
    def short(self) -> tuple[TeamCoverage, ...]:
        """The teams that miss their target after the day on which they had to meet it, the lowest first."""
        found = [team for team in self.teams if team.standing is Standing.SHORT]
        return tuple(sorted(found, key=lambda team: (team.per_cent or 0, team.team)))

    @property
    def ending_soon(self) -> int:
        """How many people's training ends within 90 days."""
        return sum(team.holding.ending_soon for team in self.teams)

    @property
    def lapsed(self) -> int:
        """How many people's training has ended."""
        return sum(team.holding.lapsed for team in self.teams)


def whole_per_cent(value: float | None) -> str:
    """Write a share that never rounds up to all or down to none: `86%`, `over 99%`, `not known`."""
    if value is None:
        return "not known"
    if 99.5 <= value < PER_CENT:
        return "over 99%"
    if 0 < value < 0.5:
        return "under 1%"
    return f"{value:.0f}%"


def coverage_of(teams: Sequence[TeamCoverage], *, on: date, target_per_cent: int) -> CourseCoverage:
    """Put the teams of a course together, in the order of body and name."""
    return CourseCoverage(on, target_per_cent, tuple(sorted(teams, key=lambda team: (team.body, team.team))))
