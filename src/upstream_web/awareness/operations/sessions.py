"""What becomes of sessions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.awareness.models import PackageState, Session, SessionMove, SessionState
from upstream_web.core.operations import operation, tell
from upstream_web.core.words import short_day_words
from upstream_web.records.operations import keeping


class SessionImpossible(WrongUse):
    """A session cannot be planned, moved or reported like this."""


@dataclass(frozen=True)
class Report:
    """What came of a session, in counts; None is what nobody counted."""

    pupils: int | None = None
    staff: int | None = None
    asked_before: int | None = None
    understood_before: int | None = None
    asked_after: int | None = None
    understood_after: int | None = None


@operation("education session planned")
def plan(*, session: Session, by: Any, at: datetime) -> Session:
    """Plan a session of a package that is in use."""
    if session.package.state != PackageState.APPROVED:
        raise SessionImpossible(
            f"{session.package} is {session.package.get_state_display().lower()}.",
            expected="A package that is approved.", do="Have it approved first, or choose another.",
        )  # fmt: skip
    keeping.keep_new(session, by=by, at=at)
    tell(session, on=session.on.isoformat())
    return session


@operation("education session moved")
def move(*, session: Session, to: date, reason: str, by: Any, at: datetime) -> Session:
    """Move a planned session to another day; the day before stays in its moves."""
    _check_planned(session)
    if to == session.on:
        raise SessionImpossible(f"It is planned for {short_day_words(to)} already.", do="Give another day.")
    keeping.keep_new(SessionMove(session=session, old_on=session.on, new_on=to, reason=reason), by=by, at=at)
    tell(session, old=session.on.isoformat(), new=to.isoformat(), reason=reason)
    session.on = to
    return keeping.keep(session, by=by, at=at)


@operation("education session reported")
def report(*, session: Session, said: Report, by: Any, at: datetime) -> Session:
    """Say that a session was held, and what was counted; said again, it corrects what was said before."""
    if session.state == SessionState.CANCELLED:
        raise SessionImpossible("It was cancelled.", do="Plan another session.")
    if session.on > timezone.localdate(at):
        raise SessionImpossible(f"It is planned for {short_day_words(session.on)}.", do="Report it after its day.")
    _check_counts(said)
    for name, value in asdict(said).items():
        setattr(session, name, value)
    session.state = SessionState.HELD
    tell(session, pupils=said.pupils)
    return keeping.keep(session, by=by, at=at)


@operation("education session cancelled")
def cancel(*, session: Session, reason: str, by: Any, at: datetime) -> Session:
    """Cancel a planned session."""
    _check_planned(session)
    session.state, session.why = SessionState.CANCELLED, reason
    tell(session, reason=reason)
    return keeping.keep(session, by=by, at=at)


def _check_planned(session: Session) -> None:
    if session.state != SessionState.PLANNED:
        raise SessionImpossible(f"It is {session.get_state_display().lower()}.", expected="A session that is planned.")


def _check_counts(said: Report) -> None:
    """Both numbers of a pair, or neither; nobody understood who was not asked; nobody answered who was not there."""
    pairs = (("before", said.asked_before, said.understood_before), ("after", said.asked_after, said.understood_after))
    for when, asked, understood in pairs:
        if (asked is None) != (understood is None):
            raise SessionImpossible(f"Of the answers {when}, one number is missing.", do="Give both, or neither.")
        if asked is not None and understood is not None and understood > asked:
            raise SessionImpossible(f"{understood} understood {when}, of {asked} asked.", do="Put the numbers right.")
        if asked is not None and said.pupils is not None and asked > said.pupils:
            raise SessionImpossible(f"{asked} were asked {when}, and {said.pupils} were there.")
