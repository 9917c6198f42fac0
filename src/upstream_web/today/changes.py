"""What happened since a moment: files, builds and assessments, from the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import NoReverseMatch, reverse

from upstream_web.access.models import User
from upstream_web.audit.actions import Action
from upstream_web.audit.models import Event
from upstream_web.audit.queries import events_since

SHOWN = (Action.FILE_LOADED, Action.FILE_REFUSED, Action.BUILD_MADE, Action.ASSESSMENT_MADE)
SPANS = {"7": timedelta(days=7), "30": timedelta(days=30)}
FIRST_VISIT = timedelta(days=30)


@dataclass(frozen=True)
class Since:
    """From when on changes are shown, and the words for it."""

    key: str
    moment: datetime
    is_first_visit: bool


@dataclass(frozen=True)
class Change:
    """One thing that happened."""

    title: str
    address: str
    about: str
    at: datetime


def since_when(user: User, asked: str, now: datetime) -> Since:
    """Choose the moment: the visit before this one, or as many days ago as asked."""
    if asked in SPANS:
        return Since(asked, now - SPANS[asked], False)
    before = user.visit_before_at
    return Since("visit", before or now - FIRST_VISIT, before is None)


def _address(event: Event) -> str:
    receipt = event.detail.get("receipt")
    try:
        if event.kind == "feed" and receipt:
            return reverse("receipt", args=[event.about, receipt])
        return reverse(event.kind, args=[event.about])
    except NoReverseMatch:
        return ""


def _change(event: Event) -> Change:
    titles = {
        Action.FILE_LOADED: f"{event.detail.get('file', 'A file')} was loaded",
        Action.FILE_REFUSED: f"{event.detail.get('file', 'A file')} was refused",
        Action.BUILD_MADE: f"Build {event.about} was made",
        Action.ASSESSMENT_MADE: f"Needs assessment {event.about} was written",
    }
    taken, refused = event.detail.get("rows_taken"), event.detail.get("rows_refused")
    about = f"{taken:,} rows taken, {refused:,} refused. " if taken is not None and refused is not None else ""
    return Change(titles[Action(event.action)], _address(event), f"{about}By {event.actor}", event.at)


def changes_since(moment: datetime) -> list[Change]:
    """Give what happened after `moment`, newest first."""
    return [_change(event) for event in events_since(moment, SHOWN, most=8)]
