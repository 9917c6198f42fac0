"""Forms of the duty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from upstream_web.core.money import pounds
from upstream_web.duty import money
from upstream_web.duty.models import (
    IN_THE_ACT,
    Agreement,
    Consultation,
    Contribution,
    DutyBody,
    DutyDate,
    DutyNotice,
    DutyReturn,
    FundingLine,
    FundingYear,
    ViolenceDefinition,
)
from upstream_web.duty.return_forms import AnswerImpossible, Field, ReturnForm
from upstream_web.duty.return_forms import forms as forms_of_returns
from upstream_web.organisations.choosing import ChoosingForm
from upstream_web.organisations.models import Organisation
from upstream_web.records.forms import SharedForm, StyledForm


class DutyForm(ChoosingForm):
    """A form of the duty; its bodies are offered by the names of their organisations."""

    def offered(self, name: str, model: Any) -> QuerySet[Any]:
        """Name bodies without a question for each."""
        found = super().offered(name, model)
        return found.select_related("organisation") if model is DutyBody else found


class BodyForm(DutyForm):
    """A body under the Act."""

    happened = ("agreed_on",)

    class Meta:
        """What people write."""

        model = DutyBody
        fields = ("organisation", "lead_role", "lead", "agreed_on", "is_health_or_care", "notes")

    hints = {  # noqa: RUF012
        "organisation": "Specified authorities, authorities to be consulted and the local policing body.",
        "is_health_or_care": "Section 16 does not let such a body share personal information. Tick it for the "
        "integrated care board, and for councils and teams in so far as they provide social care.",
    }

    def offered(self, name: str, model: Any) -> QuerySet[Any]:
        """Offer the organisations that the Act names."""
        found = super().offered(name, model)
        return found.filter(type__in=IN_THE_ACT) if model is Organisation else found


class ContributionForm(DutyForm):
    """One thing that a body owes."""

    happened = ("given_on",)

    class Meta:
        """What people write."""

        model = Contribution
        fields = ("body", "sort", "title", "amount", "owed_on", "given_on", "note")

    hints = {"amount": "For money; for people and premises where their worth is known."}  # noqa: RUF012


class AgreementForm(DutyForm):
    """One version of an agreement."""

    class Meta:
        """What people write."""

        model = Agreement
        fields = ("title", "sort", "edition", "summary", "from_on", "review_on", "until_on")

    hints = {"edition": "As the paper itself has it: “version 2, January 2026”."}  # noqa: RUF012


class DefinitionForm(DutyForm):
    """One version of the definition of serious violence."""

    class Meta:
        """What people write."""

        model = ViolenceDefinition
        fields = ("title", "kinds", "why", "consulted", "from_on")

    hints = {  # noqa: RUF012
        "title": "Counts name it: “Local definition 2026”.",
        "why": "Section 13 asks to weigh the penalty, the effect on victims, how common it is, and the effect here.",
    }


class DateForm(DutyForm):
    """When a needs assessment or strategy was published or reviewed."""

    happened = ("done_on",)

    address = forms.URLField(label="Where it can be read", required=False, assume_scheme="https")

    class Meta:
        """What people write."""

        model = DutyDate
        fields = ("paper", "title", "done_on", "address")


class NoticeForm(DutyForm):
    """A request, a direction or a disagreement."""

    happened = ("raised_on", "ended_on")

    class Meta:
        """What people write."""

        model = DutyNotice
        fields = ("sort", "title", "from_name", "to_body", "words", "raised_on", "answer_by_on", "ended_on", "outcome")

    def clean(self) -> dict[str, Any]:
        """What ended says how."""
        cleaned = super().clean()
        if bool(cleaned.get("ended_on")) != bool(cleaned.get("outcome")):
            self.add_error("outcome", "Give both the day on which it ended and how, or neither.")
        return cleaned


class ConsultationForm(DutyForm):
    """One question to one body or group."""

    happened = ("asked_on",)

    class Meta:
        """What people write."""

        model = Consultation
        fields = ("asked", "sort", "organisation", "email", "about", "question", "asked_on")

    hints = {"organisation": "Only where it is one that we keep."}  # noqa: RUF012


class FundingYearForm(DutyForm):
    """An award."""

    class Meta:
        """What people write."""

        model = FundingYear
        fields = ("year", "title", "award", "labour", "source", "is_invented")

    hints = {  # noqa: RUF012
        "year": "2026 stands for 2026-27.",
        "labour": "The rest is not for labour. Both are planned evenly over the quarters; change each quarter after.",
    }

    def clean(self) -> dict[str, Any]:
        """Labour is part of the award."""
        cleaned = super().clean()
        award, labour = cleaned.get("award"), cleaned.get("labour")
        if award is not None and labour is not None and not 0 <= labour <= award:
            self.add_error("labour", f"Labour is part of the award: give 0 to {pounds(award)}.")
        return cleaned


class FundingLineForm(DutyForm):
    """One quarter of one kind of cost."""

    class Meta:
        """What people write."""

        model = FundingLine
        fields = ("profile", "actual", "forecast", "reason")

    hints = {  # noqa: RUF012
        "actual": "Leave it empty until it is known; nothing spent is 0.",
        "forecast": "What you expect now, where that is not what was planned. Spending counts before it.",
        "reason": "Needed where it differs by more than 5 in 100.",
    }

    def clean(self) -> dict[str, Any]:
        """A difference is explained."""
        cleaned = super().clean()
        given = FundingLine(**{name: cleaned.get(name) for name in ("profile", "actual", "forecast")})
        if given.profile is not None and money.needs_reason(given) and not cleaned.get("reason"):
            self.add_error("reason", "It differs from the plan by more than 5 in 100. Say why.")
        return cleaned


class SignForm(StyledForm):
    """Who signed, and when."""

    signed_by = forms.CharField(label="Who signed, by role", max_length=160)
    on = forms.DateField(label="Signed", initial=timezone.localdate)


class ReplyForm(SharedForm):
    """A reply, and what came of it."""

    on = forms.DateField(label="Replied", initial=timezone.localdate)
    words = forms.CharField(label="What they said", widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000)


class ChangedForm(SharedForm):
    """What a reply changed."""

    words = forms.CharField(
        label="What we changed because of it", widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000
    )
    hints: Mapping[str, str] = {"words": "Where nothing was changed, say why."}


class InviteForm(StyledForm):
    """The same question to everybody on a list."""

    about = forms.CharField(label="About", max_length=200)
    question = forms.CharField(label="What is asked", widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000)
    on = forms.DateField(label="Sent", initial=timezone.localdate)
    file = forms.FileField(label="List of whom to ask", widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}))
    hints: Mapping[str, str] = {
        "file": "CSV or Excel with a column “Name”, and where known “E-mail” and “What they are”. Where nothing is "
        "said, a line is a school or college. Whoever was asked about this already is left as they are."
    }


def form_choices() -> list[tuple[str, str]]:
    """Give the forms of returns, as key and title."""
    return [(form.key, form.title) for form in forms_of_returns().values()]


class ReturnBeginForm(DutyForm):
    """Which return, for which period."""

    form_key = forms.ChoiceField(label="Which return", choices=form_choices)

    class Meta:
        """What people write."""

        model = DutyReturn
        fields = ("form_key", "year", "quarter")

    hints = {"year": "2026 stands for 2026-27."}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        """The period fits the form."""
        cleaned = super().clean()
        form = forms_of_returns().get(cleaned.get("form_key", ""))
        quarter = cleaned.get("quarter")
        if form is not None and quarter is not None and (form.every == "quarter") != bool(quarter):
            wanted = "one of the four quarters" if form.every == "quarter" else "the whole year"
            self.add_error("quarter", f"This return comes every {form.every}: choose {wanted}.")
        return cleaned


class FillForm(SharedForm):
    """The fields of a return, each by its type."""

    def __init__(self, data: Any, *, made: DutyReturn, form: ReturnForm) -> None:
        super().__init__(data, initial=made.answers)
        self.asked = {field.key: field for field in form.fields}
        self.fields.update({key: _field(field) for key, field in self.asked.items()})
        self.hints = {key: _hint(field, made) for key, field in self.asked.items()}
        self.style()

    def clean(self) -> dict[str, Any]:
        """Read each answer by the type of its field; all faults at once."""
        cleaned = super().clean() or self.cleaned_data
        for key, field in self.asked.items():
            try:
                field.read(cleaned.get(key, ""))
            except AnswerImpossible as fault:
                self.add_error(key, str(fault))
        return cleaned


def _field(field: Field) -> forms.Field:
    if field.type == "yes or no":
        choices = [("", "not answered"), ("yes", "yes"), ("no", "no")]
        return forms.ChoiceField(label=field.label, choices=choices, required=False)
    widget = (
        forms.Textarea(attrs={"rows": 4}) if field.type == "text" else forms.TextInput(attrs={"inputmode": "decimal"})
    )
    return forms.CharField(label=field.label, widget=widget, required=False, max_length=10_000)


def _hint(field: Field, made: DutyReturn) -> str:
    drawn = field.shown(made.drawn.get(field.key, "")) or "not known"
    return f"The records say: {drawn}." if field.query else field.hint


class WordsForm(StyledForm):
    """One answer in words."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=500)

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = question


class SentForm(StyledForm):
    """When a return was sent and what proves it."""

    on = forms.DateField(label="Sent", initial=timezone.localdate)
    proof = forms.CharField(label="What proves it", max_length=300)
    hints: Mapping[str, str] = {"proof": "Such as the number of the receipt or the time of the message."}
