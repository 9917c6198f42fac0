"""The reads of the trail that other parts may use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from upstream_web.audit.models import Event


def events_since(moment: datetime, actions: Iterable[str], *, most: int = 20) -> list[Event]:
    """Give the latest events of some kinds after `moment`, newest first."""
    wanted = [str(action) for action in actions]
    return list(Event.objects.filter(at__gt=moment, action__in=wanted).newest_first()[:most])
