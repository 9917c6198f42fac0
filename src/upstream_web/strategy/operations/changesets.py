"""What is done with prepared changes to the plan: keeping them for a look, and applying them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.operations import operation, tell
from upstream_web.records.operations import keeping
from upstream_web.strategy import plan_changes
from upstream_web.strategy.models import Action, ChangeSet
from upstream_web.strategy.operations import actions, standings
from upstream_web.strategy.plan_changes import CHANGED, NEW, NOT_YOURS, Proposal

DONE, NOT_DONE = "done", "not done"


class AppliedAlready(WrongUse):
    """Prepared changes are applied once."""


@operation("changes to the plan prepared")
def prepare(
    *, title: str, proposals: list[Proposal], is_from_file: bool, reason: str, by: Any, at: datetime
) -> ChangeSet:
    """Keep what a file or a choice would change, so that it can be looked at before it is applied."""
    made = ChangeSet(
        title=title[:200], is_from_file=is_from_file, reason=reason, rows=[each.kept() for each in proposals]
    )
    tell(made, rows=len(proposals))
    return keeping.keep_new(made, by=by, at=at)


@operation("prepared changes applied to the plan")
def apply(*, changes: ChangeSet, by: Any, at: datetime) -> ChangeSet:
    """Apply every row that can be, each checked again; the others stay as they are and say why."""
    if changes.applied_at is not None:
        raise AppliedAlready("These changes were applied already.", do="Prepare others.")
    touched: set[int] = set()
    rows = []
    for kept in changes.rows:
        proposal = Proposal.from_kept(kept)
        if proposal.kind in (NEW, CHANGED):
            proposal = _apply_row(proposal, changes.reason, touched, by=by, at=at)
        rows.append(proposal.kept())
    changes.rows, changes.applied_at = rows, at
    standings.work_out(touched, at=at)
    refused = [row["key"] or row["line"] for row in rows if row["outcome"] not in ("", DONE)]
    tell(
        changes,
        changed=sum(row["outcome"] == DONE for row in rows),
        not_changed=refused[:50],
        actions=sorted(touched)[:200],
    )
    return keeping.keep(changes, by=by, at=at)


def _apply_row(proposal: Proposal, reason: str, touched: set[int], *, by: Any, at: datetime) -> Proposal:
    """Apply one row in a transaction of its own within the operation; what is refused leaves nothing behind."""
    try:
        with transaction.atomic():
            action, faults = _written(proposal, reason, by=by, at=at)
            if faults:
                raise WrongUse(" ".join(faults))
    except keeping.ChangedMeanwhile:
        return replace(proposal, outcome=NOT_DONE, faults=("Somebody else changed it at the same moment.",))
    except (WrongUse, IntegrityError) as refused:
        words = str(refused) if isinstance(refused, WrongUse) else "The values do not go together."
        return replace(proposal, outcome=NOT_DONE, faults=(words,))
    touched.add(action.pk)
    return replace(proposal, outcome=DONE, key=action.pk)


def _written(proposal: Proposal, reason: str, *, by: Any, at: datetime) -> tuple[Action, list[str]]:
    on = timezone.localdate(at)
    if proposal.kind == NEW:
        return _made(proposal, on=on, by=by, at=at)
    action = Action.objects.present().select_for_update().filter(pk=proposal.key or 0).first()
    if action is None:
        raise WrongUse("The action is no longer there.")
    if not may(by, Permission.ACTION_CHANGE, about=action):
        return action, [NOT_YOURS]
    if action.version != proposal.version:
        return action, [f"{action.changed_by} has changed it since these changes were prepared; prepare them again."]
    faults = plan_changes.assign(action, proposal.changes, on=on, reason=reason)
    due_on = next((date.fromisoformat(each.value) for each in proposal.changes if each.name == "due_on"), action.due_on)
    if not faults and due_on != action.due_on:
        actions.log_new_day(action, due_on, reason=reason, agreed_by="", by=by, at=at)
    if not faults:
        keeping.keep(action, by=by, at=at)
    return action, faults


def _made(proposal: Proposal, *, on: date, by: Any, at: datetime) -> tuple[Action, list[str]]:
    action = plan_changes.new_action(proposal.changes)
    faults = plan_changes.assign(action, proposal.changes, on=on, reason="", is_new=True)
    if not may(by, Permission.ACTION_CHANGE):
        faults.append("You may not make actions.")
    if not faults:
        actions.make(action=action, by=by, at=at)
    return action, faults
