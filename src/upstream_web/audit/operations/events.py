"""Writing the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from upstream.exceptions import UpstreamFailure
from upstream_web.audit.chain import clean, get_seal
from upstream_web.audit.models import Event, Head
from upstream_web.audit.models.head import ONLY
from upstream_web.core.acts import circumstances, get_act


class TrailHeadAltered(UpstreamFailure):
    """The row that says where the trail ends is not what this site wrote, so nothing can be added to the trail."""


def record(
    action: str,
    *,
    by: str,
    at: datetime,
    kind: str = "",
    about: str = "",
    detail: Mapping[str, Any] | None = None,
    **given: str,
) -> Event:
    """Write one line: `by` did `action` to the thing of `kind` called `about`, at `at`.

    `detail` holds small facts that can be written as JSON and never personal data beyond sign-in names. What else is
    given are circumstances (`purpose`, `body`, `recipient`, `reason`); they default to those of `core.acts.under`.
    Raises `ActUnknown` for an act that nobody declared, and `TrailHeadAltered`.
    """
    act = get_act(str(action))
    if timezone.is_naive(at):
        raise ValueError(f"{at} does not say in which time zone.")
    texts = {"actor": by, "action": act.words, "act_kind": act.kind, "kind": kind, "about": about}
    columns = {name: _fitting(name, text) for name, text in (texts | circumstances(given)).items()}
    with transaction.atomic():
        head = lock_head()
        event = Event(chain=head.number + 1, at=at, detail=dict(detail or {}), before=head.hash, **columns)
        event.hash = get_seal().of(event.sealed_bytes())
        event.save()
        head.number, head.hash = event.chain, event.hash
        keep_head(head)
    return event


def _fitting(name: str, text: str) -> str:
    return clean(str(text))[: getattr(Event._meta.get_field(name), "max_length", None)]


def lock_head() -> Head:
    """Give the head of the trail, held until the transaction ends: who writes next waits, so numbers have no gap.

    SQLite's transactions hold the whole file from their start. Raises `TrailHeadAltered` when the head is not as this
    site left it: going on from it would seal what somebody else put there.
    """
    head = Head.objects.select_for_update().filter(pk=ONLY).first() or _begin()
    if head.seal != head.sealed_with(get_seal()):
        raise TrailHeadAltered(
            "The head of the audit trail was altered, or its key is not the one that it was sealed with.",
            expected="the head as this site wrote it",
            do="Put the key back in its place, or run `upstream audit verify` and restore the last backup that is "
            "whole. Until then nothing can be done here, because it would leave no trace.",
        )
    return head


def keep_head(head: Head) -> None:
    """Seal the head and write it."""
    head.seal = head.sealed_with(get_seal())
    head.save()


def _begin() -> Head:
    """Begin the trail of a new site; of many who begin at once, the others wait for the first."""
    Head.objects.get_or_create(pk=ONLY, defaults={"seal": Head().sealed_with(get_seal())})
    head = Head.objects.select_for_update().get(pk=ONLY)
    if not head.number and Event.objects.exists():
        raise TrailHeadAltered(
            "The head of the audit trail is missing.",
            expected="one row that says where the trail ends",
            do="Run `upstream audit verify` and restore the last backup that is whole.",
        )
    return head
