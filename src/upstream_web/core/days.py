"""On which days something can have happened."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.core.words import short_day_words


class DayImpossible(WrongUse):
    """Something is said to have happened in the future, or before what it follows."""


def check_has_come(on: date, at: datetime) -> None:
    """Raise `DayImpossible` for a day that is still to come: a slip in the year would stop a clock in the future."""
    if on > timezone.localdate(at):
        raise DayImpossible(f"{short_day_words(on)} is still to come.", do="Record it when it has happened.")
