"""Forms of the strategy and the delivery plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms

from upstream_web.access.models import User
from upstream_web.measures.queries import definitions
from upstream_web.organisations.models import Organisation
from upstream_web.records.forms import RecordForm, StyledForm, style
from upstream_web.strategy import queries
from upstream_web.strategy.models import (
    Action,
    ActionBody,
    ActionDependency,
    ActionState,
    Commitment,
    CommitmentEvidence,
    CommitmentState,
    Confidence,
    Milestone,
    Priority,
    Strategy,
    StrategySection,
)

PENCE = 2


def current_commitments() -> Any:
    """Give the commitments that an action may serve: those of the strategy in force, or of a draft before the first."""
    strategy = queries.get_current_strategy() or Strategy.objects.present().first()
    return Commitment.objects.present().filter(priority__strategy=strategy).select_related("priority")


def _offer(form: forms.BaseForm, name: str, records: Any, label: Callable[[Any], str] | None = None) -> None:
    """Offer these records in a field of a form, with words of their own where they are given."""
    field = cast(forms.ModelChoiceField, form.fields[name])
    field.queryset = records
    if label is not None:
        field.label_from_instance = label  # type: ignore[method-assign, assignment]


def _free(number: int, others: Any) -> int:
    if others.filter(number=number).exists():
        raise forms.ValidationError(f"Number {number} is taken; the next free one is {others.count() + 1} or later")
    return number


class StrategyForm(RecordForm):
    """The frame of a strategy."""

    class Meta:
        """What people write."""

        model = Strategy
        fields = ("title", "period_from", "period_until", "aim", "definition", "definition_words", "what_changed")

    hints = {  # noqa: RUF012
        "aim": "One sentence that everybody can repeat.",
        "definition": "The name under which it is used everywhere, such as “National serious violence strategy, 2018”.",
        "definition_words": "Offences and circumstances that it takes in, and what it leaves out.",
    }


class SectionForm(RecordForm):
    """A text of the strategy."""

    class Meta:
        """What people write."""

        model = StrategySection
        fields = ("heading", "text", "place", "after_priorities")
        widgets = {"text": forms.Textarea(attrs={"data-rows": 14})}  # noqa: RUF012

    hints = {"text": "An empty line begins a paragraph; a line that begins with “- ” is a point of a list."}  # noqa: RUF012


class PriorityForm(RecordForm):
    """A priority."""

    class Meta:
        """What people write."""

        model = Priority
        fields = ("number", "title", "meaning", "is_contextual")

    def clean_number(self) -> int:
        """Hold that a number is given once in a strategy."""
        number: int = self.cleaned_data["number"]
        return _free(number, self.instance.strategy.priorities.present().exclude(pk=self.instance.pk))


class CommitmentForm(RecordForm):
    """A commitment."""

    class Meta:
        """What people write."""

        model = Commitment
        fields = ("number", "words")

    hints = {"words": "One sentence that begins with what we will do."}  # noqa: RUF012

    def clean_number(self) -> int:
        """Hold that a number is given once under a priority."""
        number: int = self.cleaned_data["number"]
        return _free(number, self.instance.priority.commitments.present().exclude(pk=self.instance.pk))


class EvidenceForm(RecordForm):
    """Evidence behind a commitment."""

    class Meta:
        """What people write."""

        model = CommitmentEvidence
        fields = ("source", "says", "is_from", "dated_on", "measure")

    hints = {  # noqa: RUF012
        "says": "In our own words, short.",
        "is_from": "A title that somebody else can find, such as “Consultation with parents and carers”.",
        "measure": "Where one of our measures shows it, its number stands beside the words.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted((each.title, name) for name, each in definitions().items())
        choices = [("", "None"), *((name, title) for title, name in known)]
        kept = self.instance.measure
        if kept and kept not in definitions():
            choices.append((kept, f"{kept} (no longer defined)"))
        label = self.fields["measure"].label
        self.fields["measure"] = forms.ChoiceField(choices=choices, required=False, label=label)
        style(self.fields["measure"])


class ActionForm(RecordForm):
    """An action. The day it is due is chosen when it is made; after that it is moved by re-baselining."""

    class Meta:
        """What people write."""

        model = Action
        fields = (
            "title", "what", "commitment", "lead_body", "lead_role", "lead", "starts_on",
            "cost_planned", "cost_spent", "output_expected", "outcome_expected", "outcome_seen",
        )  # fmt: skip

    due_on = forms.DateField(label="Due")

    hints = {  # noqa: RUF012
        "title": "What will be there when it is done, in a few words.",
        "lead": "Only for somebody who signs in here; they may then report on it.",
        "output_expected": "What is delivered: sessions, posts, an agreement.",
        "outcome_expected": "What changes for people because of it.",
        "outcome_seen": "Filled in when it is done. It is read in the yearly review.",
    }
    groups = (
        ("Who leads", ("lead_body", "lead_role", "lead")),
        ("When", ("starts_on", "due_on")),
        (
            "What it costs and brings",
            ("cost_planned", "cost_spent", "output_expected", "outcome_expected", "outcome_seen"),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["due_on"]
        chosen = Commitment.objects.filter(pk=self.instance.commitment_id)
        _offer(self, "commitment", current_commitments() | chosen.select_related("priority"))
        kept_body = Organisation.objects.filter(pk=self.instance.lead_body_id)
        _offer(self, "lead_body", Organisation.objects.active() | kept_body)
        _offer(self, "lead", User.objects.filter(is_active=True).order_by("name"), label=lambda person: person.name)

    def clean(self) -> dict[str, Any]:
        """Hold that it is not due before it starts."""
        cleaned = super().clean()
        starts = cleaned.get("starts_on")
        due = cleaned.get("due_on") or (self.instance.due_on if self.instance.pk else None)
        if starts and due and due < starts:
            self.add_error("starts_on" if self.instance.pk else "due_on", "It would be due before it starts")
        if due and not self.instance.pk:
            self.instance.due_on = due
        return cleaned


class MilestoneForm(RecordForm):
    """A milestone."""

    class Meta:
        """What people write."""

        model = Milestone
        fields = ("title", "due_on", "done_on")

    hints = {"done_on": "Leave it empty until it is reached."}  # noqa: RUF012


class ActionBodyForm(RecordForm):
    """A body that contributes."""

    class Meta:
        """What people write."""

        model = ActionBody
        fields = ("body", "brings")

    hints = {"brings": "Such as “two officers a week” or “the room”."}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        """Hold that a body is named once, and is not the one that leads."""
        cleaned = super().clean()
        body, action = cleaned.get("body"), self.instance.action
        if body is not None and body == action.lead_body:
            self.add_error("body", "This body leads the action")
        elif body is not None and action.bodies.present().filter(body=body).exclude(pk=self.instance.pk).exists():
            self.add_error("body", "This body is named already")
        return cleaned


class NeedForm(RecordForm):
    """A dependency on another action."""

    class Meta:
        """What people write."""

        model = ActionDependency
        fields = ("needs", "why")
        labels = {"needs": "It needs this action first"}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Action.objects.present().exclude(pk=self.instance.action_id).order_by("number")
        _offer(self, "needs", others, label=lambda action: f"{action.number}. {action.title}")


class ReportForm(StyledForm):
    """A progress report, short enough for a phone."""

    done = forms.CharField(label="What was done", widget=forms.Textarea(attrs={"data-rows": 3}), max_length=4000)
    next = forms.CharField(
        label="What comes next", widget=forms.Textarea(attrs={"data-rows": 2}), required=False, max_length=4000
    )
    percent = forms.IntegerField(label="Part done, in %", min_value=0, max_value=100)
    confidence = forms.ChoiceField(label="Will it be done in time?", choices=Confidence.choices)
    spent = forms.DecimalField(
        label="Spent so far, £", required=False, min_value=0, max_digits=12, decimal_places=PENCE
    )
    slip_reason = forms.CharField(label="Why is it late?", required=False, max_length=500)


class PartReportForm(StyledForm):
    """What a contributing body says of its part."""

    done = forms.CharField(
        label="What was done on your part", widget=forms.Textarea(attrs={"data-rows": 3}), max_length=4000
    )
    percent = forms.IntegerField(label="Part done of it, in %", min_value=0, max_value=100)


class RebaselineForm(StyledForm):
    """A new day for an action."""

    due_on = forms.DateField(label="New day")
    reason = forms.CharField(label="Why does it move?", max_length=500)
    agreed_by = forms.CharField(label="Who agreed to it", max_length=200)

    hints = {"agreed_by": "Such as “Delivery group, 3 November 2026”."}  # noqa: RUF012


class BulkForm(StyledForm):
    """What to change on every chosen action; what is left empty stays as it is."""

    lead_body = forms.ModelChoiceField(Organisation.objects.active(), label="Lead body", required=False)
    lead_role = forms.CharField(label="Lead, by role", max_length=120, required=False)
    due_on = forms.DateField(label="Due", required=False)
    move_days = forms.IntegerField(
        label="Or move the day by so many days", required=False, min_value=-3650, max_value=3650
    )
    state = forms.ChoiceField(label="State", choices=[("", "Leave it"), *ActionState.choices], required=False)
    state_words = forms.CharField(label="What blocks it, or why it stops", max_length=500, required=False)
    reason = forms.CharField(label="Why is this changed?", max_length=500)

    def clean(self) -> dict[str, Any]:
        """Hold that something is asked for, and no two things that exclude each other."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in ("lead_body", "lead_role", "due_on", "move_days", "state")):
            raise forms.ValidationError("Choose at least one thing to change.")
        if cleaned.get("due_on") and cleaned.get("move_days"):
            self.add_error("move_days", "Give a day, or a number of days, not both")
        return cleaned


class ImportForm(StyledForm):
    """A spreadsheet of actions."""

    file = forms.FileField(label="File, CSV or Excel", widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}))
    reason = forms.CharField(label="Why do days move, where some do?", max_length=500, required=False)


class CommitmentStateForm(StyledForm):
    """How a commitment stands."""

    state = forms.ChoiceField(label="The commitment is", choices=CommitmentState.choices)
    reason = forms.CharField(label="Why?", max_length=500)
