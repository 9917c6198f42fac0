"""What a clock's rule is: how long, counted how, from what to what, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from upstream.clocks.calendars import Calendar


class Unit(StrEnum):
    """What a length is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"

    def of(self, number: int) -> str:
        """Write a number of them: 1 month, 5 working days."""
        return f"{number} {self.value[:-1] if number == 1 else self.value}"


class Basis(StrEnum):
    """On what footing a rule stands, which decides whether a partnership may simply choose another length."""

    LAW = "law"
    GUIDANCE = "guidance"
    AGREED_LOCALLY = "agreed locally"


class LandsOn(StrEnum):
    """What happens when the last day is not a working day."""

    ANY_DAY = "any day"
    NEXT_WORKING_DAY = "next working day"
    WORKING_DAY_BEFORE = "working day before"


@dataclass(frozen=True)
class ClockRule:
    """One time limit as its authors wrote it down.

    `inclusive` says that the day of the starting event is day 1; otherwise the day after it is. `backwards` counts
    from an event that is still to come: papers are sent five working days *before* a meeting. `starts` and `stops`
    are nouns (“publication of the report”), `done` is what is said when it was met (“Sent”). `pauses` are the
    reasons for which it may stand still; none means that it cannot be paused.

    `remind` (before the end), `soon` (from when it counts as due soon) and `escalate_after` (once late) are counted
    in hours, working days or days: see `counted_in`. `earliest_length` is set where something should not come too
    early either: a meeting every six to eight weeks. `recurs` says that the end of one is the start of the next.
    """

    name: str
    title: str
    subject: str
    basis: Basis
    why: str
    source: str
    length: int
    unit: Unit
    starts: str
    stops: str
    inclusive: bool = False
    backwards: bool = False
    recurs: bool = False
    earliest_length: int = 0
    lands_on: LandsOn = LandsOn.ANY_DAY
    done: str = "Done"
    pauses: tuple[str, ...] = ()
    remind: tuple[int, ...] = ()
    soon: int = 0
    escalate_to: str = ""
    escalate_after: int = 0
    calendar: Calendar = field(default_factory=Calendar)

    @property
    def counted_in(self) -> Unit:
        """What is left and what is late are told in: hours, working days, or else days."""
        return self.unit if self.unit in (Unit.HOURS, Unit.WORKING_DAYS) else Unit.DAYS

    @property
    def limit(self) -> str:
        """The length in words: 56 days, 6 to 8 weeks, 5 working days before."""
        text = self.unit.of(self.length)
        if self.earliest_length:
            text = f"{self.earliest_length} to {text}"
        return f"{text} before" if self.backwards else text

    @property
    def counts_working_days(self) -> bool:
        """Whether bank holidays make a difference to its last day."""
        return self.unit is Unit.WORKING_DAYS or self.lands_on is not LandsOn.ANY_DAY

    @property
    def sentence(self) -> str:
        """How it is counted, as one sentence for a page, a paper or the manual."""
        if self.backwards:
            text = f"At least {self.unit.of(self.length)} before {self.starts}"
        elif self.recurs:
            every = self.unit.value[:-1] if self.length == 1 else self.limit
            text = f"Every {every}, counted from {self.starts}"
        else:
            text = f"Within {self.limit} of {self.starts}"
        if self.inclusive:
            text += ", that day being day 1"
        if self.lands_on is not LandsOn.ANY_DAY:
            text += f"; a last day that is not a working day moves to the {self.lands_on.value}"
        return f"{text}."
