"""Where an action stands by rule: kept so that lists can sort and filter by it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from upstream_web.strategy.models.action import Action
from upstream_web.strategy.rag import RANKS, Rag, Reason


class Standing(models.Model):
    """The RAG state of one action as it was last worked out; no person sets it.

    It holds until `turns_on`, the next day on which time alone would change it, and for `action_version`.
    """

    action = models.OneToOneField(Action, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    rag = models.CharField("RAG", max_length=8, choices=[(each.value, each.title) for each in Rag])
    rank = models.PositiveSmallIntegerField("how pressing", db_index=True)
    reasons = models.JSONField(default=list)
    since = models.DateField()
    before = models.CharField("RAG before", max_length=8, blank=True)
    escalates = models.BooleanField("to be escalated by rule", default=False)
    turns_on = models.DateField(null=True, db_index=True)
    action_version = models.PositiveIntegerField()

    class Meta:
        """A colour always has its rank."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(
                    *[models.Q(rag=rag.value, rank=rank) for rag, rank in RANKS.items()], _connector="OR"
                ),
                name="standing_rank_of_its_colour",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colour.title} since {self.since}"

    @property
    def colour(self) -> Rag:
        """The colour as the rule names it."""
        return Rag(self.rag)

    @property
    def colour_before(self) -> Rag | None:
        """The colour it had before this one."""
        return Rag(self.before) if self.before else None

    def reasons_on(self, day: date) -> list[str]:
        """Say why, as it reads on a day; the first reason decides the colour."""
        return [Reason.from_kept(kept).words(day) for kept in self.reasons]
