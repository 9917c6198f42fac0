"""Practice that inspectors praise, and how it compares with our own work."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from upstream_web.inspections.codes import Choice, PracticeSort, PracticeStatus, Theme
from upstream_web.inspections.models.inspection import Inspection
from upstream_web.records.models import Record


class Practice(Record):
    """A promising or innovative practice from a report, to be compared and tabled at the inspection and audit board."""

    kind = "practice"

    title = models.CharField(max_length=200)
    words = models.TextField("what it is")
    seen_at = models.CharField("where it was seen", max_length=200)
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="practices",
        verbose_name="report held here",
    )  # fmt: skip
    report = models.CharField(max_length=300, blank=True)
    page = models.CharField("page or paragraph", max_length=50, blank=True)
    sort = models.CharField("kind", max_length=20, choices=PracticeSort.choices)
    theme = models.CharField(max_length=30, choices=Theme.choices)
    status = models.CharField(max_length=20, choices=PracticeStatus.choices, default=PracticeStatus.CURRENT)
    entered_on = models.DateField("entered on")
    tabled_on = models.DateField("tabled on", null=True, blank=True, editable=False)

    class Meta:
        """Newest first. One title is entered once."""

        ordering: ClassVar[list[str]] = ["-entered_on", "title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["title", "seen_at"],
                condition=models.Q(removed_at__isnull=True),
                name="practice_entered_once",
                violation_error_message="This practice of that place is entered already.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def report_title(self) -> str:
        """The report it comes from."""
        return self.inspection.title if self.inspection else self.report


class Benchmark(Record):
    """What a business lead found when comparing a practice with the work of the own body, and what was decided."""

    kind = "benchmark"
    body_lookup = "body__key"
    people_lookups = ("lead_id",)

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="benchmarks")
    body = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="benchmarks")
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="benchmarks"
    )
    lead_role = models.CharField("business lead", max_length=200)
    what_we_do = models.TextField("what we do now")
    gap = models.TextField("what is missing", blank=True)
    decision = models.CharField(max_length=20, choices=Choice.choices, blank=True)
    because = models.TextField("because", blank=True)
    decided_on = models.DateField("decided on", null=True, blank=True)

    class Meta:
        """One comparison a body. A decision gives its reason."""

        ordering: ClassVar[list[str]] = ["practice", "body"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["practice", "body"],
                condition=models.Q(removed_at__isnull=True),
                name="benchmark_once_a_body",
                violation_error_message="This body has compared itself already; change that comparison.",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="") | ~models.Q(because=""),
                name="benchmark_decision_has_reason",
                violation_error_message="Say why this was decided.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: compared by {self.lead_role}"
