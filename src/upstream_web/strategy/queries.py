"""What other parts of the site may ask of the strategy and the delivery plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from upstream.clocks import Stand, stand, start
from upstream_web.access.permissions import Permission
from upstream_web.core.clocks import rule
from upstream_web.strategy.models import (
    OPEN_STATES,
    Action,
    ActionState,
    Commitment,
    CommitmentEvidence,
    Priority,
    ProgressNote,
    Rebaseline,
    Strategy,
    StrategyReview,
    StrategyState,
)

NOTHING = Decimal(0)


def get_current_strategy() -> Strategy | None:
    """Give the strategy in force, or None before one was published."""
    return Strategy.objects.present().filter(state=StrategyState.PUBLISHED).first()


def priorities(strategy: Strategy | None = None) -> list[Priority]:
    """List the priorities of a strategy, the one in force unless told otherwise."""
    strategy = strategy or get_current_strategy()
    return [] if strategy is None else list(strategy.priorities.present())


def actions(person: Any = None) -> QuerySet[Action]:
    """Give the actions of the plan with all that a line about them needs; those `person` may see where one is given."""
    found = Action.objects if person is None else Action.objects.visible_to(person, Permission.PLAN_VIEW)
    return found.filter(removed_at__isnull=True).select_related("standing", "commitment__priority", "lead_body", "lead")


def open_actions(person: Any = None) -> QuerySet[Action]:
    """Give the actions that are neither done nor stopped, the first due first."""
    return actions(person).filter(state__in=OPEN_STATES).order_by("due_on", "pk")


def late_actions(on: date, person: Any = None) -> QuerySet[Action]:
    """Give the open actions that were due before a day."""
    return open_actions(person).filter(due_on__lt=on)


def due_actions(since: date, until: date, person: Any = None) -> QuerySet[Action]:
    """Give the open actions due from one day to another, both included."""
    return open_actions(person).filter(due_on__range=(since, until))


def blocked_actions(person: Any = None) -> QuerySet[Action]:
    """Give the blocked actions, the longest blocked first."""
    return actions(person).filter(state=ActionState.BLOCKED).order_by("blocked_on", "pk")


def actions_to_escalate(person: Any = None) -> QuerySet[Action]:
    """Give the open actions that somebody asks to escalate, or that have been red for as long as the rule allows."""
    wanted = Q(escalation_asked_on__isnull=False) | Q(standing__escalates=True)
    return open_actions(person).filter(wanted)


@dataclass(frozen=True)
class PlanCounts:
    """How many actions stand where; `late` are open ones past their day, whatever their state."""

    total: int
    not_started: int
    under_way: int
    blocked: int
    done: int
    stopped: int
    late: int

    @property
    def sentence(self) -> str:
        """Say the plan in one sentence."""
        if not self.total:
            return ""
        said = f"{self.under_way} of {self.total} {'action is' if self.total == 1 else 'actions are'} under way"
        worse = [f"{count:,} {word}" for count, word in ((self.late, "late"), (self.blocked, "blocked")) if count]
        return f"{said}; {', '.join(worse) or 'none is late or blocked'}. {self.done:,} done."


def plan_counts(found: QuerySet[Action], on: date) -> PlanCounts:
    """Count actions by where they stand, in one query, which reads no more than an index."""
    late = Count("pk", filter=Q(due_on__lt=on))
    rows = found.order_by().values("state").annotate(all=Count("pk"), late=late)
    by_state = {row["state"]: row for row in rows}
    counts = {state.value: by_state[state]["all"] if state in by_state else 0 for state in ActionState}
    overdue = sum(by_state[state]["late"] for state in OPEN_STATES if state in by_state)
    return PlanCounts(total=sum(counts.values()), late=overdue, **counts)


@dataclass(frozen=True)
class PriorityProgress:
    """What happened under one priority in a period."""

    priority: Priority
    counts: PlanCounts
    done: list[Action]
    slipped: list[Rebaseline]
    notes: list[ProgressNote]
    planned: Decimal
    spent: Decimal


def _lineage(priority: Priority) -> list[int]:
    """Give the keys of a priority and of those it came from, so that a new version keeps its past."""
    keys, here = [priority.pk], priority
    while here.came_from is not None:
        here = here.came_from
        keys.append(here.pk)
    return keys


def records_under(priority: Priority) -> set[tuple[str, int]]:
    """Give kind and key of a priority, of its commitments and of their actions, with those of the versions before."""
    keys = _lineage(priority)
    commitments = Commitment.objects.present().filter(priority__in=keys).values_list("pk", flat=True)
    mine = actions().filter(commitment__priority__in=keys).values_list("pk", flat=True)
    return {
        *((Priority.kind, key) for key in keys),
        *((Commitment.kind, key) for key in commitments),
        *((Action.kind, key) for key in mine),
    }


def progress_per_priority(
    since: date, until: date, strategy: Strategy | None = None, *, counted_on: date | None = None
) -> list[PriorityProgress]:
    """Say for each priority what was done, slipped and reported from one day to another, both included.

    What is late is counted on the last of these days, or on `counted_on`.
    """
    return [_progress(priority, since, until, counted_on or until) for priority in priorities(strategy)]


def _progress(priority: Priority, since: date, until: date, counted_on: date) -> PriorityProgress:
    mine = actions().filter(commitment__priority__in=_lineage(priority))
    money = mine.order_by().aggregate(planned=Sum("cost_planned"), spent=Sum("cost_spent"))
    log = Rebaseline.objects.filter(action__in=mine, made_at__date__range=(since, until)).select_related("action")
    notes = ProgressNote.objects.filter(action__in=mine, noted_on__range=(since, until))
    return PriorityProgress(
        priority=priority,
        counts=plan_counts(mine, counted_on),
        done=list(mine.filter(done_on__range=(since, until)).order_by("done_on", "pk")),
        slipped=[each for each in log if each.new_due_on > each.old_due_on],
        notes=list(notes.select_related("action")),
        planned=money["planned"] or NOTHING,
        spent=money["spent"] or NOTHING,
    )


@dataclass(frozen=True)
class CommitmentProgress:
    """A commitment with its evidence and how its actions stand."""

    commitment: Commitment
    evidence: list[CommitmentEvidence]
    actions: list[Action]

    @property
    def sources(self) -> list[str]:
        """Who asked for it, each once, in the order of the strategy's key."""
        return list(dict.fromkeys(each.source for each in self.evidence))

    @property
    def open_count(self) -> int:
        """How many actions have still something to do."""
        return sum(action.is_open for action in self.actions)

    @property
    def done_count(self) -> int:
        """How many actions are done."""
        return sum(action.state == ActionState.DONE for action in self.actions)


def commitments_of(strategy: Strategy) -> dict[Priority, list[CommitmentProgress]]:
    """Give the commitments of a strategy under their priorities, each with evidence and actions, in four queries.

    Actions that a later version took over are counted with the commitment that they began under only there.
    """
    found: dict[Priority, list[CommitmentProgress]] = {priority: [] for priority in strategy.priorities.present()}
    commitments = (
        Commitment.objects.present()
        .filter(priority__in=found)
        .select_related("priority")
        .prefetch_related(
            Prefetch("evidence", CommitmentEvidence.objects.present()),
            Prefetch("actions", actions().order_by("due_on")),
        )
    )
    for commitment in commitments:
        told = CommitmentProgress(commitment, list(commitment.evidence.all()), list(commitment.actions.all()))
        found[commitment.priority].append(told)
    return found


def reviewed_on(strategy: Strategy) -> date | None:
    """Give the day from which the yearly clock runs: publication, or the last review that found it to stand."""
    last = StrategyReview.objects.present().filter(strategy=strategy, stands=True).order_by("-finished_on").first()
    return last.finished_on if last is not None else strategy.published_on


def review_clock(strategy: Strategy, on: date) -> Stand | None:
    """Say how the yearly review of a strategy stands on a day; None for one that is not in force."""
    since = reviewed_on(strategy)
    if since is None or strategy.state != StrategyState.PUBLISHED:
        return None
    return stand(start(rule("strategy_review"), at=since), at=on)


def due_soon(on: date, days: int = 30, person: Any = None) -> QuerySet[Action]:
    """Give the open actions due in the days ahead, that day included."""
    return due_actions(on, on + timedelta(days=days), person)


def silent_actions(on: date, days: int, person: Any = None) -> QuerySet[Action]:
    """Give the running actions on which nothing was reported for so many days."""
    heard = ProgressNote.objects.filter(noted_on__gt=on - timedelta(days=days)).values("action")
    running: Iterable[str] = (ActionState.UNDER_WAY, ActionState.BLOCKED)
    return (
        open_actions(person).filter(state__in=running, starts_on__lte=on - timedelta(days=days)).exclude(pk__in=heard)
    )
