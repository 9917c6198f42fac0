"""What bodies owe to reviews, and who was given a review to read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words
from upstream_web.records.columns import Column, Filter
from upstream_web.records.register import Act, Dated, Neighbour
from upstream_web.reviews.forms import PartForm, ReaderForm
from upstream_web.reviews.models import PartSort, ReviewPart, ReviewReader
from upstream_web.reviews.review_register import SOON, ReviewRegister, part_tag

GIVEN = (("missing", "Owed and not given"), ("given", "Given"), ("asked", "Not owed yet"))


def by_given(records: QuerySet[ReviewPart], value: str) -> QuerySet[ReviewPart]:
    """Narrow to what was given, is missing, or is not owed yet."""
    if value == "given":
        return records.exclude(given_on=None)
    today = timezone.localdate()
    waiting = records.filter(given_on=None)
    return waiting.filter(owed_on__lt=today) if value == "missing" else waiting.filter(owed_on__gte=today)


class ReviewParts(ReviewRegister):
    """Chronologies, analyses and summaries that bodies owe to reviews."""

    model = ReviewPart
    noun, plural = "contribution to a review", "contributions to reviews"
    form = PartForm
    searched = ("body__name", "review__title", "note")
    related = ("review", "body")
    order = ("owed_on",)
    empty = "What each body owes to a review: a chronology, an analysis of its own part, a member of the panel."
    columns = (
        Column("sort", "What it owes", value="get_sort_display", sort=("sort",)),
        Column("body", "Body", sort=("body__name",)),
        Column("review", "Review", sort=("review__title",)),
        Column("owed_on", "Wanted by", sort=("owed_on",)),
        Column("state", "State", value=lambda each: part_tag(each, timezone.localdate())),
    )
    filters = (Filter("given", "State", GIVEN, narrow=by_given), Filter("sort", "What it owes", PartSort.choices))

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how much is missing."""
        found = list(records)
        missing = sum(each.is_missing(timezone.localdate()) for each in found)
        return f"{count_words(len(found), 'contribution')}; {missing or 'none'} wanted and not given." if found else ""

    def acts(self, record: ReviewPart, person: Any) -> list[Act]:
        """Offer to take it down."""
        open_ = not (record.removed_at or record.given_on or record.review.closed_on)
        if not open_ or not self.may_change(person, record):
            return []
        return [Act("Note that it was given", reverse("review-part-given", args=[record.pk]), is_main=True)]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days by which contributions are wanted."""
        seen: Any = self.visible_to(person)
        for each in seen.present().filter(given_on=None, review__closed_on=None, owed_on__range=(since, until)):
            kind = "late" if each.owed_on < timezone.localdate() else "soon"
            yield Dated(each, each.owed_on, f"{each}: {each.review}", kind, what="wanted")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give what is wanted within two weeks, to those who keep the review."""
        seen: Any = self.visible_to(person)
        for each in seen.present().filter(given_on=None, review__closed_on=None, owed_on__lte=on + SOON):
            if may(person, Permission.REVIEW_CHANGE, about=each):
                kind = "late" if each.owed_on < on else "soon"
                yield Dated(each, each.owed_on, f"{each}: {each.review}", kind, what="wanted")

    def neighbours(self, record: ReviewPart) -> Iterable[Neighbour]:
        """Give the review and the body."""
        yield Neighbour(record.review, "is owed to", True)
        yield Neighbour(record.body, "is owed by", False)


class ReviewReaders(ReviewRegister):
    """People who were given a review to read."""

    model = ReviewReader
    noun, plural = "reader of a review", "readers of reviews"
    form = ReaderForm
    searched = ("person__name", "review__title", "why")
    related = ("review", "person")
    order = ("review__title", "person__name")
    in_search = False
    empty = "A review is open to whoever keeps it, and to those who are named here with a reason."
    columns = (
        Column("person", "Person", value="person.name", sort=("person__name",)),
        Column("review", "Review", sort=("review__title",)),
        Column("why", "Why they need it"),
        Column("made_at", "Given", sort=("made_at",)),
    )

    def facts(self, record: ReviewReader) -> list[tuple[str, Any]]:
        """Say who, what and why."""
        return [("Person", record.person.name), ("Review", record.review), ("Why", record.why), ("By", record.made_by)]

    def neighbours(self, record: ReviewReader) -> Iterable[Neighbour]:
        """Give the review."""
        yield Neighbour(record.review, "may read", False)
