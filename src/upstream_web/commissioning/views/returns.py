"""What is done on the page of a provider's return."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.commissioning.models import ProviderReturn
from upstream_web.commissioning.operations import returns
from upstream_web.commissioning.register import RETURNS
from upstream_web.commissioning.return_register import may_fill
from upstream_web.commissioning.steps import FillingForm, WordsForm
from upstream_web.records.views.asking import ask, do, get_to_act


def _get_to_fill(request: SignedInRequest, key: int) -> Any:
    made: ProviderReturn = get_to_act(RETURNS, request, key, Permission.FUND_VIEW)
    if not may_fill(request.user, made):
        raise PermissionDenied(
            "A return is made by the service that owes it, or taken down by who keeps the agreement."
        )
    return made


@requires(Permission.FUND_VIEW)
def return_fill(request: SignedInRequest, key: int) -> HttpResponse:
    """Fill a return in."""
    made = _get_to_fill(request, key)
    form = FillingForm(request.POST or None, made=made)

    def fill() -> None:
        said = form.cleaned_data
        returns.fill(
            made=made, figures=form.figures(), spent=said["spent"], spent_note=said["spent_note"],
            narrative=said["narrative"], by=request.user, at=timezone.now(),
        )  # fmt: skip

    return ask(
        request, RETURNS, made, form, fill, heading="Fill in", button="Save",
        done="Saved. Look it over, attach what shows it, then send it in.",
        why=f"{made.grant}, {made.period}. It is sent by a step of its own.",
    )  # fmt: skip


@requires(Permission.FUND_VIEW)
@require_POST
def return_send(request: SignedInRequest, key: int) -> HttpResponse:
    """Send a return in."""
    made = _get_to_fill(request, key)
    act = partial(returns.send, made=made, by=request.user, at=timezone.now())
    return do(request, act, to=made, done="Sent. You are told when it is accepted or comes back.")


@requires(Permission.FUND_APPROVE)
@require_POST
def return_accept(request: SignedInRequest, key: int) -> HttpResponse:
    """Accept a return."""
    made = get_to_act(RETURNS, request, key, Permission.FUND_APPROVE)
    act = partial(returns.accept, made=made, by=request.user, at=timezone.now())
    return do(request, act, to=made, done="Accepted. Payments that needed it are free.")


@requires(Permission.FUND_APPROVE)
def return_send_back(request: SignedInRequest, key: int) -> HttpResponse:
    """Send a return back."""
    made = get_to_act(RETURNS, request, key, Permission.FUND_APPROVE)
    form = WordsForm(request.POST or None, question="What is to be put right")

    def back() -> None:
        returns.send_back(made=made, reason=form.cleaned_data["words"], by=request.user, at=timezone.now())

    return ask(
        request, RETURNS, made, form, back, heading="Send back", button="Send it back", done="It is with the provider.",
        why="The provider reads these words. The day on which it was due stays.",
    )  # fmt: skip
