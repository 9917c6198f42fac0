"""What other parts of the site may ask of reviews: counts and themes; never what a review says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words
from upstream_web.reviews import codes
from upstream_web.reviews.models import (
    IncidentReview,
    LearningPoint,
    OfReview,
    Recheck,
    ReviewAction,
    ReviewPart,
    ReviewStep,
)


def _seen(model: type[OfReview | IncidentReview], person: Any) -> QuerySet[Any]:
    """Give present records; `person` None asks for all, for counting only."""
    found = model.objects.all() if person is None else model.objects.visible_to(person, Permission.REVIEW_VIEW)
    return found.present()


def reviews(person: Any = None) -> QuerySet[IncidentReview]:
    """Give the reviews, the latest first."""
    return _seen(IncidentReview, person)


def open_steps(person: Any = None) -> QuerySet[ReviewStep]:
    """Give steps whose clock runs, the first due first."""
    found = _seen(ReviewStep, person).filter(done_on=None, left_out="", review__closed_on=None, due_on__isnull=False)
    return found.filter(review__removed_at=None).select_related("review").order_by("due_on")


def missing_parts(on: date, person: Any = None) -> QuerySet[ReviewPart]:
    """Give what bodies owed to reviews before a day and have not given."""
    found = _seen(ReviewPart, person).filter(given_on=None, owed_on__lt=on, review__closed_on=None)
    return found.filter(review__removed_at=None).select_related("review", "body")


def open_actions(person: Any = None) -> QuerySet[ReviewAction]:
    """Give actions of reviews that are not done."""
    found = _seen(ReviewAction, person).filter(done_on=None, review__removed_at=None)
    return found.select_related("review", "body", "owner").prefetch_related("review__readers")


def open_rechecks(person: Any = None) -> QuerySet[Recheck]:
    """Give the later looks that are still to be taken."""
    found = _seen(Recheck, person).filter(checked_on=None, action__removed_at=None, action__review__removed_at=None)
    return found.select_related("action__review", "action__owner").prefetch_related("action__review__readers")


@dataclass(frozen=True)
class ThemeAcross:
    """One theme: in how many reviews it came up, how often, and how many actions that answer it are not done."""

    theme: codes.Theme
    reviews: int
    points: Sequence[LearningPoint]
    open_actions: int

    @property
    def comes_back(self) -> bool:
        """Whether more than one review found it."""
        return self.reviews > 1


def themes_across(person: Any = None) -> list[ThemeAcross]:
    """Give every theme that came up, those of most reviews first, among the reviews that a person sees."""
    found: dict[str, list[LearningPoint]] = {}
    points = _seen(LearningPoint, person).filter(review__removed_at=None).select_related("review")
    for point in points.prefetch_related("actions"):
        found.setdefault(point.theme, []).append(point)
    known = codes.themes()
    rows = [
        ThemeAcross(
            known.get(key, codes.Theme(key, key, "")),
            len({point.review_id for point in points}),
            points,
            sum(each.done_on is None and each.removed_at is None for point in points for each in point.actions.all()),
        )
        for key, points in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.reviews, -len(row.points), row.theme.title))


def themes_sentence(rows: Sequence[ThemeAcross], total: int) -> str:
    """Say in a sentence what keeps coming back."""
    if not rows:
        return ""
    back = [row for row in rows if row.comes_back and row.theme.key != "practice"]
    if not back:
        return f"Nothing has come up in more than one of {count_words(total, 'review')} so far."
    first = back[0]
    said = f"“{first.theme.title}” keeps coming back: in {first.reviews} of {count_words(total, 'review')}"
    return f"{said}, then {_listed([row.theme.title for row in back[1:3]])}." if back[1:] else f"{said}."


def _listed(titles: Sequence[str]) -> str:
    return " and ".join(f"“{title}”" for title in titles)


@dataclass(frozen=True)
class ReviewCounts:
    """How reviews stand on a day, as numbers that name nobody."""

    under_way: int
    follow_up: int
    closed: int
    late_steps: int
    late_parts: int
    late_actions: int
    late_rechecks: int

    @property
    def total(self) -> int:
        """All reviews."""
        return self.under_way + self.follow_up + self.closed

    @property
    def sentence(self) -> str:
        """How they stand, in a sentence."""
        said = f"{count_words(self.under_way, 'review')} under way, {self.follow_up} followed up, {self.closed} closed"
        late = [
            count_words(number, *words)
            for number, words in (
                (self.late_steps, ("step",)),
                (self.late_parts, ("contribution",)),
                (self.late_actions, ("action",)),
                (self.late_rechecks, ("re-check",)),
            )
            if number
        ]
        return f"{said}. Late: {', '.join(late)}." if late else f"{said}. Nothing is late."


def counts(on: date, person: Any = None) -> ReviewCounts:
    """Count reviews by stage and what is late in them on a day."""
    stages = [each.stage for each in reviews(person)]
    return ReviewCounts(
        under_way=stages.count("under way"),
        follow_up=stages.count("follow-up"),
        closed=stages.count("closed"),
        late_steps=open_steps(person).filter(due_on__lt=on).count(),
        late_parts=missing_parts(on, person).count(),
        late_actions=open_actions(person).filter(due_on__lt=on).count(),
        late_rechecks=open_rechecks(person).filter(due_on__lt=on).count(),
    )
