"""A plain form that looks like a record's form."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from upstream_web.records.forms import LONG_TEXT_ROWS, STYLES


class StyledForm(forms.Form):
    """A form of a step that is no record of its own; `hints` stand under the labels."""

    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            css = next(css for widget, css in STYLES if isinstance(field.widget, widget))
            if css:
                field.widget.attrs.setdefault("class", css)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = LONG_TEXT_ROWS
            if isinstance(field, forms.DateField):
                attributes = {"type": "date", "class": "input input--date"}
                field.widget = forms.DateInput(attrs=attributes, format="%Y-%m-%d")


def text(label: str, *, required: bool = True, most: int = 5000) -> forms.CharField:
    """Give a field of several lines."""
    return forms.CharField(label=label, required=required, max_length=most, widget=forms.Textarea)


def line(label: str, *, required: bool = True, most: int = 200) -> forms.CharField:
    """Give a field of one line."""
    return forms.CharField(label=label, required=required, max_length=most)
