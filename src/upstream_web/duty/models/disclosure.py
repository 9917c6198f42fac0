"""What a body discloses to the partnership: which class of information, to whom, and on what basis."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.duty.gateway import Information
from upstream_web.duty.models.body import DutyBody
from upstream_web.duty.models.paperwork import Agreement
from upstream_web.records.models import Record

SECTION_16, OTHER_BASIS = "section-16", "other"
BASES = ((SECTION_16, "Section 16 of the Act"), (OTHER_BASIS, "Another basis, written down"))


class Disclosure(Record):
    """One flow of information from one body, from a day on: by feed, or on paper."""

    kind = "disclosure"
    body_lookup = "body__organisation__key"

    body = models.ForeignKey(
        DutyBody, on_delete=models.PROTECT, related_name="disclosures", verbose_name="who discloses"
    )
    title = models.CharField("what is disclosed", max_length=200)
    information = models.CharField(
        "class of information", max_length=30, choices=[(each.value, each.value.capitalize()) for each in Information]
    )
    receiver = models.CharField("to whom", max_length=200)
    purpose = models.CharField("for what", max_length=300)
    basis = models.CharField("on what basis", max_length=12, choices=BASES)
    basis_words = models.TextField("the other basis, as it is written down", blank=True)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures",
        verbose_name="agreement under which it flows",
    )  # fmt: skip
    feed = models.SlugField("feed by which it arrives", max_length=80, blank=True)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)

    class Meta:
        """By who discloses; section 16 never carries patient information; another basis is written down."""

        ordering: ClassVar[list[str]] = ["body__organisation__name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(basis=SECTION_16) | ~Q(information=Information.PATIENT.value),
                name="disclosure_no_patient_information_under_section_16",
            ),
            models.CheckConstraint(
                condition=~Q(basis=OTHER_BASIS) | ~Q(basis_words=""), name="disclosure_other_basis_is_written_down"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="disclosure_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.body.organisation.said_shortly}"

    def flows(self, on: date) -> bool:
        """Tell whether it flows on a day."""
        return self.from_on <= on and (self.until_on is None or self.until_on >= on)

    @property
    def basis_said(self) -> str:
        """The basis in words."""
        return self.basis_words if self.basis == OTHER_BASIS else self.get_basis_display()
