"""Steps of a meeting: calling, closing, moving, cancelling; decisions and actions followed up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.governance.forms import MoveForm, WordsForm
from upstream_web.governance.meeting_page import may_end
from upstream_web.governance.models import ArisingState, DecisionState, Meeting
from upstream_web.governance.operations import days, meetings, packs
from upstream_web.governance.policies import MEETING_MOVES
from upstream_web.governance.register import DECISIONS, MEETING_ACTIONS, MEETINGS
from upstream_web.governance.views.asking import ask, do_and_return, done, get_present
from upstream_web.records.forms import SharedForm, StyledForm

STEPS: dict[str, Callable[..., Meeting]] = {
    "call": meetings.call,
    "hold": meetings.hold,
    "cancel": meetings.cancel,
    "plan-again": meetings.plan_again,
}
SAID = {
    "call": "Called. Agenda and papers can be sent.",
    "hold": "Closed. The minutes can be drafted.",
    "cancel": "Cancelled.",
    "plan-again": "Planned again.",
}


@requires(Permission.MEETING_CHANGE)
def meeting_step(request: SignedInRequest, key: int, step: str) -> HttpResponse:
    """Take a step of a meeting, asking for words where it needs them."""
    meeting = get_present(MEETINGS, request, key)
    if step not in STEPS:
        raise Http404(f"There is no step {step!r}.")
    move, act = MEETING_MOVES[step], STEPS[step]
    if not move.asks:
        if request.method != "POST":
            return redirect(meeting)
        return do_and_return(request, partial(_take, act, meeting, request.user), meeting, SAID[step])
    form = WordsForm(request.POST or None, question=move.asks)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if done(partial(act, meeting=meeting, why=words, by=request.user, at=timezone.now()), form):
            messages.success(request, SAID[step])
            return redirect(meeting)
    return ask(request, MEETINGS, meeting, form, heading=move.label, button=move.label)


def _take(act: Callable[..., Meeting], meeting: Meeting, person: Any) -> None:
    """Take a step; with the call the papers are kept as they go out."""
    act(meeting=meeting, by=person, at=timezone.now())
    if act is meetings.call:
        packs.keep_pack(meeting=meeting, by=person, at=timezone.now())


@requires(Permission.MEETING_CHANGE)
def meeting_move(request: SignedInRequest, key: int) -> HttpResponse:
    """Move a meeting to another day."""
    meeting = get_present(MEETINGS, request, key)
    form = MoveForm(request.POST or None, initial={"held_on": meeting.held_on})
    if request.method == "POST" and form.is_valid():
        held_on, why = form.cleaned_data["held_on"], form.cleaned_data["words"]
        if done(
            partial(meetings.move, meeting=meeting, held_on=held_on, why=why, by=request.user, at=timezone.now()), form
        ):
            messages.success(request, "Moved; the first day stays known.")
            return redirect(meeting)
    return ask(request, MEETINGS, meeting, form, heading="Move the meeting", button="Move it")


@requires(Permission.ACTION_REPORT)
def meeting_action_end(request: SignedInRequest, key: int) -> HttpResponse:
    """Say that an action arising is done or dropped, or open it again."""
    action = get_present(MEETING_ACTIONS, request, key)
    if not may_end(request.user, action):
        raise PermissionDenied("This is for its owner, its organisation, or whoever keeps the meetings.")
    if action.state != ArisingState.OPEN:
        if request.method == "POST":
            reopen = partial(days.reopen_action, action=action, by=request.user, at=timezone.now())
            return do_and_return(request, reopen, action, "Open again.")
        form = StyledForm()
        return ask(request, MEETING_ACTIONS, action, form, heading="Open it again", button="Open it again")
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        end = partial(
            days.end_action, action=action, state=said["state"], words=said["words"], by=request.user, at=timezone.now()
        )
        if done(end, form):
            messages.success(request, f"{action.get_state_display()}.")
            return redirect(action)
    return ask(request, MEETING_ACTIONS, action, form, heading="End this action", button="Keep")


class EndForm(StyledForm):
    """How an action arising ends."""

    state = forms.ChoiceField(
        label="It is", choices=[each for each in ArisingState.choices if each[0] != ArisingState.OPEN]
    )
    words = forms.CharField(
        label="What came of it, or why it is dropped", max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class FollowForm(SharedForm):
    """What became of a decision."""

    state = forms.ChoiceField(label="It", choices=DecisionState.choices)
    words = forms.CharField(
        label="What became of it", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


@requires(Permission.MEETING_CHANGE)
def decision_end(request: SignedInRequest, key: int) -> HttpResponse:
    """Say what became of a decision."""
    decision = get_present(DECISIONS, request, key)
    form = FollowForm(request.POST or None, initial={"state": decision.state, "words": decision.state_words})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        end = partial(
            days.end_decision,
            decision=decision,
            state=said["state"],
            words=said["words"],
            by=request.user,
            at=timezone.now(),
        )
        if done(end, form):
            messages.success(request, "Kept.")
            return redirect(decision)
    return ask(request, DECISIONS, decision, form, heading="What became of it", button="Keep")
