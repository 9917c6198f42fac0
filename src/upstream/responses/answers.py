"""Finds within the chief constable's and the commissioner's texts what they say to single recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from upstream.responses.items import group_head, item_head
from upstream.responses.recommendations import gives_reason
from upstream.responses.record import Acceptance, Certainty, Found, ReadField, ReadRecommendation, ResponseRecord
from upstream.responses.stances import accepts
from upstream.responses.wording import straight

ACCEPTS_ALL = re.compile(
    r"\b(?:accept(?:s|ed)?|agree(?:s|d)? with)\b[^.]{0,40}\b(?:all|both|the|these|its)\b[^.]{0,30}\brecommendations?\b",
    re.IGNORECASE,
)
NOT_BEFORE = re.compile(r"\b(?:not|never|cannot|unable to|partially|partly)\b[^.]{0,20}$", re.IGNORECASE)


def with_answers_in_texts(record: ResponseRecord) -> ResponseRecord:
    """Add to each recommendation what the two long texts say to it by its number, or to all of them together."""
    chief, commissioner = record.chief_constable_response, record.commissioner_initial_response
    items = tuple(_answered(item, chief, commissioner) for item in record.recommendations)
    items = _all_accepted(items, chief)
    areas = tuple(_answered(item, chief, commissioner) for item in record.areas_for_improvement)
    return replace(record, recommendations=items, areas_for_improvement=areas)


@dataclass(frozen=True)
class _Said:
    """What a text says under a number, alone or together with others."""

    text: str
    together: tuple[str, ...] = ()

    @property
    def doubts(self) -> tuple[str, ...]:
        return (f"One answer is given to {', '.join(self.together)} together.",) if self.together else ()


def _answered(item: ReadRecommendation, chief: ReadField[str], commissioner: ReadField[str]) -> ReadRecommendation:
    said = _under_number(chief.value or "", item)
    if said.text and item.action.value is None and item.reason_for_none.value is None:
        accepted = accepts(said.text)
        field = ReadField(said.text, Found.HEADING, Certainty.LIKELY, chief.where, said.doubts)
        none = gives_reason(said.text, refused=accepted is Acceptance.NOT_ACCEPTED)
        item = replace(item, reason_for_none=field) if none else replace(item, action=field)
        if accepted is not None and item.accepted.value is None:
            item = replace(item, accepted=ReadField(accepted, Found.PATTERN, Certainty.LIKELY, chief.where))
    said = _under_number(commissioner.value or "", item)
    if said.text and item.commissioner_comment.value is None:
        comment = ReadField(said.text, Found.HEADING, Certainty.LIKELY, commissioner.where, said.doubts)
        item = replace(item, commissioner_comment=comment)
    return item


def _under_number(text: str, item: ReadRecommendation) -> _Said:
    """The paragraphs that a text gives under “Recommendation 3”, or “1 to 3”, until the next such heading."""
    kept: list[str] = []
    together: tuple[str, ...] = ()
    for numbers, kind, paragraph in _headed(text):
        mine = kind == item.kind.value and item.number.value in numbers
        if mine and paragraph and straight(paragraph) != straight(item.text.value or ""):
            kept.append(paragraph)
            together = numbers if len(numbers) > 1 else together
    return _Said("\n\n".join(kept), together)


def _headed(text: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each paragraph with the numbers and kind of the heading over it; none before the first."""
    numbers: tuple[str, ...] = ()
    kind = ""
    for paragraph in text.split("\n\n"):
        group, head = group_head(paragraph), item_head(paragraph)
        if group:
            numbers, kind, paragraph = group.numbers, group.kind, group.rest
        elif head:
            numbers, kind, paragraph = (head.number,) if head.number else (), head.kind, head.rest
        yield numbers, kind, paragraph


def _all_accepted(items: tuple[ReadRecommendation, ...], chief: ReadField[str]) -> tuple[ReadRecommendation, ...]:
    """“The force has accepted the recommendations”: those that it repeats, or else all that are made to the police."""
    text = chief.value or ""
    match = ACCEPTS_ALL.search(text)
    if not match or NOT_BEFORE.search(text[: match.start()]):
        return items
    repeated = [item for item in items if _repeats(text, item)]
    meant = repeated or [item for item in items if item.to_police.value]
    accepted = ReadField(Acceptance.ACCEPTED, Found.PATTERN, Certainty.LIKELY, chief.where)
    return tuple(
        replace(item, accepted=accepted) if item in meant and item.accepted.value is None else item for item in items
    )


def _repeats(text: str, item: ReadRecommendation) -> bool:
    words = re.findall(r"\w+", (item.text.value or "").casefold())[-8:]
    return len(words) == 8 and " ".join(words) in " ".join(re.findall(r"\w+", text.casefold()))
