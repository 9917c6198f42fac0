"""What the chapters are drafted with: plain sentences, running labels, and parts that may be missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from upstream.assessments.document import (
    Block,
    BulletList,
    Chapter,
    FigureBlock,
    MarginNote,
    NotKnown,
    Paragraph,
    Section,
    Sentence,
    TableBlock,
)
from upstream.assessments.words import escaped
from upstream.charts.figure import Figure


def said(text: str, rule: str = "as written") -> Sentence:
    """A sentence without a number."""
    return Sentence(escaped(text), (), rule)


def paragraph(*sentences: Sentence | None) -> Paragraph | None:
    """A paragraph of the sentences there are; None when there is none."""
    there = tuple(sentence for sentence in sentences if sentence is not None)
    return Paragraph(there) if there else None


def bullets(items: Iterable[Sentence | None]) -> BulletList | None:
    """A list of the sentences there are; None when there is none."""
    there = tuple(item for item in items if item is not None)
    return BulletList(there) if there else None


def section(heading: str, *blocks: Block | None, margin: Iterable[MarginNote | None] = ()) -> Section | None:
    """A section of the blocks there are; None when there is none."""
    there = tuple(block for block in blocks if block is not None)
    return Section(heading, there, tuple(note for note in margin if note is not None)) if there else None


@dataclass(frozen=True)
class Finding:
    """What a chapter hands to the summary: one sentence, and what it suggests for the plan, if anything."""

    sentence: Sentence
    chapter: int
    suggests: str = ""
    settled_by: str = ""


@dataclass
class Draft:
    """A chapter in the making; gives figures and tables their numbers in the order in which they are added."""

    number: int
    slug: str
    title: str
    answer: list[Sentence] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _figures: int = 0
    _tables: int = 0

    def figure(self, figure: Figure | None, note: MarginNote | None = None, *, wide: bool = True) -> FigureBlock | None:
        """A figure with the next label of the chapter; None stays None."""
        if figure is None:
            return None
        self._figures += 1
        return FigureBlock(figure, f"{self.number}.{self._figures}", note, wide)

    def table(
        self, title: str, frame: pl.DataFrame, align: str, note: str = "", weights: tuple[float, ...] = ()
    ) -> TableBlock | None:
        """A table with the next label; an empty one is left out, and so is a column of which nothing is known."""
        if frame.is_empty():
            return None
        kept = [index for index, name in enumerate(frame.columns) if index == 0 or _is_known(frame[name])]
        self._tables += 1
        return TableBlock(
            f"{self.number}.{self._tables}", title, frame[:, kept], "".join(align[index] for index in kept), note,
            tuple(weights[index] for index in kept) if weights else (),
        )  # fmt: skip

    def add(self, made: Section | None) -> None:
        """Add a section unless it has nothing to say."""
        if made is not None:
            self.sections.append(made)

    def find(self, sentence: Sentence | None, suggests: str = "", settled_by: str = "", *, sure: bool = True) -> None:
        """Note a finding for the summary; only one that is sure suggests anything for the plan."""
        if sentence is not None:
            self.findings.append(Finding(sentence, self.number, *((suggests, settled_by) if sure else ("", ""))))

    def plan(self, *meanings: str | None) -> None:
        """Add what the chapter means for the plan, as drafts for the partnership to agree or to strike out."""
        there = tuple(said(text) for text in meanings if text)
        if there:
            note = MarginNote(
                "Draft:", "written by rule from the figures above, for the partnership to agree or strike."
            )
            self.sections.append(Section("What it means for the plan", (BulletList(there),), (note,)))

    def finish(self, *, sure_of: str, not_sure_of: str) -> Chapter:
        """The chapter; without an answer it says that nothing is known."""
        answer = tuple(self.answer) or (said("Not known: nothing that answers this is held."),)
        return Chapter(self.number, self.slug, self.title, answer, sure_of, not_sure_of, tuple(self.sections))


def _is_known(column: pl.Series) -> bool:
    """Whether a column of a table says anything but that it is not known."""
    return any(value is not None and value != "not known" for value in column)


def unknown_chapter(draft: Draft, subject: str, why: str, settled_by: str) -> Chapter:
    """A chapter of which nothing is held: it says so, and what would settle it."""
    draft.answer = [said(f"Not known: {subject}.")]
    draft.sections.append(Section("What is missing", (NotKnown(subject, why, settled_by),)))
    return draft.finish(sure_of="nothing yet.", not_sure_of=f"{subject}.")
