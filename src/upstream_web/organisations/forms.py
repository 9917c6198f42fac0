"""Forms of organisations, people and what these are given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.access.roles import ROLE_BY_KEY, ROLES, Role
from upstream_web.organisations.models import Organisation, OrganisationType
from upstream_web.organisations.models.organisation import RELEVANT, SPECIFIED
from upstream_web.organisations.queries import organisation_choices
from upstream_web.records.forms import RecordForm

FITTING = {OrganisationType.SPECIFIED: SPECIFIED, OrganisationType.RELEVANT: RELEVANT}


class OrganisationForm(RecordForm):
    """What is kept about an organisation."""

    website = forms.URLField(label="Web site", required=False, assume_scheme="https", max_length=200)
    groups = (
        ("Contact", ("contact_name", "contact_email", "contact_phone", "website")),
        ("Public registers", ("charity_number", "company_number")),
    )
    hints = {  # noqa: RUF012
        "short_name": "For narrow columns, such as “County Council”.",
        "charity_number": "By it others find grants to this organisation in the published list of awards.",
        "authority": "Only for those with the duty, or with the duty to co-operate.",
    }

    class Meta:
        """Everything but the key, which is made from the name once."""

        model = Organisation
        fields = (
            "name",
            "short_name",
            "type",
            "authority",
            "is_active",
            "contact_name",
            "contact_email",
            "contact_phone",
            "website",
            "charity_number",
            "company_number",
            "notes",
        )

    def clean(self) -> dict[str, Any]:
        """Hold the kind of authority to what the organisation is."""
        cleaned = super().clean()
        authority, allowed = cleaned.get("authority", ""), FITTING.get(cleaned.get("type", ""), [])
        if allowed and authority not in allowed:
            self.add_error("authority", "Choose the kind of authority that it is")
        if not allowed and authority:
            self.add_error("authority", "Leave this empty: only authorities have a kind")
        return cleaned


WHOLE_PARTNERSHIP = ("", "The partnership as a whole")
REASON_LENGTH = 300


def _day(label: str, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "input input--date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _line(label: str, most: int, *, required: bool = True) -> forms.CharField:
    said = {"required": f"Give {label[0].lower()}{label[1:]}"}
    widget = forms.TextInput(attrs={"class": "input"})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget, error_messages=said)


def _choice(label: str, *, required: bool = True) -> forms.ChoiceField:
    said = {"required": f"Choose {label[0].lower()}{label[1:]}"}
    return forms.ChoiceField(
        label=label, required=required, widget=forms.Select(attrs={"class": "select"}), error_messages=said
    )


class PersonForm(forms.Form):
    """How a person is called and where they are written to."""

    name = _line("Name", 200)
    email = forms.EmailField(label="E-mail address", required=False, widget=forms.EmailInput(attrs={"class": "input"}))

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """Refuse the address of somebody else: addresses say who somebody is."""
        email = self.cleaned_data["email"]
        others = User.objects.exclude(pk=self.user.pk) if self.user else User.objects.all()
        if email and others.filter(email__iexact=email).exists():
            raise forms.ValidationError("Somebody else has this address")
        return email


class GrantForm(forms.Form):
    """A role for a person, in an organisation, from one day to another."""

    role = _choice("Role")
    body = _choice("Organisation", required=False)
    starts_on = _day("First day", required=True)
    ends_on = _day("Last day")
    reason = _line("Why they need it", REASON_LENGTH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self)

    def clean(self) -> dict[str, Any]:
        """Ask for the organisation where the role belongs to one, and for days in their order."""
        cleaned = super().clean() or self.cleaned_data
        role = ROLE_BY_KEY.get(cleaned.get("role", ""))
        if role is not None and role.works_in_one_body and not cleaned.get("body"):
            self.add_error("body", f"Choose the organisation: {role.title} is a role in one")
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Give a day after the first one")
        return cleaned

    @property
    def chosen_role(self) -> type[Role]:
        """The role as a class."""
        return ROLE_BY_KEY[self.cleaned_data["role"]]


def _offer(form: forms.Form) -> None:
    """Put today's roles and organisations into a form."""
    role, body = form.fields["role"], form.fields["body"]
    assert isinstance(role, forms.ChoiceField)
    assert isinstance(body, forms.ChoiceField)
    role.choices = [("", "Choose"), *((each.key, each.title) for each in ROLES)]
    body.choices = [WHOLE_PARTNERSHIP, *organisation_choices()]
    form.fields["starts_on"].initial = timezone.localdate


class NewPersonForm(PersonForm, GrantForm):
    """A person who shall sign in, and their first role."""

    username = _line("Sign-in name", 254)
    without_password = forms.BooleanField(label="They sign in with their organisation only", required=False)
    field_order = ("username", "name", "email", "role", "body", "starts_on", "ends_on", "reason", "without_password")

    def clean_username(self) -> str:
        """Refuse a name that somebody has, whatever its case."""
        username = self.cleaned_data["username"].strip()
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("Somebody has this sign-in name")
        return username


class EndForm(forms.Form):
    """Why something that a person was given ends."""

    reason = _line("Why it ends", REASON_LENGTH)


class LastDayForm(forms.Form):
    """Another last day for a grant, or none."""

    ends_on = _day("Last day")


class PeriodForm(forms.Form):
    """Two days, both of which belong to the period."""

    first = _day("From", required=True)
    last = _day("To", required=True)

    def clean(self) -> dict[str, Any]:
        """Hold the days to their order."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", "Give a day after the first one")
        return cleaned
