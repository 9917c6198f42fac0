"""The reads of inspections that other parts of the site may use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from upstream_web.inspections import clocks
from upstream_web.inspections.codes import AskedOf
from upstream_web.inspections.models import (
    ImportedResponse,
    Inspection,
    Practice,
    Recheck,
    Recommendation,
    ResponseRecord,
)
from upstream_web.inspections.policies import Rating, RecommendationState, rate
from upstream_web.inspections.standing import pace_of, with_pace

S = RecommendationState
IS_OURS = Q(removed_at__isnull=True, duplicate_of__isnull=True) & ~Q(asked_of=AskedOf.OTHERS)
WAITS_FOR_OTHERS = (S.CLOSURE_REQUESTED,)


def open_recommendations() -> QuerySet[Recommendation]:
    """Give what we still have to do something about, soonest deadline first."""
    found: QuerySet[Recommendation] = (
        with_pace(Recommendation.objects.all())
        .filter(IS_OURS)
        .exclude(state=S.CLOSED)
        .select_related("inspection", "owner", "body")
        .order_by("due_on", "pk")
    )
    return found


def rated(recommendations: Iterable[Any], on: date) -> list[tuple[Any, Rating]]:
    """Give each with its rating on a day."""
    return [(each, rate(pace_of(each), on)) for each in recommendations]


def practice_for(theme: str) -> QuerySet[Practice]:
    """Give the current practice of a theme, to be offered beside a recommendation about the same."""
    if not theme:
        return Practice.objects.none()
    return Practice.objects.present().filter(theme=theme, status="current")


def elsewhere(inspection: Inspection) -> QuerySet[ResponseRecord]:
    """Give the responses of other areas to the same report."""
    return inspection.responses.present().filter(is_ours=False).order_by("force")


def ours(inspection: Inspection) -> ResponseRecord | None:
    """Give our own response to a report, or None before it was begun."""
    return inspection.responses.present().filter(is_ours=True).first()


@dataclass(frozen=True)
class Owed:
    """A report whose response is owed: how its clock stands."""

    inspection: Inspection
    stand: Any


def responses_owed(on: date) -> list[Owed]:
    """Give the reports that we have not answered in full, the most urgent first."""
    found = []
    wanted = Inspection.objects.present().filter(needs_response=True, published_on__isnull=False)
    for inspection in wanted.prefetch_related("responses"):
        response = next((each for each in inspection.responses.all() if each.is_ours and not each.removed_at), None)
        done_on = response.answered_on if response else None
        stood = clocks.response_clock(inspection, done_on, on)
        if stood is not None and stood.state.is_open:
            found.append(Owed(inspection, stood))
    return sorted(found, key=lambda each: each.stand.due_on)


def rechecks_due() -> QuerySet[Recheck]:
    """Give the re-checks that were not made yet, soonest first."""
    return (
        Recheck.objects.present()
        .filter(checked_on__isnull=True, recommendation__removed_at__isnull=True)
        .select_related("recommendation")
    )


def waiting_imports() -> QuerySet[ImportedResponse]:
    """Find the imports that were not taken over, each with how many fields it has and how many are confirmed."""
    return (
        ImportedResponse.objects.present()
        .exclude(state=ImportedResponse.State.DONE)
        .annotate(
            field_number=Count("fields"),
            confirmed_number=Count("fields", filter=Q(fields__confirmed_at__isnull=False)),
        )
        .order_by("-made_at")  # counting drops the order of the model
    )
