"""What is done to an agenda: filling it from what is due, adding, dropping, ordering."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from upstream_web.core.operations import operation, tell, under_way
from upstream_web.governance import agenda, policies
from upstream_web.governance.agenda import Group, Proposal
from upstream_web.governance.models import AgendaItem, CameFrom, Meeting
from upstream_web.governance.policies import MoveRefused
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


@dataclass(frozen=True)
class Filled:
    """What was put on an agenda, and what was left because the meeting has no time for it."""

    made: list[AgendaItem]
    left: list[AgendaItem]


@operation("agenda made from what is due")
def fill(*, meeting: Meeting, offered: Sequence[Proposal], by: Any, at: datetime) -> Filled:
    """Put on the agenda what the sources propose, the most urgent first, as far as the time of the meeting goes.

    Standing and escalated things are items of their own, what is late or due is one item for each source. Raises
    `MoveRefused` where the time allows none of them.
    """
    policies.check_agenda_open(meeting)
    alone, groups = agenda.grouped(offered)
    items = [_of_proposal(meeting, each) for each in alone] + [_of_group(meeting, group) for group in groups]
    spent = agenda.budget(items_of(meeting), meeting.minutes_allowed)
    fitting = agenda.fitting(items, spent.allowed - spent.taken)
    if items and not fitting:
        raise MoveRefused(
            f"Nothing that is proposed fits. {spent.words}", do="Shorten or drop something, or add single things."
        )
    made = [_append(item, by=by, at=at) for item in fitting]
    tell(meeting, items=len(made), left=len(items) - len(made))
    return Filled(made, [item for item in items if item not in made])


@operation("items taken off an agenda again")
def unfill(*, meeting: Meeting, keys: Collection[int], by: Any, at: datetime) -> list[AgendaItem]:
    """Take back what a rule put on the agenda, so that it is proposed again; what was changed since stays.

    Raises `MoveRefused` where all of it was changed.
    """
    policies.check_agenda_open(meeting)
    untouched = meeting.items.present().filter(pk__in=keys, version=1).exclude(came_from=CameFrom.HAND)
    taken = list(untouched)
    if not taken:
        raise MoveRefused("These items were changed or taken back since.", do="Drop those that are not wanted.")
    for item in taken:
        item.removed_at = at
        keeping.keep(item, by=by, at=at)
    tell(meeting, items=len(taken))
    return taken


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
