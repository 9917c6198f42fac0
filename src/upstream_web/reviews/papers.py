"""A learning brief as a paper: content only; `upstream.papers` sets it as page, PDF, Word file and slides."""

from __future__ import annotations

from datetime import datetime

from upstream.measures.sentences import spell
from upstream.papers import Block, Column, Decision, Fact, Paper, Section, Table, Text, plain
from upstream_web.core.words import short_day_words
from upstream_web.core.workbench import get_partnership
from upstream_web.reviews.models import BriefDraft, LearningPoint

# What a brief says of the review it comes from: never its kind with its day, which together find an incident.
FROM = "A review after a serious incident"


def _point(number: int, point: LearningPoint) -> Section:
    return Section(
        f"{number}. {point.theme_words}",
        (Text(plain(point.said_in_brief)), Text(f"**For:** {plain(point.for_whom)}")),
    )


def _actions(brief: BriefDraft) -> list[Block]:
    """Count what is being done, by body; the wording of an action may tell more than a brief should."""
    counts: dict[str, list[int]] = {}
    for action in brief.review.actions.present().select_related("body"):
        row = counts.setdefault(action.body.name, [0, 0])
        row[0] += 1
        row[1] += action.done_on is not None
    if not counts:
        return [Text("What follows is being agreed with the bodies concerned.")]
    rows = tuple((name, agreed, done) for name, (agreed, done) in sorted(counts.items()))
    columns = (Column("Body", weight=4), Column("Actions agreed", "r", 1), Column("Done so far", "r", 1))
    return [Table("Actions by body", columns, rows)]


def brief_paper(brief: BriefDraft, *, made_at: datetime) -> Paper:
    """Give a brief as it stands; one that is not issued says on every page that it is a draft."""
    partnership = get_partnership().config
    points = list(brief.review.learning.present().filter(in_brief=True))
    sections = [
        Section("What happened", (Text(plain(brief.background)),)),
        *(_point(number, point) for number, point in enumerate(points, start=1)),
        Section("Ask yourself", (Decision(tuple(map(plain, brief.questions())), "In your team:", "Questions"),)),
        Section("What is being done", tuple(_actions(brief))),
    ]
    if brief.further:
        sections.append(Section("Where to find more", (Text(plain(brief.further)),)))
    issued = [Fact("Issued", short_day_words(brief.issued_on))] if brief.issued_on else []
    return Paper(
        kind="Learning brief",
        title=brief.title,
        subtitle="What we learnt, and what every team should ask itself",
        partnership=partnership.name,
        made_at=made_at,
        sections=tuple(sections),
        summary=(f"{FROM} taught us {spell(len(points))} {'thing' if len(points) == 1 else 'things'}.",),
        facts=(*issued, Fact("Nobody is named", "Checked by a second person before it went out")
               if brief.checked_by else Fact("Nobody is named", "Still to be checked by a second person")),
        status="" if brief.issued_on else "Draft",
        worked_example=partnership.worked_example,
    )  # fmt: skip
