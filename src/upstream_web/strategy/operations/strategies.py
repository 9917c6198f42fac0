"""What is done to strategies as a whole: publishing one, and copying one into its next version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Max
from django.utils import timezone

from upstream.clocks import say_day
from upstream.exceptions import WrongUse
from upstream.papers import Form
from upstream_web.core.operations import operation, tell
from upstream_web.records.models import KeptPaper, Record
from upstream_web.records.operations import keeping
from upstream_web.records.operations.papers import Rendered, keep_paper, render_ahead
from upstream_web.records.papers import papers_of
from upstream_web.strategy import papers
from upstream_web.strategy.models import (
    OPEN_STATES,
    Action,
    Commitment,
    CommitmentEvidence,
    CommitmentState,
    Priority,
    ReviewDecision,
    Strategy,
    StrategyReview,
    StrategySection,
    StrategyState,
    Verdict,
)

AnyRecord = TypeVar("AnyRecord", bound=Record)


FORMS: tuple[Form, ...] = ("html", "pdf", "docx")  # nobody asks for a strategy on slides


class StrategyNotInForce(WrongUse):
    """What is opened to the public is the strategy that counts: neither a draft nor one that was replaced."""


class StrategyIncomplete(WrongUse):
    """A strategy lacks what it must have before it is published."""


@operation("strategy made")
def make(*, strategy: Strategy, by: Any, at: datetime) -> Strategy:
    """Write a new draft; it replaces the strategy in force when it is published."""
    newest = Strategy.objects.aggregate(number=Max("number"))["number"] or 0
    strategy.number = newest + 1
    keeping.keep_new(strategy, by=by, at=at)
    tell(strategy, number=strategy.number)
    return strategy


def check_can_be_published(strategy: Strategy) -> None:
    """Raise `StrategyIncomplete` with everything that is missing."""
    priorities = list(strategy.priorities.present())
    faults = [] if strategy.is_draft else ["it was published already"]
    faults += [] if priorities else ["it has no priority"]
    # A contextual priority runs through the commitments of the others and may have none of its own.
    bare = [each for each in priorities if not each.is_contextual and not each.commitments.present().exists()]
    faults += [f"“{each}” has no commitment" for each in bare]
    faults += [] if strategy.definition else ["it does not name its definition of serious violence"]
    if faults:
        raise StrategyIncomplete(
            f"“{strategy}” cannot be published: {'; '.join(faults)}.",
            expected="A draft whose priorities all have commitments.",
            do="Complete it, then publish.",
        )


@operation("strategy published")
def publish(*, strategy: Strategy, by: Any, at: datetime) -> Strategy:
    """Put a draft in force; what was in force stays readable, and open actions go over to the new commitments."""
    check_can_be_published(strategy)
    on = timezone.localdate(at)
    former = Strategy.objects.filter(state=StrategyState.PUBLISHED).first()
    if former is not None:
        former.state = StrategyState.REPLACED
        keeping.keep(former, by=by, at=at)
        strategy.replaces = former
    strategy.state, strategy.published_on = StrategyState.PUBLISHED, on
    strategy.published_by = by if isinstance(by, str) else by.name
    keeping.keep(strategy, by=by, at=at)
    moved = _carry_actions_over(strategy, by=by, at=at)
    for review in StrategyReview.objects.filter(new_version=strategy, finished_on__isnull=True):
        review.finished_on = on
        keeping.keep(review, by=by, at=at)
    tell(strategy, number=strategy.number, actions_carried_over=moved)
    return strategy


def _rendered(*, strategy: Strategy, at: datetime, **_: Any) -> Rendered:
    return render_ahead(papers.strategy_paper(strategy, on=timezone.localdate(at), made_at=at), FORMS)


@operation("strategy opened to the public", ahead=_rendered)
def open_to_public(*, strategy: Strategy, by: Any, at: datetime) -> KeptPaper:
    """Freeze the strategy in force with its progress in counts as of that day, and let everybody read it.

    The next time the progress is told anew, as the next version beside it. Raises `StrategyNotInForce`.
    """
    if strategy.state != StrategyState.PUBLISHED:
        raise StrategyNotInForce(f"“{strategy}” is not in force.", do="Publish what is in force.")
    on = timezone.localdate(at)
    reason = f"Progress told anew, as it stood on {say_day(on)}" if papers_of(strategy).exists() else ""
    paper = papers.strategy_paper(strategy, on=on, made_at=at)
    return keep_paper(record=strategy, paper=paper, reason=reason, forms=FORMS, public=True, by=by, at=at)


def _carry_actions_over(strategy: Strategy, *, by: Any, at: datetime) -> int:
    """Put open actions under what became of their commitment; those of a dropped one stay where they are."""
    became = {
        commitment.came_from_id: commitment
        for commitment in Commitment.objects.present().filter(priority__strategy=strategy, came_from__isnull=False)
    }
    moved = list(Action.objects.present().filter(commitment__in=list(became), state__in=OPEN_STATES))
    for action in moved:
        action.commitment = became[action.commitment_id]
        keeping.keep(action, by=by, at=at)
    return len(moved)


def _copied(record: AnyRecord, *, by: Any, at: datetime, **changed: Any) -> AnyRecord:
    """Write a copy of a record with some of its values changed."""
    model = type(record)
    values = {field.attname: getattr(record, field.attname) for field in model._meta.concrete_fields}
    for name in ("id", "version", "made_at", "made_by", "changed_at", "changed_by", "removed_at"):
        values.pop(name)
    copy = model(**values)
    for name, value in changed.items():
        setattr(copy, name, value)
    return keeping.keep_new(copy, by=by, at=at)


@operation("next version of the strategy drafted")
def draft_next(*, review: StrategyReview, by: Any, at: datetime) -> Strategy:
    """Copy the strategy under review into a draft of its next version, with what the review decided.

    Kept and changed commitments know which they came from; dropped ones are left out; added ones stand last.
    """
    old = review.strategy
    decided = {each.commitment_id: each for each in review.decisions.present() if each.commitment_id}
    added = [each for each in review.decisions.present() if each.verdict == Verdict.ADD]
    new = _copied(
        old,
        by=by,
        at=at,
        number=(Strategy.objects.aggregate(number=Max("number"))["number"] or 0) + 1,
        state=StrategyState.DRAFT,
        published_on=None,
        published_by="",
        replaces_id=None,
        what_changed=_what_changed(review, list(review.decisions.present())),
    )
    for section in old.sections.present():
        _copied(section, by=by, at=at, strategy=new)
    for priority in old.priorities.present():
        _copy_priority(
            priority, new, decided, [each for each in added if each.priority_id == priority.pk], by=by, at=at
        )
    review.new_version = new
    keeping.keep(review, by=by, at=at)
    tell(new, number=new.number, came_from=old.number)
    return new


def _copy_priority(
    priority: Priority,
    new: Strategy,
    decided: Mapping[int, ReviewDecision],
    added: list[ReviewDecision],
    *,
    by: Any,
    at: datetime,
) -> None:
    here = _copied(priority, by=by, at=at, strategy=new, came_from=priority)
    number = 0
    for commitment in priority.commitments.present():
        decision = decided.get(commitment.pk)
        if decision is not None and decision.verdict == Verdict.DROP:
            continue
        number += 1
        changed = decision is not None and decision.verdict == Verdict.CHANGE
        words = decision.words if decision is not None and changed else commitment.words
        copy = _copied(commitment, by=by, at=at, priority=here, number=number, words=words, came_from=commitment)
        for evidence in commitment.evidence.present():
            _copied(evidence, by=by, at=at, commitment=copy)
    for decision in added:
        number += 1
        made = Commitment(priority=here, number=number, words=decision.words)
        keeping.keep_new(made, by=by, at=at)


def _what_changed(review: StrategyReview, decisions: list[ReviewDecision]) -> str:
    """Say what a review changed, in a sentence, with the review's own words below."""
    counts = {verdict: sum(each.verdict == verdict for each in decisions) for verdict in Verdict}
    told = [
        f"{counts[verdict]} {words}"
        for verdict, words in (
            (Verdict.CHANGE, "changed"),
            (Verdict.DROP, "dropped"),
            (Verdict.ADD, "added"),
        )
        if counts[verdict]
    ]
    first = f"Commitments: {', '.join(told)}." if told else "Every commitment stands as it was."
    return "\n\n".join(filter(None, (first, review.evidence_words, review.worked_words)))


@operation("commitment marked")
def mark(*, commitment: Commitment, state: str, reason: str, by: Any, at: datetime) -> Commitment:
    """Say that a commitment was kept, or dropped, or stands again, and why."""
    commitment.state, commitment.state_reason = CommitmentState(state), reason.strip()
    tell(commitment, state=state, reason=reason)
    return keeping.keep(commitment, by=by, at=at)


@operation("part of the strategy written")
def write(*, part: StrategySection | Priority | Commitment | CommitmentEvidence, by: Any, at: datetime) -> Record:
    """Write a new or a changed part of the strategy."""
    kept = keeping.keep(part, by=by, at=at) if part.pk else keeping.keep_new(part, by=by, at=at)
    tell(kept)
    return kept
