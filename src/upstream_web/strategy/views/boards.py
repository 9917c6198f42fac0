"""The plan as a board of states, and through time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.views.lists import query_of, read_asked
from upstream_web.strategy import queries, timeline
from upstream_web.strategy.action_page import moves
from upstream_web.strategy.action_register import rag_tag, reason_today
from upstream_web.strategy.models import Action, ActionState, Milestone
from upstream_web.strategy.register import ACTIONS

CARDS_SHOWN = 20
ZOOMS = (("quarter", "Quarter"), ("year", "Year"), ("whole", "Whole strategy"))
GROUPED = (("priority", "By priority"), ("lead", "By lead body"))


def _frame(request: SignedInRequest, view: str) -> tuple[dict[str, Any], QuerySet[Action]]:
    """Give what a view of the plan shows around itself, and the actions that are asked for."""
    asked = read_asked(ACTIONS, request.GET)
    found = ACTIONS.asked(request.user, asked)
    counts = queries.plan_counts(found, timezone.localdate())
    context = {
        "area": ACTIONS.area,
        "section": ACTIONS.section,
        "register": ACTIONS,
        "asked": asked,
        "filters": [(each, asked.chosen.get(each.name, "")) for each in ACTIONS.filters],
        "query": query_of(asked),
        "view": view,
        "today": timezone.localdate(),
        "counts": counts,
        "lede": counts.sentence,
    }
    return context, found


def _cards(person: Any, found: QuerySet[Action], state: ActionState) -> list[dict[str, Any]]:
    """Give the first cards of a column: the most pressing, and of what is done the newest."""
    order = ("-done_on", "-pk") if state == ActionState.DONE else ("standing__rank", "due_on", "pk")
    return [
        {"action": action, "tag": rag_tag(action), "reason": reason_today(action), "moves": moves(person, action)}
        for action in found.order_by(*order)[:CARDS_SHOWN]
    ]


@requires(Permission.PLAN_VIEW)
@require_safe
def action_board(request: SignedInRequest) -> HttpResponse:
    """Show actions in columns by their state; each is moved by a form, with or without a mouse."""
    context, found = _frame(request, "board")
    context["columns"] = [
        {
            "state": state,
            "label": state.label,
            "cards": _cards(request.user, found.filter(state=state), state),
            "count": getattr(context["counts"], state.value),
        }
        for state in ActionState
    ]
    return render(request, "strategy/action_board.html", context)


def _first(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


@requires(Permission.PLAN_VIEW)
@require_safe
def action_timeline(request: SignedInRequest) -> HttpResponse:
    """Show actions as bars through time, by priority or by lead body."""
    context, found = _frame(request, "timeline")
    today = timezone.localdate()
    span = timeline.span_of(
        request.GET.get("zoom", "year"), _first(request.GET.get("from", "")), today, queries.get_current_strategy()
    )
    by = "lead" if request.GET.get("by") == "lead" else "priority"
    order = ("lead_body__name",) if by == "lead" else ("commitment__priority__number", "commitment__priority_id")
    here = found.filter(starts_on__lt=span.end, due_on__gte=span.first).order_by(*order, "starts_on", "due_on", "pk")
    steps = Prefetch("milestones", Milestone.objects.present())
    # Hundreds of actions share few commitments and bodies: those are read and made once, not once for each action.
    lean = here.select_related(None).select_related("standing")
    shown = list(lean.prefetch_related("commitment__priority", "lead_body", steps)[: timeline.MOST_ROWS + 1])
    query = context["query"]
    context |= {
        "span": span,
        "by": by,
        "grid": timeline.grid(span, today),
        "axis": timeline.axis(span),
        "groups": timeline.groups(shown[: timeline.MOST_ROWS], by, span),
        "too_many": len(shown) > timeline.MOST_ROWS,
        "most": timeline.MOST_ROWS,
        "zooms": ZOOMS,
        "grouped": GROUPED,
        "keep": f"{query}&" if query else "",
        "earlier": span.moved(-1).isoformat() if span.zoom != "whole" else "",
        "later": span.moved(1).isoformat() if span.zoom != "whole" else "",
    }
    return render(request, "strategy/action_timeline.html", context)
