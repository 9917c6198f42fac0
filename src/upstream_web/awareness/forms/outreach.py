"""Forms of campaigns, charters and activity programmes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from upstream_web.awareness.forms.base import NO_NAMES, AwarenessForm
from upstream_web.awareness.models import (
    PARTS,
    ActivitySession,
    Campaign,
    Charter,
    Programme,
    Reach,
    SignUp,
    VisitOutcome,
)
from upstream_web.records.forms import StyledForm


class CampaignForm(AwarenessForm):
    """One campaign."""

    own_body = "lead_body"

    happened = ("evaluated_on",)

    class Meta:
        """What people write."""

        model = Campaign
        fields = (
            "title", "aim", "audience", "channels", "lead_body", "starts_on", "ends_on", "cost_planned", "cost_spent",
            "what_changed", "evaluation", "evaluated_on",
        )  # fmt: skip

    groups = (
        ("The campaign", ("title", "aim", "audience", "channels", "lead_body", "starts_on", "ends_on")),
        ("Cost", ("cost_planned", "cost_spent")),
        ("What came of it", ("what_changed", "evaluation", "evaluated_on")),
    )
    hints = {  # noqa: RUF012
        "what_changed": "What people know, think or do differently. Reach is no change; it has its own figures.",
        "evaluation": "A survey, an indicator, a comparison; or that nobody knows.",
    }


class ReachForm(AwarenessForm):
    """One figure of reach."""

    class Meta:
        """What people write."""

        model = Reach
        fields = ("campaign", "channel", "counts", "number", "from_on", "until_on", "source", "note")

    hints = {  # noqa: RUF012
        "counts": "Times shown are not people: one person may see a post ten times.",
        "source": "Such as the platform’s own report, with its day.",
    }


class CharterForm(AwarenessForm):
    """One charter."""

    own_body = "owner"

    class Meta:
        """What people write."""

        model = Charter
        fields = ("title", "pledges", "owner", "launched_on", "renewal_months", "target", "target_on")


class SignUpForm(AwarenessForm):
    """A venue that signs."""

    happened = ("signed_on",)

    class Meta:
        """What people write."""

        model = SignUp
        fields = ("charter", "venue", "sort", "district", "signed_on")


class ProgrammeForm(AwarenessForm):
    """One programme."""

    own_body = "lead_body"

    class Meta:
        """What people write."""

        model = Programme
        fields = (
            "title", "sort", "aim", "lead_body", "age_from", "age_to", "starts_on", "ends_on", "cost_planned",
            "cost_spent", "what_changed",
        )  # fmt: skip


class ActivitySessionForm(AwarenessForm):
    """One session of a programme, with who came."""

    own_body = "provider"

    class Meta:
        """What people write."""

        model = ActivitySession
        fields = (
            "programme", "provider", "venue", "district", "activity", "on", "places", "booked", "attended",
            "is_cancelled", *(name for name, _ in PARTS),
        )  # fmt: skip

    groups = (
        ("The session", ("programme", "provider", "venue", "district", "activity", "on", "is_cancelled")),
        ("Places", ("places", "booked", "attended")),
        ("Who came, by sex and age, as far as known", tuple(name for name, _ in PARTS)),
    )
    hints = {  # noqa: RUF012
        "attended": "Everybody who came. Left empty it is unknown, not nobody. " + NO_NAMES,
    }

    def clean(self) -> dict[str, Any]:
        """Who came is told of a session that was held, and in all before by sex and age."""
        cleaned = super().clean()
        told, on = sum(cleaned.get(name) or 0 for name, _ in PARTS), cleaned.get("on")
        came = cleaned.get("attended")
        if came is None and told:
            self.add_error("attended", f"By sex and age there are {told}: say how many came in all.")
        elif came is not None and on and on > timezone.localdate():
            self.add_error("attended", "The session is still to come: leave this empty until it was held.")
        return cleaned


class DayForm(StyledForm):
    """On which day."""

    on = forms.DateField(label="Day")


class VisitForm(DayForm):
    """What an accreditation visit found."""

    outcome = forms.ChoiceField(label="What it found", choices=VisitOutcome.choices)
    note = forms.CharField(label="What was seen", widget=forms.Textarea, required=False)
    hints = {"note": NO_NAMES}  # noqa: RUF012


class LeaveForm(DayForm):
    """When a venue left, and why."""

    reason = forms.CharField(label="Why?", max_length=300)
