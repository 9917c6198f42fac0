"""Checking, issuing, correcting and downloading learning briefs."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream.papers import FORMS, render
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.papers import MEDIA_TYPES, get_kept_paper, send
from upstream_web.records.views.asking import ask, get_to_act
from upstream_web.reviews.forms import ChecklistForm, DayForm, ReasonForm
from upstream_web.reviews.operations import briefs
from upstream_web.reviews.papers import brief_paper
from upstream_web.reviews.register import BRIEFS, DRAFTS


@requires(Permission.REVIEW_VIEW)
def brief_check(request: SignedInRequest, key: int) -> HttpResponse:
    """Let a second person confirm, line by line, that nobody can be recognised."""
    brief = get_to_act(DRAFTS, request, key, Permission.REVIEW_VIEW)
    form = ChecklistForm(request.POST or None)

    def confirm() -> None:
        briefs.check(brief=brief, confirmed=form.confirmed(), by=request.user, at=timezone.now())

    why = "Read it as a neighbour, a class-mate and a journalist would. Confirm only what you have looked at."
    return ask(request, DRAFTS, brief, form, confirm, heading="Can anybody be recognised?",
               button="I confirm all of it", done="Checked. It may go out.", why=why)  # fmt: skip


@requires(Permission.REVIEW_CHANGE)
def brief_issue(request: SignedInRequest, key: int) -> HttpResponse:
    """Freeze a brief and let it out."""
    brief = get_to_act(DRAFTS, request, key)
    form = DayForm(request.POST or None)

    def issue() -> None:
        briefs.issue(brief=brief, on=form.cleaned_data["on"], by=request.user, at=timezone.now())

    why = "It is frozen as page, PDF, Word file and slides, and open to everybody who reads the plan."
    return ask(request, DRAFTS, brief, form, issue, heading="Issue the brief", button="Issue", done="Issued.", why=why)


@requires(Permission.REVIEW_CHANGE)
def brief_open_again(request: SignedInRequest, key: int) -> HttpResponse:
    """Open an issued brief again."""
    brief = get_to_act(DRAFTS, request, key)
    form = ReasonForm(request.POST or None, question="What has to be corrected?")

    def open_() -> None:
        briefs.open_again(brief=brief, words=form.cleaned_data["words"], by=request.user, at=timezone.now())

    return ask(request, DRAFTS, brief, form, open_, heading="Open again", button="Open again",
               done="It is a draft again; what went out is taken from sight.")  # fmt: skip


@requires(Permission.REVIEW_VIEW)
@require_safe
def brief_preview(request: SignedInRequest, key: int, form: str) -> HttpResponse:
    """Send a brief as it stands, marked as a draft until it is issued."""
    brief = DRAFTS.get(request.user, key)
    known = next((each for each in FORMS if each == form), None)
    if known is None:
        raise Http404(f"There is no form {form!r}: ask for {', '.join(FORMS)}.")
    response = HttpResponse(
        render(brief_paper(brief, made_at=brief.changed_at), known), content_type=MEDIA_TYPES[known]
    )
    response["Content-Disposition"] = f'attachment; filename="learning-brief-{brief.pk}-as-it-stands.{known}"'
    return response


@requires(Permission.PLAN_VIEW)
@require_safe
def brief_file(request: SignedInRequest, key: int, number: int, form: str) -> HttpResponse:
    """Send one form of an issued version."""
    return send(get_kept_paper(BRIEFS.get(request.user, key), number), form, by=request.user, at=timezone.now())
