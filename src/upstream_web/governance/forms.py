"""Forms of boards, meetings, risks and escalations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from upstream_web.governance import appetite
from upstream_web.governance.models import (
    AgendaItem,
    Attendance,
    Board,
    Decision,
    Declaration,
    Escalation,
    Meeting,
    MeetingAction,
    Minute,
    Risk,
    RiskReview,
    Seat,
)
from upstream_web.organisations.choosing import ChoosingForm
from upstream_web.records.forms import RecordForm, StyledForm, style
from upstream_web.records.register import get_register

TIME = {"type": "time", "class": "input input--date"}
MANY_LINES = forms.Textarea(attrs={"data-rows": 12})


class GovernanceForm(ChoosingForm):
    """A form of governance; boards are offered while they meet."""

    def offered(self, name: str, model: Any) -> QuerySet[Any]:
        """Leave out boards that no longer meet."""
        found = super().offered(name, model)
        return found.filter(is_active=True) if model is Board else found


class BoardForm(GovernanceForm):
    """A board."""

    class Meta:
        """What people write."""

        model = Board
        fields = (
            "name", "board_kind", "purpose", "terms", "terms_agreed_on", "cycle", "quorum_members", "parent",
            "usual_place", "usual_start", "usual_minutes", "standing_items", "is_active",
        )  # fmt: skip
        widgets = {"terms": MANY_LINES, "usual_start": forms.TimeInput(attrs=TIME, format="%H:%M")}  # noqa: RUF012

    groups = (
        ("Terms of reference", ("terms", "terms_agreed_on")),
        ("Rules", ("cycle", "quorum_members", "parent")),
        ("Usual meeting", ("usual_place", "usual_start", "usual_minutes", "standing_items")),
    )
    hints = {  # noqa: RUF012
        "terms": "Markdown: headings begin with #, points with “- ”. Earlier versions stay in the history.",
        "quorum_members": "Organisations without which there is no quorum are marked on their seats.",
        "standing_items": "One title a line; every agenda begins from them.",
        "parent": "Where concerns go that this board cannot settle.",
    }


class SeatForm(GovernanceForm):
    """A seat on a board."""

    class Meta:
        """What people write."""

        model = Seat
        fields = (
            "board", "body", "role", "person", "deputy_role", "from_on", "until_on", "votes", "is_chair", "is_needed",
        )  # fmt: skip

    hints = {  # noqa: RUF012
        "role": "Outlasts the person: “Assistant chief constable, local policing”.",
        "person": "Only for somebody who signs in here.",
    }


class MeetingForm(GovernanceForm):
    """A meeting. Once it is planned it goes to another day by being moved, with the reason."""

    class Meta:
        """What people write."""

        model = Meeting
        fields = ("board", "held_on", "starts_at", "ends_at", "place", "link")
        widgets = {  # noqa: RUF012
            "starts_at": forms.TimeInput(attrs=TIME, format="%H:%M"),
            "ends_at": forms.TimeInput(attrs=TIME, format="%H:%M"),
        }

    link = forms.URLField(label="Link to join", required=False, assume_scheme="https", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["board"], self.fields["held_on"]


class ItemForm(GovernanceForm):
    """An item of an agenda."""

    class Meta:
        """What the chair writes."""

        model = AgendaItem
        fields = ("title", "asks", "minutes", "presenter", "brief")


class NoteForm(RecordForm):
    """What was said on an item."""

    class Meta:
        """Words only."""

        model = AgendaItem
        fields = ("notes",)


class DecisionForm(GovernanceForm):
    """A decision."""

    class Meta:
        """What was decided."""

        model = Decision
        fields = ("words", "reason", "owner_role", "body", "due_on")


class ArisingForm(GovernanceForm):
    """An action arising."""

    class Meta:
        """Who does what by when."""

        model = MeetingAction
        fields = ("words", "owner_role", "due_on", "body", "owner")


class DeclarationForm(GovernanceForm):
    """An interest declared."""

    class Meta:
        """Who declares what, and how it is dealt with."""

        model = Declaration
        fields = ("who", "what", "item", "handled")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.meeting = meeting
        self.fields["item"].queryset = meeting.items.present().filter(is_dropped=False)  # type: ignore[attr-defined]
        self.fields["item"].required = False


class GuestForm(GovernanceForm):
    """Somebody who is there without a seat."""

    class Meta:
        """Who it is."""

        model = Attendance
        fields = ("who", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].required = True


class MinuteForm(RecordForm):
    """A text of the minutes."""

    class Meta:
        """Words only."""

        model = Minute
        fields = ("words",)


class RiskForm(GovernanceForm):
    """A risk or an issue. How likely and grave it is now is set once here, and by reviews from then on."""

    class Meta:
        """What people write."""

        model = Risk
        fields = (
            "title", "sort", "category", "cause", "event", "effect", "owner_role", "owner_body", "owner", "board",
            "likelihood_before", "impact_before", "likelihood", "impact", "likelihood_target", "impact_target",
            "response", "controls", "planned", "raised_on",
        )  # fmt: skip

    groups = (
        ("What it is", ("cause", "event", "effect")),
        ("Who answers for it", ("owner_role", "owner_body", "owner", "board")),
        ("How likely and how grave", (
            "likelihood_before", "impact_before", "likelihood", "impact", "likelihood_target", "impact_target",
        )),
        ("What we do", ("response", "controls", "planned", "raised_on")),
    )  # fmt: skip
    hints = {  # noqa: RUF012
        "cause": "What is the case now: “Funding is agreed for one year at a time”.",
        "event": "What might come of it: “posts end before others are found”.",
        "effect": "Why that would matter: “children lose a worker whom they trust”.",
        "owner": "Only for somebody who signs in here; they may then change and review it.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.category
        choices = appetite.category_choices()
        if kept and kept not in dict(choices):
            choices = [*choices, (kept, f"{kept} (no longer kept)")]
        self.fields["category"] = forms.ChoiceField(choices=choices)
        style(self.fields["category"])
        if self.instance.pk:
            for name in ("likelihood", "impact", "raised_on"):
                del self.fields[name]
        else:
            self.begin_with(raised_on=timezone.localdate())


class ReviewForm(RecordForm):
    """A review of a risk."""

    class Meta:
        """What it found."""

        model = RiskReview
        fields = ("reviewed_on", "likelihood", "impact", "words")

    def __init__(self, *args: Any, risk: Risk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.risk = risk
        self.begin_with(reviewed_on=timezone.localdate(), likelihood=risk.likelihood, impact=risk.impact)


class EscalationForm(GovernanceForm):
    """An escalation."""

    class Meta:
        """What is handed on, to whom, and what is asked."""

        model = Escalation
        fields = (
            "title", "from_board", "from_body", "to_board", "to_body", "to_name", "reason", "asked", "raised_on",
            "answer_by_on",
        )  # fmt: skip

    # The record that is escalated, as the address of the form names it.
    kind = forms.SlugField(required=False, widget=forms.HiddenInput)
    key = forms.IntegerField(required=False, widget=forms.HiddenInput)

    groups = (
        ("From", ("from_board", "from_body")),
        ("To one of these", ("to_board", "to_body", "to_name")),
        ("What and why", ("reason", "asked", "raised_on", "answer_by_on")),
    )
    hints = {  # noqa: RUF012
        "to_name": "A safeguarding or community safety partnership that has no page here.",
        "asked": "What the receiver should do or decide, so that they can say yes or no.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.begin_with(raised_on=timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """Hold it to one receiver, and to a record that the person may see."""
        cleaned = super().clean()
        if cleaned.get("kind") and cleaned.get("key"):
            record = get_register(cleaned["kind"]).get(self.person, cleaned["key"])
            self.instance.about_kind, self.instance.about_key = record.trail_name()
        receivers = [name for name in ("to_board", "to_body", "to_name") if cleaned.get(name)]
        if len(receivers) != 1 and not {"to_board", "to_body", "to_name"} & self.errors.keys():
            self.add_error("to_board", "Choose one receiver: a board, an organisation, or another body by its name")
        if cleaned.get("to_board") and cleaned.get("to_board") == cleaned.get("from_board"):
            self.add_error("to_board", "Choose another board than the one it comes from")
        return cleaned


class WordsForm(StyledForm):
    """One question, answered in words."""

    words = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"data-rows": 3}))

    def __init__(self, *args: Any, question: str, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = question
        self.fields["words"].required = needed
        self.fields["words"].error_messages["required"] = "Write a sentence"


class MoveForm(StyledForm):
    """Another day for a meeting, and why."""

    held_on = forms.DateField(label="New day", error_messages={"required": "Give the new day"})
    words = forms.CharField(label="Why is it moved?", max_length=500, error_messages={"required": "Say why"})


class ApproveForm(StyledForm):
    """At which meeting minutes were approved, and with which corrections."""

    at_meeting = forms.ModelChoiceField(Meeting.objects.none(), label="Approved at")
    words = forms.CharField(
        label="Corrections, if any", max_length=1000, required=False, widget=forms.Textarea(attrs={"data-rows": 3})
    )

    def __init__(self, *args: Any, later: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["at_meeting"]
        field.queryset, field.initial = later, later.first()  # the next one, as a rule
        if field.initial is None:
            field.help_text = (
                "No later meeting of the board has sat yet. Minutes are approved at one that was called and whose day "
                "has come."
            )
