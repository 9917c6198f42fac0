"""Forms of packages, settings, sessions and observations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from upstream_web.awareness.forms.base import NO_NAMES, AwarenessForm
from upstream_web.awareness.models import Observation, Package, Session, Setting
from upstream_web.records.forms import SharedForm, StyledForm

A_YEAR = timedelta(days=365)


class PackageForm(AwarenessForm):
    """One package in one version."""

    own_body = "owner"

    happened = ("checked_on",)

    class Meta:
        """What people write."""

        model = Package
        fields = (
            "title", "theme", "sort", "summary", "key_stages", "age_from", "age_to", "lessons", "minutes", "owner",
            "edition", "rating", "rating_source", "criteria", "checked_on", "review_on",
        )  # fmt: skip

    groups = (
        ("The package", ("title", "theme", "sort", "summary", "owner", "edition")),
        ("For whom, and how long", ("key_stages", "age_from", "age_to", "lessons", "minutes")),
        ("How well it is founded", ("rating", "rating_source", "criteria", "checked_on", "review_on")),
    )
    hints = {  # noqa: RUF012
        "rating": "“Not studied yet” says that somebody looked; “Not rated” that nobody has.",
        "criteria": "It can be approved when it meets all of them.",
        "edition": "As the package itself has it: “version 2, September 2025”.",
    }


class SettingForm(AwarenessForm):
    """One school or other setting."""

    own_body = "kept_by"

    happened = ("roll_on",)

    class Meta:
        """What people write."""

        model = Setting
        fields = (
            "name", "phase", "urn", "district", "lsoa", "on_roll", "roll_on", "needs", "is_eligible", "closed_on",
            "kept_by", "note",
        )  # fmt: skip

    hints = {  # noqa: RUF012
        "lsoa": "Code of the small area (LSOA 2021), such as E01029500.",
        "on_roll": "From the school census, with its day. Empty is unknown, and so is the share reached.",
        "kept_by": "People of this body may change the entry; left empty, only those who run the partnership.",
        "note": NO_NAMES,
    }


class SessionForm(AwarenessForm):
    """A session that is planned. Its day is changed by moving it, so that the day before stays known."""

    own_body = "provider"

    class Meta:
        """What people write."""

        model = Session
        fields = ("package", "setting", "provider", "on", "year_groups", "note")

    hints = {  # noqa: RUF012
        "package": "Approved packages only.",
        "year_groups": "They tell pupils apart who come twice. Left empty, nothing is known of overlap.",
        "note": NO_NAMES,
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["on"]

    def offered(self, name: str, model: Any) -> QuerySet[Any]:
        """Read of each school what its option says: there are thousands."""
        found = super().offered(name, model)
        return found.only("name") if model is Setting else found


class ObservationForm(AwarenessForm):
    """What an observer saw."""

    own_body = "body"

    happened = ("action_done_on",)

    class Meta:
        """What people write."""

        model = Observation
        fields = (
            "session", "body", "observer_role", "criteria", "judgement", "strengths", "action", "action_due_on",
            "action_done_on",
        )  # fmt: skip

    hints = {  # noqa: RUF012
        "observer_role": "Such as PSHE coordinator. " + NO_NAMES,
        "criteria": "Tick what was seen.",
        "action": "Needed where the session was not good enough.",
    }

    def offered(self, name: str, model: Any) -> QuerySet[Any]:
        """Of sessions offer those held in the last year, the latest first."""
        found = super().offered(name, model)
        if model is not Session:
            return found
        held = found.filter(state="held", on__gte=timezone.localdate() - A_YEAR)
        return held.select_related("package", "setting").order_by("-on", "-pk")


class MoveForm(StyledForm):
    """To which day, and why."""

    to = forms.DateField(label="New day")
    reason = forms.CharField(label="Why?", max_length=300)


class ReportForm(SharedForm):
    """What was counted; what nobody counted stays empty."""

    pupils = forms.IntegerField(label="Pupils present", min_value=0, max_value=5000, required=False)
    staff = forms.IntegerField(label="School staff present", min_value=0, max_value=500, required=False)
    asked_before = forms.IntegerField(label="Asked before the session", min_value=0, max_value=5000, required=False)
    understood_before = forms.IntegerField(label="Of these, understood", min_value=0, max_value=5000, required=False)
    asked_after = forms.IntegerField(label="Asked after the session", min_value=0, max_value=5000, required=False)
    understood_after = forms.IntegerField(label="Of these, understood", min_value=0, max_value=5000, required=False)
    hints = {  # noqa: RUF012
        "pupils": "A number, no names. Empty means that nobody counted.",
        "asked_before": "Pupils who answered the question of the package before.",
    }


class ReasonForm(StyledForm):
    """Why something is done."""

    reason = forms.CharField(label="Why?", max_length=300)


class ApproveForm(StyledForm):
    """What is said when a package is approved."""

    words = forms.CharField(label="What was decided, and by whom (by role)", max_length=300, required=False)
