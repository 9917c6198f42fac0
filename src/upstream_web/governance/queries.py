"""What other parts of the site may ask of governance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from upstream_web.access.permissions import Permission
from upstream_web.governance import appetite, attendance, clocks, cycles
from upstream_web.governance.attendance import Share
from upstream_web.governance.cycles import Gap
from upstream_web.governance.models import (
    AHEAD,
    BEHIND,
    OPEN_ESCALATIONS,
    ArisingState,
    Board,
    Decision,
    Escalation,
    EscalationState,
    Meeting,
    MeetingAction,
    MeetingState,
    Risk,
    RiskReview,
    RiskState,
)

A_YEAR = timedelta(days=365)


def _seen(model: Any, person: Any, permission: Permission) -> QuerySet[Any]:
    found = model.objects.all() if person is None else model.objects.visible_to(person, permission)
    return found.present()


def boards() -> QuerySet[Board]:
    """Give the boards that meet now."""
    return Board.objects.present().filter(is_active=True).select_related("parent")


def meetings(person: Any = None) -> QuerySet[Meeting]:
    """Give the meetings with their boards; those `person` may see where one is given."""
    return _seen(Meeting, person, Permission.MEETING_VIEW).select_related("board")


def next_meetings(on: date, person: Any = None, *, until: date | None = None) -> QuerySet[Meeting]:
    """Give the meetings from a day on that are still to come, the first first."""
    found = meetings(person).filter(held_on__gte=on, state__in=AHEAD).order_by("held_on", "pk")
    return found if until is None else found.filter(held_on__lte=until)


def next_days(on: date, person: Any = None) -> dict[int, date]:
    """Give by the key of each board the day of its next meeting from a day on."""
    ahead = next_meetings(on, person).values_list("board_id", "held_on")
    return dict(reversed(ahead))  # the first stays, as it comes last


def meetings_held(since: date, until: date, board: Board | None = None) -> QuerySet[Meeting]:
    """Give the meetings held from one day to another, both included, the first first."""
    found = meetings().filter(held_on__range=(since, until), state__in=BEHIND).order_by("held_on", "pk")
    return found if board is None else found.filter(board=board)


def last_minuted(board: Board) -> Meeting | None:
    """Give the latest meeting of a board whose minutes were sent round or approved."""
    minuted = (MeetingState.MINUTED, MeetingState.APPROVED)
    return Meeting.objects.present().filter(board=board, state__in=minuted).order_by("-held_on").first()


def decisions(since: date, until: date, person: Any = None, board: Board | None = None) -> QuerySet[Decision]:
    """Give the decisions taken from one day to another, both included, the first first."""
    found = _seen(Decision, person, Permission.MEETING_VIEW).filter(meeting__held_on__range=(since, until))
    found = found.select_related("board", "meeting__board", "body").order_by("meeting__held_on", "number")
    return found if board is None else found.filter(board=board)


def open_meeting_actions(person: Any = None, *, board: Board | None = None) -> QuerySet[MeetingAction]:
    """Give the open actions arising, the first due first."""
    found = _seen(MeetingAction, person, Permission.MEETING_VIEW).filter(state=ArisingState.OPEN)
    found = found.select_related("board", "meeting__board", "body").order_by("due_on", "number")
    return found if board is None else found.filter(board=board)


def late_meeting_actions(on: date, person: Any = None) -> QuerySet[MeetingAction]:
    """Give the open actions arising that were due before a day."""
    return open_meeting_actions(person).filter(due_on__lt=on)


def open_risks(person: Any = None) -> QuerySet[Risk]:
    """Give the open risks and issues, the gravest first."""
    found = _seen(Risk, person, Permission.RISK_VIEW).filter(state=RiskState.OPEN)
    return found.select_related("owner_body", "board")


def risks_outside_appetite(person: Any = None) -> list[Risk]:
    """Give the open risks outside the appetite of their category, the gravest first; `appetite.reason` says why."""
    return [risk for risk in open_risks(person) if appetite.is_outside(risk)]


def risks_to_review(until: date, person: Any = None) -> QuerySet[Risk]:
    """Give the open risks whose review is due by a day, the longest due first."""
    return open_risks(person).filter(review_due_on__lte=until).order_by("review_due_on")


def scores_of(risk: Risk) -> list[tuple[date, int]]:
    """Give the score of a risk through time, the first first: when it was raised, then at each review."""
    reviews = list(RiskReview.objects.present().filter(risk=risk).order_by("reviewed_on", "pk"))
    return [(review.reviewed_on, review.score) for review in reviews] or [(risk.raised_on, risk.score)]


def escalations(person: Any = None) -> QuerySet[Escalation]:
    """Give the escalations, the latest first."""
    found = _seen(Escalation, person, Permission.ESCALATION_VIEW)
    return found.select_related("from_board", "from_body", "to_board", "to_body")


def open_escalations(person: Any = None) -> QuerySet[Escalation]:
    """Give the escalations that have not ended, the oldest first."""
    return escalations(person).filter(state__in=OPEN_ESCALATIONS).order_by("raised_on", "number")


def unacknowledged(person: Any = None) -> QuerySet[Escalation]:
    """Give the escalations that nobody acknowledged yet, the oldest first."""
    return escalations(person).filter(state=EscalationState.RAISED).order_by("raised_on", "number")


def escalations_of(kind: str, key: Any, person: Any = None) -> QuerySet[Escalation]:
    """Give the escalations about one record of any kind."""
    return escalations(person).filter(about_kind=kind, about_key=str(key))


def attendance_shares(since: date, until: date, board: Board | None = None) -> list[Share]:
    """Give how often each organisation came from one day to another, those that came least first."""
    return attendance.shares(meetings_held(since, until, board))


def cycle_gaps(board: Board, since: date, until: date) -> list[Gap]:
    """Give the gaps between the meetings that a board held, the one before `since` included."""
    found = list(meetings_held(since, until, board).values_list("held_on", flat=True))
    earlier = meetings().filter(board=board, state__in=BEHIND, held_on__lt=since).order_by("-held_on").first()
    return cycles.gaps([earlier.held_on, *found] if earlier else found, clocks.cycle_of(board))


def with_minutes(records: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Fetch minutes and items along with meetings."""
    return records.select_related("minutes").prefetch_related(Prefetch("items"))
