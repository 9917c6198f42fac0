"""What is done to the parts of an action that its standing rests on: milestones and dependencies."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from upstream_web.core.operations import operation, tell
from upstream_web.records.operations import keeping
from upstream_web.strategy.models import Action, ActionDependency, Milestone
from upstream_web.strategy.operations import standings
from upstream_web.strategy.policies import DependencyRefused, makes_a_circle


@operation("milestone made")
def make(*, milestone: Milestone, by: Any, at: datetime) -> Milestone:
    """Add a milestone to an action."""
    keeping.keep_new(milestone, by=by, at=at)
    standings.work_out([milestone.action_id], at=at)
    tell(milestone, action=milestone.action.number)
    return milestone


@operation("milestone changed")
def change(*, milestone: Milestone, fields: list[str], by: Any, at: datetime) -> Milestone:
    """Write a changed milestone."""
    keeping.keep(milestone, by=by, at=at)
    standings.work_out([milestone.action_id], at=at)
    tell(milestone, action=milestone.action.number, fields=fields)
    return milestone


@operation("milestone reached")
def reach(*, milestone: Milestone, on: date, by: Any, at: datetime) -> Milestone:
    """Say that a milestone was reached, and when."""
    milestone.done_on = on
    keeping.keep(milestone, by=by, at=at)
    standings.work_out([milestone.action_id], at=at)
    tell(milestone, action=milestone.action.number, on=on.isoformat())
    return milestone


@operation("milestone removed")
def remove(*, milestone: Milestone, reason: str, by: Any, at: datetime) -> Milestone:
    """Take a milestone out of sight."""
    milestone.removed_at = at
    keeping.keep(milestone, by=by, at=at)
    standings.work_out([milestone.action_id], at=at)
    tell(milestone, action=milestone.action.number, reason=reason)
    return milestone


@operation("dependency added")
def need(*, action: Action, needs: Action, why: str = "", by: Any, at: datetime) -> ActionDependency:
    """Say that an action needs another first; raises `DependencyRefused` where that would go round in a circle."""
    # Two people who add dependencies at once wait for each other, or each could close the other's circle.
    graph = defaultdict(set)
    for here, there in ActionDependency.objects.select_for_update().present().values_list("action_id", "needs_id"):
        graph[here].add(there)
    if needs.pk in graph[action.pk]:
        raise DependencyRefused(
            f"“{action}” needs “{needs}” already.", expected="Another action.", do="Choose another."
        )
    if makes_a_circle(graph, action.pk, needs.pk):
        raise DependencyRefused(
            f"“{needs}” itself waits for “{action}”, directly or through others.",
            expected="An action that does not wait for this one.",
            do="Choose another, or take the other dependency away first.",
        )
    kept = keeping.keep_new(ActionDependency(action=action, needs=needs, why=why.strip()), by=by, at=at)
    standings.work_out([action.pk], at=at)
    tell(action, needs=needs.number)
    return kept


@operation("dependency removed")
def need_no_more(*, dependency: ActionDependency, by: Any, at: datetime) -> ActionDependency:
    """Take a dependency away."""
    dependency.removed_at = at
    keeping.keep(dependency, by=by, at=at)
    standings.work_out([dependency.action_id], at=at)
    tell(dependency.action, needs=dependency.needs.number)
    return dependency
