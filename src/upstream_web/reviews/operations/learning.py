"""What is done to a learning point: writing it, until the learning is agreed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from upstream_web.core.operations import operation, tell
from upstream_web.records.operations import keeping
from upstream_web.reviews.models import LearningPoint
from upstream_web.reviews.operations.briefs import ask_again
from upstream_web.reviews.policies import ReviewStepRefused, check_open

BRIEF_FIELDS = {"in_brief", "brief_words"}  # how a finding is told outside may be written until it goes out


@operation("learning point found")
def find(*, point: LearningPoint, by: Any, at: datetime) -> LearningPoint:
    """Write down what a review found."""
    check_open(point.review)
    if point.review.learning_agreed_on:
        raise ReviewStepRefused(
            "The learning of this review is agreed.", do="Write it down in the next review, or open this one again."
        )
    tell(point, theme=point.theme)
    return keeping.keep_new(point, by=by, at=at)


@operation("learning point changed")
def change(*, point: LearningPoint, fields: list[str], by: Any, at: datetime) -> LearningPoint:
    """Write a changed finding; once the learning is agreed, only how the brief tells it; the brief is checked anew."""
    check_open(point.review)
    if point.review.learning_agreed_on and not set(fields) <= BRIEF_FIELDS:
        raise ReviewStepRefused(
            "The learning is agreed; what was found stays.", do="Change only how the learning brief tells it."
        )
    tell(point, fields=fields)
    keeping.keep(point, by=by, at=at)
    ask_again(point, by=by, at=at)
    return point
