"""The list of awards in the form of open grant publication: the column titles of the 360Giving data standard.

The standard asks for an identifier that begins with a prefix which 360Giving gives to a publisher, and for identifiers
of organisations from their registers. Where a partnership has no prefix, and we hold no register number, the
identifiers here are its own, made in the same form, so that the columns can be completed before the list is published.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from upstream_web.commissioning import queries
from upstream_web.commissioning.models import Grant, GrantState

COLUMNS = (
    "Identifier", "Title", "Description", "Currency", "Amount Applied For", "Amount Awarded", "Amount Disbursed",
    "Award Date", "Planned Dates:Start Date", "Planned Dates:End Date", "Planned Dates:Duration (months)",
    "Recipient Org:Identifier", "Recipient Org:Name", "Funding Org:Identifier", "Funding Org:Name",
    "Grant Programme:Title", "From an open call?", "Last modified",
)  # fmt: skip
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def awards(since: date, until: date, person: Any) -> list[Grant]:
    """Give the agreements that a person may see, signed from `since` to `until`, both included, in order of signing."""
    found = queries.grants(person).exclude(state=GrantState.DRAFT).filter(signed_on__range=(since, until))
    return list(found.select_related("fund", "provider", "bid__round").order_by("signed_on", "pk"))


def rows(grants: Iterable[Grant], *, prefix: str, funder: str, disbursed: dict[int, str]) -> list[dict[str, str]]:
    """Give one row an award; `disbursed` is what was paid so far, by the key of the agreement."""
    return [_row(grant, prefix, funder, disbursed.get(grant.pk, "")) for grant in grants]


def _row(grant: Grant, prefix: str, funder: str, paid: str) -> dict[str, str]:
    bid = getattr(grant, "bid", None)
    assert grant.signed_on is not None  # only signed ones are awards
    return {
        "Identifier": f"360G-{prefix}-{grant.reference or grant.pk}",
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
        "Recipient Org:Identifier": f"360G-{prefix}-org-{grant.provider.key}",
        "Recipient Org:Name": grant.provider.name,
        "Funding Org:Identifier": f"360G-{prefix}",
        "Funding Org:Name": funder,
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
