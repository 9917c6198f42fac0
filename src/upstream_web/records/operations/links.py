"""Linking records, and undoing it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from upstream.exceptions import WrongUse
from upstream_web.access.models import User
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.records import seeing
from upstream_web.records.models import Link, Record
from upstream_web.records.relations import get_relation, relations_between


class LinkNotPossible(WrongUse):
    """Two records cannot be linked so: their kinds do not fit, they are one, or one is not open to the person."""


class LinkedAlready(WrongUse):
    """The link is there."""


@operation("records linked")
def make(*, relation: str, start: Record, end: Record, by: User | str, at: datetime) -> Link:
    """Say of two records how they hang together; `by` must see both, unless it is machinery.

    Raises `LinkNotPossible` or `LinkedAlready`.
    """
    _check(relation, start, end)
    if not isinstance(by, str):
        names = {(start.kind, start.pk), (end.kind, end.pk)}
        if seeing.records_open_to(by, names).keys() != names:
            raise LinkNotPossible("One of the two records is not open to you.", do="Choose a record that you may see.")
    tell(start, relation=relation, to=f"{end.kind} {end.pk}")
    try:
        with transaction.atomic():
            return Link.objects.create(
                relation=relation,
                from_kind=start.kind,
                from_key=start.pk,
                to_kind=end.kind,
                to_key=end.pk,
                made_by=name_of(by),
                made_at=at,
            )
    except IntegrityError as error:
        raise LinkedAlready(f"{start} and {end} are linked so already.", do="Nothing needs to be done.") from error


def _check(relation: str, start: Record, end: Record) -> None:
    if (start.kind, start.pk) == (end.kind, end.pk):
        raise LinkNotPossible(f"{start} cannot be linked to itself.", do="Choose another record.")
    found = get_relation(relation)
    if found is None or not found.fits(start.kind, end.kind):
        possible = ", ".join(f"“{one.forward}”" for one in relations_between(start.kind, end.kind))
        raise LinkNotPossible(
            f"A {start.kind} is not linked to a {end.kind} by {relation!r}.",
            expected=possible or "records of other kinds",
            do="Choose a relation that fits.",
        )


@operation("link removed")
def remove(*, link: Link, by: User | str, at: datetime) -> Link:
    """Take a link away; it can be brought back."""
    link.removed_by, link.removed_at = name_of(by), at
    link.save(update_fields=["removed_by", "removed_at"])
    tell(link, relation=link.relation, to=f"{link.to_kind} {link.to_key}")
    return link


@operation("link brought back")
def bring_back(*, link: Link, by: User | str, at: datetime) -> Link:
    """Bring a removed link back; raises `LinkedAlready` when the same was made again meanwhile."""
    link.removed_by, link.removed_at = "", None
    tell(link, relation=link.relation, to=f"{link.to_kind} {link.to_key}")
    try:
        with transaction.atomic():
            link.save(update_fields=["removed_by", "removed_at"])
    except IntegrityError as error:
        raise LinkedAlready("The same link was made again meanwhile.", do="Nothing needs to be done.") from error
    return link
