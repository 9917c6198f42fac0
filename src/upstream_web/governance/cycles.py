"""Whether a board keeps its cycle, and the dates that the cycle gives for the time ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from upstream.clocks import ClockRule, next_dates, start
from upstream.clocks.rules import Unit

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Gap:
    """The time from one meeting to the next, held against the cycle."""

    since: date
    until: date
    rule: ClockRule

    @property
    def due_on(self) -> date:
        """The last day on which the later meeting was in time."""
        return start(self.rule, at=self.since).due_on

    @property
    def earliest_on(self) -> date | None:
        """The first day that was not too soon, where the cycle has one. A day that lands early counts as in time."""
        return start(self.rule, at=self.since).earliest_on

    @property
    def days(self) -> int:
        """How long it was, in days."""
        return (self.until - self.since).days

    @property
    def length(self) -> str:
        """How long it was, in the cycle's own unit as far as that is exact enough: “9 weeks”, “4 months”."""
        if self.rule.unit is Unit.MONTHS:
            return Unit.MONTHS.of(max(1, round(self.days * 12 / 365.25)))
        weeks, days = divmod(self.days, 7)
        if not weeks:
            return Unit.DAYS.of(days)
        return Unit.WEEKS.of(weeks) + (f" and {Unit.DAYS.of(days)}" if days else "")

    @property
    def is_late(self) -> bool:
        """Whether the cycle was overrun by more than a week, the time for finding another day."""
        return self.until > self.due_on + timedelta(days=self.rule.escalate_after)

    @property
    def is_early(self) -> bool:
        """Whether the later meeting came too soon after the earlier."""
        return self.earliest_on is not None and self.until < self.earliest_on

    @property
    def is_kept(self) -> bool:
        """Whether the cycle was kept."""
        return not (self.is_late or self.is_early)

    @property
    def words(self) -> str:
        """Say how long the gap was, and what the cycle says where it was not kept."""
        said = f"The gap was {self.length}"
        return said if self.is_kept else f"{said}, the cycle says {self.rule.limit}"


def gaps(days: Sequence[date], rule: ClockRule) -> list[Gap]:
    """Give the gaps between meetings on `days`, in any order."""
    return [Gap(earlier, later, rule) for earlier, later in pairwise(sorted(days)) if earlier < later]


def compliance_words(found: Sequence[Gap]) -> str:
    """Say how often the cycle was kept; small counts are said as counts."""
    if not found:
        return "There are not two meetings yet to measure the cycle by."
    kept = sum(gap.is_kept for gap in found)
    return f"The cycle was kept {kept} of {len(found)} times."


def working_day_on_or_before(day: date, rule: ClockRule) -> date:
    """Give the day itself, or the last working day before it when offices are closed."""
    while not rule.calendar.is_working_day(day):
        day -= ONE_DAY
    return day


def dates_ahead(rule: ClockRule, last: date, until: date) -> list[date]:
    """Give the dates for meetings after `last` up to `until`: turns of the cycle, on the weekday of `last`.

    Each is the latest such weekday within its turn that is a working day, so that a bank holiday moves the meeting to
    the working day before and no turn is overrun.
    """
    found = []
    for turn in next_dates(rule, last, until):
        back = (turn.due_on.weekday() - last.weekday()) % 7 if last.weekday() < SATURDAY else 0
        found.append(working_day_on_or_before(turn.due_on - timedelta(days=back), rule))
    return found
