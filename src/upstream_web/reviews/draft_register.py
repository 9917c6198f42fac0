"""Drafts of learning briefs, until a second person has looked and they go out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words, short_day_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour
from upstream_web.reviews import clocks, codes, identifying
from upstream_web.reviews.forms import BriefForm
from upstream_web.reviews.models import BriefDraft, BriefState, LearningBrief
from upstream_web.reviews.operations import briefs
from upstream_web.reviews.policies import brief_texts
from upstream_web.reviews.review_register import SOON, ReviewRegister


def brief_tag(brief: BriefDraft) -> Tag:
    """Say where a brief stands."""
    if brief.issued_on:
        return Tag("done", f"Issued {short_day_words(brief.issued_on)}")
    return Tag("due" if brief.state == BriefState.CHECKED else "", brief.get_state_display())


class BriefDrafts(ReviewRegister):
    """What those who work with people should know."""

    model = BriefDraft
    noun, plural = "draft of a learning brief", "drafts of learning briefs"
    form = BriefForm
    searched = ("title", "background", "asks")
    related = ("review",)
    order = ("-issued_on",)
    page_template = "reviews/draft.html"
    empty = "A brief goes out of a review once a second person has confirmed that nobody can be recognised from it."
    columns = (
        Column("title", "Learning brief", sort=("title",)),
        Column("state", "State", value=brief_tag, sort=("issued_on", "state")),
        Column("themes", "Themes", value=lambda each: ", ".join(themes_of(each))),
    )
    filters = (Filter("state", "State", BriefState.choices),)

    def records(self) -> QuerySet[Any]:
        """With what was learnt."""
        return super().records().prefetch_related("review__learning")

    def can_change(self, record: BriefDraft) -> str:
        """What is issued is frozen."""
        if record.state == BriefState.ISSUED:
            return "Issued and frozen. Open it again to correct it; what went out stays kept."
        return super().can_change(record)

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many are out."""
        found = list(records)
        out = sum(each.state == BriefState.ISSUED for each in found)
        return f"{count_words(out, 'brief')} issued, {len(found) - out} being written." if found else ""

    def facts(self, record: BriefDraft) -> list[tuple[str, Any]]:
        """Say where it stands."""
        rows = [
            ("State", brief_tag(record)), ("Review", record.review), ("Checked", record.checked_on),
            ("Checked by", record.checked_by), ("Issued", record.issued_on), ("Corrects", record.corrects),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: BriefDraft, person: Any) -> dict[str, Any]:
        """Give what goes out, what could lead to a person, and what went out."""
        clock = clocks.brief_clock(record.review, record.issued_on, timezone.localdate())
        is_draft = record.state == BriefState.DRAFT
        return {
            "points": list(record.review.learning.present().filter(in_brief=True)),
            "traces": identifying.traces(brief_texts(record)) if is_draft else [],
            "checklist": [(each.asks, each.key in record.confirmed) for each in codes.checklist()],
            "out": LearningBrief.objects.filter(draft=record).first(),
            "clock": clock,
            "look": clocks.look(clock) if clock else "",
        }

    def make(self, record: BriefDraft, *, by: Any, at: datetime) -> BriefDraft:
        """Begin it."""
        return briefs.begin(brief=record, by=by, at=at)

    def change_record(self, record: BriefDraft, fields: list[str], *, by: Any, at: datetime) -> BriefDraft:
        """Write it, and take an earlier check back."""
        return briefs.change(brief=record, fields=fields, by=by, at=at)

    def acts(self, record: BriefDraft, person: Any) -> list[Act]:
        """Offer the check to a second person, issuing and opening again to those who keep the review."""
        if record.removed_at or not may(person, Permission.REVIEW_VIEW, about=record.review):
            return []
        keeps = self.may_change(person, record)
        if record.state == BriefState.DRAFT:
            if record.written_by == person.get_username():
                return []
            return [Act("Check that nobody can be recognised", reverse("brief-check", args=[record.pk]), is_main=True)]
        if record.state == BriefState.CHECKED:
            return [Act("Issue", reverse("brief-issue", args=[record.pk]), is_main=True)] if keeps else []
        return [Act("Open again", reverse("brief-open-again", args=[record.pk]))] if keeps else []

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give briefs to be checked to those who did not write them, and checked ones to those who keep the review."""
        seen: Any = self.visible_to(person)
        for brief in seen.present().exclude(state=BriefState.ISSUED):
            clock = clocks.brief_clock(brief.review, None, on)
            if clock is None or clock.due_on > on + SOON or not self.acts(brief, person):
                continue
            kind = "late" if clock.state in clocks.LATE else "soon"
            words = "To be issued" if brief.state == BriefState.CHECKED else "To be checked by a second person"
            yield Dated(brief, clock.due_on, str(brief), kind, words, "issue")

    def neighbours(self, record: BriefDraft) -> Iterable[Neighbour]:
        """Give the review, and what went out."""
        yield Neighbour(record.review, "comes from", False)
        out = LearningBrief.objects.present().filter(draft=record).first()
        if out is not None:
            yield Neighbour(out, "went out as", True)


def themes_of(brief: BriefDraft) -> list[str]:
    """Give the themes that a brief is about."""
    points = [point for point in brief.review.learning.all() if point.in_brief and point.removed_at is None]
    return list(dict.fromkeys(point.theme_words for point in points))
