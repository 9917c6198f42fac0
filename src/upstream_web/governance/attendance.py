"""Who was at a meeting by seat, whether it had its quorum, and how often each organisation came over a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from upstream_web.governance.models import BEHIND, THERE, Attendance, Board, Mark, Meeting, Seat
from upstream_web.governance.quorum import Filled, Quorum, quorum

# Under so many meetings a share says less than the counts it is made from.
FEWEST_FOR_A_SHARE = 5


@dataclass(frozen=True)
class Place:
    """A seat at one meeting, and how it was filled: None while that is not recorded."""

    seat: Seat
    attendance: Attendance | None

    @property
    def mark(self) -> str:
        """How it was filled; empty while not recorded."""
        return self.attendance.mark if self.attendance else ""

    @property
    def mark_words(self) -> str:
        """How it was filled, in words."""
        return self.attendance.get_mark_display() if self.attendance else "Not recorded"


def places(meeting: Meeting) -> list[Place]:
    """Give the seats that the board had on the day, each with how it was filled."""
    marked = {each.seat_id: each for each in meeting.attendances.present() if each.seat_id}
    seats = meeting.board.seats.present().select_related("body", "person")
    return [Place(seat, marked.get(seat.pk)) for seat in seats if seat.is_held_on(meeting.held_on)]


def guests(meeting: Meeting) -> list[Attendance]:
    """Give those who were there without a seat."""
    return list(meeting.attendances.present().filter(seat=None).select_related("body"))


def quorum_of(meeting: Meeting, found: Iterable[Place] | None = None) -> Quorum:
    """Say whether the meeting has its quorum by what is recorded so far."""
    filled = [
        Filled(str(each.seat.body), each.seat.votes, each.seat.is_needed, each.mark in THERE)
        for each in (places(meeting) if found is None else found)
    ]
    return quorum(filled, needed=meeting.board.quorum_members)


@dataclass(frozen=True)
class Share:
    """How often an organisation came to the meetings that it had a seat at."""

    body: str
    there: int
    by_deputy: int
    apologies: int
    absent: int
    not_recorded: int

    @property
    def counted(self) -> int:
        """The places it had and whose filling is known."""
        return self.there + self.apologies + self.absent

    @property
    def share(self) -> float | None:
        """The share of places it filled; None while that would rest on too few to mean much."""
        return self.there / self.counted if self.counted >= FEWEST_FOR_A_SHARE else None

    @property
    def words(self) -> str:
        """Say it: a share beside its counts, or the counts alone where they are small."""
        if not self.counted:
            return "Not known"
        counts = f"{self.there} of {self.counted}"
        return counts if self.share is None else f"{counts} ({self.share:.0%})"


class Marks:
    """Seats and attendance of many meetings, read at once."""

    def __init__(self, held: list[Meeting]) -> None:
        self._seats: dict[int, list[Seat]] = {}
        for seat in Seat.objects.present().filter(board__in={m.board_id for m in held}).select_related("body"):
            self._seats.setdefault(seat.board_id, []).append(seat)
        rows = Attendance.objects.present().filter(meeting__in=held, seat__isnull=False)
        self._marks = dict(((row[0], row[1]), row[2]) for row in rows.values_list("meeting_id", "seat_id", "mark"))

    def of(self, meeting: Meeting) -> list[tuple[Seat, str]]:
        """Give the seats that the board had on the day, each with its mark; empty where none is recorded."""
        seats = self._seats.get(meeting.board_id, [])
        return [
            (seat, self._marks.get((meeting.pk, seat.pk), "")) for seat in seats if seat.is_held_on(meeting.held_on)
        ]


def shares(meetings: Iterable[Meeting], marks: Marks | None = None) -> list[Share]:
    """Count attendance by organisation over meetings that were held, those that came least first.

    `marks` are those of the meetings where they were read already.
    """
    held = [meeting for meeting in meetings if meeting.state in BEHIND]
    marks = marks or Marks(held)
    counts: dict[str, Counter[str]] = {}
    for meeting in held:
        for seat, mark in marks.of(meeting):
            counts.setdefault(str(seat.body), Counter())[mark] += 1
    found = [_share(body, each) for body, each in counts.items()]
    return sorted(found, key=lambda each: (each.there / each.counted if each.counted else 0, each.body))


def _share(body: str, counts: Counter[str]) -> Share:
    return Share(
        body=body,
        there=counts[Mark.PRESENT] + counts[Mark.DEPUTY],
        by_deputy=counts[Mark.DEPUTY],
        apologies=counts[Mark.APOLOGIES],
        absent=counts[Mark.ABSENT],
        not_recorded=counts[""],
    )


def not_quorate(board: Board, meetings: Iterable[Meeting], marks: Marks | None = None) -> list[Meeting]:
    """Give the meetings of a board that were held without a quorum; `marks` as in `shares`."""
    held = [meeting for meeting in meetings if meeting.state in BEHIND]
    marks = marks or Marks(held)

    def has_quorum(meeting: Meeting) -> bool:
        filled = [Filled(str(seat.body), seat.votes, seat.is_needed, mark in THERE) for seat, mark in marks.of(meeting)]
        return quorum(filled, needed=board.quorum_members).is_met

    return [meeting for meeting in held if not has_quorum(meeting)]
