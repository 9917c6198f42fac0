"""Finds within the chief constable's and the commissioner's texts what they say to single recommendations."""

from __future__ import annotations

import re
from dataclasses import replace

from upstream.responses.items import item_head
from upstream.responses.recommendations import NO_ACTION, accepts
from upstream.responses.record import Certainty, Found, ReadField, ReadRecommendation, ResponseRecord
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


def _answered(item: ReadRecommendation, chief: ReadField[str], commissioner: ReadField[str]) -> ReadRecommendation:
    said = _under_number(chief.value or "", item)
    if said and item.action.value is None and item.reason_for_none.value is None:
        accepted = accepts(said)
        field = ReadField(said, Found.HEADING, Certainty.LIKELY, chief.where)
        refused = accepted is False or NO_ACTION.search(said)
        item = replace(item, reason_for_none=field) if refused else replace(item, action=field)
        if accepted is not None and item.accepted.value is None:
            item = replace(item, accepted=ReadField(accepted, Found.PATTERN, Certainty.LIKELY, chief.where))
    said = _under_number(commissioner.value or "", item)
    if said and item.commissioner_comment.value is None:
        comment = ReadField(said, Found.HEADING, Certainty.LIKELY, commissioner.where)
        item = replace(item, commissioner_comment=comment)
    return item


def _under_number(text: str, item: ReadRecommendation) -> str:
    """The paragraphs that a text gives under “Recommendation 3” until the next such heading."""
    kept: list[str] = []
    taking = False
    for paragraph in text.split("\n\n"):
        head = item_head(paragraph)
        if head:
            taking = head.kind == item.kind.value and head.number == item.number.value and bool(head.number)
            paragraph = head.rest
        if taking and paragraph and straight(paragraph) != straight(item.text.value or ""):
            kept.append(paragraph)
    return "\n\n".join(kept)


def _all_accepted(items: tuple[ReadRecommendation, ...], chief: ReadField[str]) -> tuple[ReadRecommendation, ...]:
    """“The force has accepted the recommendations”: those that it repeats, or else all that are made to the police."""
    text = chief.value or ""
    match = ACCEPTS_ALL.search(text)
    if not match or NOT_BEFORE.search(text[: match.start()]):
        return items
    repeated = [item for item in items if _repeats(text, item)]
    meant = repeated or [item for item in items if item.to_police.value]
    accepted = ReadField(True, Found.PATTERN, Certainty.LIKELY, chief.where)
    return tuple(
        replace(item, accepted=accepted) if item in meant and item.accepted.value is None else item for item in items
    )


def _repeats(text: str, item: ReadRecommendation) -> bool:
    words = re.findall(r"\w+", (item.text.value or "").casefold())[-8:]
    return len(words) == 8 and " ".join(words) in " ".join(re.findall(r"\w+", text.casefold()))
