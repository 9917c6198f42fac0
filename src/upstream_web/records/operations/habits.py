"""Saved filters and the address of a person's calendar."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.access.models import User
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import operation, tell
from upstream_web.records.models import CalendarAddress, SavedFilter


class FilterNameMissing(WrongUse):
    """A filter is saved without a name."""


@operation("filter saved", ActKind.OWN_HABITS)
def save_filter(
    *, register: str, name: str, query: str, is_shared: bool, is_default: bool = False, by: User, at: datetime
) -> SavedFilter:
    """Keep what a person asks of a list under a name; the same name is overwritten. Raises `FilterNameMissing`."""
    words = " ".join(name.split())[:80]
    if not words:
        raise FilterNameMissing("The filter has no name.", do="Give it one that you will recognise.")
    if is_default:
        _no_default(register, by)
    kept, _ = SavedFilter.objects.update_or_create(
        person=by, register=register, name=words,
        defaults={"query": query[:1000], "is_shared": is_shared, "is_default": is_default},
    )  # fmt: skip
    tell(kept, shared=is_shared)
    return kept


def _no_default(register: str, person: User) -> None:
    SavedFilter.objects.filter(person=person, register=register, is_default=True).update(is_default=False)


@operation("default filter chosen", ActKind.OWN_HABITS)
def choose_default(*, kept: SavedFilter, is_default: bool, by: User, at: datetime) -> SavedFilter:
    """Let a list open with one of a person's filters from now on, or no longer."""
    _no_default(kept.register, by)
    kept.is_default = is_default
    kept.save(update_fields=["is_default"])
    return kept


@operation("filter deleted", ActKind.OWN_HABITS)
def delete_filter(*, kept: SavedFilter, by: User, at: datetime) -> None:
    """Forget one of a person's filters."""
    tell(kept)
    kept.delete()


def hash_of(token: str) -> str:
    """Give what is kept of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()


@operation("calendar address made", ActKind.ACCESS)
def make_calendar_address(*, by: User, at: datetime) -> str:
    """Give a person a secret address for their calendar; an earlier one stops working. It is shown this once."""
    token = secrets.token_urlsafe(32)
    CalendarAddress.objects.update_or_create(
        person=by, defaults={"token_hash": hash_of(token), "made_at": at, "read_on": None}
    )
    tell(by)
    return token


@operation("calendar address revoked", ActKind.ACCESS)
def revoke_calendar_address(*, by: User, at: datetime) -> None:
    """Close the secret address of a person's calendar."""
    CalendarAddress.objects.filter(person=by).delete()
    tell(by)


@operation("calendar read", ActKind.DISCLOSURE)
def note_calendar_read(*, address: CalendarAddress, events: int, by: User, at: datetime) -> None:
    """Write down that a calendar was read. Programs ask many times an hour, so it is written once a day."""
    address.read_on = timezone.localdate(at)
    address.save(update_fields=["read_on"])
    tell(address, events=events)
