"""Making organisations: one by hand, or all that the partnership's folder names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.text import slugify

from upstream.partnership import Member
from upstream_web.core.operations import operation, tell
from upstream_web.organisations.models import Organisation, OrganisationType
from upstream_web.organisations.models.organisation import RELEVANT, SPECIFIED
from upstream_web.records.operations.keeping import keep_new


def free_key(name: str) -> str:
    """Give a key made from a name that no organisation has, removed ones among them."""
    wanted = slugify(name)[:70].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    return next(key for key in (wanted, *(f"{wanted}-{number}" for number in range(2, 1000))) if key not in taken)


@operation("organisation made")
def make(*, organisation: Organisation, by: Any, at: datetime) -> Organisation:
    """Write a new organisation and give it its key."""
    organisation.key = organisation.key or free_key(organisation.name)
    return keep_new(organisation, by=by, at=at)


def _type_and_authority(kind: str) -> tuple[str, str]:
    if kind in SPECIFIED:
        return OrganisationType.SPECIFIED, kind
    if kind in RELEVANT:
        return OrganisationType.RELEVANT, kind
    return (kind if kind in OrganisationType.values else OrganisationType.OTHER), ""


@operation("organisations taken from the partnership's folder")
def _take(*, members: list[Member], by: Any, at: datetime) -> list[Organisation]:
    made = []
    for member in members:
        type_, authority = _type_and_authority(member.kind)
        made.append(
            keep_new(Organisation(key=member.key, name=member.name, type=type_, authority=authority), by=by, at=at)
        )
    tell(organisations=len(made))
    return made


def ensure_members(members: Iterable[Member], *, at: datetime) -> list[Organisation]:
    """Make the organisations that the partnership's folder names and that were never made; gives the new ones.

    What people changed afterwards stays: an organisation that is here, or was removed, is left alone.
    """
    known = set(Organisation.objects.values_list("key", flat=True))
    missing = list({member.key: member for member in members if member.key not in known}.values())
    return _take(members=missing, by="set-up", at=at) if missing else []
