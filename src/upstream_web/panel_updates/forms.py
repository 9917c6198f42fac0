"""Forms of plan updates."""

from __future__ import annotations

from typing import Any, ClassVar

from upstream_web.panel_updates.models import PanelUpdate, UpdateSection
from upstream_web.records.forms import RecordForm

HINT_MARKS = "Blank lines part paragraphs; lines that begin with “- ” make a list; **two stars** make words bold."


class PanelUpdateForm(RecordForm):
    """An update's head; its sections are drafted once it is made."""

    groups = (
        ("The meeting", ("title", "panel", "panel_on", "since", "until")),
        ("What stands before the progress", ("purpose", "asks", "background", "contact")),
    )
    hints = {  # noqa: RUF012
        "since": "The first day that it reports on, usually the day after the last update ended.",
        "asks": "Such as “That the panel note the update and comment on it”.",
    }

    class Meta:
        """Everything that a person gives."""

        model = PanelUpdate
        fields: ClassVar[list[str]] = [
            "title", "panel", "panel_on", "since", "until", "purpose", "asks", "background", "contact",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "It ends before it begins. Give a day on or after the first.")
        return cleaned


class UpdateSectionForm(RecordForm):
    """One section's words."""

    hints = {"text": HINT_MARKS}  # noqa: RUF012

    class Meta:
        """Heading and words."""

        model = UpdateSection
        fields: ClassVar[list[str]] = ["heading", "text"]
