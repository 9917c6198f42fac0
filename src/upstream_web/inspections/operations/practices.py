"""Practice tabled at the inspection and audit board."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.core.operations import operation, tell
from upstream_web.core.words import short_day_words
from upstream_web.inspections.models import Practice
from upstream_web.records.operations.keeping import keep


@operation("practice tabled")
def table(*, practices: list[Practice], on: date, by: Any, at: datetime) -> list[Practice]:
    """Note that the board had these at its meeting on a day."""
    if on > timezone.localdate(at):
        raise WrongUse(f"{short_day_words(on)} is still to come.", do="Mark it when the board has met.")
    for practice in practices:
        practice.tabled_on = on
        keep(practice, by=by, at=at)
    tell(practices[0] if practices else None, practices=len(practices), tabled_on=on.isoformat())
    return practices
