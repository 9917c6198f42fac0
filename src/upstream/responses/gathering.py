"""Gathers the single recommendations of a part of a document: each with its words and what stands to it as answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from upstream.responses.items import (
    GroupHead,
    ItemHead,
    answer_label,
    asks_for_something,
    group_head,
    item_head,
    kind_in,
    label_part,
    table_columns,
)
from upstream.responses.paragraphs import ENDED, Paragraph, to_markdown
from upstream.responses.reading.line import Line
from upstream.responses.record import Certainty, RecommendationKind
from upstream.responses.wording import straight

LONGEST_TITLE_WORDS = 8
OPEN_END = (":", ";", ",")
IN_BRACKETS = re.compile(r"^\([^()]{2,60}\)$")
MADE_TO = re.compile(r"^\(?(?:for|to) \S+(?: \S+){0,9}$", re.IGNORECASE)
AND_END = re.compile(r"[;,] and$", re.IGNORECASE)


@dataclass
class Item:
    """One recommendation while it is gathered, with the `headings` over it.

    `together` are the numbers that one answer is given to.
    """

    kind: RecommendationKind
    number: str
    certainty: Certainty
    number_from: Line | None = None
    parts: dict[str, list[Paragraph]] = field(default_factory=dict)
    open: str = "text"
    together: tuple[str, ...] = ()
    headings: tuple[Line, ...] = ()

    def add(self, paragraph: Paragraph, part: str) -> None:
        """Put a paragraph to a part of it."""
        if paragraph.text:
            self.parts.setdefault(part, []).append(paragraph)

    @property
    def words(self) -> str:
        """What is asked, as far as it is gathered."""
        return " ".join(part.text for part in self.parts.get("text", []))


@dataclass(frozen=True)
class Under:
    """The paragraphs under one heading; `headings` are the lines of it."""

    headings: tuple[Line, ...]
    paragraphs: Sequence[Paragraph]


def gather(parts: Sequence[Under], usual: RecommendationKind) -> list[Item]:
    """Give what inspectors ask for in these parts; `usual` is the kind where the words do not say."""
    gatherer = _Gatherer(usual)
    for part in parts:
        if part.headings:
            gatherer.begin_part(part.headings)
        for row, group in groupby(part.paragraphs, key=lambda paragraph: paragraph.row):
            if row is None:
                gatherer.take_all(list(group))
            else:
                gatherer.take_row(list(group))
    found = [item for item in gatherer.items if item.words]
    return found or list(_bare_list([paragraph for part in parts for paragraph in part.paragraphs], usual))


def _bare_list(paragraphs: Sequence[Paragraph], usual: RecommendationKind) -> Iterable[Item]:
    """A list under the heading, in whose items nobody “should”: each may be one."""
    listed = [paragraph for paragraph in paragraphs if paragraph.marker and len(paragraph.text.split()) > 2]
    if len(listed) < 2 or any(paragraph.row is not None for paragraph in paragraphs):
        return
    for paragraph in listed:
        item = Item(usual, paragraph.marker.rstrip(".") if paragraph.marker != "-" else "", Certainty.LIKELY)
        item.number_from = paragraph.lines[0] if paragraph.lines else None
        item.add(Paragraph(paragraph.text, paragraph.lines), "text")
        yield item


class _Gatherer:
    def __init__(self, usual: RecommendationKind) -> None:
        self.usual = self.kind = usual
        self.items: list[Item] = []
        self.open: list[Item] = []  # those that what comes next is said of
        self.columns: dict[int, str] = {}
        self.headings: tuple[Line, ...] = ()
        self.in_table = False

    def begin_part(self, headings: tuple[Line, ...]) -> None:
        """Go on under a heading. One cause of concern is often headed, and its words are what follows."""
        self.open, self.headings = [], headings
        for line in headings:
            head = item_head(line.text)
            if head and not head.number and line.text.strip(" :").casefold().endswith("concern"):
                self._begin(RecommendationKind(head.kind), "", Certainty.SURE, Paragraph("", (line,)))

    def take_all(self, paragraphs: list[Paragraph]) -> None:
        """Put paragraphs outside tables to what they belong to; a heading under a table ends what stood in it."""
        first = paragraphs[0]
        if self.in_table and len(first.text.split()) <= LONGEST_TITLE_WORDS and not ENDED.search(first.text):
            self.open = []
        self.in_table = False
        for paragraph in paragraphs:
            self.take(paragraph)

    def take(self, paragraph: Paragraph) -> None:
        """Put a paragraph outside tables to what it belongs to."""
        head, group = item_head(paragraph.text), group_head(paragraph.text)
        if group and self._answers_together(group, paragraph):
            return
        if head and not self._comes_back(head, paragraph):
            item = self._begin(RecommendationKind(head.kind), head.number, Certainty.SURE, paragraph)
            # “Recommendation 1 (by 31 March 2024)”: the brackets are the form's, the words of the report follow.
            item.add(Paragraph(head.rest, paragraph.lines), _part_after_number(head.rest))
        elif head or self._answer(paragraph) or (not self._next_by_number(paragraph) and self._goes_on(paragraph)):
            return
        elif asks_for_something(paragraph.text):
            number = paragraph.marker.rstrip(".") if paragraph.marker != "-" else ""
            item = self._begin(self.usual, number, Certainty.LIKELY, paragraph)
            item.add(Paragraph(paragraph.text, paragraph.lines), "text")

    def _begin(self, kind: RecommendationKind, number: str, certainty: Certainty, paragraph: Paragraph) -> Item:
        item = Item(kind, number, certainty, headings=self.headings)
        item.number_from = paragraph.lines[0] if paragraph.lines else None
        self.items.append(item)
        self.open = [item]
        return item

    def _held(self, kind: str, numbers: Iterable[str]) -> list[Item]:
        wanted = set(numbers) - {""}
        return [item for item in self.items if item.kind == kind and item.number in wanted and item.words]

    def _answers_together(self, group: GroupHead, paragraph: Paragraph) -> bool:
        held = self._held(group.kind, group.numbers)
        if not held:
            return False
        self.open = held
        for item in held:
            item.open, item.together = "action", group.numbers
            item.add(Paragraph(group.rest, paragraph.lines), "action")
        return True

    def _comes_back(self, head: ItemHead, paragraph: Paragraph) -> bool:
        """Whether one that was listed before is named again, for its answer; its own words again are not the answer."""
        held = self._held(head.kind, [head.number])[:1]
        if not held or (asks_for_something(head.rest) and not _same(head.rest, held[0].words)):
            return False
        self.open, held[0].open = held, "action"
        if not _same(head.rest, held[0].words):
            held[0].add(Paragraph(head.rest, paragraph.lines), "action")
        return True

    def _answer(self, paragraph: Paragraph) -> bool:
        label = answer_label(paragraph.text) if self.open else None
        if label is None or not (self.open[0].words or label.part == "text"):
            return False
        for item in self.open:
            item.open = label.part
            item.add(Paragraph(label.value, paragraph.lines), label.part)
        return True

    def _next_by_number(self, paragraph: Paragraph) -> bool:
        """Whether the next of a numbered list comes after the answer to the one before."""
        before = self.open[0] if self.open else None
        if before is None or before.open == "text" or not before.number.isdigit():
            return False
        return paragraph.marker == f"{int(before.number) + 1}." and asks_for_something(paragraph.text)

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """Whether it is a further paragraph of the last one's text or answer."""
        if not self.open:
            return False
        item = self.open[0]
        if item.open == "text" and item.certainty is Certainty.LIKELY:
            return self._further_point(item, paragraph)
        complete = asks_for_something(item.words) and not _left_open(item.words)
        if item.open == "text" and complete and not asks_for_something(paragraph.text) and not paragraph.marker:
            item.open = "action"
        if item.open == "action" and _same(paragraph.text, item.words):
            return True
        for each in self.open:
            each.add(paragraph, each.open)
        return True

    def _further_point(self, item: Item, paragraph: Paragraph) -> bool:
        """A point of a list after “the force should:”, where only the words tell that it is a recommendation."""
        last = item.parts["text"][-1]
        within = last.marker and len(item.parts["text"]) > 1 and (last.marker == "-") == (paragraph.marker == "-")
        goes_on = within and not asks_for_something(paragraph.text)
        if not paragraph.marker or not (_left_open(item.words) or goes_on):
            return False
        item.add(paragraph, "text")
        return True

    # Tables: one recommendation a row.

    def take_row(self, row: list[Paragraph]) -> None:
        """Put the cells of a row to what they belong to."""
        self.in_table = True
        columns = table_columns([Line(0, cell.text, row=cell.row, column=cell.column) for cell in row])
        if columns:
            self.columns = columns
            asked = " / ".join(cell.text for cell in row if columns.get(cell.column) == "text")
            self.kind = RecommendationKind(kind_in(asked) or self.usual)
        elif self.columns and all(cell.column in self.columns for cell in row):
            if any(self.columns[cell.column] == "text" for cell in row) or not self.items:
                self._begin(self.kind, "", Certainty.SURE, row[0])
            for cell in row:
                self._fill(self.items[-1], self.columns[cell.column], cell)
        else:
            self._two_cells(row)

    def _two_cells(self, row: list[Paragraph]) -> None:
        """A row without a head to its table: a recommendation, or its number, beside its text or answer."""
        first = row[0]
        part = label_part(first.text) if first.column == 0 and row[-1].column else None
        if part:
            self._labelled_row(row, part)
            return
        mine: Item | None = None
        for cell in row:
            further = mine is not None and cell.column > 0 and item_head(cell.text) is None
            if mine is not None and further and answer_label(cell.text) is None:
                answers = mine.open == "text" and asks_for_something(to_markdown(mine.parts.get("text", [])))
                mine.add(cell, "action" if answers else mine.open)
                continue
            before = len(self.items)
            self.take(cell)
            mine = self.items[-1] if cell.column == 0 and len(self.items) > before else mine

    def _labelled_row(self, row: list[Paragraph], part: str) -> None:
        """A label with its value beside it; in wider rows a label and a value in turn."""
        wide = row[-1].column > 1
        at = 0
        for cell in row[1:]:
            other = label_part(cell.text) if wide and cell.column > at + 1 else None
            if other:
                part, at = other, cell.column
                continue
            self._put(part, cell)

    def _put(self, part: str, cell: Paragraph) -> None:
        new = not self.open or (part in ("number", "text") and self.open[0].words and self.open[0].open != part)
        if new and part not in ("number", "text"):
            return
        item = self._begin(self.usual, "", Certainty.SURE, cell) if new else self.open[0]
        for each in self.open:
            each.open = part
        if part == "number":
            self._fill(item, part, cell)
        else:
            for each in self.open:
                self._fill(each, part, cell)

    def _fill(self, item: Item, part: str, paragraph: Paragraph) -> None:
        head = item_head(paragraph.text)
        if part == "number":
            item.number = re.sub(r"^\D+", "", paragraph.text) or (paragraph.text if paragraph.text.isalpha() else "")
            if head:
                item.kind, item.number = RecommendationKind(head.kind), head.number
        elif part == "text" and head:
            item.kind, item.number = RecommendationKind(head.kind), head.number or item.number
            item.add(Paragraph(head.rest, paragraph.lines), "text")
        elif part == "other" and head and not head.rest:
            item.kind, item.number = RecommendationKind(head.kind), head.number
        elif part == "text" and paragraph.marker.rstrip(".").isdigit() and not (item.words or item.number):
            item.number = paragraph.marker.rstrip(".")
            item.add(replace(paragraph, marker=""), "text")
        else:
            item.add(paragraph, part)


def _part_after_number(rest: str) -> str:
    """What follows a number in its line: the words asked, a day in brackets, or only to whom it is made."""
    if IN_BRACKETS.match(rest):
        return "deadline"
    return "made_to" if MADE_TO.match(rest) and not asks_for_something(rest) else "text"


def _left_open(words: str) -> bool:
    return words.rstrip().endswith(OPEN_END) or AND_END.search(words.rstrip()) is not None


def _same(text: str, other: str) -> bool:
    """Whether two texts are the same words, or the first the beginning of the second."""
    first, second = (re.findall(r"\w+", straight(each).casefold()) for each in (text, other))
    return len(first) > 3 and first == second[: len(first)]
