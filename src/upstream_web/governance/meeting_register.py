"""Meetings, decisions and actions arising as registers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream.clocks import Stand, State
from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words, day_words, short_day_words
from upstream_web.governance import meeting_page, queries, timed
from upstream_web.governance.board_register import board_choices
from upstream_web.governance.clocks import minutes_clock, papers_clock
from upstream_web.governance.forms import ArisingForm, DecisionForm, MeetingForm
from upstream_web.governance.models import (
    AHEAD,
    AgendaItem,
    ArisingState,
    Decision,
    DecisionState,
    Meeting,
    MeetingAction,
    MeetingState,
)
from upstream_web.governance.operations import meetings
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.models import Record
from upstream_web.records.register import Act, Dated, Neighbour, Register, Timed

STATE_TAGS = {
    MeetingState.PLANNED: "", MeetingState.CALLED: "open", MeetingState.HELD: "soon", MeetingState.MINUTED: "soon",
    MeetingState.APPROVED: "done", MeetingState.CANCELLED: "",
}  # fmt: skip
DECISION_TAGS = {DecisionState.STANDS: "open", DecisionState.DONE: "done", DecisionState.WITHDRAWN: ""}
CLOCK_TAGS = {
    State.LATE: "late",
    State.DUE_TODAY: "soon",
    State.DUE_SOON: "soon",
    State.MET: "done",
    State.MET_LATE: "",
}
SOON = timedelta(days=14)
ENDS = {ArisingState.DONE: "done", ArisingState.DROPPED: ""}


def state_tag(meeting: Meeting) -> Tag:
    """Give the state of a meeting as a tag."""
    return Tag(STATE_TAGS[MeetingState(meeting.state)], meeting.get_state_display())


def decision_tag(decision: Decision) -> Tag:
    """Give what became of a decision as a tag."""
    return Tag(DECISION_TAGS[DecisionState(decision.state)], decision.get_state_display())


def arising_tag(action: MeetingAction) -> Tag:
    """Give the state of an action arising: open ones are late once their day has passed."""
    if action.state != ArisingState.OPEN:
        return Tag(ENDS[ArisingState(action.state)], action.get_state_display())
    if action.due_on < timezone.localdate():
        return Tag("late", "Late")
    return Tag("open", "Open")


def clock_tag(stand: Stand) -> Tag:
    """Give where a clock stands as a tag."""
    return Tag(CLOCK_TAGS.get(stand.state, "open"), stand.words)


def _when(records: QuerySet[Meeting], value: str) -> QuerySet[Meeting]:
    today = timezone.localdate()
    return records.filter(held_on__gte=today) if value == "ahead" else records.filter(held_on__lt=today)


class Meetings(Register[Meeting]):
    """The meetings of all boards."""

    model = Meeting
    noun, plural = "meeting", "meetings"
    area, section = "act", "meetings"
    see, change = Permission.MEETING_VIEW, Permission.MEETING_CHANGE
    form = MeetingForm
    searched = ("board__name", "place", "items__title")
    related = ("board",)
    order = ("-held_on",)
    list_template = "governance/meeting_list.html"
    page_template = "governance/meeting.html"
    empty = "Plan one by hand, or a year of them by the cycle of the board."
    columns = (
        Column("held_on", "Day", sort=("held_on",)),
        Column("board", "Board", value="board.name", sort=("board__name", "held_on")),
        Column("number", "Number", is_number=True, sort=("number",)),
        Column("starts_at", "Begins", value=lambda each: f"{each.starts_at:%H:%M}" if each.starts_at else None),
        Column("place", "Place", sort=("place",)),
        Column("state", "State", value=state_tag, sort=("state", "held_on")),
        Column("why", "Moved or cancelled because", only_exported=True),
    )
    filters = (
        Filter("board", "Board", board_choices),
        Filter("state", "State", MeetingState.choices),
        Filter("when", "When", (("ahead", "To come"), ("past", "Past")), narrow=_when),
    )

    def asked(self, person: Any, asked: Any) -> QuerySet[Any]:
        """Show a meeting once, however many of its items hold the words."""
        found = super().asked(person, asked)
        return found.distinct() if asked.words else found

    def lede(self, records: QuerySet[Any]) -> str:
        """Say which meeting is next."""
        following = records.filter(held_on__gte=timezone.localdate(), state__in=AHEAD).order_by("held_on").first()
        if following is None:
            return "No meeting is planned."
        return f"Next is {following.board}, {day_words(following.held_on)}."

    def list_context(self, person: Any) -> dict[str, Any]:
        """Give the next meeting of each board, and what is open."""
        today = timezone.localdate()
        following: dict[int, Meeting] = {}
        for meeting in queries.next_meetings(today, person, until=today + queries.A_YEAR):
            following.setdefault(meeting.board_id, meeting)
        return {
            "following": [(each, clock_tag(papers_clock(each, today))) for each in following.values()],
            "late_arising": queries.late_meeting_actions(today, person).count(),
            "open_arising": queries.open_meeting_actions(person).count(),
            "to_acknowledge": queries.unacknowledged(person).count(),
        }

    def make(self, record: Meeting, *, by: Any, at: datetime) -> Meeting:
        """Plan it under its number."""
        return meetings.make(meeting=record, by=by, at=at)

    def can_change(self, record: Meeting) -> str:
        """A meeting that was minuted stays as it is."""
        closed = (MeetingState.MINUTED, MeetingState.APPROVED)
        return "Its minutes have been sent round; time and place stand." if record.state in closed else ""

    def can_remove(self, record: Meeting) -> str:
        """What members were called to stays in sight; one that does not come about is cancelled."""
        if record.removed_at or record.called_on is None:
            return ""
        do = "Cancel it, and say why." if record.is_ahead else "Its record stands."
        return f"A meeting to which members were called is not removed. {do}"

    def facts(self, record: Meeting) -> list[tuple[str, Any]]:
        """Say when and where it is and how far."""
        return meeting_page.facts(record, state_tag(record))

    def context(self, record: Meeting, person: Any) -> dict[str, Any]:
        """Give agenda, attendance, outcome and clocks."""
        return meeting_page.context(record, person)

    def acts(self, record: Meeting, person: Any) -> list[Act]:
        """Offer the next step."""
        return meeting_page.acts(record, person)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the meetings that are planned or were held."""
        found = queries.meetings(person).filter(held_on__range=(since, until)).exclude(state=MeetingState.CANCELLED)
        for meeting in found.order_by("held_on"):
            yield Dated(meeting, meeting.held_on, str(meeting), "" if meeting.is_ahead else "done", meeting.place)

    def neighbours(self, record: Meeting) -> Iterable[Neighbour]:
        """Give its decisions."""
        for decision in record.decisions.present():
            yield Neighbour(decision, "took", onward=True)

    def ties_to(self, records: Sequence[Record]) -> Iterable[tuple[Record, Neighbour]]:
        """Give the meetings at which a record stood on the agenda."""
        named = {(record.kind, str(record.pk)): record for record in records}
        kinds, keys = {kind for kind, _ in named}, {key for _, key in named}
        items = AgendaItem.objects.present().filter(about_kind__in=kinds, about_key__in=keys, is_dropped=False)
        for item in items.exclude(about_kind="meeting").select_related("meeting__board"):
            if record := named.get((item.about_kind, item.about_key)):
                yield record, Neighbour(item.meeting, "stood on the agenda of", onward=True)

    def now(self, record: Meeting) -> str:
        """Say how far it is."""
        return record.get_state_display()

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give papers to send and minutes to write to those who keep meetings, minutes to approve to those who may."""
        if may(person, Permission.MEETING_CHANGE):
            yield from _to_send(person, on)
            yield from _to_minute(person, on)
        if may(person, Permission.MINUTES_APPROVE):
            next_days = queries.next_days(on, person)
            for meeting in queries.meetings(person).filter(state=MeetingState.MINUTED).order_by("held_on"):
                day = next_days.get(meeting.board_id, on)
                yield Dated(meeting, day, f"Minutes to approve: {meeting}", "soon")

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give papers to send and minutes to write."""
        return timed.of_meetings(person, since)


def _to_send(person: Any, on: date) -> Iterable[Dated]:
    soon = queries.next_meetings(on, person, until=on + 2 * SOON).filter(state=MeetingState.PLANNED)
    for meeting in soon:
        stand = papers_clock(meeting, on)
        yield Dated(meeting, stand.due_on, f"Papers to send: {meeting}", clock_tag(stand).kind, stand.words)


def _to_minute(person: Any, on: date) -> Iterable[Dated]:
    for meeting in queries.meetings(person).filter(state=MeetingState.HELD).order_by("held_on"):
        stand = minutes_clock(meeting, None, on)
        yield Dated(meeting, stand.due_on, f"Minutes to send round: {meeting}", clock_tag(stand).kind, stand.words)


def _of_meeting(record: Decision | MeetingAction | None, title: str, address: str) -> list[tuple[str, str]]:
    above = [("Meetings", reverse("meeting-list")), (title, address)]
    if record is None or not record.pk:
        return above
    return [*above, (str(record.meeting), record.meeting.get_absolute_url())]


class Decisions(Register[Decision]):
    """What the boards decided."""

    model = Decision
    noun, plural = "decision", "decisions"
    area, section = "act", "meetings"
    see, change = Permission.MEETING_VIEW, Permission.MEETING_CHANGE
    can_be_made = False
    form = DecisionForm
    searched = ("words", "reason", "owner_role")
    related = ("board", "meeting__board", "item", "body")
    order = ("-meeting__held_on", "-number")
    page_template = "governance/decision.html"
    empty = "Decisions are recorded at the meeting that takes them."
    columns = (
        Column("words", "Decision", sort=("words",)),
        Column("board", "Board", value="board.name", sort=("board__name", "number")),
        Column("number", "Number", is_number=True, sort=("number",)),
        Column("held_on", "Taken", value="meeting.held_on", sort=("meeting__held_on", "number")),
        Column("owner", "Owner", value=lambda each: each.owner_role or str(each.body or ""), sort=("owner_role",)),
        Column("due_on", "By", sort=("due_on",)),
        Column("state", "State", value=decision_tag, sort=("state",)),
        Column("reason", "Why", only_exported=True),
    )  # fmt: skip
    filters = (Filter("board", "Board", board_choices), Filter("state", "State", DecisionState.choices))

    def crumbs(self, record: Decision | None = None) -> list[tuple[str, str]]:
        """Stand beneath the meeting."""
        return _of_meeting(record, self.title, self.address())

    def can_change(self, record: Decision) -> str:
        """What approved minutes say was decided stands."""
        approved = record.meeting.state == MeetingState.APPROVED
        return "The minutes with this decision are approved: it stands as it reads." if approved else ""

    def facts(self, record: Decision) -> list[tuple[str, Any]]:
        """Say where and when it was taken, and who carries it out."""
        rows = [
            ("Board", record.board), ("Meeting", record.meeting), ("Item", record.item and record.item.title),
            ("Taken", record.meeting.held_on), ("Owner", record.owner_role), ("Organisation", record.body),
            ("By", record.due_on), ("State", decision_tag(record)),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def acts(self, record: Decision, person: Any) -> list[Act]:
        """Offer to say what became of it."""
        if not may(person, Permission.MEETING_CHANGE):
            return []
        return [Act("What became of it", reverse("decision-end", args=[record.pk]), is_main=True)]

    def neighbours(self, record: Decision) -> Iterable[Neighbour]:
        """Give the meeting that took it."""
        yield Neighbour(record.meeting, "was taken at", False)

    def now(self, record: Decision) -> str:
        """Say when it was taken and what became of it."""
        return f"{short_day_words(record.meeting.held_on)}, {record.get_state_display().lower()}"


class MeetingActions(Register[MeetingAction]):
    """What meetings asked somebody to do."""

    model = MeetingAction
    noun, plural = "action arising", "actions arising"
    area, section = "act", "meetings"
    see, change = Permission.MEETING_VIEW, Permission.MEETING_CHANGE
    can_be_made = False
    form = ArisingForm
    searched = ("words", "owner_role", "ended_words")
    related = ("board", "meeting__board", "item", "body", "owner")
    order = ("due_on", "number")
    page_template = "governance/meeting_action.html"
    empty = "Actions arising are recorded at the meeting that asks for them."
    columns = (
        Column("words", "Action", sort=("words",)),
        Column("number", "Number", is_number=True, sort=("number",)),
        Column("owner_role", "Owner", sort=("owner_role",)),
        Column("board", "Board", value="board.name", sort=("board__name", "due_on")),
        Column("due_on", "By", sort=("due_on",)),
        Column("state", "State", value=arising_tag, sort=("state", "due_on")),
        Column("held_on", "Meeting", value="meeting.held_on", sort=("meeting__held_on",), only_exported=True),
        Column("ended_words", "What came of it", only_exported=True),
    )
    filters = (
        Filter("board", "Board", board_choices),
        Filter("state", "State", (*ArisingState.choices, ("late", "Late")), narrow=lambda records, value: (
            records.filter(state="open", due_on__lt=timezone.localdate()) if value == "late"
            else records.filter(state=value))),
    )  # fmt: skip

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many are open and late."""
        still = records.filter(state=ArisingState.OPEN)
        late = still.filter(due_on__lt=timezone.localdate()).count()
        if not still.exists():
            return "No action arising is open."
        return f"{count_words(still.count(), 'action')} arising open, {late or 'none'} of them late."

    def crumbs(self, record: MeetingAction | None = None) -> list[tuple[str, str]]:
        """Stand beneath the meeting."""
        return _of_meeting(record, self.title, self.address())

    def can_change(self, record: MeetingAction) -> str:
        """One that ended is opened again first."""
        return "" if record.state == ArisingState.OPEN else "It has ended; open it again to change it."

    def facts(self, record: MeetingAction) -> list[tuple[str, Any]]:
        """Say who owes what to whom by when."""
        rows = [
            ("Board", record.board), ("Meeting", record.meeting), ("Item", record.item and record.item.title),
            ("Owner", record.owner_role), ("Organisation", record.body), ("By", record.due_on),
            ("State", arising_tag(record)), ("Ended", record.ended_on),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def acts(self, record: MeetingAction, person: Any) -> list[Act]:
        """Offer to end it, or to open it again."""
        if not meeting_page.may_end(person, record):
            return []
        label = "Say it is done" if record.state == ArisingState.OPEN else "Open again"
        return [Act(label, reverse("meeting-action-end", args=[record.pk]), is_main=True)]

    def neighbours(self, record: MeetingAction) -> Iterable[Neighbour]:
        """Give the meeting that asked for it."""
        yield Neighbour(record.meeting, "was asked for at", False)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which open ones are due."""
        for action in queries.open_meeting_actions(person).filter(due_on__range=(since, until)):
            yield Dated(action, action.due_on, str(action), arising_tag(action).kind, action.owner_role)

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give those that the person may end, due within two weeks."""
        for action in queries.open_meeting_actions(person).filter(due_on__lte=on + SOON):
            if meeting_page.may_end(person, action):
                yield Dated(action, action.due_on, str(action), arising_tag(action).kind, str(action.board))
