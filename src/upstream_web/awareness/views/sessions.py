"""What becomes of sessions, from their pages."""

from __future__ import annotations

from dataclasses import fields

from django.http import HttpResponse
from django.utils import timezone

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.awareness.forms.education import MoveForm, ReasonForm, ReportForm
from upstream_web.awareness.models import Session
from upstream_web.awareness.operations import sessions
from upstream_web.awareness.register import SESSIONS
from upstream_web.core.words import count_words, short_day_words
from upstream_web.records.views.asking import ask, get_to_act

COUNTS = tuple(field.name for field in fields(sessions.Report))


def _counted(session: Session) -> str:
    """Say what a report counts as, so that an empty one is not sent by mistake."""
    if session.pupils is None:
        return "It counts as held; how many pupils came is unknown. Put it right here when the number is known."
    return f"It counts as held, with {count_words(session.pupils, 'pupil')}."


@requires(Permission.AWARENESS_CHANGE)
def session_report(request: SignedInRequest, key: int) -> HttpResponse:
    """Say that a session was held, and what was counted."""
    session = get_to_act(SESSIONS, request, key)
    form = ReportForm(request.POST or None, initial={name: getattr(session, name) for name in COUNTS})

    def report() -> None:
        said = sessions.Report(**{name: form.cleaned_data[name] for name in COUNTS})
        sessions.report(session=session, said=said, by=request.user, at=timezone.now())

    why = (
        f"Sent, it counts as held on {short_day_words(session.on)}, with the numbers given. What stays empty is "
        "unknown, not nothing; with no number at all it still counts as one session that was held."
    )
    return ask(
        request, SESSIONS, session, form, report, heading="What was counted", button="It was held",
        done=lambda: _counted(session), why=why,
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
