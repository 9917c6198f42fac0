"""The actions of the delivery plan that answer a recommendation, as links of the chain say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from upstream_web.core.words import short_day_words
from upstream_web.inspections.models import Recommendation
from upstream_web.records.columns import Tag
from upstream_web.records.models import Link, Record
from upstream_web.records.register import find_register

ACTION, ANSWERS = "action", "answers"


@dataclass(frozen=True)
class LinkedAction:
    """An action as its own register shows it: who leads it, until when, and how it stands."""

    title: str
    address: str
    owner: str
    due_on: Any
    tag: Tag | None
    is_done: bool


def has_actions(recommendation: Recommendation) -> bool:
    """Whether any action is linked as its answer, open to the asker or not."""
    return _links(recommendation).exists()


def linked_actions(recommendation: Recommendation, person: Any) -> list[LinkedAction]:
    """Give the actions that answer it, as far as the person may see them, soonest first."""
    register = find_register(ACTION)
    if register is None:
        return []
    keys = list(_links(recommendation).values_list("from_key", flat=True))
    found = register.visible_to(person).filter(pk__in=keys, removed_at__isnull=True).order_by("due_on", "pk")
    return [_shown(action) for action in found]


def _links(recommendation: Recommendation) -> Any:
    ends = {"to_kind": recommendation.kind, "to_key": recommendation.pk}
    return Link.objects.present().filter(relation=ANSWERS, from_kind=ACTION, **ends)


def _shown(action: Record) -> LinkedAction:
    """Show an action by what every action of the plan says of itself; this app does not know the plan's tables."""
    known: Any = action
    done_on = getattr(known, "done_on", None)
    tag = Tag("done", short_day_words(done_on)) if done_on else Tag("", known.get_state_display())
    return LinkedAction(
        str(action), action.get_absolute_url(), getattr(known, "lead_role", ""), known.due_on, tag, bool(done_on)
    )
