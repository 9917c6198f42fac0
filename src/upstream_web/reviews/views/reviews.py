"""What is done to a review from its page: its steps, its learning, publication, closing."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.views.asking import ask, do, get_to_act
from upstream_web.reviews.forms import CloseForm, DayForm, DoneForm, PublicationForm, ReasonForm
from upstream_web.reviews.models import IncidentReview, ReviewStep
from upstream_web.reviews.operations import reviews
from upstream_web.reviews.register import REVIEWS

CHANGE = Permission.REVIEW_CHANGE


def _step(request: SignedInRequest, key: int, place: int) -> tuple[IncidentReview, ReviewStep]:
    """Give a step of a review that the person may keep."""
    review = get_to_act(REVIEWS, request, key, CHANGE)
    step = get_object_or_404(ReviewStep.objects.present(), review=review, place=place)
    return review, step


@requires(CHANGE)
def step_done(request: SignedInRequest, key: int, place: int) -> HttpResponse:
    """Note that a step was done."""
    review, step = _step(request, key, place)
    form = DoneForm(request.POST or None, initial={"on": step.done_on or timezone.localdate(), "note": step.note})

    def take() -> None:
        said = form.cleaned_data
        reviews.take_step(step=step, on=said["on"], note=said["note"], by=request.user, at=timezone.now())

    return ask(request, REVIEWS, review, form, take, heading=step.title, button="Note it", done="Noted.")


@requires(CHANGE)
def step_left_out(request: SignedInRequest, key: int, place: int) -> HttpResponse:
    """Say why a step is left out."""
    review, step = _step(request, key, place)
    form = ReasonForm(request.POST or None, question="Why is this step left out?")

    def leave() -> None:
        reviews.leave_step_out(step=step, words=form.cleaned_data["words"], by=request.user, at=timezone.now())

    return ask(request, REVIEWS, review, form, leave, heading=f"Leave out: {step.title}", button="Leave it out",
               done="Left out; what counts from it does not run.")  # fmt: skip


@requires(CHANGE)
@require_POST
def step_open(request: SignedInRequest, key: int, place: int) -> HttpResponse:
    """Take back that a step was done or left out."""
    review, step = _step(request, key, place)
    act = partial(reviews.open_step, step=step, by=request.user, at=timezone.now())
    return do(request, act, to=review, done="The step is open again.")


@requires(CHANGE)
def review_agree(request: SignedInRequest, key: int) -> HttpResponse:
    """Note that the learning is agreed."""
    review = get_to_act(REVIEWS, request, key, CHANGE)
    form = DayForm(request.POST or None)

    def agree() -> None:
        reviews.agree_learning(review=review, on=form.cleaned_data["on"], by=request.user, at=timezone.now())

    why = "From then on what was found stays as it is, and the time for the learning brief runs."
    return ask(request, REVIEWS, review, form, agree, heading="Agree the learning", button="Agreed", done="Agreed.",
               why=why)  # fmt: skip


@requires(CHANGE)
def review_publication(request: SignedInRequest, key: int) -> HttpResponse:
    """Decide what is made public."""
    review = get_to_act(REVIEWS, request, key, CHANGE)
    said_before = {"publication": review.publication, "reason": review.publication_reason}
    form = PublicationForm(request.POST or None, initial=said_before if review.publication else None)

    def decide() -> None:
        said = form.cleaned_data
        reviews.decide_publication(
            review=review, publication=said["publication"], reason=said["reason"], on=said["on"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return ask(request, REVIEWS, review, form, decide, heading="Publication", button="Decide", done="Decided.")


@requires(CHANGE)
def review_close(request: SignedInRequest, key: int) -> HttpResponse:
    """Close a review of which nothing is left to do."""
    review = get_to_act(REVIEWS, request, key, CHANGE)
    form = CloseForm(request.POST or None)

    def close() -> None:
        said = form.cleaned_data
        reviews.close(review=review, on=said["on"], words=said["words"], by=request.user, at=timezone.now())

    return ask(request, REVIEWS, review, form, close, heading="Close the review", button="Close", done="Closed.")


@requires(CHANGE)
def review_open_again(request: SignedInRequest, key: int) -> HttpResponse:
    """Open a closed review again."""
    review = get_to_act(REVIEWS, request, key, CHANGE)
    form = ReasonForm(request.POST or None, question="Why is it opened again?")

    def open_() -> None:
        reviews.open_again(review=review, words=form.cleaned_data["words"], by=request.user, at=timezone.now())

    return ask(request, REVIEWS, review, form, open_, heading="Open again", button="Open again", done="Open again.")
