"""Looking over all boards: a year of dates ahead, and attendance by organisation over a year."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream_web.access.authorisation import may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.governance import attendance, clocks, cycles, queries
from upstream_web.governance.models import AHEAD, BEHIND, Board, Meeting
from upstream_web.governance.operations import meetings
from upstream_web.governance.register import BOARDS

A_YEAR = queries.A_YEAR


def plan_of(board: Board, today: date, person: Any) -> dict[str, Any]:
    """Give what is planned of a board for a year, the dates that its cycle adds, and where the cycle is not kept."""
    rule, until = clocks.cycle_of(board), today + A_YEAR
    planned = list(queries.next_meetings(today, person, until=until).filter(board=board))
    held = queries.meetings(person).filter(board=board, state__in=BEHIND).order_by("-held_on").first()
    last = planned[-1].held_on if planned else held.held_on if held else today
    added = [day for day in cycles.dates_ahead(rule, last, until) if day > max(last, today)]
    known = [each.held_on for each in ([held] if held else []) + planned]
    return {
        "board": board,
        "rule": rule,
        "planned": planned,
        "added": added,
        "missed": [gap for gap in cycles.gaps(known, rule) if not gap.is_kept],
    }


@requires(Permission.MEETING_VIEW)
@require_safe
def forward_plan(request: SignedInRequest) -> HttpResponse:
    """Show a year of meetings by board, with the dates that the cycle proposes."""
    today = timezone.localdate()
    context = {
        "area": "act",
        "section": "meetings",
        "crumbs": [("Meetings", reverse("meeting-list")), ("Forward plan", "")],
        "plans": [plan_of(board, today, request.user) for board in queries.boards()],
        "today": today,
        "until": today + A_YEAR,
        "may_plan": may(request.user, Permission.MEETING_CHANGE),
    }
    return render(request, "governance/forward_plan.html", context)


@requires(Permission.MEETING_CHANGE)
@require_POST
def forward_plan_make(request: SignedInRequest, key: int) -> HttpResponse:
    """Plan the meetings that the cycle proposes for a board."""
    board = BOARDS.get(request.user, key)
    added = plan_of(board, timezone.localdate(), request.user)["added"]
    made = meetings.plan_ahead(board=board, days=added, by=request.user, at=timezone.now())
    messages.success(request, f"{len(made)} meetings of {board} are planned.")
    return redirect("forward-plan")


def _chosen_year(asked: str, today: date) -> tuple[date, date]:
    """Give the year that the address names, or the one up to today."""
    if asked.isdecimal() and 2000 <= int(asked) <= today.year:
        return date(int(asked), 1, 1), date(int(asked), 12, 31)
    return today - A_YEAR + timedelta(days=1), today


@requires(Permission.MEETING_VIEW)
@require_safe
def attendance_overview(request: SignedInRequest) -> HttpResponse:
    """Show how often each organisation came to each board over a year."""
    today = timezone.localdate()
    since, until = _chosen_year(request.GET.get("year", ""), today)
    by_board: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in queries.meetings_held(since, until):
        by_board[meeting.board_id].append(meeting)
    marks = attendance.Marks([meeting for held in by_board.values() for meeting in held])
    found = []
    for board in queries.boards():
        held = by_board[board.pk]
        missing = attendance.not_quorate(board, held, marks)
        found.append((board, held, attendance.shares(held, marks), missing))
    years = Meeting.objects.present().exclude(state__in=AHEAD).dates("held_on", "year", order="DESC")
    context = {
        "area": "act",
        "section": "meetings",
        "crumbs": [("Meetings", reverse("meeting-list")), ("Attendance", "")],
        "found": found,
        "since": since,
        "until": until,
        "years": [day.year for day in years],
        "fewest": attendance.FEWEST_FOR_A_SHARE,
    }
    return render(request, "governance/attendance.html", context)
