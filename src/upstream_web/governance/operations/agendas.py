"""What is done to an agenda: filling it from what is due, adding, dropping, ordering."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from upstream_web.core.operations import operation, tell, under_way
from upstream_web.governance import agenda, policies
from upstream_web.governance.agenda import Group, Proposal
from upstream_web.governance.models import AgendaItem, Meeting
from upstream_web.records.operations import keeping


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """Give the items of an agenda in their order, for the operation that orders them."""
    under_way()
    return list(meeting.items.present().filter(is_dropped=False))


def _append(item: AgendaItem, *, by: Any, at: datetime) -> AgendaItem:
    last = item.meeting.items.order_by("-place").first()
    item.place = 1 if last is None else last.place + 1
    return keeping.keep_new(item, by=by, at=at)


def _of_proposal(meeting: Meeting, each: Proposal) -> AgendaItem:
    return AgendaItem(
        meeting=meeting, title=each.title[:200], asks=each.asks, minutes=each.minutes, presenter=each.presenter[:160],
        brief=each.words, came_from=each.came_from, source=each.source, about_kind=each.kind, about_key=each.key,
    )  # fmt: skip


def _of_group(meeting: Meeting, group: Group) -> AgendaItem:
    return AgendaItem(
        meeting=meeting, title=group.title[:200], minutes=group.minutes, brief=group.brief, came_from=group.came_from,
        source=group.source,
    )  # fmt: skip


@operation("agenda made from what is due")
def fill(*, meeting: Meeting, offered: Sequence[Proposal], by: Any, at: datetime) -> list[AgendaItem]:
    """Put what the sources propose on the agenda: standing and escalated things as items of their own, what is late or
    due as one item for each source."""
    policies.check_agenda_open(meeting)
    alone, groups = agenda.grouped(offered)
    items = [_of_proposal(meeting, each) for each in alone] + [_of_group(meeting, group) for group in groups]
    made = [_append(item, by=by, at=at) for item in items]
    tell(meeting, items=len(made))
    return made


@operation("item put on an agenda")
def add(*, item: AgendaItem, by: Any, at: datetime) -> AgendaItem:
    """Put an item at the end of an agenda."""
    policies.check_agenda_open(item.meeting)
    tell(item.meeting, item=item.title)
    return _append(item, by=by, at=at)


@operation("proposal put on an agenda")
def take(*, meeting: Meeting, proposal: Proposal, by: Any, at: datetime) -> AgendaItem:
    """Put one thing that a source proposes on the agenda, as an item of its own."""
    return add(item=_of_proposal(meeting, proposal), by=by, at=at)


@operation("item of an agenda changed")
def change(*, item: AgendaItem, by: Any, at: datetime) -> AgendaItem:
    """Write a changed item."""
    policies.check_agenda_open(item.meeting)
    tell(item.meeting, item=item.title)
    return keeping.keep(item, by=by, at=at)


@operation("item dropped from an agenda or put back")
def drop(*, item: AgendaItem, dropped: bool, by: Any, at: datetime) -> AgendaItem:
    """Take an item off the agenda, or put it back; no rule proposes a dropped one again."""
    policies.check_agenda_open(item.meeting)
    item.is_dropped = dropped
    tell(item.meeting, item=item.title, dropped=dropped)
    return keeping.keep(item, by=by, at=at)


@operation("agenda ordered")
def shift(*, item: AgendaItem, up: bool, by: Any, at: datetime) -> None:
    """Move an item one place up or down; the first does not move up, nor the last down."""
    policies.check_agenda_open(item.meeting)
    items = items_of(item.meeting)
    here = items.index(item)
    there = here - 1 if up else here + 1
    tell(item.meeting, item=item.title)
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
        for place, each in enumerate(items, start=1):
            if each.place != place:
                each.place = place
                keeping.keep(each, by=by, at=at)
