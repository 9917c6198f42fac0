"""The list of awards in the form of open grant publication: the column titles of the 360Giving data standard.

The standard makes the identifier of a grant from the prefix that 360Giving registered for the publisher and from the
publisher's own reference; an organisation has the number of a public register, or else, after the prefix, the
publisher's own name for it (standard.threesixtygiving.org, identifiers). Nobody can make such a prefix for themselves.
Where a partnership has set none, the own references stand alone, and organisations without a register number have no
identifier: the list says so, and can be completed, but it looks like nothing that it is not.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from upstream.partnership import PartnershipConfig
from upstream_web.commissioning import queries
from upstream_web.commissioning.models import Grant, GrantState

COLUMNS = (
    "Identifier", "Title", "Description", "Currency", "Amount Applied For", "Amount Awarded", "Amount Disbursed",
    "Award Date", "Planned Dates:Start Date", "Planned Dates:End Date", "Planned Dates:Duration (months)",
    "Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Charity Number", "Recipient Org:Company Number",
    "Funding Org:Identifier", "Funding Org:Name", "Grant Programme:Title", "From an open call?", "Last modified",
)  # fmt: skip
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def awards(since: date, until: date, person: Any) -> list[Grant]:
    """Give the agreements that a person may see, signed from `since` to `until`, both included, in order of signing."""
    found = queries.grants(person).exclude(state=GrantState.DRAFT).filter(signed_on__range=(since, until))
    return list(found.select_related("fund", "provider", "bid__round").order_by("signed_on", "pk"))


@dataclass(frozen=True)
class Publisher:
    """Who publishes: `prefix` as 360Giving registered it, or nothing; `identifier` of a public register, or nothing."""

    name: str
    key: str
    prefix: str = ""
    identifier: str = ""

    def grant_identifier(self, grant: Grant) -> str:
        """Give the identifier of a grant, or its own reference where there is no prefix to put before it."""
        own = re.sub(r"[^A-Za-z0-9-]+", "_", grant.reference or str(grant.pk))
        return f"{self.prefix}-{own}" if self.prefix else own

    def organisation_identifier(self, key: str, registered: str = "") -> str:
        """Give the identifier of a public register, or else our own name for an organisation, if there is a prefix."""
        return registered or (f"{self.prefix}-org-{key}" if self.prefix else "")


def publisher_of(config: PartnershipConfig) -> Publisher:
    """Give the partnership as a publisher of grants."""
    return Publisher(config.name, config.slug, config.grants_prefix, config.funder_identifier)


def rows(grants: Iterable[Grant], publisher: Publisher, *, disbursed: dict[int, str]) -> list[dict[str, str]]:
    """Give one row an award; `disbursed` is what was paid so far, by the key of the agreement."""
    return [_row(grant, publisher, disbursed.get(grant.pk, "")) for grant in grants]


def _row(grant: Grant, publisher: Publisher, paid: str) -> dict[str, str]:
    bid, provider = getattr(grant, "bid", None), grant.provider
    assert grant.signed_on is not None  # only signed ones are awards
    return {
        "Identifier": publisher.grant_identifier(grant),
        "Title": grant.title,
        "Description": " ".join(grant.buys.split()),
        "Currency": "GBP",
        "Amount Applied For": str(bid.asked) if bid else "",
        "Amount Awarded": str(grant.value),
        "Amount Disbursed": paid,
        "Award Date": grant.signed_on.isoformat(),
        "Planned Dates:Start Date": grant.starts_on.isoformat(),
        "Planned Dates:End Date": grant.ends_on.isoformat(),
        "Planned Dates:Duration (months)": str(months_between(grant.starts_on, grant.ends_on)),
        "Recipient Org:Identifier": publisher.organisation_identifier(provider.key, provider.register_identifier),
        "Recipient Org:Name": provider.name,
        "Recipient Org:Charity Number": provider.charity_number,
        "Recipient Org:Company Number": provider.company_number,
        "Funding Org:Identifier": publisher.organisation_identifier(publisher.key, publisher.identifier),
        "Funding Org:Name": publisher.name,
        "Grant Programme:Title": str(bid.round) if bid else str(grant.fund),
        "From an open call?": "Yes" if bid else "No",
        "Last modified": grant.changed_at.isoformat(),
    }


def months_between(first: date, last: date) -> int:
    """Give the whole months from one day to another, both included, rounded up.

    >>> months_between(date(2026, 4, 1), date(2027, 3, 31)), months_between(date(2026, 4, 1), date(2026, 5, 1))
    (12, 2)
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    return months + (last.day >= first.day)


def as_csv(found: Iterable[dict[str, str]]) -> bytes:
    """Write the rows as CSV; a text that a spreadsheet would take for a formula stays a text."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for row in found:
        writer.writerow(
            {name: f"'{value}" if value.startswith(FORMULA_SIGNS) else value for name, value in row.items()}
        )
    return ("\ufeff" + text.getvalue()).encode()
