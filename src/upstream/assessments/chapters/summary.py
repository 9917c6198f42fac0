"""Chapter 1: the summary on one page, drawn from what the other chapters found."""

from __future__ import annotations

import polars as pl

from upstream.assessments.document import BulletList, Chapter, MarginNote, Section, Sentence
from upstream.assessments.drafting import Draft, Finding, said, section

MOST_PRIORITIES = 5
ALWAYS = Finding(
    said("Much that the plan needs is not known: who is hurt, how badly, and at what hour."),
    11,
    "Close the gaps in data that keep the rest from being known.",
    "Emergency department assaults, offence codes, hour of day.",
)


def chapter(findings: list[Finding]) -> Chapter:
    """Draft the chapter from the findings of the others, in the order of the chapters."""
    draft = Draft(1, "summary", "Summary and draft priorities")
    draft.answer.extend(finding.sentence for finding in findings[:3])
    draft.add(_found(findings))
    draft.add(_priorities(draft, findings))
    return draft.finish(
        sure_of="what the police recorded, where, and how uneven it is.",
        not_sure_of="what never reaches the police, who is hurt, and why.",
    )


def _found(findings: list[Finding]) -> Section | None:
    items = tuple(_with_chapter(finding) for finding in findings)
    note = MarginNote("Every number", "leads to its entry at the end of the report: measure, period, interval, method.")
    return Section("What we found", (BulletList(items),), (note,)) if items else None


def _with_chapter(finding: Finding) -> Sentence:
    sentence = finding.sentence
    return Sentence(f"{sentence.template} (Chapter {finding.chapter})", sentence.numbers, sentence.rule)


def _priorities(draft: Draft, findings: list[Finding]) -> Section | None:
    """What the findings suggest, each beside what would make it firmer."""
    suggested = [finding for finding in findings if finding.suggests][: MOST_PRIORITIES - 1]
    rows = [
        (f"{number}  {finding.suggests}", f"Chapter {finding.chapter}", finding.settled_by)
        for number, finding in enumerate((*suggested, ALWAYS), 1)
    ]
    frame = pl.DataFrame(rows, schema=["Draft priority", "Rests on", "What would make it firmer"], orient="row")
    table = draft.table(
        "Draft priorities, for the partnership to agree, change or strike", frame, "lll",
        "Written by rule from the findings. They are a beginning for the discussion, not a decision.", (3.2, 1, 2.6),
    )  # fmt: skip
    return section("Draft priorities", table)
