"""Makes the single recommendations of what was gathered: addressee, deadline and answer, each with where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from upstream.responses.deadlines import deadline_in, printed_deadline
from upstream.responses.gathering import Item, Under, gather
from upstream.responses.paragraphs import Paragraph, to_markdown
from upstream.responses.reading.line import Line
from upstream.responses.record import (
    Acceptance,
    Certainty,
    Found,
    ReadField,
    ReadRecommendation,
    RecommendationKind,
    Scope,
    spans,
)
from upstream.responses.stances import accepts
from upstream.responses.wording import addressees_in, straight

NO_ACTION = re.compile(r"\bno (?:further |additional |specific )?action\b", re.IGNORECASE)
ASKED_TO = re.compile(r"\b(?:should|must|needs? to|(?:is|are) required to)\b", re.IGNORECASE)
LIKELY = Certainty.LIKELY


def read_recommendations(parts: Sequence[Under], usual: RecommendationKind) -> list[ReadRecommendation]:
    """Give what inspectors ask for in these parts; `usual` is the kind where the words do not say."""
    return [_finished(item) for item in gather(parts, usual)]


def _finished(item: Item) -> ReadRecommendation:
    text = to_markdown(item.parts["text"])
    lines = _lines(item.parts["text"])
    number_at = spans([item.number_from]) if item.number_from else ()
    own = deadline_in(text, lines)
    printed = item.parts.get("deadline")
    if own.value is None and printed:
        own = printed_deadline(to_markdown(printed), _lines(printed))
    addressees, police, scope = _addressees(text, lines, (*_lines(item.parts.get("made_to", ())), *item.headings))
    return ReadRecommendation(
        kind=item.kind,
        number=ReadField(item.number, Found.LABEL, item.certainty, number_at) if item.number else ReadField(),
        text=ReadField(text, Found.LABEL, item.certainty, spans(lines)),
        addressees=addressees,
        to_police=police,
        scope=scope,
        deadline=own,
        **_answer_fields(item),
    )


def _lines(paragraphs: Iterable[Paragraph]) -> list[Line]:
    return list({line.number: line for paragraph in paragraphs for line in paragraph.lines}.values())


def _addressees(
    text: str, lines: list[Line], headings: Sequence[Line]
) -> tuple[ReadField[tuple[str, ...]], ReadField[bool], ReadField[Scope]]:
    """Who stands before “should”, between the last comma clause and the verb; else whom the heading names."""
    found = addressees_in(_before_verb(text))
    where = spans(lines)
    if not found:
        found = addressees_in(straight(" ".join(line.text for line in headings)))
        where = spans(list(headings))
    if not found:
        return ReadField(), ReadField(), ReadField()
    scope = Scope.NATIONAL if any(each.national for each in found) else Scope.LOCAL
    return (
        ReadField(tuple(each.name for each in found), Found.PATTERN, LIKELY, where),
        ReadField(any(each.police for each in found), Found.PATTERN, LIKELY, where),
        ReadField(scope, Found.PATTERN, LIKELY, where),
    )


def _before_verb(text: str) -> str:
    verb = ASKED_TO.search(text)
    if not verb:
        return ""
    before = straight(text[: verb.start()]).split(". ")[-1]
    return re.sub(r"^.*?\b(?:19|20)\d\d\b,?\s*", "", before) or before


def _answer_fields(item: Item) -> dict[str, ReadField[Any]]:
    made: dict[str, ReadField[Any]] = {}
    doubts = (f"One answer is given to {_list(item.together)} together.",) if item.together else ()
    for part in ("action", "reason_for_none", "commissioner_comment"):
        if text := to_markdown(item.parts.get(part, [])):
            made[part] = ReadField(text, Found.LABEL, LIKELY, spans(_lines(item.parts[part])), doubts)
    accepted = _accepted(item, str(made["action"].value) if "action" in made else "")
    if accepted is not None:
        made["accepted"] = accepted
    refused = accepted is not None and accepted.value is Acceptance.NOT_ACCEPTED
    if "action" in made and "reason_for_none" not in made and gives_reason(str(made["action"].value), refused=refused):
        made["reason_for_none"] = made.pop("action")
    return made


def _accepted(item: Item, action: str) -> ReadField[Acceptance] | None:
    printed = item.parts.get("accepted")
    if printed:
        said = to_markdown(printed)
        value = accepts(said, by_label=True)
        doubts = () if value else (f"The document says “{said}”.",)
        sure = Certainty.SURE if value else Certainty.NOT_FOUND
        return ReadField(value, Found.LABEL, sure, spans(_lines(printed)), doubts, said)
    value = accepts(action)
    if value is None:
        return None
    return ReadField(value, Found.PATTERN, LIKELY, spans(_lines(item.parts["action"])))


def gives_reason(answer: str, *, refused: bool) -> bool:
    """Whether an answer says why nothing is done, rather than what is."""
    return refused or NO_ACTION.search(answer) is not None


def _list(numbers: Sequence[str]) -> str:
    return f"{', '.join(numbers[:-1])} and {numbers[-1]}"
