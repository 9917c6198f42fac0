"""A report by those who look at our work from outside."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.inspections.codes import SHORT_NAMES, Inspectorate, Reach, Source, names_of
from upstream_web.records.code_lists import CodeList
from upstream_web.records.models import Record


class Inspection(Record):
    """One report of an inspectorate, review, audit or panel.

    `date_doubt` says why the day of publication is not certain; a clock that starts on it says so too.
    """

    kind = "inspection"

    title = models.CharField(max_length=300)
    source = models.CharField("sort of work", max_length=20, choices=Source.choices, default=Source.INSPECTION)
    inspectorates = CodeList("by", max_length=200, choices=Inspectorate.choices)
    reach = CodeList("kind", max_length=100, choices=Reach.choices, blank=True)
    published_on = models.DateField("published on", null=True, blank=True)
    date_doubt = models.CharField("doubt about the day", max_length=500, blank=True)
    report_address = models.URLField("address of the report", max_length=500, blank=True)
    licence = models.CharField("licence of its words", max_length=200, blank=True)
    summary = models.TextField(blank=True)
    terms_of_reference = models.TextField("terms of reference", blank=True)
    grade = models.CharField(max_length=100, blank=True)
    names_us = models.BooleanField("named in the report", null=True, blank=True)
    needs_response = models.BooleanField("a response is owed by law", default=True)

    class Meta:
        """Newest first. One report is held once."""

        ordering: ClassVar[list[str]] = ["-published_on", "title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["title", "published_on"],
                condition=models.Q(removed_at__isnull=True),
                name="inspection_held_once",
                violation_error_message="This report is held already.",
            ),
            models.CheckConstraint(
                condition=models.Q(published_on__isnull=True) | models.Q(published_on__year__gte=1990),
                name="inspection_published_in_our_time",
                violation_error_message="Reports from before 1990 are not kept here; look at the year.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def by(self) -> str:
        """The inspectorates in full."""
        return ", ".join(names_of(Inspectorate, self.inspectorates))

    @property
    def by_shortly(self) -> str:
        """The inspectorates as people call them."""
        short = {code.value: name for code, name in SHORT_NAMES.items()}
        full = dict(Inspectorate.choices)
        return ", ".join(short.get(code, full.get(code, code)) for code in self.inspectorates.split())

    @property
    def kinds(self) -> str:
        """What it looked at, in words."""
        return ", ".join(names_of(Reach, self.reach))
