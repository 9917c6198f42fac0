"""Organisations as a register: list, page, form and history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.organisations.forms import OrganisationForm
from upstream_web.organisations.models import Organisation, OrganisationType
from upstream_web.organisations.models.organisation import AUTHORITIES
from upstream_web.organisations.operations import organisations
from upstream_web.organisations.people import people_count, people_of
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Register, enter


def _state(organisation: Organisation) -> Tag:
    return Tag("done", "Works with us") if organisation.is_active else Tag("", "No longer")


class Organisations(Register[Organisation]):
    """Every organisation of the partnership."""

    model = Organisation
    noun, plural = "organisation", "organisations"
    area, section = "account", "people"
    see, change = Permission.ORGANISATION_VIEW, Permission.ORGANISATION_CHANGE
    form = OrganisationForm
    columns = (
        Column("name", "Organisation", sort=("name",)),
        Column("type", "What it is", value="get_type_display", sort=("type", "name")),
        Column("authority", "Kind of authority", value="get_authority_display", sort=("authority", "name")),
        Column("people", "People", value="people_count", sort=("people_count", "name"), is_number=True),
        Column("state", "State", value=_state, sort=("-is_active", "name")),
        Column("key", "Key", only_exported=True),
        Column("contact_name", "Whom to ask", only_exported=True),
        Column("contact_email", "E-mail", only_exported=True),
        Column("charity_number", "Charity number", only_exported=True),
        Column("company_number", "Company number", only_exported=True),
    )
    filters = (
        Filter("type", "What it is", OrganisationType.choices),
        Filter("authority", "Kind of authority", AUTHORITIES),
        Filter("is_active", "State", (("True", "Works with us"), ("False", "No longer"))),
    )
    searched = ("name", "short_name", "contact_name", "charity_number", "company_number")
    order = ("name",)
    list_template = "organisations/organisation_list.html"
    page_template = "organisations/organisation.html"
    empty = "They are read from the partnership's folder at first set-up."

    def records(self) -> QuerySet[Any]:
        """Count with each organisation the people who have a role there today."""
        return super().records().annotate(people_count=people_count())

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many have the duty."""
        count = records.filter(type=OrganisationType.SPECIFIED, is_active=True).count()
        return f"{count} of {records.count()} organisations have the Serious Violence Duty here."

    def context(self, record: Organisation, person: Any) -> dict[str, Any]:
        """Show who works there in which role, now, to come and before."""
        return {"people": people_of(record.key), "may_see_people": may(person, Permission.ACCESS_VIEW)}

    def acts(self, record: Organisation, person: Any) -> list[Act]:
        """Lead to giving somebody access for this organisation."""
        if not may(person, Permission.ACCESS_CHANGE):
            return []
        return [Act("Add a person", f"{reverse('person-new')}?body={record.key}")]

    def make(self, record: Organisation, *, by: Any, at: datetime) -> Organisation:
        """Write a new organisation with its key."""
        return organisations.make(organisation=record, by=by, at=at)


ORGANISATIONS = enter(Organisations())
