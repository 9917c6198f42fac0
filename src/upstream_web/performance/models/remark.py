"""What people say of an indicator: commentary, what happened on a day, a new start of its limits, its quality."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.performance.models.indicator import Indicator
from upstream_web.performance.models.target import Part


class Commentary(Part):
    """The lead's words on a period: so what, what next, who. Any signal asks for one."""

    kind = "commentary"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="commentaries", editable=False)
    period_start = models.DateField("on the period from")
    period_end = models.DateField("until")
    so_what = models.TextField("so what")
    what_next = models.TextField("what next")
    who = models.CharField("who does it", max_length=200)
    said_by = models.CharField("said by, by role", max_length=160)

    class Meta:
        """Newest period first."""

        ordering: ClassVar[list[str]] = ["-period_end", "-pk"]
        verbose_name_plural = "commentaries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="commentary_on_a_period")
        ]

    def __str__(self) -> str:
        return f"Commentary on {self.indicator}, to {self.period_end:%B %Y}"


class Annotation(Part):
    """One line of the log of special causes: what happened on a day, and who says so."""

    kind = "annotation"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="annotations", editable=False)
    happened_on = models.DateField("when it happened")
    what = models.CharField("what happened", max_length=300)
    said_by = models.CharField("who says so", max_length=200)
    evidence = models.CharField("how it is known", max_length=300, blank=True)

    class Meta:
        """In the order of days."""

        ordering: ClassVar[list[str]] = ["happened_on", "pk"]

    def __str__(self) -> str:
        return self.what


class Rebase(Part):
    """A new start of the limits from a period on, with the reason. Limits are never set anew without one."""

    kind = "rebase"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="rebases", editable=False)
    starts_on = models.DateField("first day of the new limits")
    reason = models.CharField("what changed for good", max_length=500)
    agreed_by = models.CharField("agreed by", max_length=200)

    class Meta:
        """In the order of days; one start a day."""

        ordering: ClassVar[list[str]] = ["starts_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["indicator", "starts_on"], condition=Q(removed_at=None), name="rebase_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"New limits of {self.indicator} from {self.starts_on:%B %Y}"


class Mark(models.TextChoices):
    """How far a figure can be relied on."""

    GOOD = "good", "Good"
    FAIR = "fair", "Fair"
    POOR = "poor", "Poor"


class QualityMark(Part):
    """What a person says of the quality of an indicator's data, beside what the rules say; it holds from a day on."""

    kind = "quality-mark"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="quality_marks", editable=False)
    holds_from = models.DateField("holds from")
    mark = models.CharField(max_length=4, choices=Mark.choices)
    reasons = models.CharField("reasons", max_length=500)
    said_by = models.CharField("said by", max_length=200)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-holds_from", "-pk"]

    def __str__(self) -> str:
        return f"Quality of {self.indicator}: {self.get_mark_display()}"
