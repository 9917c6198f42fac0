"""Parts: records that stand on the page of another and have no list of their own, such as milestones and evidence.

A part is made beneath its parent, and who may write it is asked about that parent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from django.shortcuts import get_object_or_404

from upstream_web.access.authorisation import check_may
from upstream_web.access.permissions import Permission
from upstream_web.records.forms import RecordForm
from upstream_web.records.models import Record
from upstream_web.records.operations import keeping
from upstream_web.records.register import Register
from upstream_web.strategy import forms, policies
from upstream_web.strategy.models import (
    ActionBody,
    ActionDependency,
    Commitment,
    CommitmentEvidence,
    Milestone,
    Priority,
    StrategySection,
)
from upstream_web.strategy.operations import milestones
from upstream_web.strategy.register import ACTIONS, COMMITMENTS, PRIORITIES, STRATEGIES

AnyPart = TypeVar("AnyPart", bound=Record)


@dataclass(frozen=True)
class Part(Generic[AnyPart]):
    """One kind of part: its model and form, where it hangs, and what it takes to write it."""

    model: type[AnyPart]
    noun: str
    form: type[RecordForm]
    parents: Register[Any]
    parent_field: str
    change: Permission

    @property
    def kind(self) -> str:
        """The kind of its records, which names their addresses."""
        return self.model.kind

    def parent_of(self, record: AnyPart) -> Any:
        """Give the record that a part hangs on."""
        return getattr(record, self.parent_field)

    def get_parent(self, person: Any, key: int) -> Any:
        """Give a parent that the person may see and write parts of; raises Http404 or `PermissionDenied`."""
        parent = self.parents.get(person, key)
        check_may(person, self.change, about=parent)
        self.check_open(parent)
        return parent

    def get(self, person: Any, key: int) -> AnyPart:
        """Give a part by way of its parent: whoever may not see the parent does not see the part."""
        record: Any = get_object_or_404(self.model.objects.present(), pk=key)
        parent = self.get_parent(person, self.parent_of(record).pk)
        setattr(record, self.parent_field, parent)
        return cast(AnyPart, record)

    def check_open(self, parent: Any) -> None:
        """Raise what the state of the parent forbids."""

    def new(self, parent: Any) -> AnyPart:
        """Give an empty part of a parent."""
        return self.model(**{self.parent_field: parent})

    def make(self, record: AnyPart, *, by: Any, at: datetime) -> Any:
        """Write a new part."""
        return keeping.make(record=record, by=by, at=at)

    def change_record(self, record: AnyPart, fields: list[str], *, by: Any, at: datetime) -> Any:
        """Write a changed part."""
        return keeping.change(record=record, fields=fields, by=by, at=at)

    def remove(self, record: AnyPart, *, by: Any, at: datetime) -> Any:
        """Take a part out of sight."""
        return keeping.remove(record=record, reason="taken away", by=by, at=at)


class OfDraft(Part[AnyPart]):
    """A part that may be written only while its strategy is a draft."""

    def check_open(self, parent: Any) -> None:
        """Raise `StrategyClosed` for a published strategy."""
        policies.check_open_to_words(parent.strategy if isinstance(parent, Priority) else parent)


class Milestones(Part[Milestone]):
    """Milestones change where their action stands."""

    def make(self, record: Milestone, *, by: Any, at: datetime) -> Any:
        """Write a new milestone."""
        return milestones.make(milestone=record, by=by, at=at)

    def change_record(self, record: Milestone, fields: list[str], *, by: Any, at: datetime) -> Any:
        """Write a changed milestone."""
        return milestones.change(milestone=record, fields=fields, by=by, at=at)

    def remove(self, record: Milestone, *, by: Any, at: datetime) -> Any:
        """Take a milestone away."""
        return milestones.remove(milestone=record, reason="taken away", by=by, at=at)


class Needs(Part[ActionDependency]):
    """Dependencies are checked for circles, and change where an action stands."""

    def make(self, record: ActionDependency, *, by: Any, at: datetime) -> Any:
        """Add a dependency."""
        return milestones.need(action=record.action, needs=record.needs, why=record.why, by=by, at=at)

    def remove(self, record: ActionDependency, *, by: Any, at: datetime) -> Any:
        """Take a dependency away."""
        return milestones.need_no_more(dependency=record, by=by, at=at)


WRITE, PLAN = Permission.STRATEGY_CHANGE, Permission.ACTION_CHANGE
SECTIONS = OfDraft(StrategySection, "section", forms.SectionForm, STRATEGIES, "strategy", WRITE)
PRIORITY_PARTS = OfDraft(Priority, "priority", forms.PriorityForm, STRATEGIES, "strategy", WRITE)
COMMITMENT_PARTS = OfDraft(Commitment, "commitment", forms.CommitmentForm, PRIORITIES, "priority", WRITE)
EVIDENCE = Part(CommitmentEvidence, "evidence", forms.EvidenceForm, COMMITMENTS, "commitment", WRITE)
MILESTONES = Milestones(Milestone, "milestone", forms.MilestoneForm, ACTIONS, "action", Permission.ACTION_REPORT)
BODIES = Part(ActionBody, "contributing body", forms.ActionBodyForm, ACTIONS, "action", PLAN)
NEEDS = Needs(ActionDependency, "dependency", forms.NeedForm, ACTIONS, "action", PLAN)
PARTS: tuple[Part[Any], ...] = (SECTIONS, PRIORITY_PARTS, COMMITMENT_PARTS, EVIDENCE, MILESTONES, BODIES, NEEDS)
