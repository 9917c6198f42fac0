"""Background work that is done every day at an hour of the partnership's own clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from upstream_web.core.jobs import Work, enqueue
from upstream_web.core.models import Due

BY = "upstream"


@dataclass(frozen=True)
class Daily:
    """A kind of work, the words people read about it, and the hour from which it is done."""

    kind: str
    title: str
    hour: time


_daily: dict[str, Daily] = {}


def daily(kind: str, *, title: str, hour: time = time(7)) -> Callable[[Work], Work]:
    """Have a kind of background work queued every day, from `hour` on; put above `@background(kind)`."""

    def keep(work: Work) -> Work:
        _daily[kind] = Daily(kind, title, hour)
        return work

    return keep


def queue_due(at: datetime) -> int:
    """Queue what is due and was not queued today; gives how many kinds. A day on which no worker ran is left out."""
    local, queued = timezone.localtime(at), 0
    for each in _daily.values():
        if local.time() < each.hour:
            continue
        with transaction.atomic():
            _, is_new = Due.objects.get_or_create(kind=each.kind, day=local.date())
            if is_new:
                enqueue(each.kind, title=each.title, by=BY, at=at)
                queued += 1
    return queued
