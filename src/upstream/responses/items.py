"""Finds single recommendations, areas for improvement and causes of concern, and where a document answers each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from upstream.responses.reading.line import Line
from upstream.responses.wording import each_labels, find_label, plain_label, straight

HEAD = re.compile(
    r"^\W{0,2}(?:(?:national|hmicfrs|local|force|further|accelerated)\s+)?"
    r"(?P<kind>recommendation|areas? for improvement|afi|causes? of concern)\s*"
    r"(?:\((?:afi|coc|rec)\)\s*)?(?:no\.?\s*|number\s+|#)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?|one|two|three|four|five|six|seven|eight|nine|ten)?(?=\W|$)"
    r"\s*(?P<sign>[:.)\-–—]*)\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FIGURES = dict(zip(NUMBER_WORDS, map(str, range(1, 11)), strict=True))
ASKS = re.compile(r"\b(?:should|must|needs? to|is required to|are required to|we recommend)\b", re.IGNORECASE)
BEGINS_ANSWER = ("action", "accepted", "commissioner_comment")
INLINE = re.compile(r"^(?P<label>[^:]{2,70}?)\s*:\s*(?P<value>.*)$", re.DOTALL)


@dataclass(frozen=True)
class ItemHead:
    """“Recommendation 3: rest”. `kind` is “recommendation”, “area for improvement” or “cause of concern”."""

    kind: str
    number: str
    rest: str


def item_head(text: str) -> ItemHead | None:
    """Read the beginning of a recommendation; None when the words only speak of one.

    >>> item_head("Recommendation 3 By 31 March 2024, chief constables should train").number
    '3'
    >>> item_head("Recommendation 4 of this report matters")
    """
    match = HEAD.match(text)
    if not match:
        return None
    number, sign, rest = match["number"] or "", match["sign"], match["rest"].strip()
    if not number and ":" not in sign and not (rest == "" and match["kind"].casefold().startswith("cause")):
        return None
    if number and rest and not sign and not re.match(r"[A-Z“\"‘'(]", rest):
        return None
    kind = straight(match["kind"]).casefold()
    kind = {"afi": "area for improvement", "areas for improvement": "area for improvement"}.get(kind, kind)
    number = FIGURES.get(number.casefold(), number)
    return ItemHead("cause of concern" if kind.startswith("cause") else kind, number, rest)


def asks_for_something(text: str) -> bool:
    """Whether a text has the words in which inspectors ask: should, must, needs to."""
    return ASKS.search(text) is not None


@dataclass(frozen=True)
class AnswerLabel:
    """What stands before an answer to one recommendation: the part that it begins, and what follows in the line."""

    part: str
    value: str


def answer_label(text: str) -> AnswerLabel | None:
    """Read “Force response: we agree” or a line “PCC comment” as the beginning of an answer.

    >>> answer_label("Action taken: training began").part
    'action'
    """
    whole = _part_of(text)
    if whole:
        return AnswerLabel(whole, "")
    inline = INLINE.match(text)
    part = _part_of(inline["label"]) if inline else None
    return AnswerLabel(part, inline["value"].strip()) if inline and part else None


def _part_of(label: str) -> str | None:
    found = find_label(label)
    if found and found.party:
        return "commissioner_comment" if found.field.startswith("commissioner") else "action"
    part = each_labels().get(plain_label(label))
    if part in (None, "text", "number"):
        return "commissioner_comment" if found and found.field == "commissioner_name" else None
    return part


def answers_each(lines: Sequence[Line]) -> bool:
    """Whether the document answers recommendation by recommendation: after two of them stands an answer's heading."""
    answered, waiting = 0, False
    known: set[tuple[str, str]] = set()
    for line in lines:
        head = item_head(line.text)
        if head:
            waiting = (head.kind, head.number) not in known or not head.number
            known.add((head.kind, head.number))
        elif waiting and (label := answer_label(line.text)) and label.part in BEGINS_ANSWER:
            own = find_label(line.text)
            answered += 1 if own is None or own.party else 2
            waiting = False
    return answered >= 2


def table_columns(row: Sequence[Line]) -> dict[int, str]:
    """What the columns of a table of recommendations hold, if this row is its head; else nothing."""
    cells = {
        column: " ".join(line.text for line in cell) for column, cell in groupby(row, key=lambda line: line.column)
    }
    parts = {column: _column_part(text) for column, text in cells.items()}
    known = {column: part for column, part in parts.items() if part}
    if len(known) < 2 or len(known) < len(cells) or "text" not in known.values():
        return {}
    return known


def _column_part(text: str) -> str | None:
    label = plain_label(text)
    if label in each_labels() and each_labels()[label] in ("text", "number"):
        return each_labels()[label]
    return _part_of(text)
