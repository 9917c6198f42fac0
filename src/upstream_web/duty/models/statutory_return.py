"""A return of the duty: what it says, who checked and signed it, and how it was sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upstream_web.records.models import Record


class ReturnState(models.TextChoices):
    """Where a return stands."""

    DRAFT = "draft", "Draft"
    CHECKED = "checked", "Checked"
    SIGNED = "signed", "Signed off"
    SENT = "sent", "Sent"


FROZEN = (ReturnState.SIGNED, ReturnState.SENT)


class DutyReturn(Record):
    """One return for one quarter, or for a year (quarter 0).

    `answers` are as the return says them, by the key of the field; `drawn` is what the records said when it was last
    composed. From signing on neither changes: `fingerprint` is the hash of form and answers as they were signed.
    """

    kind = "duty-return"

    form_key = models.SlugField("return", max_length=60)
    year = models.PositiveSmallIntegerField("financial year that begins in")
    quarter = models.PositiveSmallIntegerField(
        choices=[(0, "The whole year"), *((each, f"Quarter {each}") for each in range(1, 5))], default=0
    )
    state = models.CharField(max_length=8, choices=ReturnState.choices, default=ReturnState.DRAFT, editable=False)
    due_on = models.DateField("due", editable=False)
    answers = models.JSONField(default=dict, editable=False)
    drawn = models.JSONField(default=dict, editable=False)
    composed_at = models.DateTimeField("composed", null=True, editable=False)
    checked_by = models.CharField("checked by", max_length=254, blank=True, editable=False)
    checked_on = models.DateField("checked", null=True, blank=True, editable=False)
    signed_by = models.CharField("signed off by", max_length=254, blank=True, editable=False)
    signed_on = models.DateField("signed off", null=True, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    corrects = models.CharField("what the next version corrects", max_length=500, blank=True, editable=False)
    sent_on = models.DateField("sent", null=True, blank=True, editable=False)
    sent_proof = models.CharField("proof of sending", max_length=300, blank=True, editable=False)

    class Meta:
        """The latest first; one a period; frozen ones are signed by somebody else than who checked, and hashed."""

        ordering: ClassVar[list[str]] = ["-year", "-quarter"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["form_key", "year", "quarter"], condition=Q(removed_at=None), name="duty_return_once_a_period"
            ),
            models.CheckConstraint(condition=Q(quarter__range=(0, 4)), name="duty_return_quarter_is_0_to_4"),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "sent"])
                | (Q(signed_on__isnull=False) & ~Q(signed_by="") & ~Q(fingerprint="")),
                name="duty_return_signed_has_name_and_hash",
            ),
            models.CheckConstraint(
                condition=Q(signed_by="") | ~Q(signed_by=models.F("checked_by")),
                name="duty_return_signed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | (Q(sent_on__isnull=False) & ~Q(sent_proof="")),
                name="duty_return_sent_has_proof",
            ),
        ]

    def __str__(self) -> str:
        from upstream_web.duty.return_forms import find_form  # the form's words; read from the folder once

        form = find_form(self.form_key)
        return f"{form.title if form else self.form_key}, {self.period}"

    @property
    def period(self) -> str:
        """The period in words: `quarter 2 of 2026-27`."""
        year = f"{self.year}-{(self.year + 1) % 100:02d}"
        return f"quarter {self.quarter} of {year}" if self.quarter else year

    @property
    def is_frozen(self) -> bool:
        """Whether it is signed, so that nothing of it changes any more."""
        return self.state in FROZEN
