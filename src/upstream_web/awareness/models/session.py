"""One session of a package in a setting, what became of it, and what an observer saw."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.awareness.criteria import OBSERVATION_CRITERIA
from upstream_web.awareness.models.package import Package
from upstream_web.awareness.models.setting import Setting
from upstream_web.organisations.models import Organisation
from upstream_web.records.code_lists import CodeList
from upstream_web.records.models import Record

YEAR_GROUPS = [(f"y{number}", f"Year {number}") for number in range(1, 14)]


class SessionState(models.TextChoices):
    """What became of a session. One that was moved is planned for another day; its moves are kept."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Session(Record):
    """One session. Pupils are counted and never named; a count that nobody gave is unknown, not nothing.

    Feedback counts answers: of those asked before (and after), how many showed that they understood.
    """

    kind = "education-session"
    body_lookup = "provider__key"

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="sessions")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="sessions", verbose_name="where")
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="education_sessions", verbose_name="who teaches"
    )
    on = models.DateField("day")
    year_groups = CodeList(max_length=60, choices=YEAR_GROUPS, blank=True)
    state = models.CharField(max_length=9, choices=SessionState.choices, default=SessionState.PLANNED, editable=False)
    why = models.CharField("why it was cancelled", max_length=300, blank=True, editable=False)
    pupils = models.PositiveIntegerField("pupils present", null=True, blank=True, editable=False)
    staff = models.PositiveIntegerField("school staff present", null=True, blank=True, editable=False)
    asked_before = models.PositiveIntegerField("asked before", null=True, blank=True, editable=False)
    understood_before = models.PositiveIntegerField("understood before", null=True, blank=True, editable=False)
    asked_after = models.PositiveIntegerField("asked after", null=True, blank=True, editable=False)
    understood_after = models.PositiveIntegerField("understood after", null=True, blank=True, editable=False)
    note = models.TextField("note, without names", blank=True)
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """The newest first; only what was held has counts; nobody understood who was not asked."""

        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["on", "state"], name="session_by_day")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="held") | Q(pupils=None, staff=None, asked_before=None, asked_after=None),
                name="session_counts_when_held",
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(why="")) | (~Q(state="cancelled") & Q(why="")),
                name="session_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=Q(asked_before=None, understood_before=None)
                | Q(asked_before__gte=F("understood_before"), understood_before__isnull=False),
                name="session_understood_before_were_asked",
            ),
            models.CheckConstraint(
                condition=Q(asked_after=None, understood_after=None)
                | Q(asked_after__gte=F("understood_after"), understood_after__isnull=False),
                name="session_understood_after_were_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package} at {self.setting}"


class SessionMove(Record):
    """A session that was moved to another day: never altered, so that the old day stays known."""

    kind = "education-session-move"
    body_lookup = "session__provider__key"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="moves")
    old_on = models.DateField("day before")
    new_on = models.DateField("day now")
    reason = models.CharField(max_length=300)

    class Meta:
        """In the order in which they happened; each moves the day, and says why."""

        ordering: ClassVar[list[str]] = ["made_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(old_on=F("new_on")), name="session_move_moves_the_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="session_move_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.old_on} to {self.new_on}"

    def get_absolute_url(self) -> str:
        """Give the address of the session."""
        return self.session.get_absolute_url()


class Judgement(models.TextChoices):
    """What an observer thinks of a session."""

    STRONG = "strong", "Strong"
    SOUND = "sound", "Sound"
    WEAK = "weak", "Needs work"
    STOP = "stop", "Not to be repeated as it was"


GOOD_ENOUGH = (Judgement.STRONG, Judgement.SOUND)


class Observation(Record):
    """A visit to a session to see how it is taught. It judges the session, not a person."""

    kind = "session-observation"
    body_lookup = "body__key"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="observations")
    body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="observations", verbose_name="who observed"
    )
    observer_role = models.CharField("observer, by role", max_length=120)
    criteria = CodeList("what was seen", max_length=200, choices=OBSERVATION_CRITERIA, blank=True)
    judgement = models.CharField(max_length=6, choices=Judgement.choices)
    strengths = models.TextField("what went well", blank=True)
    action = models.CharField("what has to change", max_length=300, blank=True)
    action_due_on = models.DateField("changed by", null=True, blank=True)
    action_done_on = models.DateField("changed on", null=True, blank=True)
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """The newest first; once a session and body; what is not good enough has an action, and an action its day."""

        ordering: ClassVar[list[str]] = ["-session__on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["session", "body"],
                condition=Q(removed_at=None),
                name="observation_once_a_body",
                violation_error_message="This body has observed this session already; change that entry.",
            ),
            models.CheckConstraint(
                condition=Q(judgement__in=["strong", "sound"]) | ~Q(action=""),
                name="observation_weak_has_an_action",
                violation_error_message="Say what has to change when a session is not good enough.",
            ),
            models.CheckConstraint(
                condition=(Q(action="") & Q(action_due_on=None, action_done_on=None))
                | (~Q(action="") & Q(action_due_on__isnull=False)),
                name="observation_action_has_its_day",
                violation_error_message="Give what has to change together with the day by which it is changed.",
            ),
        ]

    def __str__(self) -> str:
        return f"Observation of {self.session}"
