"""An organisation that works with the partnership."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream.codes.specified_authorities import authorities, relevant_authorities, specified_authorities
from upstream_web.organisations.register_numbers import CHARITY, COMPANY, register_identifier
from upstream_web.records.models import Record, Records

AUTHORITIES = [(item.code, item.name) for item in authorities()]
SPECIFIED = sorted(item.code for item in specified_authorities())
RELEVANT = sorted(item.code for item in relevant_authorities())


class OrganisationType(models.TextChoices):
    """What an organisation is to the partnership."""

    SPECIFIED = "specified", "Specified authority"
    RELEVANT = "relevant", "Authority with a duty to co-operate"
    POLICING_BODY = "local_policing_body", "Local policing body"
    PROVIDER = "commissioned_provider", "Commissioned provider"
    SCRUTINY = "scrutiny", "Scrutiny"
    COMMUNITY = "community", "Community"
    OTHER = "other", "Other"


class OrganisationQuerySet(Records["Organisation"]):
    """Organisations by what they are."""

    def active(self) -> OrganisationQuerySet:
        """Keep those that work with the partnership now."""
        return self.filter(is_active=True, removed_at=None)

    def with_the_duty(self) -> OrganisationQuerySet:
        """Keep the specified authorities."""
        return self.filter(type=OrganisationType.SPECIFIED)

    def to_be_consulted(self) -> OrganisationQuerySet:
        """Keep those with a duty to co-operate: educational, prison and youth custody authorities."""
        return self.filter(type=OrganisationType.RELEVANT)


class Organisation(Record):
    """One body. Grants, records and feeds point at it by its key, which never changes, whatever it is called."""

    kind: ClassVar[str] = "organisation"
    body_lookup: ClassVar[str] = "key"

    key = models.SlugField(max_length=80, unique=True, editable=False)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    type = models.CharField("what it is", max_length=30, choices=OrganisationType.choices)
    authority = models.CharField("kind of authority", max_length=30, choices=AUTHORITIES, blank=True)
    is_active = models.BooleanField("works with the partnership now", default=True)
    contact_name = models.CharField("whom to ask", max_length=200, blank=True)
    contact_email = models.EmailField("e-mail", blank=True)
    contact_phone = models.CharField("telephone", max_length=40, blank=True)
    website = models.URLField("web site", blank=True)
    charity_number = models.CharField("charity number", max_length=9, blank=True, validators=[CHARITY])
    company_number = models.CharField("company number", max_length=8, blank=True, validators=[COMPANY])
    notes = models.TextField(blank=True)

    objects = OrganisationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        """In the order of their names; only authorities have a kind of authority, and it fits what they are."""

        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(type="specified", authority__in=SPECIFIED)
                | models.Q(type="relevant", authority__in=RELEVANT)
                | (~models.Q(type__in=["specified", "relevant"]) & models.Q(authority="")),
                name="organisation_authority_fits_type",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def register_identifier(self) -> str:
        """The identifier from the number of a public register; empty where none is held."""
        return register_identifier(self.charity_number, self.company_number)

    @property
    def said_shortly(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name
