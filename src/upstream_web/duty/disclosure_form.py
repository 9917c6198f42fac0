"""The form of a disclosure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from upstream_web.assets import queries as assets
from upstream_web.duty.forms import DutyForm
from upstream_web.duty.gateway import GatewayRefused
from upstream_web.duty.models import Disclosure
from upstream_web.duty.operations.disclosures import check_carried


def feed_choices() -> list[tuple[str, str]]:
    """Give the feeds by name and title."""
    return [
        ("", "none: on paper, or not yet"),
        *((each.name, each.title) for each in assets.feeds(timezone.localdate())),
    ]


class DisclosureForm(DutyForm):
    """What is disclosed, and on what basis."""

    feed = forms.ChoiceField(label="Feed by which it arrives", choices=feed_choices, required=False)

    class Meta:
        """What people write."""

        model = Disclosure
        fields = (
            "body", "title", "information", "receiver", "purpose", "basis", "basis_words", "agreement", "feed",
            "from_on", "until_on",
        )  # fmt: skip

    hints = {  # noqa: RUF012
        "information": "Patient information is whatever is known of somebody through their health care.",
        "basis_words": "The statute, consent or duty, and where it is written down for this disclosure.",
    }

    def clean(self) -> dict[str, Any]:
        """What the basis does not carry is refused beside the field that decides it, with what to do instead."""
        cleaned = super().clean()
        asked = ("body", "information", "basis")
        if all(cleaned.get(name) for name in asked):
            said = {name: cleaned[name] for name in asked}
            try:
                check_carried(Disclosure(**said, basis_words=cleaned.get("basis_words", "")))
            except GatewayRefused as refused:
                self.add_error("basis_words" if cleaned["basis"] == "other" else "basis", str(refused))
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", "It ends before it began: give a later day.")
        return cleaned
