"""Signing in and changing one's password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

NO_LONGER = "This person can no longer sign in. Ask the data steward of the partnership."
NO_MATCH = "That name and password do not match. Check both; capital letters count in the password."


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
        labels = {
            "old_password": "Your password now",
            "new_password1": "New password",
            "new_password2": "New password again",
        }
        for name, label in labels.items():
            field: forms.Field = self.fields[name]
            field.label = label
            field.help_text = ""
            field.widget.attrs |= {"class": "input"}
            field.error_messages["required"] = f"Give {label[0].lower()}{label[1:]}"
