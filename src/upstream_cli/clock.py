"""The one place where the command reads the clock; everything below is told the time."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """Give this moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Give today's date where the command runs."""
    return datetime.now().astimezone().date()
