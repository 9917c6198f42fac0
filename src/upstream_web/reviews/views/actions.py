"""What bodies gave, what was done, and what a later look found."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.views.asking import ask, get_to_act
from upstream_web.reviews.forms import DoneForm, FinishForm, RecheckForm
from upstream_web.reviews.operations import actions, reviews
from upstream_web.reviews.register import ACTIONS, PARTS

CHANGE = Permission.REVIEW_CHANGE


@requires(CHANGE)
def part_given(request: SignedInRequest, key: int) -> HttpResponse:
    """Note that a body gave what it owed."""
    part = get_to_act(PARTS, request, key, CHANGE)
    form = DoneForm(request.POST or None)

    def take() -> None:
        said = form.cleaned_data
        reviews.take_part(part=part, on=said["on"], note=said["note"], by=request.user, at=timezone.now())

    return ask(request, PARTS, part, form, take, heading="Given", button="Note it", done="Noted.", to=part.review)


@requires(CHANGE)
def action_done(request: SignedInRequest, key: int) -> HttpResponse:
    """Note that an action was done, and what shows that it works."""
    action = get_to_act(ACTIONS, request, key, CHANGE)
    form = FinishForm(request.POST or None)

    def finish() -> None:
        said = form.cleaned_data
        actions.finish(
            action=action, on=said["on"], words=said["words"], effect=said["effect"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    why = "It is looked at again after half a year and after a year."
    return ask(request, ACTIONS, action, form, finish, heading="Done", button="Note it", done="Noted.", why=why)


@requires(CHANGE)
def action_recheck(request: SignedInRequest, key: int, check: int) -> HttpResponse:
    """Note what a later look found."""
    action = get_to_act(ACTIONS, request, key, CHANGE)
    kept = get_object_or_404(action.rechecks.present(), pk=check)
    form = RecheckForm(request.POST or None)

    def look() -> None:
        said = form.cleaned_data
        actions.recheck(
            check=kept, on=said["on"], lasts=said["lasts"] == "yes", words=said["words"], due_on=said["due_on"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    return ask(request, ACTIONS, action, form, look, heading="Does it last?", button="Note it", done="Noted.")
