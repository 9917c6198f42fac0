"""On which days something can have happened to a recommendation."""

from __future__ import annotations

from datetime import date, datetime

from upstream_web.core.days import DayImpossible, check_has_come
from upstream_web.core.words import short_day_words
from upstream_web.inspections.models import Inspection, Recommendation


def check_day(inspection: Inspection, on: date, at: datetime) -> None:
    """Raise `DayImpossible` unless the day lies between the publication of the report and today."""
    published = inspection.published_on
    check_has_come(on, at)
    if published and on < published:
        raise DayImpossible(
            f"{short_day_words(on)} lies before the report was published ({short_day_words(published)}).",
            do="Look at the year.",
        )


def check_after_state(recommendation: Recommendation, on: date) -> None:
    """Raise `DayImpossible` where the day lies before the recommendation came to its present state."""
    since = recommendation.state_since
    if since and on < since:
        raise DayImpossible(
            f"{short_day_words(on)} lies before it came to stand at “{recommendation.get_state_display()}” "
            f"({short_day_words(since)}).",
            do="Look at the day.",
        )
