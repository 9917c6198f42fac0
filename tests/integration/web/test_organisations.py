"""Organisations: read from the partnership's folder once, kept by people afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from upstream.partnership import Member
from upstream_web.organisations.models import Organisation, OrganisationType
from upstream_web.organisations.operations import organisations

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MEMBERS = (
    Member("Northbridge Police", "police"),
    Member("HMP Northbridge", "prison"),
    Member("Commissioner for Northbridge", "local_policing_body"),
    Member("Harbour Project", "commissioned_provider"),
    Member("A friend of the partnership", "other"),
)


def test_members_of_the_folder_are_made_once(db):
    assert len(organisations.ensure_members(MEMBERS, at=AT)) == 5
    assert organisations.ensure_members(MEMBERS, at=AT) == []
    kinds = dict(Organisation.objects.values_list("key", "type"))
    # The police are a specified authority by Schedule 1 to the Police, Crime, Sentencing and Courts Act 2022, prisons
    # a relevant one by Schedule 2; the local policing body is neither (section 14).
    assert kinds == {
        "northbridge-police": OrganisationType.SPECIFIED,
        "hmp-northbridge": OrganisationType.RELEVANT,
        "commissioner-for-northbridge": OrganisationType.POLICING_BODY,
        "harbour-project": OrganisationType.PROVIDER,
        "a-friend-of-the-partnership": OrganisationType.OTHER,
    }


def test_key_stays_when_the_name_changes_and_the_folder_does_not_make_it_again(db):
    organisations.ensure_members(MEMBERS, at=AT)
    Organisation.objects.filter(key="harbour-project").update(name="Harbour Trust")
    assert organisations.ensure_members(MEMBERS, at=AT) == []
    assert Organisation.objects.get(key="harbour-project").name == "Harbour Trust"


def test_two_organisations_of_one_name_get_two_keys(db):
    made = [
        organisations.make(organisation=Organisation(name="Youth Club", type="community"), by="tests", at=AT)
        for _ in range(3)
    ]
    assert [each.key for each in made] == ["youth-club", "youth-club-2", "youth-club-3"]


@pytest.mark.parametrize(
    ("type_", "authority"),
    [("specified", ""), ("specified", "prison"), ("relevant", "police"), ("community", "police")],
)
def test_kind_of_authority_fits_what_the_organisation_is(db, type_, authority):
    with pytest.raises(IntegrityError), transaction.atomic():
        organisations.make(
            organisation=Organisation(name="Somebody", type=type_, authority=authority), by="tests", at=AT
        )


@pytest.mark.parametrize(
    ("charity", "company", "refused"),
    [
        ("1098765", "01234567", set()), ("SC012345", "SC123456", set()), ("NIC100012", "", set()), ("", "", set()),
        ("109876", "12345678\n", set()),  # a form strips what stands around
        ("12345", "", {"charity_number"}), ("SC12345", "1234567", {"charity_number", "company_number"}),
        ("1098765-1", "", {"charity_number"}), ("", "sc123456", {"company_number"}),
    ],
)  # fmt: skip
def test_numbers_of_registers_are_held_to_their_form(db, charity, company, refused):
    from upstream_web.organisations.forms import OrganisationForm

    given = {"name": "Harbour Trust", "type": "community", "charity_number": charity, "company_number": company}
    assert set(OrganisationForm(given).errors) == refused
