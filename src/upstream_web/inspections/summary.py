"""The summary for the audit committee: what is open, how it does, how old it is, by state and by report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from upstream_web.inspections import queries
from upstream_web.inspections.models import Recommendation
from upstream_web.inspections.policies import TRACK, Rating, RecommendationState
from upstream_web.inspections.standing import with_pace

S = RecommendationState
ALL_STATES = (*TRACK[:3], S.POSITION_STATED, *TRACK[3:], S.REOPENED)


@dataclass(frozen=True)
class Line:
    """One recommendation on the committee's table."""

    recommendation: Recommendation
    rating: Rating
    age_days: int | None
    days_over: int


@dataclass(frozen=True)
class Summary:
    """The committee's figures on a day."""

    on: date
    by_state: tuple[tuple[str, int], ...]
    by_rating: tuple[tuple[str, str, int], ...]
    open_number: int
    overdue: int
    closed_in_a_year: int
    median_age_days: float | None
    lines: tuple[Line, ...]

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        red = next((number for _, name, number in self.by_rating if name == "Red"), 0)
        age = "" if self.median_age_days is None else f" Half of them are older than {self.median_age_days:.0f} days."
        return (
            f"{self.open_number} open, {self.overdue} past the published deadline, {red} red by rule; "
            f"{self.closed_in_a_year} closed in the last twelve months.{age}"
        )


def summarise(recommendations: Any, on: date) -> Summary:
    """Count a set of recommendations on a day; those of others and duplicates are left out."""
    ours = list(with_pace(recommendations).filter(queries.IS_OURS).select_related("inspection", "owner", "body"))
    still = [each for each in ours if each.is_open]
    lines = sorted(
        (_line(each, rating, on) for each, rating in queries.rated(still, on)),
        key=lambda line: (["red", "amber", "green"].index(line.rating.code), line.recommendation.due_on or date.max),
    )
    states, ratings = Counter(each.state for each in ours), Counter(line.rating.code for line in lines)
    ages = [line.age_days for line in lines if line.age_days is not None]
    return Summary(
        on=on,
        by_state=tuple((state.label, states[state]) for state in ALL_STATES),
        by_rating=tuple(
            (tag, name, ratings[name.lower()]) for tag, name in (("late", "Red"), ("soon", "Amber"), ("done", "Green"))
        ),
        open_number=len(still),
        overdue=sum(1 for line in lines if line.days_over),
        closed_in_a_year=sum(
            1 for each in ours if each.state == S.CLOSED and each.state_since and (on - each.state_since).days <= 365
        ),
        median_age_days=median(ages) if ages else None,
        lines=tuple(lines),
    )


def _line(recommendation: Any, rating: Rating, on: date) -> Line:
    published, due = recommendation.inspection.published_on, recommendation.due_on
    return Line(
        recommendation,
        rating,
        (on - published).days if published else None,
        max(0, (on - due).days) if due else 0,
    )
