"""The clocks of the duty, one by one, for lists, reminders and rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from upstream_web.core.clocks import rule, turns
from upstream_web.duty import clocks, queries
from upstream_web.duty.models import DutyDate, DutyPaper
from upstream_web.records.register import Timed


def of_consultations(person: Any, since: date) -> Iterator[Timed]:
    """Give for each question the reply that is wanted."""
    for each in queries.consultations(person).filter(asked_on__gte=since):
        yield Timed(each, clocks.of_reply(each), f"Reply of {each.asked}: {each.about}")


def of_papers(person: Any) -> Iterator[Timed]:
    """Give for the needs assessment and the strategy the time from one look to the next, from the beginning."""
    kept: dict[str, dict[date, DutyDate]] = defaultdict(dict)
    for each in DutyDate.objects.present():
        kept[each.paper][each.done_on] = each
    for paper, dated in kept.items():
        for clock in turns(rule(paper), list(dated)):
            yield Timed(dated[clock.started_on], clock, f"{DutyPaper(paper).label}: yearly review")
