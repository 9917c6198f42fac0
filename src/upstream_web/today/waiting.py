"""What waits for a person, gathered from every kind of record, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from upstream_web.access.authorisation import may
from upstream_web.records.register import Dated, registers
from upstream_web.strategy import queries as strategy
from upstream_web.strategy.queries import PlanCounts

SHOWN = 8
PLAN_SHOWN = 6


@dataclass(frozen=True)
class Waiting:
    """The queue of one person: what is shown, and how much there is."""

    shown: tuple[Dated, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def waiting_for(person: Any, on: date, *, most: int = SHOWN) -> Waiting:
    """Gather what waits for `person`, the first due first; nothing of a kind that they may not see."""
    found = [each for register in registers() if may(person, register.see) for each in register.waiting_for(person, on)]
    found.sort(key=lambda each: (each.on, each.title))
    return Waiting(tuple(found[:most]), len(found))


@dataclass(frozen=True)
class PlanToday:
    """How the plan stands: its counts in a sentence, and what is late or due soon."""

    counts: PlanCounts
    late: tuple[Any, ...]
    due: tuple[Any, ...]


def plan_today(person: Any, on: date) -> PlanToday | None:
    """Say how the plan that the person may see stands; None when they see none."""
    counts = strategy.plan_counts(strategy.actions(person), on)
    if not counts.total:
        return None
    late = tuple(strategy.late_actions(on, person)[:PLAN_SHOWN])
    due = tuple(strategy.due_soon(on, person=person)[: PLAN_SHOWN - len(late)])
    return PlanToday(counts, late, due)
