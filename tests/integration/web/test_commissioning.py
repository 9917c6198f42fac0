"""Commissioning against a real database: the example, money, returns, payments, bids, rights."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def loaded(db, site_of):
    """The example of the partnership's folder, as on 20 November 2026, with the people who sign in there."""
    from upstream_web.access.operations import users
    from upstream_web.access.roles import ROLE_BY_KEY
    from upstream_web.commissioning import example
    from upstream_web.organisations.operations.organisations import ensure_members

    ensure_members(site_of.config.members, at=NOW)
    for key, body in (("manager", ""), ("board", ""), ("analyst", ""), ("lead", "police")):
        users.make(username=f"{key}@example", name=key, role=ROLE_BY_KEY[key], body=body,
                   password="three words that nobody guesses", by="tests", at=NOW)  # fmt: skip
    example.load(site_of.folder / "records", at=NOW)
    return site_of


def test_example_loads_once_and_says_what_is_late(loaded):
    from upstream_web.commissioning import example, queries
    from upstream_web.commissioning.models import Fund, Grant

    # Counted by hand in the files: eleven agreements, and three made from bids.
    assert (Fund.objects.count(), Grant.objects.count()) == (5, 14)
    assert example.load(loaded.folder / "records", at=NOW) == 0
    late = queries.late_returns(date(2026, 11, 20))
    assert {str(each) for each in late} == {
        "Child exploitation service: July to September 2026",
        "Tailored support for people of 18 to 25: July to September 2026",
    }  # fmt: skip


def test_pages_of_the_example_open(loaded, browser_of):
    from upstream_web.commissioning import register
    from upstream_web.records.register import Register

    browser = browser_of("manager")
    kinds = [each for each in vars(register).values() if isinstance(each, Register)]
    assert len(kinds) == 11
    for kind in kinds:
        assert browser.get(kind.address()).status_code == 200, kind
        assert browser.get(f"{kind.address()}export.csv").status_code == 200, kind
        for record in kind.model.objects.all()[:4]:
            assert browser.get(record.get_absolute_url()).status_code == 200, record
    for name in ("commissioning-costs", "award-list", "award-file"):
        assert browser.get(reverse(name)).status_code == 200, name
