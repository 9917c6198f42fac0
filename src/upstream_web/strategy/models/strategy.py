"""A strategy: what the partnership sets out to do in some years, its texts and its priorities."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.records.models import Record


class StrategyState(models.TextChoices):
    """Where a version of the strategy stands."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    REPLACED = "replaced", "Replaced"


class Strategy(Record):
    """One version of the strategy. A published version is never changed: a review makes the next one beside it."""

    kind = "strategy"

    title = models.CharField(max_length=200)
    number = models.PositiveIntegerField("version of the strategy", default=1)
    period_from = models.DateField("first day")
    period_until = models.DateField("last day")
    aim = models.TextField()
    definition = models.CharField("definition of serious violence", max_length=200)
    definition_words = models.TextField("what it counts", blank=True)
    state = models.CharField(max_length=12, choices=StrategyState.choices, default=StrategyState.DRAFT, editable=False)
    published_on = models.DateField(null=True, blank=True, editable=False)
    published_by = models.CharField("signed off by", max_length=254, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    what_changed = models.TextField("what changed in this version", blank=True)

    class Meta:
        """What must always hold, and the newest first."""

        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(period_until__gt=models.F("period_from")), name="strategy_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", published_on__isnull=True)
                | models.Q(state__in=["published", "replaced"], published_on__isnull=False),
                name="strategy_published_on_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(replaces=models.F("id")), name="strategy_does_not_replace_itself"
            ),
            models.UniqueConstraint(fields=["number"], name="strategy_version_given_once"),
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="published"), name="strategy_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}" if self.number > 1 else self.title

    @property
    def is_draft(self) -> bool:
        """Whether its words may still be changed."""
        return self.state == StrategyState.DRAFT


class StrategySection(Record):
    """One text of the strategy beside its priorities, such as the foreword; plain text with light marks."""

    kind = "strategy-section"

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="sections", editable=False)
    place = models.PositiveSmallIntegerField(default=1)
    heading = models.CharField(max_length=120)
    text = models.TextField()
    after_priorities = models.BooleanField("stands after the priorities", default=False)

    class Meta:
        """In reading order."""

        ordering: ClassVar[list[str]] = ["after_priorities", "place", "pk"]

    def __str__(self) -> str:
        return self.heading


class Priority(Record):
    """A priority of a strategy. A contextual one runs through all the others and has no number of its own in print."""

    kind = "priority"

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="priorities", editable=False)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    meaning = models.TextField("what it means")
    is_contextual = models.BooleanField("runs through all the others", default=False)
    came_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="became", editable=False
    )

    class Meta:
        """In the order of the strategy."""

        ordering: ClassVar[list[str]] = ["number"]
        verbose_name_plural = "priorities"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["strategy", "number"],
                condition=models.Q(removed_at__isnull=True),
                name="priority_number_given_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title if self.is_contextual else f"{self.number}. {self.title}"
