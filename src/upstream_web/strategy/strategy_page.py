"""What the pages of a strategy and of a commitment show: the strategy as it reads, with how it is getting on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.measures.queries import definitions
from upstream_web.records.papers import papers_of
from upstream_web.strategy import queries
from upstream_web.strategy.forms import CommitmentStateForm
from upstream_web.strategy.models import (
    Commitment,
    CommitmentEvidence,
    EvidenceSource,
    Priority,
    Strategy,
    StrategyReview,
)


@dataclass(frozen=True)
class ReadPriority:
    """A priority with its commitments, as a reader goes through them."""

    priority: Priority
    commitments: list[queries.CommitmentProgress]

    @property
    def done(self) -> int:
        """How many of its actions are done."""
        return sum(told.done_count for told in self.commitments)

    @property
    def total(self) -> int:
        """How many actions it has."""
        return sum(len(told.actions) for told in self.commitments)


def read_priorities(strategy: Strategy) -> list[ReadPriority]:
    """Give the priorities in order."""
    return [ReadPriority(priority, told) for priority, told in queries.commitments_of(strategy).items()]


def page_context(strategy: Strategy, person: Any) -> dict[str, Any]:
    """Give everything that the page of a strategy shows."""
    today = timezone.localdate()
    sections = list(strategy.sections.present())
    may_change = may(person, Permission.STRATEGY_CHANGE, about=strategy)
    may_publish = may(person, Permission.STRATEGY_PUBLISH, about=strategy)
    review = StrategyReview.objects.present().filter(strategy=strategy, finished_on__isnull=True).first()
    return {
        "today": today,
        "before": [section for section in sections if not section.after_priorities],
        "after": [section for section in sections if section.after_priorities],
        "priorities": read_priorities(strategy),
        "sources": EvidenceSource.choices,
        "clock": queries.review_clock(strategy, today),
        "review": review,
        "successor": Strategy.objects.present().filter(replaces=strategy).first(),
        "may_write": may_change and strategy.is_draft,
        "may_review": may_change and strategy.state == "published",
        "may_sign_off": may_publish and strategy.is_draft,
        "may_publish": may_publish and strategy.state == "published",
        "published": papers_of(strategy),
        "counts": queries.plan_counts(queries.actions().filter(commitment__priority__strategy=strategy), today),
    }


def commitment_context(commitment: Commitment, person: Any) -> dict[str, Any]:
    """Give everything that the page of a commitment shows."""
    evidence = list(CommitmentEvidence.objects.present().filter(commitment=commitment))
    strategy = commitment.priority.strategy
    may_change = may(person, Permission.STRATEGY_CHANGE, about=commitment)
    known = definitions()
    initial = {"state": commitment.state, "reason": commitment.state_reason}
    return {
        "today": timezone.localdate(),
        "evidence": [(each, known.get(each.measure)) for each in evidence],
        "sources": list(dict.fromkeys(each.source for each in evidence)),
        "actions": list(queries.actions().filter(commitment=commitment).order_by("due_on")),
        "became": commitment.became.filter(removed_at__isnull=True).first(),
        "may_write": may_change and strategy.is_draft,
        "may_evidence": may_change and not commitment.removed_at,
        "state_form": CommitmentStateForm(initial=initial) if may_change and strategy.state == "published" else None,
        "may_plan": may(person, Permission.ACTION_CHANGE),
    }
