"""A column that holds several codes of one list, such as the inspectorates behind a joint report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


class CodeListFormField(forms.MultipleChoiceField):
    """Boxes to tick; what comes out is the codes in the list's order, parted by spaces."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        """Take a kept value apart for the boxes."""
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """Join what was ticked."""
        ticked = set(super().clean(value))
        return " ".join(code for code, _ in self.widget.choices if code in ticked)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as lists."""
        return super().has_changed(self.prepare_value(initial), data)


class CodeList(models.CharField):
    """Codes of `choices`, parted by spaces, in one column of text.

    A table of its own would be two joins for a list that is never longer than a handful.
    """

    def validate(self, value: Any, model_instance: Any) -> None:
        """Look at each code by itself."""
        strange = set(str(value).split()) - {code for code, _ in self.flatchoices}
        if strange:
            raise ValidationError(f"Not on the list: {', '.join(sorted(strange))}.")
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def formfield(self, **given: Any) -> Any:
        """Show boxes to tick."""
        return CodeListFormField(
            choices=self.flatchoices,
            required=not self.blank,
            label=str(self.verbose_name).capitalize(),
            help_text=self.help_text,
        )
