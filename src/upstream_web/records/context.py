"""What the frame of every page shows of a person's notices."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from upstream_web.records.models import Notice

MOST_COUNTED = 100


def _count(person: Any) -> int:
    if person is None or not person.is_authenticated:
        return 0
    return int(Notice.objects.filter(person=person, read_at=None)[:MOST_COUNTED].count())


def notices(request: HttpRequest) -> dict[str, Any]:
    """Give the number of notices that the person has not read; counted when a template asks."""
    return {"unread_notices": SimpleLazyObject(lambda: _count(getattr(request, "user", None)))}
