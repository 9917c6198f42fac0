"""Finds single recommendations, areas for improvement and causes of concern, and where a document answers each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from upstream.responses.reading.line import LIST_MARKER, Line
from upstream.responses.wording import asked_in, column_labels, each_labels, find_label, plain_label, straight, wording

HEAD = re.compile(
    r"^\W{0,2}(?:[^\W\d][^/:.]{2,40} / )??(?:(?:national|hmicfrs|local|force|further|accelerated)\s+)?"
    r"(?P<kind>recommendation|areas? (?:for|of) improvement|afi|causes? of concern|rec(?=\.?\s*\d)\.?|coc(?=\s*\d))\s*"
    r"(?:\((?:afi|coc|rec)\)\s*)?(?:no\.?\s*|number\s+|#)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?|one|two|three|four|five|six|seven|eight|nine|ten)?(?=\W|$)"
    r"\s*(?P<sign>[:.)\-–—]*)\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
GROUP = re.compile(
    r"^\W{0,2}(?P<kind>recommendation|area(?=s?\s+for)|afi|causes? of concern)(?P<many>s)?(?:\s+for improvement)?\s+"
    r"(?:nos?\.?\s*|numbers?\s+)?(?P<list>\d{1,3}(?:\s*(?:,|&|-|–|—|,?\s*\band\b|\bto\b|\bthrough\b)\s*\d{1,3})+)(?=\W|$)"
    r"\s*(?P<sign>[:.)\-–—]*)\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FIGURES = dict(zip(NUMBER_WORDS, map(str, range(1, 11)), strict=True))
ASKS = re.compile(r"\b(?:should|must|needs? to|is required to|are required to|we recommend)\b", re.IGNORECASE)
BEGINS_ANSWER = ("action", "accepted", "commissioner_comment")
PERSONS_SAY = {"commissioner_name": "commissioner_comment", "chief_constable": "action"}  # “Chief Constable: agreed”
INLINE = re.compile(r"^(?P<label>[^:]{2,70}?)\s*:\s*(?P<value>.*)$", re.DOTALL)


@dataclass(frozen=True)
class ItemHead:
    """“Recommendation 3: rest”. `kind` is “recommendation”, “area for improvement” or “cause of concern”."""

    kind: str
    number: str
    rest: str


def item_head(text: str) -> ItemHead | None:
    """Read the beginning of a recommendation; None when the words only speak of one.

    >>> item_head("Recommendation 3 Before May 2024 each force should count its dogs").number
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
    number = FIGURES.get(number.casefold(), number)
    return ItemHead(_kind(kind), number, rest)


def _kind(words: str) -> str:
    """The usual name of what inspectors ask for, from any of its spellings."""
    plain = words.casefold()
    if plain.startswith("rec"):
        return "recommendation"
    return "cause of concern" if plain.startswith("c") else "area for improvement"


@dataclass(frozen=True)
class GroupHead:
    """“Recommendations 1 to 3 and 5: rest”: several that are answered, or named, together."""

    kind: str
    numbers: tuple[str, ...]
    rest: str


def group_head(text: str) -> GroupHead | None:
    """Read a heading over several recommendations; None when the words only speak of them.

    >>> group_head("Recommendations 1 to 3 and 5").numbers
    ('1', '2', '3', '5')
    >>> group_head("Recommendations 1 and 2 were hard")
    """
    match = GROUP.match(text)
    if not match:
        return None
    rest, numbers = match["rest"].strip(), _numbers(straight(match["list"]))
    many = match["many"] or not re.search(r"to|-|through", straight(match["list"]))
    if not numbers or not many or (rest and not match["sign"] and not re.match(r"[A-Z“\"‘'(]", rest)):
        return None
    return GroupHead(_kind(match["kind"]), numbers, rest)


def _numbers(text: str) -> tuple[str, ...]:
    found: list[int] = []
    for part in re.split(r"\s*(?:,|&|\band\b)\s*", text):
        ends = [int(figure) for figure in re.findall(r"\d+", part)]
        if ends:
            found.extend(range(ends[0], ends[-1] + 1))
    return tuple(map(str, found)) if len(found) > 1 and len(found) < 60 else ()


NAMES = {
    "recommendation": re.compile(r"\brec(?:ommendation)?s?\b", re.IGNORECASE),
    "area for improvement": re.compile(r"\b(?:areas? for improvement|afis?)\b", re.IGNORECASE),
    "cause of concern": re.compile(r"\bcauses? of concern\b", re.IGNORECASE),
}


def kind_in(label: str) -> str | None:
    """The one kind of thing asked for that a label names; None when it names several or none.

    >>> kind_in("Areas for improvement"), kind_in("Recommendation / AFI")
    ('area for improvement', None)
    """
    named = [kind for kind, pattern in NAMES.items() if pattern.search(label)]
    return named[0] if len(named) == 1 else None


def asks_by_number(line: Line) -> bool:
    """Whether a line is a numbered paragraph in which inspectors ask: “1. Forces should count …”."""
    return bool(_number_of(line)) and asks_for_something(line.text)


def _number_of(line: Line) -> str:
    """The number that a paragraph begins with; empty when it has none."""
    marker = LIST_MARKER.match(line.text) if line.starts else None
    return marker["number"] or "" if marker else ""


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
    if label.rstrip().endswith("?"):
        return asked_in(plain_label(label), wording()["each_question"])
    found = find_label(label)
    if found and found.party:
        return "commissioner_comment" if found.field.startswith("commissioner") else "action"
    names = (plain_label(name) for name in (label, *label.split("/")))
    part = next((each_labels()[name] for name in names if name in each_labels()), None)
    if part in (None, "text", "number"):
        return PERSONS_SAY.get(found.field) if found else None
    return part


def answers_each(lines: Sequence[Line]) -> bool:
    """Whether the document answers recommendation by recommendation: after two of them stands an answer's heading."""
    answered, waiting = 0, False
    known: set[tuple[str, str]] = set()
    for line in lines:
        head = item_head(line.text)
        if asks_by_number(line):
            waiting = True
            known.add(("recommendation", _number_of(line)))
        elif head:
            waiting = (head.kind, head.number) not in known or not head.number
            known.add((head.kind, head.number))
        elif waiting and (label := answer_label(line.text)) and label.part in BEGINS_ANSWER:
            own = find_label(line.text)
            answered += 1 if own is None or own.party else 2
            waiting = False
    return answered >= 2


def repeated_labels(lines: Sequence[Line]) -> set[str]:
    """The labels in the first column of tables that come again and again: one small table for each recommendation."""
    cells = groupby((line for line in lines if line.row is not None), key=lambda line: (line.row, line.column))
    first = [plain_label(" ".join(line.text for line in cell)) for (_, column), cell in cells if column == 0]
    return {label for label, count in Counter(first).items() if count > 1 and _column_part(label)}


def table_columns(row: Sequence[Line]) -> dict[int, str]:
    """What the columns of a table of recommendations hold, if this row is its head; else nothing."""
    cells = {
        column: " ".join(line.text for line in cell) for column, cell in groupby(row, key=lambda line: line.column)
    }
    if any(text.rstrip().endswith("?") for text in cells.values()):
        return {}  # a question with its answer beside it
    parts = {column: _column_part(text) for column, text in cells.items()}
    known = {column: part for column, part in parts.items() if part}
    # One column may have a name that is not known here: what stands in it is kept with nothing made of it.
    if len(known) < 2 or len(known) < len(cells) - (len(cells) > 3) or "text" not in known.values():
        return {}
    return {column: parts[column] or "other" for column in parts}


def label_part(text: str) -> str | None:
    """Give the part that a whole cell names: of an answer, or “text” or “number” of the recommendation itself."""
    return None if item_head(text) else _column_part(text)


def _column_part(text: str) -> str | None:
    label = plain_label(text)
    if label in each_labels() and each_labels()[label] in ("text", "number"):
        return each_labels()[label]
    if label.startswith("what ") and (asked := asked_in(label, wording()["each_question"])):
        return asked
    return _part_of(text) or ("other" if label in column_labels() else None)
