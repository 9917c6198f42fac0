"""What is done to a review: beginning, its steps, agreeing what was learnt, deciding on publication, closing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from upstream_web.core.clocks import due_on
from upstream_web.core.days import check_has_come
from upstream_web.core.operations import operation, tell
from upstream_web.records.operations import keeping
from upstream_web.reviews import codes
from upstream_web.reviews.models import IncidentReview, Publication, ReviewPart, ReviewStep
from upstream_web.reviews.policies import ReviewStepRefused, check_open, check_words, missing_before_closure


@operation("review begun")
def begin(*, review: IncidentReview, by: Any, at: datetime) -> IncidentReview:
    """Begin a review with the steps of its kind; the clocks that count from becoming aware run."""
    kind = codes.kinds().get(review.sort)
    if kind is None:
        raise ReviewStepRefused(f"There is no kind of review {review.sort!r}.", expected=", ".join(codes.kinds()))
    keeping.keep_new(review, by=by, at=at)
    for place, told in enumerate(kind.steps, start=1):
        step = ReviewStep(
            review=review, key=told.key, title=told.title, place=place, clock=told.clock, begins=told.begins
        )
        if told.begins == codes.AWARE:
            _start(step, review.aware_on)
        keeping.keep_new(step, by=by, at=at)
    tell(review, sort=review.sort, steps=len(kind.steps))
    return review


@operation("review changed")
def change(*, review: IncidentReview, fields: list[str], by: Any, at: datetime) -> IncidentReview:
    """Write a corrected review; steps that count from becoming aware are counted again."""
    check_open(review)
    tell(review, fields=fields)
    keeping.keep(review, by=by, at=at)
    if "aware_on" in fields:
        _start_those_from(review, codes.AWARE, review.aware_on, by=by, at=at)
    return review


def _start(step: ReviewStep, begins: date | None) -> None:
    step.began_on = begins
    step.due_on = due_on(step.clock, begins) if begins else None


def _start_those_from(review: IncidentReview, key: str, begins: date | None, *, by: Any, at: datetime) -> None:
    for step in ReviewStep.objects.present().filter(review=review, begins=key):
        _start(step, begins)
        keeping.keep(step, by=by, at=at)


@operation("step of a review taken")
def take_step(*, step: ReviewStep, on: date, note: str = "", by: Any, at: datetime) -> ReviewStep:
    """Note that a step was done; the clocks that count from it run from that day."""
    check_open(step.review)
    if on < step.review.aware_on:
        raise ReviewStepRefused(
            "A step comes after becoming aware.", expected=f"A day from {step.review.aware_on:%-d %B %Y} on."
        )
    check_has_come(on, at)
    step.done_on, step.note, step.left_out = on, note.strip()[:300], ""
    keeping.keep(step, by=by, at=at)
    _start_those_from(step.review, step.key, on, by=by, at=at)
    tell(step.review, step=step.key, on=on.isoformat())
    return step


@operation("step of a review left out")
def leave_step_out(*, step: ReviewStep, words: str, by: Any, at: datetime) -> ReviewStep:
    """Note why a step is not taken, as when no local review follows; what counts from it does not run."""
    check_open(step.review)
    step.left_out, step.done_on = check_words(words, "Why the step is left out.")[:300], None
    keeping.keep(step, by=by, at=at)
    _start_those_from(step.review, step.key, None, by=by, at=at)
    tell(step.review, step=step.key, reason=step.left_out)
    return step


@operation("step of a review opened again")
def open_step(*, step: ReviewStep, by: Any, at: datetime) -> ReviewStep:
    """Take back that a step was done or left out; what counts from it stands still until it is done."""
    check_open(step.review)
    step.done_on, step.left_out, step.note = None, "", ""
    keeping.keep(step, by=by, at=at)
    _start_those_from(step.review, step.key, None, by=by, at=at)
    tell(step.review, step=step.key)
    return step


@operation("contribution to a review given")
def take_part(*, part: ReviewPart, on: date, note: str = "", by: Any, at: datetime) -> ReviewPart:
    """Note that a body gave what it owed to a review."""
    check_open(part.review)
    if on < part.asked_on:
        raise ReviewStepRefused("It is given after it was asked.", expected=f"From {part.asked_on:%-d %B %Y} on.")
    check_has_come(on, at)
    part.given_on, part.note = on, note.strip()[:300]
    tell(part, on=on.isoformat())
    return keeping.keep(part, by=by, at=at)


@operation("learning of a review agreed")
def agree_learning(*, review: IncidentReview, on: date, by: Any, at: datetime) -> IncidentReview:
    """Note that the learning is agreed; its points stay as they are from now on, and the follow-up begins."""
    check_open(review)
    points = review.learning.present().count()
    if not points:
        raise ReviewStepRefused("No learning point is written down.", do="Write down what was learnt first.")
    if on < review.aware_on:
        raise ReviewStepRefused("Learning comes after the incident.", expected=f"From {review.aware_on:%-d %B %Y} on.")
    check_has_come(on, at)
    review.learning_agreed_on = on
    tell(review, points=points)
    return keeping.keep(review, by=by, at=at)


@operation("publication of a review decided")
def decide_publication(
    *, review: IncidentReview, publication: str, reason: str, on: date, by: Any, at: datetime
) -> IncidentReview:
    """Note what is made public of a review, and why."""
    check_open(review)
    if publication not in Publication.values or not publication:
        raise ReviewStepRefused(f"{publication!r} is no decision.", expected=", ".join(Publication.labels[1:]))
    review.publication, review.publication_on = publication, on
    review.publication_reason = check_words(reason, "Why this much is published, and no more.")
    tell(review, publication=publication, reason=review.publication_reason)
    return keeping.keep(review, by=by, at=at)


@operation("review closed")
def close(*, review: IncidentReview, on: date, words: str, by: Any, at: datetime) -> IncidentReview:
    """Close a review of which nothing is left to do, with what it changed."""
    check_open(review)
    left = missing_before_closure(review)
    if left:
        raise ReviewStepRefused(" ".join(left), do="Finish these, or leave a step out and say why.")
    check_has_come(on, at)
    review.closed_on, review.closed_words = on, check_words(words, "What the review changed.")
    tell(review, on=on.isoformat())
    return keeping.keep(review, by=by, at=at)


@operation("review opened again")
def open_again(*, review: IncidentReview, words: str, by: Any, at: datetime) -> IncidentReview:
    """Open a closed review again."""
    if not review.closed_on:
        raise ReviewStepRefused(f"“{review}” is not closed.")
    tell(review, reason=check_words(words, "Why it is opened again."))
    review.closed_on, review.closed_words = None, ""
    return keeping.keep(review, by=by, at=at)
