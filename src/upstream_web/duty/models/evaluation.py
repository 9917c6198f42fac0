"""A round of self-evaluation, and the judgement on each criterion in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record


class RoundState(models.TextChoices):
    """Where a round stands."""

    OPEN = "open", "Being judged"
    MODERATED = "moderated", "Moderated"
    SIGNED = "signed", "Signed off"


class EvaluationRound(Record):
    """One year's self-evaluation: judged, moderated by a second person, signed by another, and then frozen.

    `asked` is the framework as it was asked (edition, source, scale, criteria), so that a later edition changes nothing
    of a round that was begun before.
    """

    kind = "duty-evaluation"

    year = models.PositiveSmallIntegerField("year")
    framework = models.SlugField("what is asked", max_length=60)
    asked = models.JSONField(default=dict, editable=False)
    begun_on = models.DateField("begun")
    due_on = models.DateField("to be signed by")
    state = models.CharField(max_length=9, choices=RoundState.choices, default=RoundState.OPEN, editable=False)
    summary = models.TextField("what the bodies say in sum", blank=True)
    moderated_by = models.CharField(max_length=254, blank=True, editable=False)
    moderated_on = models.DateField("moderated", null=True, blank=True, editable=False)
    moderation = models.TextField("what moderation changed or confirmed", blank=True, editable=False)
    signed_by = models.CharField("signed off by", max_length=254, blank=True, editable=False)
    signed_on = models.DateField("signed off", null=True, blank=True, editable=False)
    corrects = models.CharField("what the next version corrects", max_length=500, blank=True, editable=False)

    class Meta:
        """The latest first; one a year; signed by another than who moderated, and only once moderated."""

        ordering: ClassVar[list[str]] = ["-year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["framework", "year"], condition=Q(removed_at=None), name="evaluation_once_a_year"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("begun_on")), name="evaluation_due_after_it_began"),
            models.CheckConstraint(
                condition=Q(state="open", moderated_by="", moderated_on=None)
                | (~Q(state="open") & ~Q(moderated_by="") & Q(moderated_on__isnull=False) & ~Q(moderation="")),
                name="evaluation_moderated_says_who_and_what",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="signed", signed_on__isnull=False) & ~Q(signed_by="") & ~Q(signed_by=F("moderated_by"))
                )
                | (~Q(state="signed") & Q(signed_by="", signed_on=None)),
                name="evaluation_signed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Self-evaluation {self.year}"


class Judgement(Record):
    """What the bodies say of one criterion in one round: how good, why, what is missing, who puts it right by when.

    A gap is closed by itself, also after its round is signed; the frozen paper stays as it was.
    """

    kind = "duty-judgement"
    body_lookup = "gap_body__key"

    round = models.ForeignKey(EvaluationRound, on_delete=models.PROTECT, related_name="judgements", editable=False)
    criterion = models.SlugField(max_length=60, editable=False)
    title = models.CharField(max_length=160, editable=False)
    place = models.PositiveSmallIntegerField(editable=False)
    level = models.SlugField("judgement", max_length=40, blank=True)
    why = models.TextField("why, and what shows it", blank=True)
    strengths = models.TextField("what is strong", blank=True)
    gap = models.TextField("what is missing", blank=True)
    gap_body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="body that puts it right",
    )  # fmt: skip
    gap_owner = models.CharField("who puts it right, by role", max_length=160, blank=True)
    gap_due_on = models.DateField("by", null=True, blank=True)
    judged_by = models.CharField(max_length=254, blank=True, editable=False)
    gap_closing = models.TextField("what closed the gap, and what shows it", blank=True, editable=False)
    gap_closed_on = models.DateField("gap closed", null=True, blank=True, editable=False)
    gap_closed_by = models.CharField(max_length=254, blank=True, editable=False)

    class Meta:
        """In the order in which they are asked; each once; judged says why; a gap has an owner and a day."""

        ordering: ClassVar[list[str]] = ["round", "place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "criterion"], name="judgement_once_a_round"),
            models.CheckConstraint(condition=Q(level="") | ~Q(why=""), name="judgement_says_why"),
            models.CheckConstraint(
                condition=Q(gap="") | (~Q(gap_owner="") & Q(gap_due_on__isnull=False)),
                name="judgement_gap_has_owner_and_day",
            ),
            models.CheckConstraint(
                condition=Q(gap_closed_on=None, gap_closing="", gap_closed_by="")
                | (Q(gap_closed_on__isnull=False) & ~Q(gap="") & ~Q(gap_closing="") & ~Q(gap_closed_by="")),
                name="judgement_gap_closed_says_who_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.round.year}"

    @property
    def has_open_gap(self) -> bool:
        """Tell whether something is missing that nobody has put right yet."""
        return bool(self.gap) and self.gap_closed_on is None
