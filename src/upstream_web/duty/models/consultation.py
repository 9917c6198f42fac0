"""A body or group that was asked, what it said, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record


class ConsultedSort(models.TextChoices):
    """Who is asked: the first three must be (section 8(4)), the others we choose to ask."""

    EDUCATION = "education", "Educational authority"
    PRISON = "prison", "Prison authority"
    YOUTH_CUSTODY = "youth_custody", "Youth custody authority"
    YOUNG_PEOPLE = "young people", "Children and young people"
    FAMILIES = "families", "Parents and carers"
    COMMUNITY = "community", "Community or voluntary group"
    OTHER = "other", "Somebody else"


MUST_BE_CONSULTED = (ConsultedSort.EDUCATION, ConsultedSort.PRISON, ConsultedSort.YOUTH_CUSTODY)


class Consultation(Record):
    """One question to one body or group. The clock runs from the day it was sent to the reply."""

    kind = "consultation"
    body_lookup = "organisation__key"

    asked = models.CharField("who is asked", max_length=200)
    sort = models.CharField("what they are", max_length=14, choices=ConsultedSort.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="consultations",
        verbose_name="organisation, where we keep it",
    )  # fmt: skip
    email = models.EmailField("sent to", blank=True)
    about = models.CharField(max_length=200)
    question = models.TextField("what is asked")
    asked_on = models.DateField("sent")
    due_on = models.DateField("reply wanted by", editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    reminded_on = models.DateField("last reminded", null=True, blank=True, editable=False)
    replied_on = models.DateField("replied", null=True, blank=True, editable=False)
    reply = models.TextField("what they said", blank=True, editable=False)
    changed = models.TextField("what we changed because of it", blank=True, editable=False)

    class Meta:
        """Those that wait longest first; a reply comes after the question and has words; asked once about one thing."""

        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["replied_on", "due_on"], name="consultation_waiting"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(replied_on=None, reply="") | (Q(replied_on__gte=F("asked_on")) & ~Q(reply="")),
                name="consultation_reply_after_question",
            ),
            models.UniqueConstraint(
                fields=["about", "asked"], condition=Q(removed_at=None), name="consultation_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked}: {self.about}"
