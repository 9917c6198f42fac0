"""A body that the Act names, and what it owes and has given."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from upstream.codes.specified_authorities import authority
from upstream_web.organisations.models import Organisation
from upstream_web.organisations.models.organisation import OrganisationType
from upstream_web.records.models import Record

# What an organisation must be to have a part in the duty.
IN_THE_ACT = (OrganisationType.SPECIFIED, OrganisationType.RELEVANT, OrganisationType.POLICING_BODY)


class DutyBody(Record):
    """One body under the Act: who leads for it, since when it has agreed, and whether it is a health or care body."""

    kind = "duty-body"
    body_lookup = "organisation__key"
    people_lookups = ("lead_id",)

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="under_the_duty")
    lead_role = models.CharField("named lead, by role", max_length=160)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="named lead, who signs in",
    )  # fmt: skip
    agreed_on = models.DateField("agreed its part", null=True, blank=True)
    is_health_or_care = models.BooleanField("is a health or social care authority", default=False)
    notes = models.TextField(blank=True)

    class Meta:
        """In the order of their names."""

        ordering: ClassVar[list[str]] = ["organisation__name"]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def standing(self) -> str:
        """What the body is under the Act."""
        return self.organisation.get_type_display()

    @property
    def law(self) -> str:
        """Where the Act names it."""
        if self.organisation.type == OrganisationType.POLICING_BODY:
            return "section 14"
        return authority(self.organisation.authority).law


class ContributionSort(models.TextChoices):
    """What a body gives."""

    PEOPLE = "people", "People"
    MONEY = "money", "Money"
    DATA = "data", "Data"
    PREMISES = "premises", "Premises"


class Contribution(Record):
    """One thing that a body owes to the partnership's work: what, by when, and when it was given."""

    kind = "contribution"
    body_lookup = "body__organisation__key"

    body = models.ForeignKey(DutyBody, on_delete=models.PROTECT, related_name="contributions")
    sort = models.CharField("what it is", max_length=8, choices=ContributionSort.choices)
    title = models.CharField("what is given", max_length=200)
    amount = models.DecimalField("worth, in pounds", max_digits=12, decimal_places=2, null=True, blank=True)
    owed_on = models.DateField("owed by")
    given_on = models.DateField("given", null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        """The longest owed first; a worth is never below nothing."""

        ordering: ClassVar[list[str]] = ["owed_on", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["given_on", "owed_on"], name="contribution_owed")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="contribution_worth_not_below_0"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_missing(self, on: date) -> bool:
        """Tell whether it was owed before `on` and has not been given by then."""
        return self.owed_on < on and (self.given_on is None or self.given_on > on)
