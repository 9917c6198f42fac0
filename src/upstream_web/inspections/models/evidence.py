"""Evidence: what there is to show, and what it proves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.inspections.codes import Proves
from upstream_web.inspections.models.closure import OfRecommendation
from upstream_web.records.models import Record


class EvidenceItem(OfRecommendation):
    """One piece of evidence, numbered E1, E2 within its recommendation.

    `proves` is what its adder says. A second person, never the adder, reviews it for effect: did anything get
    better, or was something merely done? Where it rests on a sample, `found` of `looked_at` gives its interval.
    """

    kind = "evidence"

    number = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(max_length=200)
    words = models.TextField("what it shows")
    dated = models.DateField("dated")
    source = models.CharField("from where", max_length=200)
    proves = models.CharField("what it proves", max_length=10, choices=Proves.choices)
    found = models.PositiveIntegerField("cases found", null=True, blank=True)
    looked_at = models.PositiveIntegerField("cases looked at", null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    reviewed_by = models.CharField(max_length=254, blank=True, editable=False)
    review = models.TextField("what the reviewer found of its effect", blank=True, editable=False)

    class Meta:
        """By number. Nobody reviews what they added themselves."""

        ordering: ClassVar[list[str]] = ["recommendation", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["recommendation", "number"], name="evidence_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(reviewed_by="") | ~models.Q(reviewed_by=models.F("made_by")),
                name="evidence_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(found__isnull=True, looked_at__isnull=True)
                | models.Q(found__isnull=False, looked_at__gte=models.F("found"), looked_at__gt=0),
                name="evidence_sample_part_of_whole",
                violation_error_message="Give both numbers of the sample; no more cases are found than looked at.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """Its number as people cite it."""
        return f"E{self.number}"

    @property
    def is_reviewed(self) -> bool:
        """Whether a second person has looked at its effect."""
        return self.reviewed_on is not None


class PublicRow(Record):
    """One recommendation as the public is told of it: you said, inspectors said, we did, and whether it worked.

    Shown outside only once somebody has approved these very words.
    """

    kind = "public-row"
    body_lookup = "recommendation__body__key"

    recommendation = models.OneToOneField(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="public_row"
    )
    you_said = models.TextField("you said", blank=True)
    inspectors_said = models.TextField("inspectors said, in plain words")
    we_did = models.TextField("we did")
    did_it_work = models.TextField("did it work?")
    approved_on = models.DateField(null=True, blank=True, editable=False)
    approved_by = models.CharField(max_length=254, blank=True, editable=False)

    class Meta:
        """As the recommendations stand."""

        ordering: ClassVar[list[str]] = ["recommendation"]

    def __str__(self) -> str:
        return f"For the public: {self.recommendation}"

    @property
    def is_approved(self) -> bool:
        """Whether it is shown outside."""
        return self.approved_on is not None
