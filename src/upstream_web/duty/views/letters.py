"""Reminders as letters to print, for bodies without an account."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream.papers import Form, Paper, render
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.duty import letters
from upstream_web.duty.register import CONSULTATIONS, CONTRIBUTIONS
from upstream_web.records.papers import MEDIA_TYPES
from upstream_web.records.views.asking import get_to_act

LETTERS: tuple[Form, ...] = ("pdf", "docx")


def _answer(paper: Paper, form: str, name: str) -> HttpResponse:
    known = next((each for each in LETTERS if each == form), None)
    if known is None:
        raise Http404(f"There is no form {form!r}: ask for {', '.join(LETTERS)}.")
    response = HttpResponse(render(paper, known), content_type=MEDIA_TYPES[known])
    response["Content-Disposition"] = f'attachment; filename="{name}.{known}"'
    return response


@requires(Permission.DUTY_CHANGE)
@require_safe
def consultation_letter(request: SignedInRequest, key: int, form: str) -> HttpResponse:
    """Write to whoever was asked and has not replied."""
    asked = get_to_act(CONSULTATIONS, request, key)
    if asked.replied_on:
        raise Http404("They have replied.")
    return _answer(letters.consultation_letter(asked, timezone.localdate()), form, f"reminder-{asked.pk}")


@requires(Permission.DUTY_CHANGE)
@require_safe
def contribution_letter(request: SignedInRequest, key: int, form: str) -> HttpResponse:
    """Write to a body that has not given what it owes."""
    owed = get_to_act(CONTRIBUTIONS, request, key)
    if owed.given_on and owed.given_on <= timezone.localdate():
        raise Http404("It was given.")
    return _answer(letters.contribution_letter(owed, timezone.localdate()), form, f"reminder-contribution-{owed.pk}")
