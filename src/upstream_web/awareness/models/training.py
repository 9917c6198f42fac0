"""Courses for the workforce: who must have them, how many people there are, how many were trained.

Everything is counts by team and day. No person is named, so a coverage figure is no record about anybody.
"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record

PER_CENT = [MinValueValidator(1), MaxValueValidator(100)]


class CourseForm(models.TextChoices):
    """How a course is taught."""

    CLASSROOM = "classroom", "In a room"
    ONLINE = "online", "Online, alone"
    LIVE_ONLINE = "live_online", "Online, together"
    BRIEFING = "briefing", "Briefing or team talk"
    MIXED = "mixed", "Several of these"


class Course(Record):
    """A course in one version, and how long what was learnt counts."""

    kind = "training-course"
    body_lookup = "owner__key"

    title = models.CharField(max_length=160)
    about = models.TextField("what people can do afterwards")
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="courses", verbose_name="who keeps it"
    )
    edition = models.CharField("version", max_length=60)
    form = models.CharField("how it is taught", max_length=12, choices=CourseForm.choices)
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5)])
    validity_months = models.PositiveSmallIntegerField(
        "counts for, in months", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    target_per_cent = models.PositiveSmallIntegerField("target, in per cent", default=90, validators=PER_CENT)
    why = models.CharField("why people must have it, and where that is written", max_length=300, blank=True)
    retired_on = models.DateField("no longer given since", null=True, blank=True)
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """By name; each version once; a target can be reached."""

        ordering: ClassVar[list[str]] = ["title", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["title", "edition"],
                condition=Q(removed_at=None),
                name="course_version_is_kept_once",
                violation_error_message="This version of the course is kept already.",
            ),
            models.CheckConstraint(condition=Q(target_per_cent__range=(1, 100)), name="course_target_is_a_share"),
        ]

    def __str__(self) -> str:
        return self.title


class Team(Record):
    """A team, or the people of one role in it, counted together."""

    kind = "workforce-team"
    body_lookup = "body__key"

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    who = models.CharField("who is counted", max_length=160)
    ended_on = models.DateField("no longer there since", null=True, blank=True)
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """By body and name; each once."""

        ordering: ClassVar[list[str]] = ["body__name", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["body", "name"],
                condition=Q(removed_at=None),
                name="team_is_kept_once",
                violation_error_message="The body has a team of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Requirement(Record):
    """A team must have a course, by a day."""

    kind = "training-requirement"
    body_lookup = "course__owner__key"

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="requirements")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="requirements")
    due_on = models.DateField("to be trained by")
    target_per_cent = models.PositiveSmallIntegerField(
        "target of its own, in per cent", null=True, blank=True, validators=PER_CENT
    )
    why = models.CharField("why this team", max_length=300, blank=True)

    class Meta:
        """By course and team; once each."""

        ordering: ClassVar[list[str]] = ["course__title", "team__name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["course", "team"],
                condition=Q(removed_at=None),
                name="requirement_once_a_team",
                violation_error_message="This team must have this course already; change that entry.",
            ),
            models.CheckConstraint(
                condition=Q(target_per_cent=None) | Q(target_per_cent__range=(1, 100)),
                name="requirement_target_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.team}"


class Headcount(Record):
    """How many people a team had on a day: the denominator of coverage, never older or newer than it says."""

    kind = "team-headcount"
    body_lookup = "team__body__key"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="headcounts")
    on = models.DateField("counted on")
    number = models.PositiveIntegerField("people in the team")
    source = models.CharField("where the number is from", max_length=200)

    class Meta:
        """The newest first; once a day."""

        ordering: ClassVar[list[str]] = ["-on", "team__name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["team", "on"],
                condition=Q(removed_at=None),
                name="headcount_once_a_day",
                violation_error_message="There is a headcount of this team on this day already; change that one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} on {self.on}"


class CompletionSort(models.TextChoices):
    """What happened to that many people."""

    FIRST = "first", "Trained for the first time"
    AGAIN = "again", "Trained again"
    LEFT = "left", "Trained, and left the team"


class Completion(Record):
    """So many people of a team were trained on a day, or trained people left it."""

    kind = "training-completion"
    body_lookup = "team__body__key"

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="completions")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="completions")
    on = models.DateField("day")
    sort = models.CharField("what happened", max_length=5, choices=CompletionSort.choices, default=CompletionSort.FIRST)
    number = models.PositiveIntegerField("people", validators=[MinValueValidator(1)])
    source = models.CharField("where the number is from", max_length=200, blank=True)

    class Meta:
        """The newest first; of each sort once a day; of somebody."""

        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["course", "on"], name="completion_by_course")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["course", "team", "on", "sort"],
                condition=Q(removed_at=None),
                name="completion_once_a_day",
                violation_error_message="There is such a count of this team on this day already; change that one.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="completion_is_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.team}, {self.on}"
