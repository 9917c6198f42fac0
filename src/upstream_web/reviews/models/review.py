"""A review after a serious incident, and who may see it and what stands under it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from upstream_web.access.scope import Scope
from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record
from upstream_web.records.models.record import Records
from upstream_web.reviews import codes


class ReviewRecords(Records[Any]):
    """Reviews and what stands under them: the people who may read a review and the bodies that take part in it stand
    in tables of their own, so they are asked there; a record that matches twice still comes once."""

    def _named(self, scope: Scope) -> Q:
        readers = apps.get_model("reviews", "ReviewReader")
        read = readers.objects.present().filter(person=scope.person).values("review")
        led = IncidentReview.objects.filter(lead=scope.person).values("pk")
        under = self.model.review_lookup
        return super()._named(scope) | Q(**{f"{under}__in": read}) | Q(**{f"{under}__in": led})

    def _of_bodies(self, bodies: list[str]) -> Q:
        parts = apps.get_model("reviews", "ReviewPart")
        taken = parts.objects.present().filter(body__key__in=bodies).values("review")
        own = IncidentReview.objects.filter(commissioned_by__key__in=bodies).values("pk")
        under = self.model.review_lookup
        return super()._of_bodies(bodies) | Q(**{f"{under}__in": taken}) | Q(**{f"{under}__in": own})


class Publication(models.TextChoices):
    """What is made public of a review."""

    UNDECIDED = "", "Not decided"
    WHOLE = "whole", "The report is published"
    LEARNING = "learning", "Only the learning is published"
    NOTHING = "nothing", "Nothing is published"


class IncidentReview(Record):
    """One review: what kind, of what, under whom; without any name. Open to the people named on it unless said."""

    kind = "incident-review"
    body_lookup = "commissioned_by__key"
    people_lookups = ("lead_id",)
    restricted_lookup = "restricted"
    review_lookup: ClassVar[str] = "pk"

    title = models.CharField("what it is called", max_length=160)
    sort = models.SlugField("kind of review", max_length=40)
    happened_on = models.DateField("day of the incident")
    area = models.CharField("district or town", max_length=80)
    aware_on = models.DateField("became aware, or was told")
    commissioned_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reviews", verbose_name="commissioning body"
    )
    chair_role = models.CharField("chair, by role", max_length=160, blank=True)
    chair_is_independent = models.BooleanField("the chair is independent of the bodies reviewed", default=False)
    scope = models.TextField("what it looks at, and what not", blank=True)
    restricted = models.BooleanField("only the people named on it see it", default=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="who keeps it",
    )  # fmt: skip
    learning_agreed_on = models.DateField("learning agreed", null=True, blank=True, editable=False)
    publication = models.CharField(max_length=8, choices=Publication.choices, default="", blank=True, editable=False)
    publication_reason = models.TextField("why", blank=True, editable=False)
    publication_on = models.DateField("decided", null=True, blank=True, editable=False)
    closed_on = models.DateField("closed", null=True, blank=True, editable=False)
    closed_words = models.TextField("what it changed", blank=True, editable=False)

    objects: ClassVar[Any] = ReviewRecords.as_manager()

    class Meta:
        """The latest first; nobody is aware before it happened; decisions say why; closed with words, once learnt."""

        ordering: ClassVar[list[str]] = ["-aware_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(aware_on__gte=F("happened_on")), name="review_aware_after_it_happened"),
            models.CheckConstraint(
                condition=Q(publication="", publication_reason="", publication_on=None)
                | (~Q(publication="") & ~Q(publication_reason="") & Q(publication_on__isnull=False)),
                name="review_publication_says_why",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_words="")
                | (Q(closed_on__isnull=False) & ~Q(closed_words="") & Q(learning_agreed_on__isnull=False)),
                name="review_closed_once_learnt",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def body_keys(self) -> frozenset[str]:
        """Give the commissioning body and those that take part."""
        if self.pk is None:
            return super().body_keys()
        parts = self.parts.present().values_list("body__key", flat=True)
        return super().body_keys() | frozenset(parts)

    def people(self) -> frozenset[int]:
        """Give who keeps it and who was given it to read."""
        if self.pk is None:
            return super().people()
        return super().people() | {each.person_id for each in self.readers.all() if each.removed_at is None}

    @property
    def sort_words(self) -> str:
        """The kind of review in words."""
        return codes.kind_title(self.sort)

    @property
    def stage(self) -> str:
        """Where it stands: under way, followed up, closed."""
        if self.closed_on:
            return "closed"
        return "follow-up" if self.learning_agreed_on else "under way"


class OfReview(Record):
    """Something that stands under a review, and is seen by those who see the review."""

    body_lookup: ClassVar[str] = ""
    restricted_lookup: ClassVar[str] = "review__restricted"
    review_lookup: ClassVar[str] = "review"

    objects: ClassVar[Any] = ReviewRecords.as_manager()
    review: Any

    class Meta:
        """No table of its own."""

        abstract = True

    def body_keys(self) -> frozenset[str]:
        """Give the bodies of the review, and its own."""
        return super().body_keys() | self.review.body_keys()

    def people(self) -> frozenset[int]:
        """Give the people named on the review, and its own."""
        return super().people() | self.review.people()

    def is_restricted(self) -> bool:
        """Tell whether the review is closed to all but the people named on it."""
        return bool(self.review.restricted)
