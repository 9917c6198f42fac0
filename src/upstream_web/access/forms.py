"""Signing in, second factors, passwords, and the gate to closed records."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ReauthenticateForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from upstream_web.access.models import EmergencyReason

NO_LONGER = "This person can no longer sign in. Ask an administrator of the partnership."
NO_MATCH = "That name and password do not match. Check both; capital letters count in the password."


def dress(form: forms.BaseForm, labels: dict[str, str]) -> None:
    """Give the fields of a form their labels, the look of the design and errors that say what to do."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)
        if not isinstance(field.widget, forms.CheckboxInput):
            field.widget.attrs |= {"class": "input"}
        field.error_messages["required"] = f"Give {label[0].lower()}{label[1:]}"


class SignInForm(AuthenticationForm):
    """A name and a password."""

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.error_messages = {"invalid_login": NO_MATCH, "inactive": NO_LONGER}
        self.fields["username"].widget.attrs |= {"class": "input", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["username"].error_messages["required"] = "Give your sign-in name"
        self.fields["password"].widget.attrs |= {"class": "input govuk-password-input__input"}
        self.fields["password"].error_messages["required"] = "Give your password"


class OwnPasswordForm(PasswordChangeForm):
    """The password now, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(
            self,
            {
                "old_password": "Your password now",
                "new_password1": "New password",
                "new_password2": "New password again",
            },
        )


class AddressForm(ResetPasswordForm):
    """The address to which a link to a new password is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"email": "Your e-mail address"})


class NewPasswordForm(ResetPasswordKeyForm):
    """A new password, twice, for somebody who followed a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"password1": "New password", "password2": "New password again"})


class CodeForm(AuthenticateForm):
    """A code from an app, or one of the recovery codes, while signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"code": "Code"})


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"password": "Your password"})


class CodeAgainForm(ReauthenticateByCodeForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"code": "Code"})


class AppForm(ActivateTOTPForm):
    """The first code of an app, which shows that it has taken the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"code": "Code that the app shows"})


class PasskeyForm(AddWebAuthnForm):
    """A new passkey and what its owner calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True
        self.initial["name"] = ""
        dress(self, {"name": "What you call it"})


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"name": "What you call it"})


class EmergencyForm(forms.Form):
    """Why a closed record must be opened at once."""

    reason = forms.ChoiceField(
        choices=EmergencyReason.choices, widget=forms.RadioSelect, error_messages={"required": "Say which reason it is"}
    )
    words = forms.CharField(
        label="What has happened",
        min_length=15,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "textarea", "rows": 3}),
        error_messages={
            "required": "Say in a sentence what has happened",
            "min_length": "Say a little more: a reviewer must be able to understand it",
        },
    )
    sealed = forms.CharField(widget=forms.HiddenInput)


class ReviewForm(forms.Form):
    """Whether an emergency was one."""

    justified = forms.ChoiceField(
        choices=(("yes", "The emergency access was justified"), ("no", "It was not justified")),
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was justified"},
    )
    words = forms.CharField(
        label="What you found, and what follows from it",
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "textarea", "rows": 4}),
        error_messages={"required": "Say what you found"},
    )
