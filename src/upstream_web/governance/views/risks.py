"""Reviewing and closing risks; moving escalations on."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream_web.access.authorisation import check_may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.governance.escalation_register import next_rung
from upstream_web.governance.forms import EscalationForm, ReviewForm, WordsForm
from upstream_web.governance.models import Escalation, RiskReview, RiskState
from upstream_web.governance.operations import escalations, risks
from upstream_web.governance.policies import ESCALATION_MOVES
from upstream_web.governance.receiving import receiving_side
from upstream_web.governance.register import ESCALATIONS, RISKS
from upstream_web.governance.views.asking import ask, do_and_return, done, get_present
from upstream_web.records.register import Register
from upstream_web.records.views.pages import frame


def _to_change(register: Register[Any], request: SignedInRequest, key: int, permission: Permission) -> Any:
    record = get_present(register, request, key)
    check_may(request.user, permission, about=record)
    return record


@requires(Permission.RISK_CHANGE)
def risk_review(request: SignedInRequest, key: int) -> HttpResponse:
    """Review a risk."""
    risk = _to_change(RISKS, request, key, Permission.RISK_CHANGE)
    form = ReviewForm(request.POST or None, instance=RiskReview(), person=request.user, risk=risk)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(partial(risks.review, review=form.instance, by=request.user, at=timezone.now()), form)
    ):
        messages.success(request, f"Reviewed. The next review is due on {risk.review_due_on:%-d %B %Y}.")
        return redirect(risk)
    why = "A review is added and never changed; the risk takes its steps."
    return ask(request, RISKS, risk, form, heading="Review", button="Add review", why=why)


@requires(Permission.RISK_CHANGE)
def risk_state(request: SignedInRequest, key: int) -> HttpResponse:
    """Close a risk, or open it again."""
    risk = _to_change(RISKS, request, key, Permission.RISK_CHANGE)
    state = RiskState.CLOSED if risk.is_open else RiskState.OPEN
    label = "Close this risk" if risk.is_open else "Open it again"
    form = WordsForm(request.POST or None, question="Why?")
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if done(
            partial(risks.set_state, risk=risk, state=state, words=words, by=request.user, at=timezone.now()), form
        ):
            messages.success(request, f"“{risk}” is {risk.get_state_display().lower()}.")
            return redirect(risk)
    return ask(request, RISKS, risk, form, heading=label, button=label)


@requires(Permission.ESCALATION_ACKNOWLEDGE)
@require_POST
def escalation_acknowledge(request: SignedInRequest, key: int) -> HttpResponse:
    """Acknowledge what was escalated to one's board or organisation."""
    escalation = get_present(ESCALATIONS, request, key)
    check_may(request.user, Permission.ESCALATION_ACKNOWLEDGE, about=receiving_side(escalation))
    act = partial(escalations.acknowledge, escalation=escalation, by=request.user, at=timezone.now())
    return do_and_return(request, act, escalation, f"Acknowledged for {escalation.receiver}.")


@requires(Permission.ESCALATION_CHANGE)
def escalation_move(request: SignedInRequest, key: int, move: str) -> HttpResponse:
    """Record an acknowledgement or an answer; close or withdraw an escalation."""
    escalation = _to_change(ESCALATIONS, request, key, Permission.ESCALATION_CHANGE)
    if move not in ESCALATION_MOVES:
        raise Http404(f"There is no {move!r}.")
    step = ESCALATION_MOVES[move]
    form = WordsForm(request.POST or None, question=step.asks)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        act = partial(
            escalations.move, escalation=escalation, name=move, words=words, by=request.user, at=timezone.now()
        )
        if done(act, form):
            messages.success(request, f"{escalation.get_state_display()}.")
            return redirect(escalation)
    return ask(request, ESCALATIONS, escalation, form, heading=step.label, button=step.label)


@requires(Permission.ESCALATION_CHANGE)
def escalation_further(request: SignedInRequest, key: int) -> HttpResponse:
    """Raise what could not be settled one rung higher."""
    lower = _to_change(ESCALATIONS, request, key, Permission.ESCALATION_CHANGE)
    higher = Escalation()
    initial = {
        "title": lower.title, "reason": lower.reason, "asked": lower.asked, "from_board": lower.to_board,
        "from_body": lower.from_body, "to_board": next_rung(lower.to_board),
    }  # fmt: skip
    form = EscalationForm(request.POST or None, instance=higher, initial=initial, person=request.user)
    if request.method == "POST" and form.is_valid():
        check_may(request.user, Permission.ESCALATION_CHANGE, about=form.instance)
        act = partial(
            escalations.take_further, escalation=lower, higher=form.instance, by=request.user, at=timezone.now()
        )
        if done(act, form):
            messages.success(request, f"Taken further, to {higher.receiver}.")
            return redirect(higher)
    context = {
        **frame(ESCALATIONS, lower, here="Take it further"),
        "form": form,
        "heading": "Take it further",
        "button": "Escalate",
        "why": "The lower escalation stays open until it is closed by itself.",
    }
    return render(request, "governance/ask.html", context)
