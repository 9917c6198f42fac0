"""Filling in, checking, signing, sending and downloading returns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream.papers import Form, render
from upstream_web.access.authorisation import check_may, may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.duty.forms import FillForm, SentForm, WordsForm
from upstream_web.duty.models import DutyReturn
from upstream_web.duty.operations import returns
from upstream_web.duty.papers import return_paper
from upstream_web.duty.register import RETURNS
from upstream_web.duty.return_forms import ReturnForm, find_form
from upstream_web.records.papers import MEDIA_TYPES, get_kept_paper, send
from upstream_web.records.views.asking import ask, do, get_to_act

PREVIEWS: tuple[Form, ...] = ("html", "pdf", "docx")
STEPS: dict[str, tuple[Callable[..., Any], str]] = {
    "compose": (returns.compose, "Composed from the records as they are now. Answers that were typed stay."),
    "check": (returns.check, "Checked. It waits to be signed off by another person."),
}


def _form_of(made: DutyReturn) -> ReturnForm:
    form = find_form(made.form_key)
    if form is None:
        raise Http404(f"The form {made.form_key!r} is no longer kept.")
    return form


@requires(Permission.DUTY_CHANGE)
def return_fill(request: SignedInRequest, key: int) -> HttpResponse:
    """Answer the fields of a draft."""
    made = get_to_act(RETURNS, request, key)
    form = FillForm(request.POST or None, made=made, form=_form_of(made))

    def answer() -> None:
        returns.answer(made=made, answers=form.cleaned_data, by=request.user, at=timezone.now())

    why = "What the records say stands in the fields already; typed over, it stays as you typed it."
    return ask(request, RETURNS, made, form, answer, heading="Fill in", button="Save", done="Saved.", why=why)


@requires(Permission.DUTY_CHANGE)
@require_POST
def return_step(request: SignedInRequest, key: int, step: str) -> HttpResponse:
    """Compose a draft again, or note that it was checked."""
    made = get_to_act(RETURNS, request, key)
    if step not in STEPS:
        raise Http404(f"There is no step {step!r}.")
    act, done = STEPS[step]
    return do(request, partial(act, made=made, by=request.user, at=timezone.now()), to=made, done=done)


@requires(Permission.RETURN_SIGN)
@require_POST
def return_sign(request: SignedInRequest, key: int) -> HttpResponse:
    """Sign a checked return off."""
    made = get_to_act(RETURNS, request, key, Permission.RETURN_SIGN)
    act = partial(returns.sign, made=made, by=request.user, at=timezone.now())
    return do(request, act, to=made, done="Signed off and frozen as web page, PDF and Word file.")


@requires(Permission.DUTY_VIEW)
def return_send_back(request: SignedInRequest, key: int) -> HttpResponse:
    """Send a checked return back: those who sign may, and those who keep the duty."""
    made = RETURNS.get(request.user, key)
    if not may(request.user, Permission.RETURN_SIGN, about=made):
        check_may(request.user, Permission.DUTY_CHANGE, about=made)
    form = WordsForm(request.POST or None, question="Why does it go back?")

    def back() -> None:
        returns.send_back(made=made, words=form.cleaned_data["words"], by=request.user, at=timezone.now())

    return ask(request, RETURNS, made, form, back, heading="Send back", button="Send back", done="It is a draft again.")


@requires(Permission.DUTY_CHANGE)
def return_send(request: SignedInRequest, key: int) -> HttpResponse:
    """Note that a signed return was sent."""
    made = get_to_act(RETURNS, request, key)
    form = SentForm(request.POST or None)

    def note() -> None:
        said = form.cleaned_data
        returns.send(made=made, on=said["on"], proof=said["proof"], by=request.user, at=timezone.now())

    return ask(request, RETURNS, made, form, note, heading="Note that it was sent", button="Note it", done="Noted.")


@requires(Permission.DUTY_CHANGE)
def return_open_again(request: SignedInRequest, key: int) -> HttpResponse:
    """Open a frozen return again."""
    made = get_to_act(RETURNS, request, key)
    form = WordsForm(request.POST or None, question="What has to be corrected?")

    def open_() -> None:
        returns.open_again(made=made, words=form.cleaned_data["words"], by=request.user, at=timezone.now())

    return ask(
        request, RETURNS, made, form, open_, heading="Open again", button="Open again", done="It is a draft again.",
        why="What was signed stays kept; the correction is signed as the next version.",
    )  # fmt: skip


@requires(Permission.DUTY_VIEW)
@require_safe
def return_preview(request: SignedInRequest, key: int, form: str) -> HttpResponse:
    """Send a return as it stands, marked as a draft unless it is signed."""
    made = RETURNS.get(request.user, key)
    known = next((each for each in PREVIEWS if each == form), None)
    if known is None:
        raise Http404(f"There is no form {form!r}: ask for {', '.join(PREVIEWS)}.")
    paper = return_paper(made, _form_of(made), made_at=made.changed_at)
    response = HttpResponse(render(paper, known), content_type=MEDIA_TYPES[known])
    response["Content-Disposition"] = f'attachment; filename="return-{made.pk}-as-it-stands.{known}"'
    return response


@requires(Permission.DUTY_VIEW)
@require_safe
def return_file(request: SignedInRequest, key: int, number: int, form: str) -> HttpResponse:
    """Send one form of a signed version."""
    kept = get_kept_paper(RETURNS.get(request.user, key), number)
    return send(kept, form, by=request.user, at=timezone.now())
