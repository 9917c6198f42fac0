"""Moderating, signing, opening again and downloading self-evaluations; closing their gaps."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream.papers import Form, render
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.duty.evaluation_paper import evaluation_paper
from upstream_web.duty.forms import WordsForm
from upstream_web.duty.operations import evaluations
from upstream_web.duty.register import JUDGEMENTS, ROUNDS
from upstream_web.records.papers import MEDIA_TYPES, get_kept_paper, send
from upstream_web.records.views.asking import ask, do, get_to_act

PREVIEWS: tuple[Form, ...] = ("html", "pdf", "docx")


@requires(Permission.DUTY_VIEW)
def evaluation_moderate(request: SignedInRequest, key: int) -> HttpResponse:
    """Let a second person who may speak on records of the partnership moderate a round."""
    made = get_to_act(ROUNDS, request, key, Permission.RECORD_COMMENT)
    form = WordsForm(request.POST or None, question="What did moderation change or confirm?")

    def moderate() -> None:
        evaluations.moderate(made=made, words=form.cleaned_data["words"], by=request.user, at=timezone.now())

    why = "Go through every judgement with what shows it. Have judgements changed first where they do not hold."
    return ask(
        request, ROUNDS, made, form, moderate, heading="Moderate", button="Moderated", done="Moderated.", why=why
    )


@requires(Permission.RETURN_SIGN)
@require_POST
def evaluation_sign(request: SignedInRequest, key: int) -> HttpResponse:
    """Sign a moderated round off."""
    made = get_to_act(ROUNDS, request, key, Permission.RETURN_SIGN)
    act = partial(evaluations.sign, made=made, by=request.user, at=timezone.now())
    return do(request, act, to=made, done="Signed off and frozen as web page, PDF and Word file.")


@requires(Permission.DUTY_CHANGE)
def evaluation_open_again(request: SignedInRequest, key: int) -> HttpResponse:
    """Open a moderated or signed round again."""
    made = get_to_act(ROUNDS, request, key)
    form = WordsForm(request.POST or None, question="What has to be corrected?")

    def open_() -> None:
        evaluations.open_again(made=made, words=form.cleaned_data["words"], by=request.user, at=timezone.now())

    return ask(request, ROUNDS, made, form, open_, heading="Open again", button="Open again", done="It is open again.")


@requires(Permission.DUTY_CHANGE)
def judgement_close_gap(request: SignedInRequest, key: int) -> HttpResponse:
    """Note what closed a gap."""
    judgement = get_to_act(JUDGEMENTS, request, key)
    form = WordsForm(request.POST or None, question="What closed it, and what shows that?")

    def close() -> None:
        evaluations.close_gap(judgement=judgement, words=form.cleaned_data["words"], by=request.user, at=timezone.now())

    why = "The judgement stays as it was made, and the signed paper too. The next round judges anew."
    return ask(
        request, JUDGEMENTS, judgement, form, close, heading="Close the gap", button="Close", done="Closed.", why=why
    )


@requires(Permission.DUTY_CHANGE)
def judgement_open_gap(request: SignedInRequest, key: int) -> HttpResponse:
    """Open a closed gap again."""
    judgement = get_to_act(JUDGEMENTS, request, key)
    form = WordsForm(request.POST or None, question="Why is it open again?")

    def open_() -> None:
        evaluations.open_gap(judgement=judgement, words=form.cleaned_data["words"], by=request.user, at=timezone.now())

    heading = "Open the gap again"
    return ask(request, JUDGEMENTS, judgement, form, open_, heading=heading, button="Open again", done="It is open.")


@requires(Permission.DUTY_VIEW)
@require_safe
def evaluation_preview(request: SignedInRequest, key: int, form: str) -> HttpResponse:
    """Send a round as it stands, marked as a draft unless it is signed."""
    made = ROUNDS.get(request.user, key)
    known = next((each for each in PREVIEWS if each == form), None)
    if known is None:
        raise Http404(f"There is no form {form!r}: ask for {', '.join(PREVIEWS)}.")
    response = HttpResponse(
        render(evaluation_paper(made, made_at=made.changed_at), known), content_type=MEDIA_TYPES[known]
    )
    response["Content-Disposition"] = f'attachment; filename="self-evaluation-{made.year}-as-it-stands.{known}"'
    return response


@requires(Permission.DUTY_VIEW)
@require_safe
def evaluation_file(request: SignedInRequest, key: int, number: int, form: str) -> HttpResponse:
    """Send one form of a signed version."""
    return send(get_kept_paper(ROUNDS.get(request.user, key), number), form, by=request.user, at=timezone.now())
