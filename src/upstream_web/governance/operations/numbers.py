"""Numbers given once."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from upstream_web.core.operations import under_way


def next_number(records: QuerySet[Any]) -> int:
    """Give the next number among `records`; the newest is held until the operation ends, so that none comes twice."""
    under_way()
    newest = records.select_for_update().order_by("-number").first()
    return 1 if newest is None else newest.number + 1
