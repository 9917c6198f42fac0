"""Activity programmes in holidays and all year, their sessions and how many came."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record

BANDS = (("under_11", "under 11"), ("11_to_13", "11 to 13"), ("14_to_17", "14 to 17"), ("18_and_over", "18 and over"))
SEXES = (("girls", "girls and women"), ("boys", "boys and men"), ("unsaid", "sex not said"))
PARTS = tuple((f"{sex}_{band}", f"{sex_words}, {band_words}")
              for sex, sex_words in SEXES for band, band_words in BANDS)  # fmt: skip


def _count(words: str) -> models.PositiveIntegerField[int, int]:
    return models.PositiveIntegerField(words, default=0)


class ProgrammeSort(models.TextChoices):
    """What an activity programme is for."""

    HOLIDAY = "holiday", "Holiday activities"
    DIVERSION = "diversion", "Diversion"
    REGULAR = "regular", "Regular activity"


class Programme(Record):
    """A programme of activities with its cost."""

    kind = "activity-programme"
    body_lookup = "lead_body__key"

    title = models.CharField(max_length=160)
    sort = models.CharField("what it is", max_length=10, choices=ProgrammeSort.choices)
    aim = models.TextField("what should be different afterwards")
    lead_body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="activity_programmes", verbose_name="who leads"
    )
    age_from = models.PositiveSmallIntegerField("from age")
    age_to = models.PositiveSmallIntegerField("to age")
    starts_on = models.DateField("starts")
    ends_on = models.DateField("ends")
    cost_planned = models.DecimalField(
        "planned, in pounds", max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    cost_spent = models.DecimalField(
        "spent, in pounds", max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    what_changed = models.TextField("what changed, and how that is known", blank=True)
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """The latest first; days and ages in order."""

        ordering: ClassVar[list[str]] = ["-starts_on", "title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="programme_ends_after_it_starts",
                violation_error_message="It ends before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(age_from__lte=F("age_to")),
                name="programme_ages_in_order",
                violation_error_message="The first age is above the last.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActivitySession(Record):
    """One session at one venue. Attendance nobody gave is unknown; its parts by age and sex may say less than all."""

    kind = "activity-session"
    body_lookup = "provider__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="sessions")
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="activity_sessions", verbose_name="who runs it"
    )
    venue = models.CharField(max_length=160)
    district = models.CharField(max_length=9)
    activity = models.CharField("what is done", max_length=120)
    on = models.DateField("day")
    places = models.PositiveIntegerField("places offered", validators=[MinValueValidator(1)])
    booked = models.PositiveIntegerField("places taken", null=True, blank=True)
    attended = models.PositiveIntegerField("who came, in all", null=True, blank=True)
    is_cancelled = models.BooleanField("cancelled", default=False)
    girls_under_11 = _count("girls and women, under 11")
    girls_11_to_13 = _count("girls and women, 11 to 13")
    girls_14_to_17 = _count("girls and women, 14 to 17")
    girls_18_and_over = _count("girls and women, 18 and over")
    boys_under_11 = _count("boys and men, under 11")
    boys_11_to_13 = _count("boys and men, 11 to 13")
    boys_14_to_17 = _count("boys and men, 14 to 17")
    boys_18_and_over = _count("boys and men, 18 and over")
    unsaid_under_11 = _count("sex not said, under 11")
    unsaid_11_to_13 = _count("sex not said, 11 to 13")
    unsaid_14_to_17 = _count("sex not said, 14 to 17")
    unsaid_18_and_over = _count("sex not said, 18 and over")
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """The newest first; parts are no more than the whole; nobody came to what was cancelled."""

        ordering: ClassVar[list[str]] = ["-on", "venue", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["programme", "on"], name="activity_by_day")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(attended__gte=sum((F(name) for name, _ in PARTS[1:]), F(PARTS[0][0])))
                | Q(attended=None, **{name: 0 for name, _ in PARTS}),
                name="activity_parts_within_attendance",
                violation_error_message="The parts by age and sex come to more than all who came.",
            ),
            models.CheckConstraint(
                condition=Q(is_cancelled=False) | Q(attended=None),
                name="activity_cancelled_had_nobody",
                violation_error_message="A cancelled session has no attendance.",
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="activity_offers_places"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}, {self.venue}, {self.on}"

    @property
    def told(self) -> int:
        """How many of those who came are told by age and sex."""
        return sum(getattr(self, name) for name, _ in PARTS)
