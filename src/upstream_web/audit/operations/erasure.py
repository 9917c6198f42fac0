"""Erasing lines of the trail whose time is up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Min

from upstream.exceptions import WrongUse
from upstream_web.audit.models import Event
from upstream_web.audit.operations import events
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import operation, tell
from upstream_web.core.words import short_day_words


class NothingToErase(WrongUse):
    """No line of the trail is old enough to be erased."""


@operation("audit trail shortened", ActKind.ERASURE)
def erase(*, before: datetime, reason: str, by: Any, at: datetime) -> int:
    """Erase the lines from the beginning up to the first one that is not older than `before`; gives how many.

    The sealed head keeps the number and hash of the last line erased, so that the rest still proves whole, and the
    trail gets a line that says what was erased and why.
    """
    head = events.lock_head()
    kept_from = Event.objects.filter(at__gte=before).aggregate(first=Min("chain"))["first"]
    last = kept_from - 1 if kept_from else head.number
    count = last - head.erased_to
    if not reason.strip():
        raise WrongUse("No reason was given.", do="Say why, such as the rule of retention, with --reason.")
    if before > at or count <= 0:
        raise NothingToErase(f"No line of the trail is older than {short_day_words(before)}.", do="Name a later day.")
    head.erased_to, head.erased_hash = last, Event.objects.get(pk=last).hash
    events.keep_head(head)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE chain <= %s", [last])
    tell(lines=count, to_line=last, hash=head.erased_hash, older_than=before.isoformat(), reason=reason)
    return count
