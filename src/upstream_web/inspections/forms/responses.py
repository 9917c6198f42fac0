"""Forms of a response: an answer to one recommendation, publication, copies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from upstream_web.inspections.codes import Stance
from upstream_web.inspections.forms.fields import line
from upstream_web.inspections.models import Answer, Dispatch
from upstream_web.records.forms import RecordForm, StyledForm


class AnswerForm(RecordForm):
    """What one office says to one recommendation."""

    hints = {  # noqa: RUF012  (as in RecordForm: overridden, never changed)
        "words": "What is done already, and what is proposed by when.",
        "reason_for_none": "The law asks for it where no action is taken or proposed.",
    }

    class Meta:
        """What people write."""

        model = Answer
        fields = ("stance", "words", "reason_for_none")

    def clean(self) -> dict[str, Any]:
        """An answer says an action, or why there is none; a refusal gives its reason."""
        said = super().clean()
        if not (said.get("words") or "").strip() and not (said.get("reason_for_none") or "").strip():
            self.add_error("words", "Say what is done or proposed, or below why nothing is.")
        if said.get("stance") == Stance.NOT_ACCEPTED and not (said.get("reason_for_none") or "").strip():
            self.add_error("reason_for_none", "Say why it is not accepted.")
        return said


class PublishForm(StyledForm):
    """Publication, or a correction of what is published."""

    hints: Mapping[str, str] = {"reason": "Readers see it beside the new version; the old one stays."}
    reason = line("What is corrected", required=False, most=500)
    checked = forms.BooleanField(label="I have read the document below as it will be published")

    def __init__(self, *args: Any, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_correction
        if not is_correction:
            self.fields["reason"].widget = forms.HiddenInput()


class DispatchForm(StyledForm):
    """A copy sent."""

    hints = {  # noqa: RUF012  (as in RecordForm: overridden, never changed)
        "proof": "Reference of the message, or the name of the receipt that is attached to the response.",
    }
    recipient = forms.ChoiceField(choices=Dispatch.Recipient.choices, label="Sent to")
    sent_on = forms.DateField(label="Sent on")
    proof = line("Proof", most=300)
