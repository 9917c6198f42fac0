"""What the policies need to know of a recommendation and of a response, read from what is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from upstream_web.inspections.codes import AskedOf, Party, Proves
from upstream_web.inspections.levels import find_level
from upstream_web.inspections.models import (
    Dispatch,
    EvidenceItem,
    MonitoringNote,
    Recommendation,
    ResponseRecord,
)
from upstream_web.inspections.policies import Pace, ResponseStanding, Standing


def evidence_counts(recommendation: Recommendation) -> dict[str, int]:
    """Count the evidence: all, unreviewed, and what was reviewed and supports."""
    return EvidenceItem.objects.present().filter(recommendation=recommendation).aggregate(
        evidence=Count("pk"),
        evidence_unreviewed=Count("pk", filter=Q(reviewed_on__isnull=True)),
        evidence_supporting=Count("pk", filter=Q(reviewed_on__isnull=False, proves=Proves.SUPPORTS)),
    )  # fmt: skip


def audit_satisfied(recommendation: Recommendation) -> bool | None:
    """Say what the committee thought last, since the plan in force was approved; None when it has not looked."""
    planned = recommendation.steps.filter(transition="approve-plan").order_by("-pk").first()
    views = recommendation.auditviews.order_by("-given_on", "-pk")
    view = views.filter(made_at__gte=planned.made_at).first() if planned else views.first()
    return view.satisfied if view else None


def standing_of(recommendation: Recommendation, *, level: str = "", has_plan: bool = False) -> Standing:
    """Read how a recommendation stands; `level` is the one that closure is asked for at."""
    asked = find_level(level)
    return Standing(
        is_ours=recommendation.is_ours,
        has_owner=bool(recommendation.owner_id or recommendation.owner_role),
        has_plan=has_plan,
        audit_satisfied=audit_satisfied(recommendation),
        needs_audit_view=asked.needs_audit_view if asked else False,
        **evidence_counts(recommendation),
    )


def with_pace(recommendations: QuerySet[Any]) -> QuerySet[Any]:
    """Fetch along what the rating follows from, so that a list asks once and not once a row."""
    notes = MonitoringNote.objects.filter(recommendation=OuterRef("pk")).order_by("-reviewed_on", "-pk")
    supporting = (
        EvidenceItem.objects.present()
        .filter(recommendation=OuterRef("pk"), reviewed_on__isnull=False, proves=Proves.SUPPORTS)
        .order_by()
        .values("recommendation")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return recommendations.annotate(last_pace=Subquery(notes.values("pace")[:1]), supporting=Subquery(supporting))


def pace_of(recommendation: Any) -> Pace:
    """Give what the rating of a recommendation, fetched `with_pace`, follows from."""
    return Pace(
        is_open=recommendation.is_open,
        due_on=recommendation.due_on,
        review_due_on=recommendation.review_due_on,
        last_pace=recommendation.last_pace or "",
        has_owner=bool(recommendation.owner_id or recommendation.owner_role),
        evidence_supporting=recommendation.supporting or 0,
    )


def response_standing(response: ResponseRecord) -> ResponseStanding:
    """Read how a response stands."""
    sent = set(response.dispatches.present().values_list("recipient", flat=True))
    parts = {part.party: part.is_agreed for part in response.parts.all()}
    return ResponseStanding(
        chief_agreed=parts.get(Party.CHIEF, False),
        commissioner_agreed=parts.get(Party.COMMISSIONER, False),
        is_published=response.published_on is not None,
        sent_to_secretary=Dispatch.Recipient.SECRETARY_OF_STATE in sent,
        sent_to_inspectorate=Dispatch.Recipient.INSPECTORATE in sent,
        unanswered=len(unanswered(response)),
    )


def unanswered(response: ResponseRecord) -> list[Recommendation]:
    """Give the recommendations asked of us that neither office has answered."""
    asked = (
        Recommendation.objects.present()
        .filter(inspection=response.inspection_id, duplicate_of__isnull=True)
        .exclude(asked_of=AskedOf.OTHERS)
        .prefetch_related("answers__part")
    )
    return [
        each
        for each in asked
        if not any(a.says_something and a.part.response_id == response.pk for a in each.answers.all())
    ]


def answered_on(response: ResponseRecord) -> date | None:
    """Give the day on which the duty was done: published, and sent to both whom the law names; None before that."""
    if response.published_on is None:
        return None
    days = [response.published_on]
    for recipient in Dispatch.BY_LAW:
        sent = response.dispatches.present().filter(recipient=recipient).order_by("sent_on").first()
        if sent is None:
            return None
        days.append(sent.sent_on)
    return max(days)
