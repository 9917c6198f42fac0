"""Boards and their seats as registers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.governance import cycles, queries, timed
from upstream_web.governance.forms import BoardForm, SeatForm
from upstream_web.governance.models import Board, BoardKind, Seat
from upstream_web.governance.quorum import Filled, quorum
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Neighbour, Register, Timed


def board_choices() -> list[tuple[str, str]]:
    """Give the boards for a filter."""
    return [(str(board.pk), board.name) for board in Board.objects.present()]


def members(board: Board) -> list[Seat]:
    """Give the seats of a board as they are today."""
    today = timezone.localdate()
    seats = board.seats.present().select_related("body", "person")
    return [seat for seat in seats if seat.is_held_on(today)]


def chair(board: Board) -> Seat | None:
    """Give the seat that chairs the board today."""
    return next((seat for seat in members(board) if seat.is_chair), None)


class Boards(Register[Board]):
    """The boards and groups of the partnership."""

    model = Board
    noun, plural = "board", "boards"
    area, section = "act", "meetings"
    see, change = Permission.MEETING_VIEW, Permission.MEETING_CHANGE
    form = BoardForm
    searched = ("name", "purpose")
    related = ("parent",)
    order = ("name",)
    page_template = "governance/board.html"
    empty = "A board has seats, a quorum, a cycle and terms of reference; its meetings follow from them."
    columns = (
        Column("name", "Board", sort=("name",)),
        Column("board_kind", "What it is", value="get_board_kind_display", sort=("board_kind", "name")),
        Column("cycle", "Meets", value="get_cycle_display", sort=("cycle",)),
        Column("quorum_members", "Quorum", is_number=True),
        Column("parent", "Escalates to", value="parent.name", sort=("parent__name",)),
        Column("state", "State", value=lambda each: Tag("open", "Meets") if each.is_active else Tag("", "No longer")),
    )
    filters = (Filter("board_kind", "What it is", BoardKind.choices),)

    def crumbs(self, record: Board | None = None) -> list[tuple[str, str]]:
        """Stand beneath meetings."""
        return [("Meetings", reverse("meeting-list")), (self.title, self.address())]

    def facts(self, record: Board) -> list[tuple[str, Any]]:
        """Say its rules."""
        seats = [Filled(str(seat.body), seat.votes, seat.is_needed, False) for seat in members(record)]
        rows = [
            ("What it is", record.get_board_kind_display()),
            ("Chair", str(chair(record) or "")),
            ("Meets", record.get_cycle_display()),
            ("Quorum", quorum(seats, needed=record.quorum_members).rule),
            ("Escalates to", record.parent),
            ("Usual place", record.usual_place),
            ("Terms agreed", record.terms_agreed_on),
        ]
        return [(label, value) for label, value in rows if value]

    def context(self, record: Board, person: Any) -> dict[str, Any]:
        """Give its members, meetings, cycle and attendance."""
        today = timezone.localdate()
        found = queries.cycle_gaps(record, today - queries.A_YEAR, today)
        return {
            "members": members(record),
            "next": queries.next_meetings(today, person).filter(board=record).first(),
            "last": queries.last_minuted(record),
            "recent": queries.meetings(person).filter(board=record, held_on__lte=today)[:8],
            "cycle_words": cycles.compliance_words(found),
            "gaps_missed": [gap for gap in found if not gap.is_kept],
            "shares": queries.attendance_shares(today - queries.A_YEAR, today, record),
            "arising": queries.open_meeting_actions(person, board=record)[:10],
            "decisions": queries.decisions(today - queries.A_YEAR, today, person, record).reverse()[:5],
            "today": today,
        }

    def acts(self, record: Board, person: Any) -> list[Act]:
        """Offer a seat and a meeting."""
        if not may(person, Permission.MEETING_CHANGE):
            return []
        return [
            Act("Add a seat", f"{reverse('seat-new')}?board={record.pk}"),
            Act("Plan a meeting", f"{reverse('meeting-new')}?board={record.pk}"),
        ]

    def neighbours(self, record: Board) -> Iterable[Neighbour]:
        """Give the board above and those below."""
        if record.parent:
            yield Neighbour(record.parent, "escalates to", True)
        for each in record.children.present():
            yield Neighbour(each, "takes escalations from", False)

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give the cycle of each board."""
        return timed.of_boards(person, since)


class Seats(Register[Seat]):
    """The seats of all boards."""

    model = Seat
    noun, plural = "seat", "seats"
    area, section = "act", "meetings"
    see, change = Permission.MEETING_VIEW, Permission.MEETING_CHANGE
    form = SeatForm
    searched = ("role", "deputy_role", "body__name", "board__name")
    related = ("board", "body", "person")
    order = ("board__name", "-is_chair", "body__name")
    in_search = False
    empty = "Seats are added on the page of their board."
    columns = (
        Column("role", "Seat", sort=("role",)),
        Column("body", "Organisation", value="body.name", sort=("body__name",)),
        Column("board", "Board", value="board.name", sort=("board__name",)),
        Column("chair", "Chairs", value="is_chair"),
        Column("votes", "Votes"),
        Column("from_on", "From", sort=("from_on",)),
        Column("until_on", "Until", sort=("until_on",)),
    )
    filters = (Filter("board", "Board", board_choices),)

    def crumbs(self, record: Seat | None = None) -> list[tuple[str, str]]:
        """Stand beneath the board."""
        above = [("Meetings", reverse("meeting-list")), ("Boards", reverse("board-list"))]
        return [*above, (record.board.name, record.board.get_absolute_url())] if record and record.pk else above
