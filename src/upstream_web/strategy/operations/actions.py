"""What is done to actions of the plan: making, changing, moving, re-baselining, reporting, escalating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.core.operations import operation, tell
from upstream_web.records.operations import keeping, notices
from upstream_web.strategy import policies
from upstream_web.strategy.models import Action, ActionBody, ActionState, Milestone, ProgressNote, Rebaseline
from upstream_web.strategy.operations import standings


class ReportIncomplete(WrongUse):
    """A progress report lacks something that it must say."""


def next_number() -> int:
    """Give the number of the next action; the newest one is held until the operation ends, so that none comes twice."""
    newest = Action.objects.select_for_update().order_by("-number").first()
    return 1 if newest is None else newest.number + 1


@operation("action made")
def make(*, action: Action, by: Any, at: datetime) -> Action:
    """Write a new action, not started, with the next free number."""
    action.number = action.number or next_number()
    action.baseline_due_on = action.due_on
    keeping.keep_new(action, by=by, at=at)
    standings.work_out([action.pk], at=at)
    tell(action, number=action.number)
    return action


@operation("action changed")
def change(*, action: Action, fields: list[str], by: Any, at: datetime) -> Action:
    """Write a changed action; the day it is due is moved by `rebaseline`, its state by `move`."""
    keeping.keep(action, by=by, at=at)
    standings.work_out([action.pk], at=at)
    tell(action, fields=fields)
    return action


def set_state(action: Action, to: str, *, words: str, on: date) -> None:
    """Put an action into a state, with all that belongs to it; the move has been checked."""
    if action.state == to:
        return
    was, action.state = action.state, to
    action.done_on = on if to == ActionState.DONE else None
    action.blocked_on = on if to == ActionState.BLOCKED else None
    action.blocked_by = words if to == ActionState.BLOCKED else ""
    action.stopped_because = words if to == ActionState.STOPPED else ""
    if to == ActionState.DONE:
        action.percent = 100
    elif was == ActionState.DONE:
        action.percent = _last_reported(action)
    elif to == ActionState.NOT_STARTED:
        action.percent = 0


def _last_reported(action: Action) -> int:
    """Give how much was done before somebody said that all was: opened again, an action is not nearly finished."""
    percent = action.notes.order_by("-noted_on", "-pk").values_list("percent", flat=True).first()
    return min(percent or 0, 99)


def check_move(action: Action, to: str, words: str) -> None:
    """Raise `policies.MoveRefused` unless the action may go there."""
    open_milestones = Milestone.objects.present().filter(action=action, done_on__isnull=True).count()
    policies.check_move(action, to, words=words, open_milestones=open_milestones)


@operation("action moved")
def move(*, action: Action, to: str, words: str = "", by: Any, at: datetime) -> Action:
    """Move an action to another state; `words` say what blocks it, why it stops or why it is opened again."""
    check_move(action, to, words)
    tell(action, before=action.state, after=to, **({"words": words} if words else {}))
    set_state(action, to, words=words.strip(), on=timezone.localdate(at))
    keeping.keep(action, by=by, at=at)
    standings.work_out([action.pk], at=at)
    return action


def log_new_day(action: Action, due_on: date, *, reason: str, agreed_by: str, by: Any, at: datetime) -> Rebaseline:
    """Move the day an action is due and keep the old one in its log."""
    moved = Rebaseline(
        action=action, old_due_on=action.due_on, new_due_on=due_on, reason=reason.strip(), agreed_by=agreed_by.strip()
    )
    action.due_on = due_on
    return keeping.keep_new(moved, by=by, at=at)


@operation("action re-baselined")
def rebaseline(*, action: Action, due_on: date, reason: str, agreed_by: str = "", by: Any, at: datetime) -> Rebaseline:
    """Move the day an action is due, for a reason that somebody agreed to; the first day agreed stays beside it."""
    policies.check_rebaseline(action, due_on, reason)
    tell(action, before=action.due_on.isoformat(), after=due_on.isoformat(), reason=reason)
    moved = log_new_day(action, due_on, reason=reason, agreed_by=agreed_by, by=by, at=at)
    keeping.keep(action, by=by, at=at)
    standings.work_out([action.pk], at=at)
    return moved


@dataclass(frozen=True)
class Report:
    """What a lead says on an action. `slip_reason` is asked when the action is late; `spent` is the whole so far."""

    done: str
    percent: int
    confidence: str
    next: str = ""
    period_from: date | None = None
    slip_reason: str = ""
    spent: Any = None


@operation("progress on a part reported")
def report_part(*, part: ActionBody, done: str, percent: int, by: Any, at: datetime) -> ActionBody:
    """Keep what a contributing body says of its part, and tell the lead; where the action stands, its lead says.

    Raises `ReportIncomplete` for an action that has ended, or where no words are said.
    """
    if not part.action.is_open:
        raise ReportIncomplete(f"“{part.action}” has ended.", do="Nothing needs to be reported on it.")
    if not done.strip():
        raise ReportIncomplete("Nothing is said.", expected="What was done on your part.")
    part.said, part.percent, part.said_on = done.strip(), percent, timezone.localdate(at)
    tell(part.action, body=str(part.body), percent=percent)
    keeping.keep(part, by=by, at=at)
    lead = {part.action.lead_id} - {None, getattr(by, "pk", None)}
    notices.give(
        to=[key for key in lead if key], reason="changed", name=(Action.kind, part.action.pk),
        words=f"{part.body} reported on its part: {percent}%", occasion=f"part {part.pk} {part.said_on}", at=at,
    )  # fmt: skip
    return part


@operation("progress reported")
def report(*, action: Action, said: Report, by: Any, at: datetime) -> ProgressNote:
    """Add a progress note. A first report starts the action; saying 100% leaves finishing it to `move`."""
    on = timezone.localdate(at)
    _check_report(action, said, on)
    note = ProgressNote(
        action=action,
        noted_on=on,
        period_from=said.period_from or period_begins(action, on),
        period_until=on,
        done=said.done.strip(),
        next=said.next.strip(),
        percent=said.percent,
        confidence=said.confidence,
    )
    keeping.keep_new(note, by=by, at=at)
    if action.state == ActionState.NOT_STARTED:
        set_state(action, ActionState.UNDER_WAY, words="", on=on)
    action.percent = said.percent
    action.slip_reason = said.slip_reason.strip() or action.slip_reason
    if said.spent is not None:
        action.cost_spent = said.spent
    keeping.keep(action, by=by, at=at)
    standings.work_out([action.pk], at=at)
    tell(action, percent=said.percent, confidence=said.confidence)
    return note


def _check_report(action: Action, said: Report, on: date) -> None:
    faults = []
    if not action.is_open:
        faults.append("the action is open (open it again to report on it)")
    if not said.done.strip():
        faults.append("words on what was done")
    if not 0 <= said.percent <= 100:
        faults.append("a part done between 0 and 100%")
    if is_late(action, on) and not (said.slip_reason.strip() or action.slip_reason):
        faults.append("a reason why it is late")
    if faults:
        raise ReportIncomplete(
            f"The report on “{action}” is not complete.", expected=f"{'; '.join(faults)}.", do="Add it and send again."
        )


def is_late(action: Action, on: date) -> bool:
    """Tell whether an open action is past the day it was due."""
    return action.is_open and action.due_on < on


def period_begins(action: Action, on: date) -> date:
    """Give the day from which the next note reports: the day after the last one, or when the action started."""
    last = action.notes.aggregate(day=Max("noted_on"))["day"]
    return min(last or action.starts_on, on)


@operation("comment put beside a RAG state")
def comment_on_rag(*, action: Action, words: str, by: Any, at: datetime) -> Action:
    """Put a person's words beside the colour, which itself is worked out by rule; none take them away."""
    action.rag_comment = words.strip()
    tell(action)
    return keeping.keep(action, by=by, at=at)


@operation("escalation of an action asked for")
def ask_to_escalate(*, action: Action, reason: str, by: Any, at: datetime) -> Action:
    """Ask the board to look at an action; an empty reason takes the wish back."""
    action.escalation_reason = reason.strip()
    action.escalation_asked_on = timezone.localdate(at) if action.escalation_reason else None
    tell(action, reason=action.escalation_reason)
    return keeping.keep(action, by=by, at=at)
