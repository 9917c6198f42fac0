"""What reviews found, and what is done because of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words
from upstream_web.records.columns import Column, Filter
from upstream_web.records.register import Act, Dated, Neighbour
from upstream_web.reviews import clocks, codes, queries
from upstream_web.reviews.forms import LearningPointForm, ReviewActionForm
from upstream_web.reviews.models import LearningPoint, ReviewAction
from upstream_web.reviews.operations import learning
from upstream_web.reviews.review_register import SOON, ReviewRegister, action_tag

STATES = (("open", "Open"), ("late", "Late"), ("done", "Done"), ("again", "Open again: it did not last"))


class LearningPoints(ReviewRegister):
    """Findings of reviews."""

    model = LearningPoint
    noun, plural = "learning point", "learning points"
    form = LearningPointForm
    searched = ("words", "evidence", "for_whom", "review__title")
    related = ("review",)
    order = ("-review__aware_on",)
    page_template = "reviews/point.html"
    empty = "Each finding has a theme, what shows it, and for whom it is."
    columns = (
        Column("words", "What was learnt", value=str),
        Column("theme", "Theme", value="theme_words", sort=("theme",)),
        Column("review", "Review", sort=("review__title",)),
        Column("for_whom", "For whom"),
        Column("evidence", "What shows it", only_exported=True),
        Column("whole", "What was learnt, in full", value="words", only_exported=True),
    )
    filters = (Filter("theme", "Theme", codes.theme_choices),)

    def facts(self, record: LearningPoint) -> list[tuple[str, Any]]:
        """Say under which theme and for whom."""
        rows = [
            ("Theme", record.theme_words), ("Review", record.review), ("For whom", record.for_whom),
            ("In the learning brief", record.in_brief),
        ]  # fmt: skip
        return rows

    def context(self, record: LearningPoint, person: Any) -> dict[str, Any]:
        """Give what answers it."""
        kept: Any = record
        today = timezone.localdate()
        return {"actions": [(each, action_tag(each, today)) for each in kept.actions.present().select_related("body")]}

    def make(self, record: LearningPoint, *, by: Any, at: datetime) -> LearningPoint:
        """Write it down."""
        return learning.find(point=record, by=by, at=at)

    def change_record(self, record: LearningPoint, fields: list[str], *, by: Any, at: datetime) -> LearningPoint:
        """Change it, and ask for the check of the brief again."""
        return learning.change(point=record, fields=fields, by=by, at=at)

    def acts(self, record: LearningPoint, person: Any) -> list[Act]:
        """Offer an action that answers it."""
        if record.removed_at or record.review.closed_on or not self.may_change(person, record):
            return []
        address = f"{reverse('review-action-new')}?review={record.review_id}&point={record.pk}"
        return [Act("Add an action", address)]

    def neighbours(self, record: LearningPoint) -> Iterable[Neighbour]:
        """Give the review and the actions that answer it."""
        kept: Any = record
        yield Neighbour(record.review, "was found by", False)
        for action in kept.actions.present():
            yield Neighbour(action, "is answered by", True)


def by_state(records: QuerySet[ReviewAction], value: str) -> QuerySet[ReviewAction]:
    """Narrow to those that are open, late, done, or open again."""
    if value == "done":
        return records.exclude(done_on=None)
    waiting = records.filter(done_on=None)
    if value == "again":
        return waiting.exclude(not_lasting="")
    return waiting.filter(due_on__lt=timezone.localdate()) if value == "late" else waiting


class ReviewActions(ReviewRegister):
    """Actions of reviews that are followed up here."""

    model = ReviewAction
    noun, plural = "action from a review", "actions from reviews"
    form = ReviewActionForm
    searched = ("title", "owner_role", "body__name", "review__title")
    related = ("review", "body", "owner", "point")
    order = ("due_on",)
    page_template = "reviews/action.html"
    empty = "What is done because of a review. What belongs in the delivery plan is written there and linked."
    columns = (
        Column("title", "Action", sort=("title",)),
        Column("body", "Body", sort=("body__name",)),
        Column("owner_role", "Who answers for it", sort=("owner_role",)),
        Column("review", "Review", sort=("review__title",)),
        Column("due_on", "Due", sort=("due_on",)),
        Column("state", "State", value=lambda each: action_tag(each, timezone.localdate()), sort=("done_on", "due_on")),
        Column("effect", "What shows that it works", only_exported=True),
    )
    filters = (Filter("state", "State", STATES, narrow=by_state),)

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many are done, late, and how many lasted."""
        found, today = list(records), timezone.localdate()
        if not found:
            return ""
        done = sum(each.done_on is not None for each in found)
        late = sum(each.done_on is None and each.due_on < today for each in found)
        again = sum(bool(each.not_lasting) and each.done_on is None for each in found)
        said = f"{done} of {count_words(len(found), 'action')} done, {late or 'none'} late"
        return f"{said}; {again} open again because it did not last." if again else f"{said}."

    def facts(self, record: ReviewAction) -> list[tuple[str, Any]]:
        """Say who, by when, and how it stands."""
        rows = [
            ("State", action_tag(record, timezone.localdate())), ("Body", record.body),
            ("Who answers for it", record.owner_role), ("Signs in", record.owner.name if record.owner else ""),
            ("Due", record.due_on), ("Done", record.done_on), ("Review", record.review), ("Answers", record.point),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: ReviewAction, person: Any) -> dict[str, Any]:
        """Give the later looks with their clocks."""
        kept: Any = record
        today = timezone.localdate()
        checks = list(kept.rechecks.present())
        first = next((each for each in checks if each.checked_on is None), None)
        may_keep = self.may_change(person, record) and not record.removed_at and not record.review.closed_on
        return {
            "rechecks": [(each, clock := clocks.recheck_clock(each, today), clocks.look(clock)) for each in checks],
            "next_check": first if record.done_on and may_keep else None,
        }

    def can_change(self, record: ReviewAction) -> str:
        """What is done stays as it was done."""
        return (
            "Done. What was done stays; the re-checks say whether it lasts."
            if record.done_on
            else super().can_change(record)
        )

    def acts(self, record: ReviewAction, person: Any) -> list[Act]:
        """Offer to finish it."""
        if record.removed_at or record.done_on or record.review.closed_on or not self.may_change(person, record):
            return []
        return [Act("Note that it is done", reverse("review-action-done", args=[record.pk]), is_main=True)]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which actions are due and looked at again."""
        today = timezone.localdate()
        for each in queries.open_actions(person).filter(due_on__range=(since, until)):
            yield _due(each, today)
        for check in queries.open_rechecks(person).filter(due_on__range=(since, until)):
            yield _look(check, today)

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give what is due within two weeks to those who answer for it or keep the review."""
        for each in queries.open_actions(person).filter(due_on__lte=on + SOON):
            if each.owner_id == person.pk or may(person, Permission.REVIEW_CHANGE, about=each):
                yield _due(each, on)
        for check in queries.open_rechecks(person).filter(due_on__lte=on + SOON):
            if may(person, Permission.REVIEW_CHANGE, about=check.action):
                yield _look(check, on)

    def neighbours(self, record: ReviewAction) -> Iterable[Neighbour]:
        """Give what it answers and the body."""
        yield Neighbour(record.point or record.review, "answers", False)
        yield Neighbour(record.body, "is done by", False)


def _due(action: ReviewAction, on: date) -> Dated:
    return Dated(
        action,
        action.due_on,
        f"{action.body.said_shortly}: {action}",
        "late" if action.due_on < on else "soon",
        what="due",
    )


def _look(check: Any, on: date) -> Dated:
    kind = "late" if check.due_on < on else "soon"
    return Dated(check.action, check.due_on, str(check), kind, what=check.clock)
