"""What the page of an action shows beside its facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words, short_day_words
from upstream_web.strategy import policies
from upstream_web.strategy.forms import RebaselineForm, ReportForm
from upstream_web.strategy.models import Action, ActionBody, ActionState, Confidence, Milestone, Standing
from upstream_web.strategy.operations import standings

NOTES_SHOWN = 6
# A lead may say that the work runs, is blocked or is done; to stop it or open it again takes the plan's manager.
MOVES_OF_A_LEAD = (ActionState.UNDER_WAY, ActionState.BLOCKED, ActionState.DONE)


@dataclass(frozen=True)
class Move:
    """A state to which an action may go, and what is asked on the way; empty when nothing is."""

    to: str
    label: str
    asked: str


@dataclass(frozen=True)
class TrackStep:
    """A milestone on the track of an action; `css` as the design names where it stands."""

    milestone: Milestone
    css: str
    words: str


def may_move(person: Any, action: Action, to: str) -> bool:
    """Tell whether a person may put an action into a state: leads report, the manager may do all."""
    if may(person, Permission.ACTION_CHANGE, about=action):
        return True
    return action.is_open and to in MOVES_OF_A_LEAD and may(person, Permission.ACTION_REPORT, about=action)


def moves(person: Any, action: Action) -> list[Move]:
    """List the states to which a person may move an action."""
    return [
        Move(to.value, to.label, policies.asked_at(action, to))
        for to in policies.MOVES[ActionState(action.state)]
        if may_move(person, action, to)
    ]


def track(action: Action, today: date) -> list[TrackStep]:
    """Lay the milestones out on a line: those reached, the next one, and the rest."""
    found: list[TrackStep] = []
    for milestone in action.milestones.present():
        if milestone.done_on:
            found.append(TrackStep(milestone, "", short_day_words(milestone.done_on)))
            continue
        is_next = all(step.milestone.done_on for step in found)
        late = (today - milestone.due_on).days
        words = f"{count_words(late, 'day')} late" if late > 0 else f"due {short_day_words(milestone.due_on)}"
        found.append(TrackStep(milestone, "is-now" if is_next else "is-next", words))
    return found


def fresh_standing(action: Action) -> Standing:
    """Give where an action stands now, worked out again where time or a restored state has changed it."""
    now = timezone.now()
    kept = Standing.objects.filter(pk=action.pk).first()
    turned = kept is not None and kept.turns_on is not None and kept.turns_on <= timezone.localdate(now)
    if kept is None or turned or kept.action_version != action.version:
        standings.refresh_one(action=action, by=standings.MACHINERY, at=now)
    return Standing.objects.get(pk=action.pk)


def page_context(action: Action, person: Any) -> dict[str, Any]:
    """Give everything that the page of an action shows."""
    today = timezone.localdate()
    action.standing = fresh_standing(action)
    may_change = may(person, Permission.ACTION_CHANGE, about=action) and not action.removed_at
    may_report = may(person, Permission.ACTION_REPORT, about=action) and not action.removed_at
    is_late = action.is_open and action.due_on < today
    return {
        "today": today,
        "reasons": action.standing.reasons_on(today),
        "track": track(action, today),
        "notes": list(action.notes.all()[:NOTES_SHOWN]),
        "notes_count": action.notes.count(),
        "rebaselines": list(action.rebaselines.all()),
        "needs": list(action.needs.present().select_related("needs__standing", "needs__lead_body")),
        "needed_by": list(action.needed_by.present().select_related("action__standing", "action__lead_body")),
        "bodies": parts_of(action, person),
        "is_late": is_late,
        "may_report": may_report,
        "may_edit_parts": may_change,
        "report_form": report_form(action) if may_report and action.is_open else None,
        "rebaseline_form": RebaselineForm(initial={"due_on": action.due_on}) if may_change and action.is_open else None,
        "moves": moves(person, action) if not action.removed_at else [],
        "main_act": True,  # changing is the lesser act on this page; reporting is the main one
        "is_lead": action.lead_id is not None and action.lead_id == getattr(person, "pk", None),
        "slip": (action.due_on - action.baseline_due_on).days,
    }


def parts_of(action: Action, person: Any) -> list[tuple[ActionBody, bool]]:
    """Give the contributing bodies with what they said, and whether the person may report for each."""
    found = []
    for part in action.bodies.present().select_related("body"):
        part.action = action
        found.append((part, action.is_open and may(person, Permission.ACTION_REPORT, about=part)))
    return found


def report_form(action: Action, data: Any = None) -> ReportForm:
    """Give the form of a report on an action; the reason for a slip is asked only where there is one."""
    latest = action.notes.first()
    confidence = latest.confidence if latest else Confidence.HIGH
    form = ReportForm(
        data,
        initial={
            "percent": action.percent,
            "confidence": confidence,
            "spent": action.cost_spent,
            "slip_reason": action.slip_reason,
        },
    )
    if action.due_on >= timezone.localdate():
        del form.fields["slip_reason"]
    else:
        form.fields["slip_reason"].required = True
    return form
