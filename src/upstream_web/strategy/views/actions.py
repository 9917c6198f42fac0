"""What is done on the page of an action: reporting, moving, re-baselining, commenting, escalating."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import check_may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.words import short_day_words
from upstream_web.records.forms import SharedForm
from upstream_web.records.operations.keeping import ChangedMeanwhile
from upstream_web.strategy import policies
from upstream_web.strategy.action_page import may_move, report_form
from upstream_web.strategy.forms import PartReportForm, RebaselineForm
from upstream_web.strategy.models import Action, ActionBody, ActionState
from upstream_web.strategy.operations import actions, milestones
from upstream_web.strategy.parts import MILESTONES
from upstream_web.strategy.register import ACTIONS

CHANGED = "Somebody else saved this action at the same moment. Look at it, and send again what is still right."


def ask(
    request: SignedInRequest,
    action: Action,
    form: Any,
    *,
    heading: str,
    button: str,
    why: str = "",
    kept: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    """Show one question about an action on a page of its own, with what is wrong with the answer.

    `kept` are values that the answer carries along.
    """
    context = {
        "area": ACTIONS.area,
        "section": ACTIONS.section,
        "crumbs": [*ACTIONS.crumbs(), (str(action), action.get_absolute_url()), (heading, "")],
        "record": action,
        "heading": heading,
        "button": button,
        "why": why,
        "form": form,
        "kept": dict(kept),
    }
    return render(request, "strategy/action_ask.html", context)


def _refusal(failure: Exception) -> str:
    return CHANGED if isinstance(failure, ChangedMeanwhile) else str(failure)


def _get(request: SignedInRequest, key: int, permission: Permission) -> Action:
    action: Action = ACTIONS.get(request.user, key)
    check_may(request.user, permission, about=action)
    if action.removed_at:
        raise Http404("This action was removed.")
    return action


@requires(Permission.ACTION_REPORT)
def action_report(request: SignedInRequest, key: int) -> HttpResponse:
    """Take a progress report."""
    action = _get(request, key, Permission.ACTION_REPORT)
    form = report_form(action, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = actions.Report(**{name: value for name, value in form.cleaned_data.items() if value is not None})
        try:
            actions.report(action=action, said=said, by=request.user, at=timezone.now())
        except (WrongUse, ChangedMeanwhile) as refused:
            form.add_error(None, _refusal(refused))
        else:
            messages.success(request, "Reported. Thank you.")
            return redirect(action)
    return ask(request, action, form, heading="Report progress", button="Send report")


@requires(Permission.ACTION_REPORT)
def action_part_report(request: SignedInRequest, key: int) -> HttpResponse:
    """Take what a contributing body says of its part."""
    part = get_object_or_404(ActionBody.objects.present().select_related("body"), pk=key)
    part.action = ACTIONS.get(request.user, part.action_id)
    check_may(request.user, Permission.ACTION_REPORT, about=part)
    form = PartReportForm(request.POST or None, initial={"percent": part.percent or 0})
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_part(part=part, **form.cleaned_data, by=request.user, at=timezone.now())
        except (WrongUse, ChangedMeanwhile) as refused:
            form.add_error(None, _refusal(refused))
        else:
            messages.success(request, "Reported. The lead of the action is told.")
            return redirect(part.action)
    why = f"You speak for {part.body} and of its part only; where the action stands is said by its lead."
    return ask(request, part.action, form, heading=f"Part of {part.body}", button="Send report", why=why)


class WordsForm(SharedForm):
    """One sentence."""

    words = forms.CharField(max_length=500)

    def __init__(self, *args: Any, question: str, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = question
        self.fields["words"].required = needed


@requires(Permission.ACTION_REPORT)
def action_move(request: SignedInRequest, key: int) -> HttpResponse:
    """Move an action to another state, asking for words where the move needs them."""
    action = _get(request, key, Permission.ACTION_REPORT)
    to = request.POST.get("to") or request.GET.get("to", "")
    if to not in ActionState.values:
        raise Http404(f"There is no state {to!r}.")
    if not may_move(request.user, action, to):
        raise PermissionDenied(f"Moving it to “{ActionState(to).label}” is for those who change the delivery plan.")
    question = policies.asked_at(action, to)
    form = WordsForm(request.POST if "words" in request.POST else None, question=question, needed=bool(question))
    if request.method == "POST" and (not question or form.is_valid()):
        words = form.cleaned_data["words"] if question else ""
        try:
            actions.move(action=action, to=to, words=words, by=request.user, at=timezone.now())
        except (WrongUse, ChangedMeanwhile) as refused:
            if not question:
                messages.error(request, _refusal(refused))
                return _back(request, action)
            form.add_error(None, _refusal(refused))  # what was typed stays on the page
        else:
            messages.success(request, f"“{action}” is now: {action.get_state_display().lower()}.")
            return _back(request, action)
    if not question:
        return redirect(action)
    label = ActionState(to).label
    kept = {"to": to, "from": request.POST.get("from", "")}
    return ask(request, action, form, heading=f"Move to “{label}”", button="Move it", kept=kept)


def _back(request: SignedInRequest, action: Action) -> HttpResponse:
    """Go back to the board where the person came from it, else to the action."""
    return redirect("action-board") if request.POST.get("from") == "board" else redirect(action)


@requires(Permission.ACTION_CHANGE)
def action_rebaseline(request: SignedInRequest, key: int) -> HttpResponse:
    """Move the day an action is due, for a reason that somebody agreed to."""
    action = _get(request, key, Permission.ACTION_CHANGE)
    form = RebaselineForm(request.POST or None, initial={"due_on": action.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rebaseline(action=action, by=request.user, at=timezone.now(), **form.cleaned_data)
        except (WrongUse, ChangedMeanwhile) as refused:
            form.add_error("due_on", _refusal(refused))
        else:
            messages.success(request, f"Now due on {short_day_words(action.due_on)}; the day before stays in the log.")
            return redirect(action)
    return ask(request, action, form, heading="Move the day it is due", button="Move the day")


@requires(Permission.ACTION_REPORT)
def action_comment(request: SignedInRequest, key: int) -> HttpResponse:
    """Put a person's words beside the colour."""
    action = _get(request, key, Permission.ACTION_REPORT)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        question="Comment beside the RAG state",
        needed=False,
        initial={"words": action.rag_comment},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.comment_on_rag(action=action, words=form.cleaned_data["words"], by=request.user, at=timezone.now())
        except ChangedMeanwhile as refused:
            form.add_error(None, _refusal(refused))
        else:
            messages.success(request, "Kept beside the RAG state.")
            return redirect(action)
    why = "The colour is worked out by rule and cannot be set. What you write stands beside it wherever it is shown."
    return ask(request, action, form, heading="Comment on the RAG state", button="Keep", why=why)


@requires(Permission.ACTION_REPORT)
def action_escalate(request: SignedInRequest, key: int) -> HttpResponse:
    """Ask the board to look at an action, or take that wish back."""
    action = _get(request, key, Permission.ACTION_REPORT)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        question="Why should the board look at it?",
        needed=not action.escalation_asked_on,
        initial={"words": action.escalation_reason},
    )
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["words"]
            actions.ask_to_escalate(action=action, reason=reason, by=request.user, at=timezone.now())
        except ChangedMeanwhile as refused:
            form.add_error(None, _refusal(refused))
        else:
            asked = "Asked for. It stands on the board’s next agenda." if action.escalation_reason else ""
            messages.success(request, asked or "The wish is taken back.")
            return redirect(action)
    why = "It stands on the next agenda. An empty answer takes the wish back." if action.escalation_asked_on else ""
    return ask(request, action, form, heading="Ask for escalation", button="Ask", why=why)


@requires(Permission.ACTION_REPORT)
@require_POST
def milestone_reach(request: SignedInRequest, key: int) -> HttpResponse:
    """Say that a milestone was reached today."""
    milestone = MILESTONES.get(request.user, key)
    if milestone.done_on is None:
        milestones.reach(milestone=milestone, on=timezone.localdate(), by=request.user, at=timezone.now())
        messages.success(request, f"“{milestone}” is reached.")
    return redirect(milestone.action)
