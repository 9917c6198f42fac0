"""Everything that members read before a meeting, as one paper: agenda, papers, last minutes, actions arising, risks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from upstream.papers import Block, Column, Decision, Fact, Facts, Paper, Section, State, Table, Text, plain
from upstream.papers.blocks import Cell
from upstream_web.core.words import short_day_words
from upstream_web.governance import appetite, attendance, papers, queries
from upstream_web.governance.models import AgendaItem, Meeting, MeetingAction, Minutes, MinutesState, Risk
from upstream_web.records.models import Attachment, Record
from upstream_web.records.register import find_register

FACTS_TOLD = 8


def pack_paper(meeting: Meeting) -> Paper:
    """Give the pack of a meeting; from the same records it is the same, byte for byte."""
    items = [item for item in meeting.items.present() if not item.is_dropped]
    earlier, owed = _minutes_before(meeting), list(queries.open_meeting_actions(board=meeting.board))
    risks = list(queries.open_risks().filter(board=meeting.board))
    files = list(Attachment.objects.on(meeting).filter(withdrawn_at=None, newer=None))
    about = [_record_of(item) for item in items]
    sections = [
        papers.order_of_business(meeting, items),
        *_items(items, about, files),
        *_last_minutes(earlier),
        _arising(owed, meeting.held_on),
        _risks(risks),
    ]
    changed = [meeting, *items, *owed, *risks, *(each for each in about if each), *([earlier] if earlier else [])]
    return papers.make_paper(
        "Papers", meeting, tuple(sections), made_at=_last(changed, files), contents=True,
        status="" if meeting.called_on else papers.DRAFT,
        facts=papers.facts_of(meeting, attendance.quorum_of(meeting)),
    )  # fmt: skip


def _last(records: Sequence[Record], files: Sequence[Attachment]) -> datetime:
    return max([*(each.changed_at for each in records), *(each.attached_at for each in files)])


# ---- the papers of each item ---------------------------------------------------------------------------------
def _record_of(item: AgendaItem) -> Record | None:
    """Give the record that an item is about, as far as all who read papers may read it."""
    register = find_register(item.about_kind)
    found: Record | None = register.records().filter(pk=item.about_key).first() if register else None
    return None if found is None or found.is_restricted() else found


def _items(
    items: Sequence[AgendaItem], about: Sequence[Record | None], files: Sequence[Attachment]
) -> Iterator[Section]:
    parts = []
    for number, (item, record) in enumerate(zip(items, about, strict=True), start=1):
        told = papers.item_section(number, item)
        facts = _facts_about(record) if record else ()
        if item.brief or facts:
            parts.append(Section(told.heading, (*told.blocks, *facts)))
    if files:
        rows = tuple((each.title, each.get_sort_display(), each.file_name) for each in files)
        columns = (Column("File", weight=5), Column("What it is", weight=3), Column("Name", weight=4))
        parts.append(Section("Files sent beside this pack", (Table("Files of the meeting", columns, rows),)))
    if parts:
        yield Section("Papers", (), sections=tuple(parts))


def _facts_about(record: Record) -> tuple[Block, ...]:
    register = find_register(record.kind)
    if register is None:
        return ()
    rows = [Fact(label, plain(_words(value))) for label, value in register.facts(record) if value not in (None, "")]
    now = register.now(record)
    told = (Fact("How it stands", plain(now)),) if now else ()
    return (Facts((*told, *rows[:FACTS_TOLD]), title=f"{register.noun.capitalize()}: {record}"),)


def _words(value: Any) -> str:
    return short_day_words(value) if hasattr(value, "isoformat") and not hasattr(value, "hour") else str(value)


# ---- what stands from earlier ---------------------------------------------------------------------------------
def _minutes_before(meeting: Meeting) -> Minutes | None:
    earlier = Minutes.objects.filter(
        meeting__board=meeting.board_id, meeting__held_on__lt=meeting.held_on, meeting__removed_at=None,
        state__in=(MinutesState.SENT, MinutesState.APPROVED),
    )  # fmt: skip
    return earlier.select_related("meeting__board").order_by("-meeting__held_on").first()


def _last_minutes(minutes: Minutes | None) -> Iterator[Section]:
    if minutes is None:
        return
    said = papers.minutes_sections(minutes.meeting)
    day = short_day_words(minutes.meeting.held_on)
    state = minutes.get_state_display().lower()
    opening = Text(f"Meeting {minutes.meeting.number} of {day}; the minutes are {state}.")
    yield Section("Minutes of the last meeting", (opening,), sections=tuple(said))


def _arising(owed: Sequence[MeetingAction], held_on: date) -> Section:
    """Give the actions that are still open; late are those of which the day has passed when the meeting is held."""
    heading = "Actions still open"
    if not owed:
        return Section(heading, (Text("None is open."),))
    rows = tuple(
        (
            f"{each.number}. {each.words}",
            Cell(each.owner_role, note=str(each.body or "")),
            Cell(short_day_words(each.due_on), state=State.LATE if each.due_on < held_on else None),
        )
        for each in owed
    )
    columns = (Column("Action", weight=6), Column("Owner", weight=4), Column("By", weight=2))
    return Section(heading, (Table("Actions of earlier meetings, the first due first", columns, rows),))


def _risks(risks: Sequence[Risk]) -> Section:
    if not risks:
        return Section("Risks", (Text("The board watches no open risk."),))
    columns = (
        Column("Risk or issue", weight=6), Column("Now", "r", 1), Column("To reach", "r", 1.2),
        Column("Appetite", weight=2), Column("Next look", "r", 2),
    )  # fmt: skip
    outside = [
        plain(f"Accept or treat “{risk}”. {appetite.reason(risk)}") for risk in risks if appetite.is_outside(risk)
    ]
    table = Table("Open risks and issues of the board, the gravest first", columns, tuple(map(_risk, risks)))
    return Section("Risks", (*((Decision(tuple(outside), papers.ASKED),) if outside else ()), table))


def _risk(risk: Risk) -> tuple[Any, ...]:
    outside = appetite.is_outside(risk)
    said = Cell("Outside" if outside else "Within", state=State.LATE if outside else State.DONE)
    kind = f"{risk.get_sort_display()}; {risk.owner_role}"
    return Cell(str(risk), note=kind), risk.score, risk.score_target, said, short_day_words(risk.review_due_on)
