"""Fields that the forms of inspections share."""

from __future__ import annotations

from django import forms


def text(label: str, *, required: bool = True, most: int = 5000) -> forms.CharField:
    """Give a field of several lines."""
    return forms.CharField(label=label, required=required, max_length=most, widget=forms.Textarea)


def line(label: str, *, required: bool = True, most: int = 200) -> forms.CharField:
    """Give a field of one line."""
    return forms.CharField(label=label, required=required, max_length=most)
