"""On which days something can have happened to a recommendation."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.inspections.models import Recommendation


class DayImpossible(WrongUse):
    """Something is said to have happened in the future, or before the report was published."""


def check_day(recommendation: Recommendation, on: date, at: datetime) -> None:
    """Raise `DayImpossible` unless the day lies between the publication of the report and today."""
    published = recommendation.inspection.published_on
    if on > timezone.localdate(at):
        raise DayImpossible(f"{on:%d %B %Y} is still to come.", do="Record it when it has happened.")
    if published and on < published:
        raise DayImpossible(
            f"{on:%d %B %Y} lies before the report was published ({published:%d %B %Y}).", do="Look at the year."
        )
