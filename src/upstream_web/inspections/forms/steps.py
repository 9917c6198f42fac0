"""The form of each step of the closure ladder; each knows the operation that takes the step."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms

from upstream_web.access.models import User
from upstream_web.inspections.chain import has_actions
from upstream_web.inspections.forms.fields import line, text
from upstream_web.inspections.levels import levels
from upstream_web.inspections.models import MonitoringNote, Recheck, Recommendation
from upstream_web.inspections.operations import ladder
from upstream_web.organisations.models import Organisation
from upstream_web.records.forms import SharedForm, StyledForm


class StepForm(StyledForm):
    """What a step needs to be told. The last field of all is the day, which is today unless somebody says otherwise."""

    advice: ClassVar[str] = ""

    def __init__(self, *args: Any, recommendation: Recommendation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recommendation = recommendation
        for name in ("on", "held_on"):
            if name in self.fields:
                self.fields[name].initial = today

    @abstractmethod
    def take(self, *, by: Any, at: datetime) -> Any:
        """Take the step with what the form holds."""


class PlenaryForm(StepForm):
    """The session with all concerned."""

    advice = "Who was there, what was agreed, and who takes it on. The position statement follows."
    attended = text("Who attended")
    outcome = text("What came of it")
    on = forms.DateField(label="Held on")

    def take(self, *, by: Any, at: datetime) -> Any:
        """Record it."""
        said = self.cleaned_data
        return ladder.hold_plenary(
            recommendation=self.recommendation, held_on=said["on"], attended=said["attended"],
            outcome=said["outcome"], by=by, at=at,
        )  # fmt: skip


class PositionForm(StepForm):
    """Where we stand."""

    advice = "Say where we stand today against each thing that is asked, and what is still to do."
    standing = text("Where we stand")
    work_needed = text("What is still to do")
    on = forms.DateField(label="Stated on")

    def take(self, *, by: Any, at: datetime) -> Any:
        """Record it."""
        said = self.cleaned_data
        return ladder.state_position(
            recommendation=self.recommendation, stated_on=said["on"], standing=said["standing"],
            work_needed=said["work_needed"], by=by, at=at,
        )  # fmt: skip


class OwnerForm(SharedForm, StepForm):
    """Who answers for it."""

    hints: Mapping[str, str] = {
        "owner": "The person who signs in and reports; leave it open where the role has no account.",
        "owner_role": "Outlasts the person: “Head of criminal justice”.",
        "sponsor": "The chief officer who removes what stands in the way.",
        "body": "Leads of this body may report and add evidence.",
    }
    owner_role = line("Owner's role")
    owner = forms.ModelChoiceField(User.objects.none(), required=False, label="Owner")
    sponsor = line("Senior sponsor")
    body = forms.ModelChoiceField(User.objects.none(), label="Owning body")
    on = forms.DateField(label="Named on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["owner"]
        people.queryset = User.objects.filter(is_active=True).order_by("name")
        people.label_from_instance = lambda person: person.name
        body: Any = self.fields["body"]
        body.queryset = Organisation.objects.active()
        for name in ("owner", "owner_role", "sponsor", "body"):
            self.fields[name].initial = getattr(self.recommendation, name)

    def take(self, *, by: Any, at: datetime) -> Any:
        """Name them."""
        said = self.cleaned_data
        return ladder.name_owner(
            recommendation=self.recommendation, on=said["on"], owner=said["owner"], owner_role=said["owner_role"],
            sponsor=said["sponsor"], body=said["body"], by=by, at=at,
        )  # fmt: skip


class PlanForm(StepForm):
    """The plan approved."""

    hints: Mapping[str, str] = {
        "plan": "May stay empty where actions of the delivery plan are linked as its answer.",
    }
    who = line("Approved by")
    plan = text("The plan in short", required=False)
    on = forms.DateField(label="Approved on")

    def take(self, *, by: Any, at: datetime) -> Any:
        """Approve it."""
        said = self.cleaned_data
        return ladder.approve_plan(
            recommendation=self.recommendation, on=said["on"], who=said["who"], plan=said["plan"],
            has_actions=has_actions(self.recommendation), by=by, at=at,
        )  # fmt: skip


class ReviewForm(StepForm):
    """A two-monthly review."""

    hints: Mapping[str, str] = {"slip_reason": "Asked for when the plan slipped or is stuck."}
    group = line("By which group")
    pace = forms.ChoiceField(choices=MonitoringNote.Pace.choices, label="How the plan goes")
    words = text("What was found")
    slip_reason = text("Why it slipped", required=False)
    on = forms.DateField(label="Reviewed on")

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, recommendation=recommendation, **kwargs)
        last = recommendation.monitoringnotes.present().first()  # the same group reviews it every two months
        if last is not None:
            self.fields["group"].initial = last.group

    def clean(self) -> dict[str, Any]:
        """Ask why, where it slipped."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("pace") not in (None, MonitoringNote.Pace.ON_TIME) and not said.get("slip_reason"):
            self.add_error("slip_reason", "Say why it slipped.")
        return said

    def take(self, *, by: Any, at: datetime) -> Any:
        """Record it."""
        said = self.cleaned_data
        return ladder.review(
            recommendation=self.recommendation, reviewed_on=said["on"], group=said["group"], pace=said["pace"],
            words=said["words"], slip_reason=said["slip_reason"], by=by, at=at,
        )  # fmt: skip


class AuditForm(StepForm):
    """The audit committee is satisfied."""

    satisfied: ClassVar[bool] = True
    committee = line("Committee")
    words = text("What it says")
    on = forms.DateField(label="Given on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].initial = "Audit committee"

    def take(self, *, by: Any, at: datetime) -> Any:
        """Record it."""
        said = self.cleaned_data
        return ladder.record_audit_view(
            recommendation=self.recommendation, given_on=said["on"], committee=said["committee"],
            satisfied=self.satisfied, words=said["words"], by=by, at=at,
        )  # fmt: skip


class DoubtsForm(AuditForm):
    """The audit committee is not satisfied."""

    satisfied = False


class RequestForm(StepForm):
    """Closure requested."""

    level = forms.ChoiceField(label="Level asked for")
    who = line("In whose name")
    words = text("On what ground")
    on = forms.DateField(label="Requested on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["level"]
        choice.choices = [(each.code, f"{each.title}: {each.meaning}") for each in levels()]

    def take(self, *, by: Any, at: datetime) -> Any:
        """Ask for it."""
        said = self.cleaned_data
        return ladder.request_closure(
            recommendation=self.recommendation, requested_on=said["on"], level=said["level"], who=said["who"],
            words=said["words"], by=by, at=at,
        )  # fmt: skip


class LevelForm(StepForm):
    """A level given."""

    level = forms.ChoiceField(label="Level given")
    decided_by = line("Given by")
    words = text("In what words")
    on = forms.DateField(label="Given on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["level"]
        choice.choices = [(each.code, f"{each.title}: {each.meaning}") for each in levels()]

    def take(self, *, by: Any, at: datetime) -> Any:
        """Record it."""
        said = self.cleaned_data
        return ladder.give_level(
            recommendation=self.recommendation, decided_on=said["on"], level=said["level"],
            decided_by=said["decided_by"], words=said["words"], by=by, at=at,
        )  # fmt: skip


class RefusalForm(StepForm):
    """Closure refused."""

    decided_by = line("Refused by")
    words = text("For what reason")
    on = forms.DateField(label="Refused on")

    def take(self, *, by: Any, at: datetime) -> Any:
        """Record it."""
        said = self.cleaned_data
        return ladder.refuse_closure(
            recommendation=self.recommendation, decided_on=said["on"], decided_by=said["decided_by"],
            words=said["words"], by=by, at=at,
        )  # fmt: skip


class CloseForm(StepForm):
    """Closed."""

    advice = "Re-checks after six and twelve months are set by their clocks."
    words = text("What was achieved")
    on = forms.DateField(label="Closed on")

    def take(self, *, by: Any, at: datetime) -> Any:
        """Close it."""
        said = self.cleaned_data
        return ladder.close(recommendation=self.recommendation, on=said["on"], words=said["words"], by=by, at=at)


class RecheckForm(StepForm):
    """A re-check after closure."""

    advice = "If it did not last, the recommendation is reopened with what you write here as the reason."
    recheck = forms.ModelChoiceField(Recheck.objects.none(), label="Which re-check")
    lasted = forms.ChoiceField(choices=Recheck.Lasted.choices, label="Did it last?")
    words = text("What was found")
    on = forms.DateField(label="Checked on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = self.recommendation.rechecks.present().filter(checked_on__isnull=True)
        choice: Any = self.fields["recheck"]
        choice.queryset = open_ones
        choice.initial = open_ones.first()
        choice.label_from_instance = lambda each: f"due by {each.due_on.day} {each.due_on:%B %Y}"

    def take(self, *, by: Any, at: datetime) -> Any:
        """Record it."""
        said = self.cleaned_data
        return ladder.record_recheck(
            recheck=said["recheck"], checked_on=said["on"], lasted=said["lasted"], words=said["words"], by=by, at=at
        )


class ReopenForm(StepForm):
    """Reopened."""

    reason = text("Why is it reopened?")
    on = forms.DateField(label="Reopened on")

    def take(self, *, by: Any, at: datetime) -> Any:
        """Reopen it."""
        said = self.cleaned_data
        return ladder.reopen(recommendation=self.recommendation, on=said["on"], reason=said["reason"], by=by, at=at)


STEP_FORMS: dict[str, type[StepForm]] = {
    "hold-plenary": PlenaryForm,
    "state-position": PositionForm,
    "name-owner": OwnerForm,
    "approve-plan": PlanForm,
    "review": ReviewForm,
    "audit-satisfied": AuditForm,
    "audit-doubts": DoubtsForm,
    "request-closure": RequestForm,
    "give-level": LevelForm,
    "refuse-closure": RefusalForm,
    "close": CloseForm,
    "recheck": RecheckForm,
    "reopen": ReopenForm,
}
