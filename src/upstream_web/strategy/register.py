"""The kinds of record of the strategy, and the list of all kinds of this part of the site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.measures.queries import definitions
from upstream_web.records import history
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Dated, Neighbour, Register, enter
from upstream_web.strategy import queries, review_page, strategy_page
from upstream_web.strategy.action_register import Actions, ProgressNotes, priority_choices
from upstream_web.strategy.forms import StrategyForm
from upstream_web.strategy.models import (
    ActionBody,
    ActionDependency,
    ChangeSet,
    Commitment,
    CommitmentEvidence,
    CommitmentState,
    EvidenceSource,
    Milestone,
    Priority,
    Rebaseline,
    ReviewDecision,
    Strategy,
    StrategyReview,
    StrategySection,
    StrategyState,
)
from upstream_web.strategy.operations import strategies

STATE_TAGS = {StrategyState.DRAFT: "open", StrategyState.PUBLISHED: "done", StrategyState.REPLACED: ""}


def _state_tag(strategy: Strategy) -> Tag:
    return Tag(STATE_TAGS[StrategyState(strategy.state)], strategy.get_state_display())


class Strategies(Register[Strategy]):
    """The versions of the strategy."""

    model = Strategy
    noun, plural = "strategy", "strategies"
    publish = Permission.STRATEGY_PUBLISH
    area, section = "act", "strategy"
    see, change = Permission.PLAN_VIEW, Permission.STRATEGY_CHANGE
    form = StrategyForm
    order = ("-number",)
    searched = ("title", "aim")
    page_template = "strategy/strategy.html"
    list_template = "strategy/strategy_list.html"
    can_be_removed = True
    empty = "A strategy has priorities, commitments under each, and the evidence behind every commitment."
    columns = (
        Column("title", "Strategy", value=str, sort=("title",)),
        Column("number", "Version", is_number=True, sort=("number",)),
        Column("state", "State", value=_state_tag, sort=("state",)),
        Column("published_on", "Published", sort=("published_on",)),
        Column("period_from", "From", sort=("period_from",)),
        Column("period_until", "Until", sort=("period_until",)),
    )  # fmt: skip

    def make(self, record: Strategy, *, by: Any, at: datetime) -> Strategy:
        """Write a new draft with its number."""
        return strategies.make(strategy=record, by=by, at=at)

    def can_change(self, record: Strategy) -> str:
        """Say that a published version stays as it is."""
        return (
            "" if record.is_draft else "A published strategy is not changed: a review makes the next version beside it."
        )

    def facts(self, record: Strategy) -> list[tuple[str, Any]]:
        """Say from when to when it runs, which version it is and who signed it off."""
        rows = [
            ("Version", record.number),
            ("State", _state_tag(record)),
            ("Runs from", record.period_from),
            ("until", record.period_until),
            ("Published", record.published_on),
            ("Signed off by", record.published_by),
            ("Replaced", record.replaces),
        ]
        return [(label, value) for label, value in rows if value]

    def context(self, record: Strategy, person: Any) -> dict[str, Any]:
        """Give the strategy as it reads."""
        return strategy_page.page_context(record, person)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the day by which the strategy is reviewed."""
        strategy = queries.get_current_strategy()
        clock = strategy and queries.review_clock(strategy, timezone.localdate())
        if strategy and clock and since <= clock.due_on <= until:
            yield Dated(strategy, clock.due_on, "Yearly review of the strategy due", "soon", clock.words, "review")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the review of the strategy when its day comes near, to those who publish it."""
        if may(person, Permission.STRATEGY_PUBLISH):
            yield from self.dates(person, date.min, on + timedelta(days=90))


class Priorities(Register[Priority]):
    """The priorities, for links and search; they are written on the page of their strategy."""

    model = Priority
    noun, plural = "priority", "priorities"
    area, section = "act", "strategy"
    see = Permission.PLAN_VIEW
    related = ("strategy",)
    order = ("-strategy__number", "number")
    searched = ("title", "meaning")
    page_template = "strategy/priority.html"
    columns = (
        Column("title", "Priority", value=str, sort=("number",)),
        Column("strategy", "Strategy", sort=("strategy__number",)),
    )

    def records(self) -> QuerySet[Any]:
        """Leave out those of removed strategies."""
        return super().records().filter(strategy__removed_at__isnull=True)

    def crumbs(self, record: Priority | None = None) -> list[tuple[str, str]]:
        """Stand beneath the strategy."""
        return _beneath(record.strategy) if record else super().crumbs()

    def facts(self, record: Priority) -> list[tuple[str, Any]]:
        """Say which strategy it belongs to."""
        return (
            [("Strategy", record.strategy), ("Before", record.came_from)]
            if record.came_from
            else [("Strategy", record.strategy)]
        )

    def context(self, record: Priority, person: Any) -> dict[str, Any]:
        """Give its commitments with their actions."""
        found = queries.commitments_of(record.strategy).get(record, [])
        every = [action for told in found for action in told.actions]
        return {"commitments": found, "today": timezone.localdate(), "every": every}

    def neighbours(self, record: Priority) -> Iterable[Neighbour]:
        """Give its commitments."""
        for each in record.commitments.present():
            yield Neighbour(each, "holds", onward=True)


def _beneath(strategy: Strategy) -> list[tuple[str, str]]:
    return [("Strategy", reverse("strategy-list")), (str(strategy), strategy.get_absolute_url())]


class Commitments(Register[Commitment]):
    """The commitments, each with the evidence behind it and the actions that keep it."""

    model = Commitment
    noun, plural = "commitment", "commitments"
    area, section = "act", "strategy"
    see = Permission.PLAN_VIEW
    related = ("priority__strategy", "came_from")
    order = ("-priority__strategy__number", "priority__number", "number")
    searched = ("words",)
    page_template = "strategy/commitment.html"
    columns = (
        Column("words", "Commitment", value=str, sort=("priority__number", "number")),
        Column("priority", "Priority", value="priority.title", sort=("priority__number", "number")),
        Column("strategy", "Version", value="priority.strategy.number", is_number=True),
        Column("state", "State", value="get_state_display", sort=("state",)),
    )
    filters = (
        Filter("priority", "Priority", priority_choices, lookup="priority__number"),
        Filter("source", "Asked for by", EvidenceSource.choices, narrow=lambda records, value: records.filter(
            pk__in=CommitmentEvidence.objects.present().filter(source=value).values("commitment"))),
    )  # fmt: skip

    def records(self) -> QuerySet[Any]:
        """Leave out those of removed strategies."""
        return super().records().filter(priority__strategy__removed_at__isnull=True)

    def crumbs(self, record: Commitment | None = None) -> list[tuple[str, str]]:
        """Stand beneath the priority."""
        if record is None:
            return super().crumbs()
        return [*_beneath(record.priority.strategy), (str(record.priority), record.priority.get_absolute_url())]

    def facts(self, record: Commitment) -> list[tuple[str, Any]]:
        """Say where it belongs and how it stands."""
        rows = [
            ("Strategy", record.priority.strategy),
            ("Priority", record.priority),
            ("State", record.get_state_display()),
            ("Why", record.state_reason),
            ("Before", record.came_from),
        ]
        return [(label, value) for label, value in rows if value]

    def context(self, record: Commitment, person: Any) -> dict[str, Any]:
        """Give its evidence and its actions."""
        return strategy_page.commitment_context(record, person)

    def neighbours(self, record: Commitment) -> Iterable[Neighbour]:
        """Give what led to it, its priority and its actions."""
        for each in record.evidence.present():
            yield Neighbour(each, "comes from", onward=False)
        yield Neighbour(record.priority, "belongs to", onward=False)
        for action in queries.actions().filter(commitment=record):
            yield Neighbour(action, "is served by", onward=True)

    def now(self, record: Commitment) -> str:
        """Say where it no longer stands."""
        return record.get_state_display() if record.state != CommitmentState.OPEN else ""


class Findings(Register[CommitmentEvidence]):
    """What was found or asked for, and led to a commitment: the beginning of the chain."""

    model = CommitmentEvidence
    noun, plural = "finding", "findings"
    area, section = "act", "strategy"
    see = Permission.PLAN_VIEW
    related = ("commitment__priority__strategy",)
    page_template = "strategy/commitment_evidence.html"
    order = ("-commitment__priority__strategy__number", "commitment__priority__number", "commitment__number", "source")
    searched = ("says", "is_from")
    empty = "Findings are added on the page of the commitment that they led to."
    columns = (
        Column("says", "Finding", value="says", sort=("says",)),
        Column("source", "Asked for by", value="get_source_display", sort=("source",)),
        Column("commitment", "Commitment", value="commitment",
               sort=("commitment__priority__number", "commitment__number")),
        Column("is_from", "Where it is from", sort=("is_from",)),
        Column("dated_on", "When", sort=("dated_on",)),
    )  # fmt: skip
    filters = (
        Filter("source", "Asked for by", EvidenceSource.choices),
        Filter("priority", "Priority", priority_choices, lookup="commitment__priority__number"),
    )

    def records(self) -> QuerySet[Any]:
        """Leave out those of removed strategies."""
        return super().records().filter(commitment__priority__strategy__removed_at__isnull=True)

    def crumbs(self, record: CommitmentEvidence | None = None) -> list[tuple[str, str]]:
        """Stand beneath the commitment."""
        if record is None:
            return super().crumbs()
        promise = record.commitment
        return [*_beneath(promise.priority.strategy), (f"Commitment {promise.code}", promise.get_absolute_url())]

    def facts(self, record: CommitmentEvidence) -> list[tuple[str, Any]]:
        """Say who says it, where it can be read and what it led to."""
        rows = [
            ("Asked for by", record.get_source_display()),
            ("Where it is from", record.is_from),
            ("When", record.dated_on),
            ("Led to", record.commitment),
        ]
        return [(label, value) for label, value in rows if value]

    def context(self, record: CommitmentEvidence, person: Any) -> dict[str, Any]:
        """Give the measure that shows it."""
        return {"measure": definitions().get(record.measure)}

    def neighbours(self, record: CommitmentEvidence) -> Iterable[Neighbour]:
        """Give the commitment that it led to, and the priority that this belongs to."""
        yield Neighbour(record.commitment, "led to", onward=True)
        yield Neighbour(record.commitment.priority, "stands behind", onward=True)

    def now(self, record: CommitmentEvidence) -> str:
        """Say who says it, and when."""
        return f"{record.get_source_display()}, {record.dated_on:%B %Y}"


class Reviews(Register[StrategyReview]):
    """The yearly reviews; their steps are pages of their own."""

    model = StrategyReview
    noun, plural = "strategy review", "strategy reviews"
    area, section = "act", "strategy"
    see = Permission.PLAN_VIEW
    related = ("strategy", "new_version")
    order = ("-started_on",)
    searched = ("evidence_words", "worked_words")
    page_template = "strategy/review.html"
    columns = (
        Column("started_on", "Begun", value=str, sort=("started_on",)),
        Column("strategy", "Strategy"),
        Column("finished_on", "Ended", sort=("finished_on",)),
        Column("new_version", "New version"),
    )

    def crumbs(self, record: StrategyReview | None = None) -> list[tuple[str, str]]:
        """Stand beneath the strategy."""
        return _beneath(record.strategy) if record else super().crumbs()

    def facts(self, record: StrategyReview) -> list[tuple[str, Any]]:
        """Say what it looked at and how it ended."""
        rows = [
            ("Strategy", record.strategy),
            ("Begun", record.started_on),
            ("Ended", record.finished_on),
            ("New version", record.new_version),
            ("Result", "The strategy stands unchanged" if record.stands else None),
        ]
        return [(label, value) for label, value in rows if value]

    def context(self, record: StrategyReview, person: Any) -> dict[str, Any]:
        """Give the steps and what was decided."""
        return review_page.page_context(record, person)


ACTIONS = enter(Actions())
STRATEGIES = enter(Strategies())
PRIORITIES = enter(Priorities())
COMMITMENTS = enter(Commitments())
NOTES = enter(ProgressNotes())
FINDINGS = enter(Findings())
REVIEWS = enter(Reviews())

# These have no list of their own; they stand on the page of what they belong to, and keep their history too.
for _part in (
    ActionBody,
    ActionDependency,
    ChangeSet,
    Milestone,
    Rebaseline,
    ReviewDecision,
    StrategySection,
):
    history.follow(_part)
