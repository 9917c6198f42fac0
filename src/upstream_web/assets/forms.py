"""Sending a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from upstream_web.core.words import size_words

CHECK, LOAD = "check", "load"


class FileForm(forms.Form):
    """One file, and whether to load it or only to check it."""

    file = forms.FileField(
        label="File",
        allow_empty_file=True,  # an empty file gets a receipt that says so, like any other
        error_messages={"required": "Choose a file"},
        widget=forms.ClearableFileInput(attrs={"class": "file"}),
    )
    act = forms.ChoiceField(
        choices=[
            (CHECK, "Check it first"),
            (LOAD, "Load it"),
        ],
        initial=CHECK,
        error_messages={"required": "Say whether to check or to load"},
    )
    then_build = forms.BooleanField(required=False, initial=True)

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is larger than the setting allows."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_BYTES:
            raise forms.ValidationError(
                f"This file has {size_words(file.size or 0)}; the most that can be sent here is "
                f"{size_words(settings.UPLOAD_BYTES)}. Load it with the command: upstream load."
            )
        return file


class CheckedFileForm(forms.Form):
    """A file that was checked and is now to be loaded."""

    upload = forms.UUIDField()
    name = forms.CharField(max_length=200)

    def clean(self) -> dict[str, Any]:
        """Give the key of the upload as text."""
        cleaned = super().clean() or {}
        if "upload" in cleaned:
            cleaned["upload"] = cleaned["upload"].hex
        return cleaned
