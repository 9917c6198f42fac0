"""An action of the delivery plan, the bodies that help, the actions it needs, and the dates it had before."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models

from upstream_web.records.models import Record
from upstream_web.strategy.models.commitment import Commitment


class ActionState(models.TextChoices):
    """Where the work on an action stands, as its lead says."""

    NOT_STARTED = "not_started", "Not started"
    UNDER_WAY = "under_way", "Under way"
    BLOCKED = "blocked", "Blocked"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


OPEN_STATES = (ActionState.NOT_STARTED, ActionState.UNDER_WAY, ActionState.BLOCKED)
NOTHING_SPENT = Decimal(0)


class Action(Record):
    """A piece of the delivery plan with a lead and dates.

    `baseline_due_on` is the day agreed at first; each later day is kept as a `Rebaseline`. Its RAG state is worked
    out by rule and stands in `standing`; `rag_comment` is what a person says beside it.
    """

    kind = "action"
    body_lookup = "lead_body__key"
    people_lookups = ("lead_id",)

    number = models.PositiveIntegerField(editable=False)
    title = models.CharField(max_length=200)
    what = models.TextField("what will be done", blank=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="actions")
    lead_body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="led_actions", verbose_name="lead body"
    )
    lead_role = models.CharField("lead, by role", max_length=120, blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_actions",
        verbose_name="lead, who signs in",
    )
    starts_on = models.DateField("starts")
    due_on = models.DateField("due", editable=False)  # moved by re-baselining, never by hand or by restoring
    baseline_due_on = models.DateField("due at first", editable=False)
    state = models.CharField(
        max_length=12, choices=ActionState.choices, default=ActionState.NOT_STARTED, editable=False
    )
    done_on = models.DateField("done", null=True, blank=True, editable=False)
    blocked_on = models.DateField("blocked since", null=True, blank=True, editable=False)
    blocked_by = models.CharField("what blocks it", max_length=500, blank=True, editable=False)
    stopped_because = models.CharField("why it was stopped", max_length=500, blank=True, editable=False)
    percent = models.PositiveSmallIntegerField("part done, in %", default=0, editable=False)
    cost_planned = models.DecimalField("planned cost, £", max_digits=12, decimal_places=2, default=NOTHING_SPENT)
    cost_spent = models.DecimalField("spent so far, £", max_digits=12, decimal_places=2, default=NOTHING_SPENT)
    output_expected = models.CharField("output expected", max_length=300, blank=True)
    outcome_expected = models.CharField("outcome expected", max_length=300, blank=True)
    outcome_seen = models.TextField("what came of it", blank=True)
    slip_reason = models.CharField("why it is late", max_length=500, blank=True, editable=False)
    rag_comment = models.CharField("comment beside the RAG state", max_length=500, blank=True, editable=False)
    escalation_asked_on = models.DateField("escalation asked for", null=True, blank=True, editable=False)
    escalation_reason = models.CharField("why it should be escalated", max_length=500, blank=True, editable=False)

    class Meta:
        """What must always hold."""

        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number"], name="action_number_given_once"),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("starts_on")), name="action_due_after_it_starts"
            ),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="action_percent_of_a_hundred"),
            models.CheckConstraint(
                condition=models.Q(cost_planned__gte=0) & models.Q(cost_spent__gte=0), name="action_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", done_on__isnull=False, percent=100)
                | (~models.Q(state="done") & models.Q(done_on__isnull=True)),
                name="action_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=(models.Q(state="blocked", blocked_on__isnull=False) & ~models.Q(blocked_by=""))
                | (~models.Q(state="blocked") & models.Q(blocked_on__isnull=True, blocked_by="")),
                name="action_blocked_by_something",
            ),
            models.CheckConstraint(
                condition=(models.Q(state="stopped") & ~models.Q(stopped_because=""))
                | (~models.Q(state="stopped") & models.Q(stopped_because="")),
                name="action_stopped_for_a_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_on", "id"], name="action_by_due_day"),
            models.Index(fields=["removed_at", "state", "due_on"], name="action_counted"),
            models.Index(fields=["state", "due_on"], name="action_by_state"),
            models.Index(fields=["state", "-done_on", "-id"], name="action_by_done_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in OPEN_STATES

    @property
    def lead_words(self) -> str:
        """Who leads, as a list shows it: the role where there is one, and the body."""
        return f"{self.lead_role}, {self.lead_body}" if self.lead_role else str(self.lead_body)


class ActionBody(Record):
    """A body that contributes to an action led by another, and what it says of its part.

    It belongs to the contributing body, whose people report on it and on nothing else of the action; what was said
    earlier stands in its history.
    """

    kind = "action-body"
    body_lookup = "body__key"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="bodies", editable=False)
    body = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="helped_actions")
    brings = models.CharField("what it brings", max_length=300, blank=True)
    said = models.TextField("what was done on its part", blank=True, editable=False)
    percent = models.PositiveSmallIntegerField("part done of its own, in %", null=True, blank=True, editable=False)
    said_on = models.DateField("reported", null=True, blank=True, editable=False)

    class Meta:
        """A body contributes to an action once, and what it reports has words, a part and a day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(said="", percent=None, said_on=None)
                | (~models.Q(said="") & models.Q(percent__isnull=False, percent__lte=100, said_on__isnull=False)),
                name="action_body_reports_whole",
            ),
            models.UniqueConstraint(
                fields=["action", "body"],
                condition=models.Q(removed_at__isnull=True),
                name="action_body_named_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.body)

    def get_absolute_url(self) -> str:
        """Give the address of the action."""
        return self.action.get_absolute_url()


class ActionDependency(Record):
    """That an action needs another one first. A chain of them never comes back to where it began."""

    kind = "action-dependency"
    body_lookup = "action__lead_body__key"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="needs")
    needs = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="needed_by")
    why = models.CharField("what it needs of it", max_length=300, blank=True)

    class Meta:
        """What the database can hold of the rule against circles; operations hold the rest."""

        verbose_name_plural = "action dependencies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(action=models.F("needs")), name="action_dependency_on_another"),
            models.UniqueConstraint(
                fields=["action", "needs"],
                condition=models.Q(removed_at__isnull=True),
                name="action_dependency_named_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} needs {self.needs}"

    def get_absolute_url(self) -> str:
        """Give the address of the action."""
        return self.action.get_absolute_url()


class Rebaseline(Record):
    """A change of the day an action is due: never altered, so that the log stays whole."""

    kind = "rebaseline"
    body_lookup = "action__lead_body__key"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="rebaselines")
    old_due_on = models.DateField("due before")
    new_due_on = models.DateField("due now")
    reason = models.CharField(max_length=500)
    agreed_by = models.CharField("agreed by", max_length=200, blank=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(old_due_on=models.F("new_due_on")), name="rebaseline_moves_the_day"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="rebaseline_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on} to {self.new_due_on}"

    def get_absolute_url(self) -> str:
        """Give the address of the action."""
        return self.action.get_absolute_url()
