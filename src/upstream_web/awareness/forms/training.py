"""Forms of courses, teams, headcounts and completed training."""

from __future__ import annotations

from django import forms

from upstream_web.awareness.forms.base import AwarenessForm
from upstream_web.awareness.models import Completion, Course, Headcount, Requirement, Team
from upstream_web.records.forms import StyledForm


class CourseForm(AwarenessForm):
    """One course in one version."""

    own_body = "owner"

    class Meta:
        """What people write."""

        model = Course
        fields = (
            "title", "about", "owner", "edition", "form", "minutes", "validity_months", "target_per_cent", "why",
            "retired_on",
        )  # fmt: skip

    hints = {  # noqa: RUF012
        "validity_months": "Left empty, it counts for good.",
        "target_per_cent": "Of the people in each team; a team may have a target of its own.",
    }


class TeamForm(AwarenessForm):
    """One team."""

    own_body = "body"

    class Meta:
        """What people write."""

        model = Team
        fields = ("body", "name", "who", "ended_on")

    hints = {  # noqa: RUF012
        "who": "Such as “constables and sergeants, without students”: headcount and training count the same.",
    }


class RequirementForm(AwarenessForm):
    """Which team must have a course."""

    class Meta:
        """What people write."""

        model = Requirement
        fields = ("course", "team", "due_on", "target_per_cent", "why")


class HeadcountForm(AwarenessForm):
    """How many people a team had on a day."""

    class Meta:
        """What people write."""

        model = Headcount
        fields = ("team", "on", "number", "source")


class CompletionForm(AwarenessForm):
    """How many people of a team were trained on a day."""

    class Meta:
        """What people write."""

        model = Completion
        fields = ("course", "team", "on", "sort", "number", "source")

    hints = {  # noqa: RUF012
        "sort": "Trained again: held it before. Left: trained people who are no longer in the team.",
        "number": "A number, no names.",
    }


class SheetForm(StyledForm):
    """A spreadsheet of completed training."""

    file = forms.FileField(label="File, CSV or Excel", widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}))
