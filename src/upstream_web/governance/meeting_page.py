"""What the page of a meeting shows, and which steps it offers."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from upstream.clocks import Stand
from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.governance import agenda, attendance, clocks, policies
from upstream_web.governance.models import AgendaItem, Meeting, MeetingAction, MeetingState, Minutes, MinutesState
from upstream_web.governance.policies import MEETING_MOVES
from upstream_web.records.columns import Tag
from upstream_web.records.models import KeptPaper
from upstream_web.records.papers import papers_of
from upstream_web.records.register import Act

CLOCK_LOOKS = {"met": "met", "met late": "late", "late": "late"}


def may_end(person: Any, action: MeetingAction) -> bool:
    """Whether the person may say that an action arising is done: who keeps meetings, its body, or its owner."""
    return may(person, Permission.MEETING_CHANGE) or may(person, Permission.ACTION_REPORT, about=action)


def minutes_of(meeting: Meeting) -> Minutes | None:
    """Give the minutes of a meeting, or None before they are drafted."""
    return Minutes.objects.filter(meeting=meeting).first()


def kept_pack(meeting: Meeting) -> KeptPaper | None:
    """Give the papers of a meeting as they went out last, or None before they did."""
    found: KeptPaper | None = papers_of(meeting).first()
    return found


def kept_items(meeting: Meeting) -> list[AgendaItem]:
    """Give the items of the agenda in order, without dropped ones."""
    return list(meeting.items.present().filter(is_dropped=False))


def facts(meeting: Meeting, state: Tag) -> list[tuple[str, Any]]:
    """Say when and where it is and how far."""
    times = [f"{each:%H:%M}" for each in (meeting.starts_at, meeting.ends_at) if each]
    rows = [
        ("Board", meeting.board), ("Day", meeting.held_on), ("Time", " to ".join(times)), ("Place", meeting.place),
        ("Join at", meeting.link), ("State", state), ("Papers sent", meeting.called_on),
        ("Moved from", meeting.moved_from), ("Because", meeting.why),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def shown_clock(name: str, stand: Stand) -> dict[str, Any]:
    """Give a clock as the design shows it."""
    return {
        "name": name,
        "look": CLOCK_LOOKS.get(stand.state, "running"),
        "words": stand.words,
        "detail": stand.last_day,
    }


def clocks_of(meeting: Meeting, minutes: Minutes | None) -> list[dict[str, Any]]:
    """Give the clocks of a meeting: papers before it, draft minutes after it."""
    today = timezone.localdate()
    if meeting.state == MeetingState.CANCELLED:
        return []
    found = [shown_clock("Agenda and papers, five working days before", clocks.papers_clock(meeting, today))]
    if meeting.is_behind:
        found.append(
            shown_clock("Draft minutes, ten working days after", clocks.minutes_clock(meeting, minutes, today))
        )
    return found


def context(meeting: Meeting, person: Any) -> dict[str, Any]:
    """Give agenda, attendance, outcome and clocks."""
    found = attendance.places(meeting)
    items = kept_items(meeting)
    minutes = minutes_of(meeting)
    may_prepare = may(person, Permission.MEETING_CHANGE)
    return {
        "items": items,
        "budget": agenda.budget(items, meeting.minutes_allowed),
        "places": found,
        "is_recorded": any(place.mark for place in found),
        "quorum": attendance.quorum_of(meeting, found),
        "guests": attendance.guests(meeting),
        "declarations": list(meeting.declarations.present().select_related("item")),
        "decisions": list(meeting.decisions.present().select_related("board").order_by("number")),
        "arising": list(meeting.arising.present().order_by("number")),
        "minutes": minutes,
        "kept_pack": kept_pack(meeting),
        "clocks": clocks_of(meeting, minutes),
        "may_prepare": may_prepare,
        "main_act": may_prepare,
        "moves": [
            (name, move) for name, move in policies.moves_from(MEETING_MOVES, meeting.state).items()
            if may_prepare and name in ("hold", "cancel", "plan-again")
        ],
    }  # fmt: skip


def acts(meeting: Meeting, person: Any) -> list[Act]:
    """Offer the next step to those who may take it."""
    found = []
    if may(person, Permission.MEETING_CHANGE) and not meeting.removed_at:
        found = _steps(meeting)
    minutes = minutes_of(meeting)
    if minutes and minutes.state == MinutesState.SENT and may(person, Permission.MINUTES_APPROVE):
        found.append(Act("Approve the minutes", reverse("meeting-minutes-approve", args=[meeting.pk]), is_main=True))
    return found


def _steps(meeting: Meeting) -> list[Act]:
    def to(route: str) -> str:
        return reverse(route, args=[meeting.pk])

    match meeting.state:
        case MeetingState.PLANNED:
            call = Act("Call it", reverse("meeting-step", args=[meeting.pk, "call"]), posts=True)
            return [
                Act("Prepare the agenda", to("meeting-agenda"), is_main=True),
                call,
                Act("Move it", to("meeting-move")),
            ]
        case MeetingState.CALLED:
            return [
                Act("Take the record", to("meeting-day"), is_main=True),
                Act("Agenda", to("meeting-agenda")),
                Act("Move it", to("meeting-move")),
            ]
        case MeetingState.HELD:
            return [Act("Minutes", to("meeting-minutes"), is_main=True), Act("Add to the record", to("meeting-day"))]
        case _:
            return []
