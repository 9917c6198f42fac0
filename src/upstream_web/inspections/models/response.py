"""A response to a report: two parts, one for each office, with an answer to each recommendation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.inspections.codes import Party, Stance
from upstream_web.inspections.models.inspection import Inspection
from upstream_web.inspections.models.recommendation import Recommendation
from upstream_web.inspections.policies import ResponseState
from upstream_web.records.models import Record


class ResponseRecord(Record):
    """The response of one area to one report: ours, or one that another area published, for comparison.

    What is ours is drafted, agreed, published and sent here. What is another's is as it was published.
    """

    kind = "response"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="responses")
    is_ours = models.BooleanField("our own", default=True)
    force = models.CharField(max_length=100)
    commissioner_title = models.CharField("how the commissioner is called", max_length=200, blank=True)
    commissioner_name = models.CharField("commissioner", max_length=200, blank=True)
    chief_name = models.CharField("chief constable", max_length=200, blank=True)
    form_version = models.CharField("version of the form", max_length=50, blank=True)
    account = models.TextField("what they do, in our words", blank=True)
    state = models.CharField(
        max_length=30, choices=ResponseState.choices, default=ResponseState.DRAFTING, editable=False
    )
    published_on = models.DateField("first published on", null=True, blank=True, editable=False)
    answered_on = models.DateField("published and sent on", null=True, blank=True, editable=False)

    class Meta:
        """We answer a report once; of another area one response is kept."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["inspection"],
                condition=models.Q(is_ours=True, removed_at__isnull=True),
                name="response_of_ours_once_a_report",
            ),
            models.UniqueConstraint(
                fields=["inspection", "force"],
                condition=models.Q(removed_at__isnull=True),
                name="response_once_a_force_and_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force}: response to “{self.inspection.title}”"

    def part(self, party: str) -> ResponsePart | None:
        """Give the part of one office."""
        return next((part for part in self.parts.all() if part.party == party), None)


class ResponsePart(Record):
    """What one office says. It alone agrees it, and a change of it afterwards takes the agreement back."""

    kind = "response-part"
    body_lookup = "body__key"

    response = models.ForeignKey(ResponseRecord, on_delete=models.PROTECT, related_name="parts")
    party = models.CharField(max_length=20, choices=Party.choices)
    body = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField("response", blank=True)
    closing_words = models.TextField("overall comments", blank=True)
    agreed_on = models.DateField(null=True, blank=True, editable=False)
    agreed_by = models.CharField(max_length=254, blank=True, editable=False)
    withdrawn_because = models.CharField("why the agreement was withdrawn", max_length=500, blank=True, editable=False)

    class Meta:
        """One part for each office."""

        ordering: ClassVar[list[str]] = ["response", "party"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["response", "party"], name="response_part_once_a_party"),
            models.CheckConstraint(
                condition=models.Q(agreed_on__isnull=True, agreed_by="")
                | (models.Q(agreed_on__isnull=False) & ~models.Q(agreed_by="")),
                name="response_part_agreed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}’s part"

    @property
    def is_agreed(self) -> bool:
        """Whether its office stands by these words."""
        return self.agreed_on is not None


class Answer(Record):
    """What one office says to one recommendation: what is done or proposed, or why nothing is."""

    kind = "answer"
    body_lookup = "part__body__key"

    part = models.ForeignKey(ResponsePart, on_delete=models.PROTECT, related_name="answers")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="answers")
    stance = models.CharField("taken as", max_length=20, choices=Stance.choices, blank=True)
    words = models.TextField("action taken or proposed", blank=True)
    reason_for_none = models.TextField("why no action is taken", blank=True)

    class Meta:
        """One answer of an office to a recommendation."""

        ordering: ClassVar[list[str]] = ["recommendation"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["part", "recommendation"], name="answer_once_a_recommendation"),
        ]

    def __str__(self) -> str:
        return f"Answer to {self.recommendation.label.lower()}"

    @property
    def says_something(self) -> bool:
        """Whether it answers as the law asks: an action, or why there is none."""
        return bool(self.words.strip() or self.reason_for_none.strip())
