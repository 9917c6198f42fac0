"""Forms of organisations, people and what these are given."""

from __future__ import annotations

from typing import Any

from django import forms

from upstream_web.organisations.models import Organisation, OrganisationType
from upstream_web.organisations.models.organisation import RELEVANT, SPECIFIED
from upstream_web.records.forms import RecordForm

FITTING = {OrganisationType.SPECIFIED: SPECIFIED, OrganisationType.RELEVANT: RELEVANT}


class OrganisationForm(RecordForm):
    """What is kept about an organisation."""

    website = forms.URLField(label="Web site", required=False, assume_scheme="https", max_length=200)
    groups = (("Contact", ("contact_name", "contact_email", "contact_phone", "website")),)
    hints = {  # noqa: RUF012
        "short_name": "For narrow columns, such as “County Council”.",
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
