"""Lessons and programmes that are taught, and how well they are founded."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from upstream_web.awareness.criteria import PACKAGE_CRITERIA
from upstream_web.organisations.models import Organisation
from upstream_web.records.code_lists import CodeList
from upstream_web.records.models import Record


class Theme(models.TextChoices):
    """What a package is about."""

    KNIVES = "knives", "Knives and weapons"
    EXPLOITATION = "exploitation", "Child criminal exploitation"
    COUNTY_LINES = "county_lines", "County lines"
    RELATIONSHIPS = "relationships", "Healthy relationships and consent"
    WOMEN_AND_GIRLS = "women_and_girls", "Violence against women and girls"
    ONLINE = "online", "Online harm"
    CONFLICT = "conflict", "Calming arguments, and being a bystander"
    BULLYING = "bullying", "Bullying and hate"
    DRUGS = "drugs", "Drugs and alcohol"
    OTHER = "other", "Something else"


class KeyStage(models.TextChoices):
    """Stages of school by their usual ages."""

    KS1 = "ks1", "Key stage 1 (5 to 7)"
    KS2 = "ks2", "Key stage 2 (7 to 11)"
    KS3 = "ks3", "Key stage 3 (11 to 14)"
    KS4 = "ks4", "Key stage 4 (14 to 16)"
    POST_16 = "post16", "Post-16"


class PackageSort(models.TextChoices):
    """The shape in which something is taught."""

    LESSON = "lesson", "Single lesson"
    SERIES = "series", "Series of lessons"
    WORKSHOP = "workshop", "Workshop"
    ASSEMBLY = "assembly", "Assembly"
    VIRTUAL_REALITY = "vr", "Virtual reality session"


class EvidenceRating(models.TextChoices):
    """What is known of whether it works; not rated is not the same as without effect."""

    STRONG = "strong", "Works: several good studies"
    PROMISING = "promising", "Promising: one good study, or several weaker ones"
    MIXED = "mixed", "Mixed: studies disagree"
    NONE = "none", "Not studied yet"
    HARMFUL = "harmful", "Did harm in studies"
    NOT_RATED = "", "Not rated"


class PackageState(models.TextChoices):
    """Where a package is between draft and retirement."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    RETIRED = "retired", "Retired"


class Package(Record):
    """One lesson or programme in one version."""

    kind = "education-package"
    body_lookup = "owner__key"

    title = models.CharField(max_length=160)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    sort = models.CharField("what it is", max_length=12, choices=PackageSort.choices)
    summary = models.TextField("what pupils learn to do")
    key_stages = CodeList("for", max_length=40, choices=KeyStage.choices)
    age_from = models.PositiveSmallIntegerField("from age", validators=[MinValueValidator(4), MaxValueValidator(25)])
    age_to = models.PositiveSmallIntegerField("to age", validators=[MinValueValidator(4), MaxValueValidator(25)])
    lessons = models.PositiveSmallIntegerField("number of lessons", default=1, validators=[MinValueValidator(1)])
    minutes = models.PositiveSmallIntegerField("minutes a lesson", validators=[MinValueValidator(5)])
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="packages", verbose_name="who keeps it"
    )
    edition = models.CharField("version", max_length=60)
    rating = models.CharField("evidence", max_length=10, choices=EvidenceRating.choices, blank=True)
    rating_source = models.CharField("where the evidence is written", max_length=300, blank=True)
    criteria = CodeList("quality criteria that it meets", max_length=200, choices=PACKAGE_CRITERIA, blank=True)
    checked_on = models.DateField("criteria last checked", null=True, blank=True)
    review_on = models.DateField("next review", null=True, blank=True)
    state = models.CharField(max_length=8, choices=PackageState.choices, default=PackageState.DRAFT, editable=False)
    state_words = models.CharField("why it is in this state", max_length=300, blank=True, editable=False)
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """By name; ages in order; evidence has a source; what is approved was checked."""

        ordering: ClassVar[list[str]] = ["title", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["title", "edition"],
                condition=Q(removed_at=None),
                name="package_version_is_kept_once",
                violation_error_message="This version of the package is kept already.",
            ),
            models.CheckConstraint(
                condition=Q(age_from__lte=F("age_to")),
                name="package_ages_in_order",
                violation_error_message="The first age is above the last.",
            ),
            models.CheckConstraint(
                condition=Q(rating__in=["", "none"]) | ~Q(rating_source=""),
                name="package_evidence_has_a_source",
                violation_error_message="Say where the evidence is written, or leave it unrated.",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(checked_on__isnull=False), name="package_approved_was_checked"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def unmet(self) -> list[str]:
        """The words of the criteria that it does not meet."""
        met = set(self.criteria.split())
        return [words for code, words in PACKAGE_CRITERIA if code not in met]
