"""Evidence added, and reviewed for its effect by a second person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Max

from upstream.exceptions import WrongUse
from upstream_web.core.operations import name_of, operation, tell, under_way
from upstream_web.inspections.days import check_day
from upstream_web.inspections.models import EvidenceItem, Recommendation
from upstream_web.records.operations.keeping import keep, keep_new


class ReviewedByItsAdder(WrongUse):
    """Whoever added a piece of evidence is not the one to review it."""


@operation("evidence added")
def add(*, item: EvidenceItem, by: Any, at: datetime) -> EvidenceItem:
    """Add a piece of evidence under the next number of its recommendation."""
    check_day(item.recommendation.inspection, item.dated, at)
    last = EvidenceItem.objects.filter(recommendation=item.recommendation).aggregate(last=Max("number"))["last"]
    item.number = (last or 0) + 1
    keep_new(item, by=by, at=at)
    tell(item, proves=item.proves)
    return item


@operation("evidence changed")
def change(*, item: EvidenceItem, fields: list[str], by: Any, at: datetime) -> EvidenceItem:
    """Change a piece of evidence; a review of what it said before no longer holds."""
    check_day(item.recommendation.inspection, item.dated, at)
    if item.is_reviewed:
        _unreview(item)
        tell(review="taken back")
    keep(item, by=by, at=at)
    tell(item, fields=fields)
    return item


def _unreview(item: EvidenceItem) -> None:
    item.reviewed_on, item.reviewed_by, item.review = None, "", ""


def take_back_reviews(recommendation: Recommendation, *, by: Any, at: datetime) -> None:
    """Take back every review of what shows the effect of a recommendation, within the operation that reopens it."""
    under_way()
    for item in recommendation.evidenceitems.present().filter(reviewed_on__isnull=False):
        _unreview(item)
        keep(item, by=by, at=at)


@operation("evidence reviewed")
def review(*, item: EvidenceItem, proves: str, words: str, on: date, by: Any, at: datetime) -> EvidenceItem:
    """Review a piece of evidence for its effect. The reviewer says what it proves; raises `ReviewedByItsAdder`."""
    if name_of(by) == item.made_by:
        raise ReviewedByItsAdder(f"You added {item.label} yourself.", do="Ask somebody else to review it.")
    check_day(item.recommendation.inspection, on, at)
    item.proves, item.review = proves, words
    item.reviewed_on, item.reviewed_by = on, name_of(by)
    keep(item, by=by, at=at)
    tell(item, proves=proves)
    return item
