"""Agenda and minutes as papers: content only; `upstream.papers` sets them as page, PDF and Word file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from upstream.papers import (
    Column,
    Decision,
    Fact,
    Facts,
    Paper,
    Section,
    Signature,
    SignOff,
    State,
    Table,
    Text,
    plain,
)
from upstream_web.access.names import name_shown
from upstream_web.core.words import day_words, short_day_words
from upstream_web.core.workbench import get_partnership
from upstream_web.governance import attendance
from upstream_web.governance.models import AgendaItem, Meeting, Minutes, MinutesState
from upstream_web.governance.quorum import Quorum

DRAFT = "Draft"
ASKED = "The meeting is asked to:"
ASKS = {"decide": "Decide on", "approve": "Approve"}


def facts_of(meeting: Meeting, quorum: Quorum) -> tuple[Fact, ...]:
    """Say when and where a meeting is, and what makes a quorum."""
    times = " to ".join(f"{each:%H:%M}" for each in (meeting.starts_at, meeting.ends_at) if each)
    rows = [
        ("Day", day_words(meeting.held_on)), ("Time", times), ("Place", plain(meeting.place)),
        ("Join at", plain(meeting.link)), ("Quorum", plain(quorum.rule)),
    ]  # fmt: skip
    return tuple(Fact(label, value) for label, value in rows if value)


def make_paper(kind: str, meeting: Meeting, sections: tuple[Section, ...], **more: Any) -> Paper:
    """Give a paper of a meeting with its frame."""
    partnership = get_partnership().config
    return Paper(
        kind=kind,
        title=f"{meeting.board}: {kind.lower()} of meeting {meeting.number}",
        partnership=partnership.name,
        subtitle=day_words(meeting.held_on),
        sections=sections,
        reference=f"{meeting.board} {meeting.number}",
        worked_example=partnership.worked_example,
        **more,
    )


def _lines(text: str) -> str:
    """Give typed words as Markdown that says what was typed; a line that begins with a dash stays a point."""
    found = []
    for line in text.splitlines():
        begins = line.lstrip().startswith("- ")
        found.append(f"- {plain(line.lstrip()[2:])}" if begins else plain(line))
    return "\n".join(found)


def item_section(number: int, item: AgendaItem) -> Section:
    """Give what an item is about, under its number in the order of business."""
    details = [item.get_asks_display(), f"{item.minutes} minutes", item.presenter]
    blocks: list[Any] = [Text(plain(" · ".join(part for part in details if part)))]
    if item.brief:
        blocks.append(Text(_lines(item.brief)))
    return Section(f"{number}. {item.title}", tuple(blocks))


def _times(meeting: Meeting, items: list[AgendaItem]) -> Iterator[tuple[str, str, str, str]]:
    """Give each item with the time at which it begins, where the meeting has one."""
    begin = meeting.starts_at
    now = begin.hour * 60 + begin.minute if begin else None
    for number, item in enumerate(items, start=1):
        begins = f"{now // 60:02d}:{now % 60:02d}" if now is not None else ""
        yield f"{number}. {item.title}", item.get_asks_display(), item.presenter, begins or f"{item.minutes} min"
        now = now + item.minutes if now is not None else None


def order_of_business(meeting: Meeting, items: list[AgendaItem]) -> Section:
    """Give the agenda as a table, with what the meeting is asked to decide."""
    columns = (Column("Item", weight=6), Column("Asked", weight=2), Column("By", weight=4), Column("Begins", "r", 1.5))
    table = Table("Agenda", columns, tuple(_times(meeting, items)))
    asks = tuple(plain(f"{ASKS[item.asks]} “{item.title}”.") for item in items if item.asks in ASKS)
    return Section("Order of business", (table, Decision(asks, ASKED)) if asks else (table,))


def agenda_paper(meeting: Meeting) -> Paper:
    """Give the agenda: a table on the first page, then what each item is about."""
    items = [item for item in meeting.items.present() if not item.is_dropped]
    last = max([meeting.changed_at, *(item.changed_at for item in items)])
    first = order_of_business(meeting, items)
    told = [item_section(number, item) for number, item in enumerate(items, start=1) if item.brief]
    return make_paper(
        "Agenda", meeting, (first, *told), made_at=last,
        status="" if meeting.called_on else DRAFT, facts=facts_of(meeting, attendance.quorum_of(meeting)),
    )  # fmt: skip


def _approval(minutes: Minutes) -> tuple[Any, ...]:
    chair = next((seat for seat in minutes.meeting.board.seats.present() if seat.is_chair), None)
    role = chair.role if chair else "Chair"
    if minutes.state != MinutesState.APPROVED:
        return (SignOff((Signature(f"Approved, {role}", state=State.DUE, state_words="Waits for the next meeting"),)),)
    at_meeting, by = minutes.approved_at, name_shown(minutes.approved_by)
    rows = [Fact("Approved", f"{day_words(minutes.approved_on)}, at meeting {at_meeting.number}")]  # type: ignore[union-attr,arg-type]
    rows.append(Fact("Corrections", plain(minutes.corrections) or "None"))
    signed = Signature(f"Approved, {role}", by, minutes.approved_on, State.DONE, "Approved")
    return (Facts(tuple(rows)), SignOff((signed,)))


def minutes_paper(meeting: Meeting) -> Paper | None:
    """Give the minutes as they stand, or None before they are drafted. Approved ones read the same for ever."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        return None
    minutes.meeting = meeting
    texts = list(meeting.minute_texts.present())
    sections = minutes_sections(meeting)
    sections.append(Section("Approval", _approval(minutes)))
    made_at = max([minutes.changed_at, *(text.changed_at for text in texts)])
    status = "" if minutes.state == MinutesState.APPROVED else DRAFT
    facts = facts_of(meeting, attendance.quorum_of(meeting))
    return make_paper("Minutes", meeting, tuple(sections), made_at=made_at, status=status, facts=facts)


def minutes_sections(meeting: Meeting) -> list[Section]:
    """Give what the minutes of a meeting say, and what it asked for."""
    texts = meeting.minute_texts.present()
    sections = [Section(text.heading, (Text(text.words or "Nothing was recorded."),), numbered=True) for text in texts]
    owed = _owed(meeting)
    return [*sections, Section("Actions arising", (owed,))] if owed else sections


def _owed(meeting: Meeting) -> Table | None:
    """Give what the meeting asked for, as it asked: what became of it is told elsewhere."""
    rows = [
        (f"{each.number}. {each.words}", each.owner_role, short_day_words(each.due_on))
        for each in meeting.arising.present().order_by("number")
    ]
    columns = (Column("Action", weight=6), Column("Owner", weight=3), Column("By", "r", 2))
    return Table("What was asked, of whom, by when", columns, tuple(rows)) if rows else None
