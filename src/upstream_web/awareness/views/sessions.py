"""What becomes of sessions, from their pages."""

from __future__ import annotations

from dataclasses import fields

from django.http import HttpResponse
from django.utils import timezone

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.awareness.forms.education import MoveForm, ReasonForm, ReportForm
from upstream_web.awareness.operations import sessions
from upstream_web.awareness.register import SESSIONS
from upstream_web.core.words import short_day_words
from upstream_web.records.views.asking import ask, get_to_act

COUNTS = tuple(field.name for field in fields(sessions.Report))


@requires(Permission.AWARENESS_CHANGE)
def session_report(request: SignedInRequest, key: int) -> HttpResponse:
    """Say that a session was held, and what was counted."""
    session = get_to_act(SESSIONS, request, key)
    form = ReportForm(request.POST or None, initial={name: getattr(session, name) for name in COUNTS})

    def report() -> None:
        said = sessions.Report(**{name: form.cleaned_data[name] for name in COUNTS})
        sessions.report(session=session, said=said, by=request.user, at=timezone.now())

    why = f"Held on {short_day_words(session.on)}. What nobody counted stays empty: it is unknown, not nothing."
    return ask(
        request, SESSIONS, session, form, report, heading="What was counted", button="It was held", done="Noted.",
        why=why,
    )  # fmt: skip


@requires(Permission.AWARENESS_CHANGE)
def session_move(request: SignedInRequest, key: int) -> HttpResponse:
    """Move a session to another day."""
    session = get_to_act(SESSIONS, request, key)
    form = MoveForm(request.POST or None)

    def move() -> None:
        said = form.cleaned_data
        sessions.move(session=session, to=said["to"], reason=said["reason"], by=request.user, at=timezone.now())

    why = f"Planned for {short_day_words(session.on)}; that day stays in its history."
    return ask(request, SESSIONS, session, form, move, heading="Move", button="Move it", done="Moved.", why=why)


@requires(Permission.AWARENESS_CHANGE)
def session_cancel(request: SignedInRequest, key: int) -> HttpResponse:
    """Cancel a session."""
    session = get_to_act(SESSIONS, request, key)
    form = ReasonForm(request.POST or None)

    def cancel() -> None:
        sessions.cancel(session=session, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())

    return ask(request, SESSIONS, session, form, cancel, heading="Cancel", button="Cancel it", done="Cancelled.")
