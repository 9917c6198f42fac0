"""Forms of reviews. They ask for no name: who is meant stands in the papers of the bodies, not here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from upstream_web.access.permissions import Permission
from upstream_web.organisations.choosing import ChoosingForm
from upstream_web.records.forms import SharedForm, StyledForm
from upstream_web.reviews import codes
from upstream_web.reviews.models import (
    BriefDraft,
    IncidentReview,
    LearningPoint,
    Publication,
    ReviewAction,
    ReviewPart,
    ReviewReader,
)

NO_NAMES = "No names, ages, addresses or schools."


def words_field(label: str, rows: int = 4) -> forms.CharField:
    """Give a field for a longer answer."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"data-rows": rows}), max_length=20_000)


class ReviewForm(ChoosingForm):
    """A form of a review; of reviews and what they found people are offered what they may change."""

    def offered(self, name: str, model: Any) -> QuerySet[Any]:
        """Offer open reviews, and learning points with the review that they are of."""
        if model is IncidentReview:
            seen: Any = IncidentReview.objects.visible_to(self.person, Permission.REVIEW_CHANGE)
            return seen.present().filter(closed_on=None)
        if model is LearningPoint:
            seen = LearningPoint.objects.visible_to(self.person, Permission.REVIEW_CHANGE)
            return seen.present().select_related("review")
        return super().offered(name, model)


class IncidentReviewForm(ReviewForm):
    """A review."""

    sort = forms.ChoiceField(label="Kind of review", choices=codes.kind_choices)

    happened = ("happened_on", "aware_on")

    class Meta:
        """What people write."""

        model = IncidentReview
        fields = (
            "sort", "title", "happened_on", "area", "aware_on", "commissioned_by", "chair_role",
            "chair_is_independent", "scope", "lead", "restricted",
        )  # fmt: skip

    hints = {  # noqa: RUF012
        "title": f"A name that finds it and nobody in it, such as a letter and a year. {NO_NAMES}",
        "area": "No place smaller than a district or town.",
        "aware_on": "The statutory times count from this day.",
        "scope": f"Which time, which bodies, which questions. {NO_NAMES}",
        "lead": "You, unless you choose somebody else.",
        "restricted": "Take this away only where everybody who reads reviews may see it.",
    }

    def clean(self) -> dict[str, Any]:
        """Whoever begins a review keeps it, unless somebody else does; a kind stays once its steps stand."""
        cleaned = super().clean()
        if not cleaned.get("lead"):
            cleaned["lead"] = self.person
        happened, aware = cleaned.get("happened_on"), cleaned.get("aware_on")
        if happened and aware and aware < happened:
            self.add_error("aware_on", "Nobody is aware of it before it happened.")
        if self.instance.pk and cleaned.get("sort") != self.initial.get("sort"):
            self.add_error("sort", "The steps of a review follow from its kind. Begin another review instead.")
        return cleaned


class PartForm(ReviewForm):
    """What a body owes to a review."""

    class Meta:
        """What people write."""

        model = ReviewPart
        fields = ("review", "body", "sort", "asked_on", "owed_on")

    hints = {"body": "From then on its leads may see the review, unless it is open to named people only."}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        """It is wanted after it is asked."""
        cleaned = super().clean()
        asked, owed = cleaned.get("asked_on"), cleaned.get("owed_on")
        if asked and owed and owed < asked:
            self.add_error("owed_on", "It is wanted after it is asked.")
        return cleaned


class ReaderForm(ReviewForm):
    """A person who may read a review."""

    class Meta:
        """What people write."""

        model = ReviewReader
        fields = ("review", "person", "why")

    hints = {"person": "They must hold a role that reads reviews; this alone gives nobody one."}  # noqa: RUF012


class LearningPointForm(ReviewForm):
    """One finding."""

    theme = forms.ChoiceField(label="Theme", choices=codes.theme_choices)

    class Meta:
        """What people write."""

        model = LearningPoint
        fields = ("review", "theme", "words", "evidence", "for_whom", "in_brief", "brief_words")

    hints = {  # noqa: RUF012
        "words": NO_NAMES,
        "evidence": f"Which chronology, analysis or talk shows it. {NO_NAMES}",
        "for_whom": "Which teams or bodies can do something about it.",
        "brief_words": "Where the finding itself would tell too much. Left empty, the brief has it as it stands above.",
    }


class ReviewActionForm(ReviewForm):
    """One action."""

    class Meta:
        """What people write."""

        model = ReviewAction
        fields = ("review", "point", "title", "body", "owner_role", "owner", "due_on")

    hints = {"title": NO_NAMES}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        """The learning point is one of the same review."""
        cleaned = super().clean()
        review, point = cleaned.get("review"), cleaned.get("point")
        if review and point and point.review_id != review.pk:
            self.add_error("point", "This learning point is of another review.")
        return cleaned


class BriefForm(ReviewForm):
    """A learning brief."""

    class Meta:
        """What people write."""

        model = BriefDraft
        fields = ("review", "title", "background", "asks", "further")

    hints = {  # noqa: RUF012
        "background": "Two or three sentences that would fit many incidents. No day, age, place or relation.",
        "asks": "Three to five questions that a team can talk about in half an hour.",
    }


class DoneForm(StyledForm):
    """When something was done."""

    on = forms.DateField(label="Done", initial=timezone.localdate)
    note = forms.CharField(label="Note", required=False, max_length=300)
    hints: Mapping[str, str] = {"note": NO_NAMES}


class ReasonForm(StyledForm):
    """One answer in words."""

    words = words_field("Why?")

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = question


class DayForm(StyledForm):
    """One day."""

    on = forms.DateField(label="On", initial=timezone.localdate)


class CloseForm(DayForm):
    """The end of a review."""

    words = words_field("What it changed")


class PublicationForm(SharedForm, DayForm):
    """What is made public."""

    publication = forms.ChoiceField(label="What is published", choices=Publication.choices[1:])
    reason = words_field("Why this much, and no more")
    field_order = ("publication", "reason", "on")


class FinishForm(DayForm):
    """What was done and what shows that it works."""

    words = words_field("What was done")
    effect = words_field("What shows that it works")
    hints: Mapping[str, str] = {"effect": "A count before and after, an audit, what people say. Add papers as files."}


class RecheckForm(DayForm):
    """What a later look found."""

    lasts = forms.ChoiceField(label="Does it last?", choices=[("yes", "It lasts"), ("no", "It does not")])
    words = words_field("What was found")
    due_on = forms.DateField(label="To be put right by", required=False)
    field_order = ("on", "lasts", "words", "due_on")
    hints: Mapping[str, str] = {"due_on": "Only where it does not last: the action is open again until then."}


class ChecklistForm(StyledForm):
    """What the second person confirms, line by line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in codes.checklist():
            self.fields[each.key] = forms.BooleanField(label=each.asks, required=False)
        self.style()

    def confirmed(self) -> list[str]:
        """Give the keys of what was confirmed."""
        return [name for name, ticked in self.cleaned_data.items() if ticked is True]
