"""What is done to a learning brief: writing, a second person's check, issuing, opening again for a correction."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from upstream.papers import Paper
from upstream_web.core.days import check_has_come
from upstream_web.core.operations import name_of, operation, tell, under_way
from upstream_web.records.operations import keeping
from upstream_web.records.operations.papers import Rendered, keep_paper, render_ahead
from upstream_web.reviews.models import BriefDraft, BriefState, LearningBrief, LearningPoint
from upstream_web.reviews.papers import brief_paper
from upstream_web.reviews.policies import (
    ReviewStepRefused,
    check_brief_can_be_checked,
    check_open,
    check_words,
)


def _write(brief: BriefDraft, by: Any) -> None:
    """Take a check back: it held for the words as they were."""
    brief.written_by, brief.state = name_of(by), BriefState.DRAFT
    brief.checked_by, brief.checked_on, brief.confirmed = "", None, []


@operation("learning brief begun")
def begin(*, brief: BriefDraft, by: Any, at: datetime) -> BriefDraft:
    """Begin the brief of a review."""
    check_open(brief.review)
    _write(brief, by)
    tell(brief)
    return keeping.keep_new(brief, by=by, at=at)


@operation("learning brief written")
def change(*, brief: BriefDraft, fields: list[str], by: Any, at: datetime) -> BriefDraft:
    """Write a changed brief; whatever was confirmed before is asked again."""
    if brief.state == BriefState.ISSUED:
        raise ReviewStepRefused("It is issued and frozen.", do="Open it again to correct it.")
    _write(brief, by)
    tell(brief, fields=fields)
    return keeping.keep(brief, by=by, at=at)


def ask_again(point: LearningPoint, *, by: Any, at: datetime) -> None:
    """Take the check of a brief back, within an operation that changed a learning point which stands in it."""
    under_way()
    for brief in BriefDraft.objects.present().filter(review=point.review, state=BriefState.CHECKED):
        _write(brief, by)
        keeping.keep(brief, by=by, at=at)


@operation("learning brief checked")
def check(*, brief: BriefDraft, confirmed: Collection[str], by: Any, at: datetime) -> BriefDraft:
    """Note that a second person found nobody recognisable in a brief, line by line of the checklist."""
    kept = sorted(set(confirmed))
    check_brief_can_be_checked(brief, name_of(by), kept)
    brief.state, brief.confirmed = BriefState.CHECKED, kept
    brief.checked_by, brief.checked_on = name_of(by), timezone.localdate(at)
    tell(brief, confirmed=kept)
    return keeping.keep(brief, by=by, at=at)


def _issued(brief: BriefDraft, on: date, at: datetime) -> Paper:
    """Write on a brief, without keeping it, that it goes out, and give the paper that it then is."""
    brief.state, brief.issued_on = BriefState.ISSUED, on
    return brief_paper(brief, made_at=at)


def _rendered(*, brief: BriefDraft, on: date, at: datetime, **_: Any) -> Rendered | None:
    if brief.state != BriefState.CHECKED:
        return None
    return render_ahead(_issued(copy(brief), on, at))


@operation("learning brief issued", ahead=_rendered)
def issue(*, brief: BriefDraft, on: date, by: Any, at: datetime) -> BriefDraft:
    """Freeze a checked brief as page, PDF, Word file and slides, and open it to everybody who reads the plan."""
    if brief.state != BriefState.CHECKED or brief.checked_on is None:
        raise ReviewStepRefused(
            f"“{brief}” is {brief.get_state_display().lower()}.", expected="One that a second person checked."
        )
    if on < brief.checked_on:
        raise ReviewStepRefused("It goes out after it was checked.", expected=f"From {brief.checked_on:%-d %B %Y} on.")
    check_has_come(on, at)
    paper = _issued(brief, on, at)
    out = _put_out(brief, on, by=by, at=at)
    keep_paper(record=out, paper=paper, by=by, at=at, reason=brief.corrects)
    tell(brief, brief=out.pk)
    return keeping.keep(brief, by=by, at=at)


def _put_out(brief: BriefDraft, on: date, *, by: Any, at: datetime) -> LearningBrief:
    """Write what everybody reads: the first time as a new record, later as its next state."""
    out = LearningBrief.objects.filter(draft=brief).first() or LearningBrief(draft=brief)
    out.title, out.background, out.asks, out.further = brief.title, brief.background, brief.asks, brief.further
    out.points = [
        {"theme": point.theme_words, "words": point.said_in_brief, "for_whom": point.for_whom}
        for point in brief.review.learning.present().filter(in_brief=True)
    ]
    out.issued_on, out.removed_at = on, None
    return keeping.keep(out, by=by, at=at) if out.pk else keeping.keep_new(out, by=by, at=at)


@operation("learning brief opened again")
def open_again(*, brief: BriefDraft, words: str, by: Any, at: datetime) -> BriefDraft:
    """Make an issued brief a draft again, to be checked anew; what went out is taken from sight, and stays kept."""
    if brief.state != BriefState.ISSUED:
        raise ReviewStepRefused(f"“{brief}” is {brief.get_state_display().lower()}.", expected="One that is issued.")
    brief.corrects = check_words(words, "What has to be corrected.")[:500]
    _write(brief, by)
    brief.issued_on = None
    for out in LearningBrief.objects.present().filter(draft=brief):
        out.removed_at = at
        keeping.keep(out, by=by, at=at)
    tell(brief, reason=brief.corrects)
    return keeping.keep(brief, by=by, at=at)
