"""Learning briefs: what went out of reviews, for everybody who reads the plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words, short_day_words
from upstream_web.records.columns import Column
from upstream_web.records.papers import papers_of
from upstream_web.records.register import Neighbour, Register
from upstream_web.reviews.models import LearningBrief


class LearningBriefs(Register[LearningBrief]):
    """What those who work with people should know. Made by issuing a draft, and changed by nothing else."""

    model = LearningBrief
    noun, plural = "learning brief", "learning briefs"
    area, section = "account", "learning-briefs"
    see = Permission.PLAN_VIEW
    searched = ("title", "background", "asks", "further")
    order = ("-issued_on",)
    page_template = "reviews/brief.html"
    can_be_made = can_be_removed = False
    empty = "A brief goes out of a review once a second person has confirmed that nobody can be recognised from it."
    columns = (
        Column("title", "Learning brief", sort=("title",)),
        Column(
            "themes", "Themes", value=lambda each: "; ".join(dict.fromkeys(point["theme"] for point in each.points))
        ),
        Column("issued_on", "Issued", sort=("issued_on",)),
    )

    def records(self) -> QuerySet[Any]:
        """Only those that are out: one that was taken back may still lead to somebody, so nobody opens it."""
        return super().records().filter(removed_at=None)

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many went out, and when the last did."""
        found = list(records)
        if not found:
            return ""
        last = short_day_words(max(each.issued_on for each in found))
        return f"{count_words(len(found), 'brief')} went out, the last on {last}."

    def facts(self, record: LearningBrief) -> list[tuple[str, Any]]:
        """Say when it went out; nothing of the review."""
        return [("Issued", record.issued_on), ("Points", len(record.points))]

    def context(self, record: LearningBrief, person: Any) -> dict[str, Any]:
        """Give the papers."""
        return {"kept_papers": list(papers_of(record))}

    def neighbours(self, record: LearningBrief) -> Iterable[Neighbour]:
        """Give its draft, which only those see who see the review."""
        yield Neighbour(record.draft, "was drafted as", False)
