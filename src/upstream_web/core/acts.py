"""Announces acts of the parts that may not know the audit trail, which listens and writes them down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.dispatch import Signal

announced = Signal()


def announce(
    action: str, *, by: str, at: datetime, kind: str = "", about: str = "", detail: Mapping[str, Any] | None = None
) -> None:
    """Announce that `by` did `action` at `at`; listeners run at once, inside the caller's transaction."""
    announced.send(sender=None, action=action, by=by, at=at, kind=kind, about=about, detail=detail)
