"""What a provider owes after each period: what was delivered and spent, in a return that is checked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.commissioning.models.grant import Grant, Target
from upstream_web.core.words import span_words
from upstream_web.records.models import Record


class ReturnState(models.TextChoices):
    """Where a return stands."""

    OWED = "owed", "Not sent"
    SENT = "sent", "Sent, to be checked"
    BACK = "back", "Sent back"
    ACCEPTED = "accepted", "Accepted"


OPEN = (ReturnState.OWED, ReturnState.BACK)


class ProviderReturn(Record):
    """One period of one agreement, both days included."""

    kind = "provider-return"
    body_lookup = "grant__provider__key"

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="returns", editable=False)
    begins_on = models.DateField("period begins", editable=False)
    ends_on = models.DateField("period ends", editable=False)
    due_on = models.DateField("due", editable=False)
    state = models.CharField(max_length=8, choices=ReturnState.choices, default=ReturnState.OWED, editable=False)
    spent = models.DecimalField("spent, in pounds", max_digits=12, decimal_places=2, null=True, blank=True)
    spent_note = models.CharField("why it differs from the plan", max_length=500, blank=True)
    narrative = models.TextField("what went well, what did not, and what comes next", blank=True)
    sent_on = models.DateField("sent", null=True, blank=True, editable=False)
    sent_by = models.CharField("sent by", max_length=254, blank=True, editable=False)
    checked_on = models.DateField("checked", null=True, blank=True, editable=False)
    checked_by = models.CharField("checked by", max_length=254, blank=True, editable=False)
    reason = models.TextField("why it was sent back", blank=True, editable=False)
    times_back = models.PositiveSmallIntegerField("times sent back", default=0, editable=False)

    class Meta:
        """The latest first; one a period; nobody accepts what they sent; what goes back says why."""

        ordering: ClassVar[list[str]] = ["-ends_on", "grant"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["grant", "begins_on"], condition=Q(removed_at=None), name="provider_return_once_a_period"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="provider_return_period_has_days"),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "accepted"]) | (Q(sent_on__isnull=False) & ~Q(sent_by="")),
                name="provider_return_sent_has_name",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
                name="provider_return_accepted_has_name",
            ),
            models.CheckConstraint(
                condition=Q(checked_by="") | Q(sent_by="") | ~Q(checked_by=F("sent_by")),
                name="provider_return_checked_by_another",
            ),
            models.CheckConstraint(condition=~Q(state="back") | ~Q(reason=""), name="provider_return_back_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.grant}: {self.period}"

    @property
    def period(self) -> str:
        """The period in words: `July to September 2026`."""
        return span_words(self.begins_on, self.ends_on)


class ReturnFigure(Record):
    """What was delivered of one target in one period; None while it is not known, which is not nothing."""

    kind = "return-figure"
    body_lookup = "made_return__grant__provider__key"

    made_return = models.ForeignKey(ProviderReturn, on_delete=models.PROTECT, related_name="figures", editable=False)
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="figures", editable=False)
    value = models.DecimalField("delivered", max_digits=9, decimal_places=1, null=True, blank=True)

    class Meta:
        """Once a target; never less than nothing."""

        ordering: ClassVar[list[str]] = ["made_return", "target"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["made_return", "target"], name="return_figure_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="return_figure_not_below_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_return}: {self.target}"
