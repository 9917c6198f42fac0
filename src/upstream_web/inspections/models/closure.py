"""The steps of the closure ladder as they were taken. Rows are added and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.inspections.models.recommendation import Recommendation
from upstream_web.inspections.policies import RecommendationState
from upstream_web.records.models import Record


class OfRecommendation(Record):
    """What belongs to one recommendation, and is open to whom that is open."""

    body_lookup = "recommendation__body__key"
    people_lookups = ("recommendation__owner_id",)

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        """No table of its own."""

        abstract = True


class Step(OfRecommendation):
    """That a recommendation passed from one state to another, on which day, and in whose name."""

    kind = "closure-step"

    transition = models.CharField(max_length=40)
    state = models.CharField(max_length=30, choices=RecommendationState.choices)
    on = models.DateField()
    who = models.CharField("in whose name", max_length=200, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.get_state_display()}"


class Plenary(OfRecommendation):
    """The session with all concerned: what is asked, where we stand, who takes it on."""

    kind = "plenary"

    held_on = models.DateField("held on")
    attended = models.TextField("who attended")
    outcome = models.TextField("what came of it")

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-held_on"]

    def __str__(self) -> str:
        return f"Plenary on {self.recommendation}"


class PositionStatement(OfRecommendation):
    """Where we stand against what is asked, and what is still to do."""

    kind = "position-statement"

    stated_on = models.DateField("stated on")
    standing = models.TextField("where we stand")
    work_needed = models.TextField("what is still to do")

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-stated_on"]

    def __str__(self) -> str:
        return f"Position on {self.recommendation}"


class MonitoringNote(OfRecommendation):
    """What the governance group found at one of its reviews; it sets the day of the next."""

    kind = "monitoring-note"

    class Pace(models.TextChoices):
        """How the work goes, measured by its plan."""

        ON_TIME = "on time", "On time"
        SLIPPED = "slipped", "Slipped"
        STUCK = "stuck", "Stuck"

    reviewed_on = models.DateField("reviewed on")
    group = models.CharField("by which group", max_length=200)
    pace = models.CharField("how the plan goes", max_length=10, choices=Pace.choices)
    words = models.TextField("what was found")
    slip_reason = models.TextField("why it slipped", blank=True)

    class Meta:
        """Latest first. What slips says why."""

        ordering: ClassVar[list[str]] = ["-reviewed_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(pace="on time") | ~models.Q(slip_reason=""), name="monitoring_slip_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Review of {self.recommendation}"


class AuditView(OfRecommendation):
    """What the audit committee thinks of how the recommendation is handled."""

    kind = "audit-view"

    given_on = models.DateField("given on")
    committee = models.CharField(max_length=200, default="Audit committee")
    satisfied = models.BooleanField("the committee is satisfied", default=False)
    words = models.TextField("what it says")

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"Audit committee on {self.recommendation}"


class ClosureRequest(OfRecommendation):
    """That closure is asked for, at which level, on what evidence."""

    kind = "closure-request"

    requested_on = models.DateField("requested on")
    level = models.CharField("level asked for", max_length=30)
    who = models.CharField("in whose name", max_length=200)
    words = models.TextField("on what ground")
    evidence = models.CharField("evidence given", max_length=300)  # "E1, E2": as it stood on that day

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-requested_on", "-pk"]

    def __str__(self) -> str:
        return f"Closure of {self.recommendation} requested"


class ClosureDecision(OfRecommendation):
    """What was decided about a request: the level that was given, by whom and when, or why it was refused."""

    kind = "closure-decision"

    request = models.OneToOneField(ClosureRequest, on_delete=models.PROTECT, related_name="decision")
    decided_on = models.DateField("decided on")
    granted = models.BooleanField()
    level = models.CharField("level given", max_length=30, blank=True)
    decided_by = models.CharField("decided by", max_length=200)
    words = models.TextField("in what words")

    class Meta:
        """Latest first. What is granted has a level."""

        ordering: ClassVar[list[str]] = ["-decided_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(granted=False) | ~models.Q(level=""), name="closure_granted_at_a_level"
            ),
        ]

    def __str__(self) -> str:
        return f"Closure of {self.recommendation} decided"


class Recheck(OfRecommendation):
    """A look, some months after closure, at whether it lasted. Made with the closure, filled in when it was done."""

    kind = "recheck"

    class Lasted(models.TextChoices):
        """What the look found."""

        YES = "yes", "It lasted"
        PARTLY = "partly", "It lasted in part"
        NO = "no", "It did not last"

    clock = models.CharField(max_length=50)  # the rule it is due by
    started_on = models.DateField()
    due_on = models.DateField()
    checked_on = models.DateField(null=True, blank=True)
    lasted = models.CharField(max_length=10, choices=Lasted.choices, blank=True)
    words = models.TextField("what was found", blank=True)

    class Meta:
        """By the day they are due."""

        ordering: ClassVar[list[str]] = ["due_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(checked_on__isnull=True, lasted="")
                | (models.Q(checked_on__isnull=False) & ~models.Q(lasted="")),
                name="recheck_found_something",
            ),
        ]

    def __str__(self) -> str:
        return f"Re-check of {self.recommendation}"
