"""Schools, colleges and other settings in which young people are taught."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record


class Phase(models.TextChoices):
    """What a setting is."""

    PRIMARY = "primary", "Primary school"
    SECONDARY = "secondary", "Secondary school"
    ALL_THROUGH = "all_through", "All-through school"
    SPECIAL = "special", "Special school"
    ALTERNATIVE = "alternative", "Pupil referral unit or alternative provision"
    COLLEGE = "college", "College or sixth form"
    YOUTH = "youth", "Youth setting"


class Setting(Record):
    """One setting. Its number on roll is unknown until somebody says it, and says of which day it is."""

    kind = "education-setting"
    body_lookup = "kept_by__key"

    name = models.CharField(max_length=160)
    phase = models.CharField(max_length=12, choices=Phase.choices)
    urn = models.CharField("number in the national register", max_length=10, blank=True)
    district = models.CharField(max_length=9)
    lsoa = models.CharField("small area, where known", max_length=9, blank=True)
    on_roll = models.PositiveIntegerField("number on roll", null=True, blank=True)
    roll_on = models.DateField("counted on", null=True, blank=True)
    needs = models.CharField("special needs or alternative provision it is for", max_length=160, blank=True)
    is_eligible = models.BooleanField("is among those that we set out to reach", default=True)
    closed_on = models.DateField("closed", null=True, blank=True)
    kept_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="settings_kept",
        verbose_name="who keeps this entry",
    )  # fmt: skip
    note = models.TextField(blank=True)
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """By name; each once in its district; a number on roll has its day."""

        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["name", "district"],
                condition=Q(removed_at=None),
                name="setting_is_kept_once",
                violation_error_message="There is a setting of this name in this district already.",
            ),
            models.CheckConstraint(
                condition=Q(on_roll=None, roll_on=None) | Q(on_roll__isnull=False, roll_on__isnull=False),
                name="setting_roll_has_its_day",
                violation_error_message="Give the number on roll together with the day on which it was counted.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
