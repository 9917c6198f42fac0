"""Reads the single recommendations out of their part of a document, with addressee, deadline and answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from upstream.responses.dates import dates_in
from upstream.responses.items import answer_label, asks_for_something, item_head, table_columns
from upstream.responses.paragraphs import Paragraph, to_markdown
from upstream.responses.reading.line import Line
from upstream.responses.record import (
    Certainty,
    Found,
    ReadField,
    ReadRecommendation,
    RecommendationKind,
    Scope,
    spans,
)
from upstream.responses.wording import straight, wording

BY = re.compile(r"\b(?:by|before|no later than)\s+(?:the\s+)?(?P<end>(?:end of|close of)\s+)?$", re.IGNORECASE)
WITHIN = re.compile(
    r"\b(?:within (?:the next )?[\w-]+ (?:days?|weeks?|months?|years?)(?: of [^,.;]+)?"
    r"|with immediate effect|immediately)\b",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"\b(?:not (?:fully )?accept\w*|reject\w*|disagree\w*|not agree\w*|partially accept\w*|partly accept\w*)\b",
    re.IGNORECASE,
)
AGREED = re.compile(r"\b(?:accept(?:s|ed)?|agree[sd]?|yes)\b", re.IGNORECASE)
NO_ACTION = re.compile(r"\bno (?:further |additional |specific )?action\b", re.IGNORECASE)


@dataclass
class _Item:
    kind: RecommendationKind
    number: str
    certainty: Certainty
    lines: list[Line] = field(default_factory=list)
    number_from: Line | None = None
    parts: dict[str, list[Paragraph]] = field(default_factory=dict)
    open: str = "text"

    def add(self, paragraph: Paragraph, part: str) -> None:
        if paragraph.text:
            self.parts.setdefault(part, []).append(paragraph)


def read_recommendations(paragraphs: Sequence[Paragraph], usual: RecommendationKind) -> list[ReadRecommendation]:
    """Give what inspectors ask for in these paragraphs; `usual` is the kind where the words do not say."""
    gatherer = _Gatherer(usual)
    for row, group in groupby(paragraphs, key=lambda paragraph: paragraph.row):
        if row is None:
            for paragraph in group:
                gatherer.take(paragraph)
        else:
            gatherer.take_row(list(group))
    return [_finished(item) for item in gatherer.items if item.parts.get("text")]


class _Gatherer:
    def __init__(self, usual: RecommendationKind) -> None:
        self.usual = usual
        self.items: list[_Item] = []
        self.columns: dict[int, str] = {}

    def take(self, paragraph: Paragraph) -> None:
        head = item_head(paragraph.text)
        if head:
            item = self._begin(RecommendationKind(head.kind), head.number, Certainty.SURE, paragraph)
            item.add(Paragraph(head.rest, paragraph.lines), "text")
        elif self._answer(paragraph) or self._goes_on(paragraph):
            return
        elif asks_for_something(paragraph.text) and not paragraph.text.rstrip().endswith(":"):
            number = paragraph.marker.rstrip(".") if paragraph.marker != "-" else ""
            self._begin(self.usual, number, Certainty.LIKELY, paragraph).add(
                Paragraph(paragraph.text, paragraph.lines), "text"
            )

    def _begin(self, kind: RecommendationKind, number: str, certainty: Certainty, paragraph: Paragraph) -> _Item:
        item = _Item(kind, number, certainty)
        item.number_from = paragraph.lines[0] if paragraph.lines else None
        self.items.append(item)
        return item

    def _answer(self, paragraph: Paragraph) -> bool:
        label = answer_label(paragraph.text) if self.items and self.items[-1].parts.get("text") else None
        if label is None:
            return False
        item = self.items[-1]
        item.open = label.part
        item.add(Paragraph(label.value, paragraph.lines), label.part)
        return True

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """Whether it is a further paragraph of the last one's text or answer."""
        if not self.items or (self.items[-1].certainty is Certainty.LIKELY and self.items[-1].open == "text"):
            return False
        item = self.items[-1]
        text = item.parts.get("text", [])
        said = " ".join(part.text for part in text)
        complete = asks_for_something(said) and not said.rstrip().endswith((":", ";", ","))
        if item.open == "text" and complete and not asks_for_something(paragraph.text) and not paragraph.marker:
            item.open = "action"
        item.add(paragraph, item.open)
        return True

    # Tables: one recommendation a row.

    def take_row(self, row: list[Paragraph]) -> None:
        columns = table_columns([Line(0, cell.text, row=cell.row, column=cell.column) for cell in row])
        if columns:
            self.columns = columns
        elif self.columns and all(cell.column in self.columns for cell in row):
            if any(self.columns[cell.column] == "text" for cell in row) or not self.items:
                self._begin(self.usual, "", Certainty.SURE, row[0])
            for cell in row:
                self._fill(self.items[-1], self.columns[cell.column], cell)
        else:
            self._two_cells(row)

    def _two_cells(self, row: list[Paragraph]) -> None:
        """A row without a head to its table: a recommendation, or its number, beside its text or answer."""
        mine: _Item | None = None
        for cell in row:
            further = mine is not None and cell.column > 0 and item_head(cell.text) is None
            if mine is not None and further and answer_label(cell.text) is None:
                answers = mine.open == "text" and asks_for_something(to_markdown(mine.parts.get("text", [])))
                mine.add(cell, "action" if answers else mine.open)
                continue
            before = len(self.items)
            self.take(cell)
            mine = self.items[-1] if cell.column == 0 and len(self.items) > before else mine

    def _fill(self, item: _Item, part: str, paragraph: Paragraph) -> None:
        head = item_head(paragraph.text)
        if part == "number":
            item.number = re.sub(r"^\D+", "", paragraph.text) or paragraph.text
            if head:
                item.kind, item.number = RecommendationKind(head.kind), head.number
        elif part == "text" and head:
            item.kind, item.number = RecommendationKind(head.kind), head.number or item.number
            item.add(Paragraph(head.rest, paragraph.lines), "text")
        else:
            item.add(paragraph, part)


def _finished(item: _Item) -> ReadRecommendation:
    text = to_markdown(item.parts["text"])
    lines = _lines(item.parts["text"])
    number_at = spans([item.number_from]) if item.number_from else ()
    answer = _answer_fields(item)
    own = _deadline(text, lines)
    printed = item.parts.get("deadline")
    if own.value is None and printed:
        own = _printed_deadline(to_markdown(printed), _lines(printed))
    addressees, police, scope = _addressees(text, lines)
    return ReadRecommendation(
        kind=item.kind,
        number=ReadField(item.number, Found.LABEL, item.certainty, number_at) if item.number else ReadField(),
        text=ReadField(text, Found.LABEL, item.certainty, spans(lines)),
        addressees=addressees,
        to_police=police,
        scope=scope,
        deadline=own,
        **answer,
    )


def _lines(paragraphs: Iterable[Paragraph]) -> list[Line]:
    return list({line.number: line for paragraph in paragraphs for line in paragraph.lines}.values())


def _deadline(text: str, lines: list[Line]) -> ReadField[date]:
    for found in dates_in(text):
        by = BY.search(text[: found.start])
        if by and not found.only_month:
            return ReadField(found.day, Found.PATTERN, Certainty.SURE, spans(lines))
        if by:
            doubt = f"Only a month is printed (“{found.text}”); its last day is taken."
            return ReadField(found.end_of_month, Found.PATTERN, Certainty.LIKELY, spans(lines), (doubt,))
    within = WITHIN.search(text)
    if within:
        return ReadField(doubts=(f"The text says “{within.group()}”; no date is printed.",))
    return ReadField()


def _printed_deadline(text: str, lines: list[Line]) -> ReadField[date]:
    found = next(dates_in(text), None)
    if found is None:
        return ReadField(doubts=(f"The document says “{text}”; no date is printed.",))
    if found.only_month:
        doubt = f"Only a month is printed (“{found.text}”); its last day is taken."
        return ReadField(found.end_of_month, Found.LABEL, Certainty.LIKELY, spans(lines), (doubt,))
    return ReadField(found.day, Found.LABEL, Certainty.SURE, spans(lines))


@cache
def _addressee_patterns() -> tuple[tuple[str, bool, bool, re.Pattern[str]], ...]:
    return tuple(
        (
            item["name"],
            item.get("police", False),
            item.get("national", True),
            re.compile(rf"\b(?:{'|'.join(item['words'])})\b", re.I),
        )
        for item in wording()["addressee"]
    )


def _addressees(text: str, lines: list[Line]) -> tuple[ReadField[tuple[str, ...]], ReadField[bool], ReadField[Scope]]:
    """Who stands before “should”: the words between the last comma clause and the verb."""
    verb = re.search(r"\b(?:should|must|needs? to|(?:is|are) required to)\b", text)
    if not verb:
        return ReadField(), ReadField(), ReadField()
    before = straight(text[: verb.start()]).split(". ")[-1]
    before = re.sub(r"^.*?\b(?:19|20)\d\d\b,?\s*", "", before) or before
    names: list[str] = []
    police = national = False
    for name, is_police, is_national, pattern in _addressee_patterns():
        if pattern.search(before):
            names.append(name)
            police, national = police or is_police, national or is_national
            before = pattern.sub(" ", before)
    where = spans(lines)
    if not names:
        return ReadField(), ReadField(), ReadField()
    return (
        ReadField(tuple(names), Found.PATTERN, Certainty.LIKELY, where),
        ReadField(police, Found.PATTERN, Certainty.LIKELY, where),
        ReadField(Scope.NATIONAL if national else Scope.LOCAL, Found.PATTERN, Certainty.LIKELY, where),
    )


def _answer_fields(item: _Item) -> dict[str, ReadField[Any]]:
    made: dict[str, ReadField[Any]] = {}
    for part in ("action", "reason_for_none", "commissioner_comment"):
        if text := to_markdown(item.parts.get(part, [])):
            made[part] = ReadField(text, Found.LABEL, Certainty.LIKELY, spans(_lines(item.parts[part])))
    said = to_markdown(item.parts.get("accepted", []))
    accepted = (
        accepts(said, by_label=True) if said else accepts(str(made["action"].value)) if "action" in made else None
    )
    if accepted is not None:
        source = item.parts.get("accepted") or item.parts["action"]
        sure = Certainty.SURE if said else Certainty.LIKELY
        made["accepted"] = ReadField(accepted, Found.LABEL if said else Found.PATTERN, sure, spans(_lines(source)))
    refused = "action" in made and (accepted is False or NO_ACTION.search(str(made["action"].value)))
    if refused and "reason_for_none" not in made:
        made["reason_for_none"] = made.pop("action")
    return made


def accepts(text: str, *, by_label: bool = False) -> bool | None:
    """Whether an answer accepts; None when it does not say.

    >>> accepts("The force does not accept this")
    False
    """
    if REFUSED.search(text) or (by_label and re.match(r"\W*no\b", text, re.IGNORECASE)):
        return False
    agreed = AGREED.search(text)
    return True if agreed and (by_label or agreed.group().casefold() != "yes") else None
