"""What the yearly review lays before people: what changed in the evidence, what was done, what to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from upstream.assessments.versions import list_versions
from upstream.measures import MeasureDefinition, Summary
from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import month_words
from upstream_web.core.workbench import get_partnership, kept_for_build
from upstream_web.measures.queries import definitions, find_summary
from upstream_web.strategy import queries
from upstream_web.strategy.models import (
    Action,
    Commitment,
    CommitmentEvidence,
    Priority,
    ReviewDecision,
    Strategy,
    StrategyReview,
    Verdict,
)

STEPS = (
    ("evidence", "What changed in the evidence"),
    ("worked", "What worked"),
    ("commitments", "What to change"),
    ("publish", "Publish"),
)
HEADLINE_TAG = "headline"
MOST_MONTHS = 6


@dataclass(frozen=True)
class ChangedMeasure:
    """A measure with what its chart says now, and the months since the strategy in which it gave a signal."""

    definition: MeasureDefinition
    label: str
    sentence: str
    months: tuple[str, ...]
    behind: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether a month since then lay beyond what chance alone would give."""
        return bool(self.months)


@dataclass(frozen=True)
class NewestAssessment:
    """The newest needs assessment and the sentences of its summary."""

    title: str
    address: str
    made_on: date
    is_newer: bool
    findings: tuple[str, ...]


def changed_measures(strategy: Strategy, since: date) -> list[ChangedMeasure]:
    """Look at the headline measures and those behind commitments: which gave a signal in a month after `since`."""
    behind: dict[str, list[str]] = {}
    evidence = CommitmentEvidence.objects.present().filter(
        commitment__priority__strategy=strategy, commitment__removed_at__isnull=True
    )
    for each in evidence.exclude(measure="").select_related("commitment__priority"):
        behind.setdefault(each.measure, []).append(each.commitment.code)
    wanted = [each for each in definitions().values() if each.name in behind or HEADLINE_TAG in each.tags]
    found = [_changed(each, since, tuple(behind.get(each.name, ()))) for each in wanted]
    return sorted(filter(None, found), key=lambda each: (not each.changed, not each.behind))


def _changed(definition: MeasureDefinition, since: date, behind: tuple[str, ...]) -> ChangedMeasure | None:
    summary = find_summary(definition.name)
    if summary is None:
        return None
    months = kept_for_build("signals since", lambda: _signals_since(summary, since), definition.name, since)
    return ChangedMeasure(definition, summary.said.label, summary.said.text, months, behind)


def _signals_since(summary: Summary, since: date) -> tuple[str, ...]:
    series = summary.per_day or summary.per_30_days
    if series is None:
        return ()
    months = series.frame["period_start"].to_list()
    flagged = [
        month for month, signal in zip(months, series.limits.signals, strict=True) if signal.rules and month > since
    ]
    return tuple(month_words(month) for month in flagged[-MOST_MONTHS:])


def newest_assessment(since: date) -> NewestAssessment | None:
    """Give the newest needs assessment with what its summary says, or None before the first."""
    version = next(iter(list_versions(get_partnership())), None)
    if version is None:
        return None
    document = version.document()
    return NewestAssessment(
        title=version.title,
        address=reverse("assessment", args=[version.id]),
        made_on=version.made_at.date(),
        is_newer=version.made_at.date() > since,
        findings=tuple(sentence.text for sentence in document.summary),
    )


def done_since(strategy: Strategy, since: date) -> list[Action]:
    """Give the actions that were done since a day, those with something to learn from first."""
    found = queries.actions().filter(commitment__priority__strategy=strategy, done_on__gte=since)
    return sorted(found.order_by("done_on"), key=lambda action: not action.outcome_seen)


@dataclass(frozen=True)
class Row:
    """A commitment with its progress and what was decided on it so far: to keep it, until something else is.

    The new words begin from those it has.
    """

    told: queries.CommitmentProgress
    verdict: str
    words: str
    reason: str

    @property
    def commitment(self) -> Commitment:
        """The commitment."""
        return self.told.commitment


@dataclass(frozen=True)
class Table:
    """A priority with its commitments to decide on, those that the review adds, and one that is being written."""

    priority: Priority
    rows: list[Row]
    added: list[ReviewDecision]
    adding: str = ""
    adding_because: str = ""


def decision_tables(review: StrategyReview) -> list[Table]:
    """Lay out every commitment of the strategy under review with what was decided."""
    decisions = list(review.decisions.present())
    by_commitment = {each.commitment_id: each for each in decisions if each.commitment_id}
    return [
        Table(
            priority,
            [_row(each, by_commitment.get(each.commitment.pk)) for each in told],
            [each for each in decisions if each.verdict == Verdict.ADD and each.priority_id == priority.pk],
        )
        for priority, told in queries.commitments_of(review.strategy).items()
    ]


def _row(told: queries.CommitmentProgress, decision: ReviewDecision | None) -> Row:
    if decision is None:
        return Row(told, Verdict.KEEP, told.commitment.words, "")
    return Row(told, decision.verdict, decision.words or told.commitment.words, decision.reason)


def as_typed(table: Table, given: Mapping[str, str]) -> Table:
    """Give a table with what a form says in the place of what was kept, so that a refusal loses nothing."""

    def typed(row: Row) -> Row:
        key = row.commitment.pk
        said = {name: given.get(f"{name}-{key}", getattr(row, name)) for name in ("verdict", "words", "reason")}
        return replace(row, **said)

    key = table.priority.pk
    adding, because = given.get(f"add-{key}", ""), given.get(f"add-reason-{key}", "")
    return replace(table, rows=[typed(row) for row in table.rows], adding=adding, adding_because=because)


def counted(review: StrategyReview) -> dict[str, int]:
    """Count what a review decides, by verdict."""
    decisions = list(review.decisions.present())
    return {verdict.value: sum(each.verdict == verdict for each in decisions) for verdict in Verdict}


def since_of(review: StrategyReview) -> date:
    """Give the day since which the review looks: the last review, or the publication of its strategy."""
    before = StrategyReview.objects.present().filter(strategy=review.strategy, stands=True, finished_on__isnull=False)
    last = before.exclude(pk=review.pk).filter(finished_on__lt=review.started_on).order_by("-finished_on").first()
    if last is not None and last.finished_on is not None:
        return last.finished_on
    return review.strategy.published_on or review.strategy.period_from


def steps_of(review: StrategyReview, here: str = "") -> list[dict[str, str]]:
    """Give the steps with how far each is, for the track of the review."""
    decided = any(counted(review).values())
    done = {
        "evidence": bool(review.evidence_words),
        "worked": bool(review.worked_words),
        "commitments": decided or bool(review.new_version_id),
        "publish": review.finished_on is not None,
    }
    return [
        {
            "key": key,
            "title": title,
            "address": reverse("strategy-review-step", args=[review.pk, key]),
            "css": "is-now" if key == here else "" if done[key] else "is-next",
            "words": "done" if done[key] else "to do",
        }
        for key, title in STEPS
    ]


def page_context(review: StrategyReview, person: Any) -> dict[str, Any]:
    """Give what the page of a review shows."""
    return {
        "today": timezone.localdate(),
        "steps": steps_of(review),
        "counts": counted(review),
        "decisions": list(
            review.decisions.present().exclude(verdict=Verdict.KEEP).select_related("priority", "commitment")
        ),
        "may_work": may(person, Permission.STRATEGY_CHANGE) and not review.finished_on,
    }
