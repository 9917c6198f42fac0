"""What was read from a published response: each field with how it was found, where, and how sure that is.

A person confirms every field before it becomes part of a record, so nothing here is silently corrected: what looks
wrong is said as a doubt beside the value as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from upstream.responses.reading.line import Line

T = TypeVar("T")


class Found(StrEnum):
    """By what a value was found."""

    LABEL = "label"  # it stands beside or under the label that asks for it
    HEADING = "heading"  # it stands under a heading that means it
    PATTERN = "pattern"  # its words have the form of such a value
    NOWHERE = "not found"


class Certainty(StrEnum):
    """How far the reading may be trusted before a person has looked."""

    SURE = "sure"
    LIKELY = "likely"
    NOT_FOUND = "not found"


class InspectionKind(StrEnum):
    """What sort of inspection the document says it answers; one inspection can be several."""

    NATIONAL = "national"
    FORCE = "force"
    THEMATIC = "thematic"
    FOLLOW_UP = "follow-up"
    PARTNER = "partner"
    JOINT = "joint"


class RecommendationKind(StrEnum):
    """What inspectors call the thing they ask for."""

    RECOMMENDATION = "recommendation"
    AREA_FOR_IMPROVEMENT = "area for improvement"
    CAUSE_OF_CONCERN = "cause of concern"


class Acceptance(StrEnum):
    """How an answer takes what was asked."""

    ACCEPTED = "accepted"
    IN_PART = "in part"
    NOT_ACCEPTED = "not accepted"


class Scope(StrEnum):
    """Whether a recommendation is made to a whole class of bodies or to one force."""

    NATIONAL = "national"
    LOCAL = "local"


@dataclass(frozen=True)
class Where:
    """Lines of the document, first to last, both inclusive; `page` is that of the first, where there are pages."""

    first: int
    last: int
    page: int | None = None

    def __str__(self) -> str:
        lines = f"line {self.first}" if self.first == self.last else f"lines {self.first} to {self.last}"
        return lines if self.page is None else f"page {self.page}, {lines}"


@dataclass(frozen=True)
class ReadField(Generic[T]):
    """One value read. `value` is None when the document does not say; `doubts` are sentences for whoever confirms.

    `said` are the document’s own words where the value was worked out from them: “within six months”, “March 2023”.
    """

    value: T | None = None
    found: Found = Found.NOWHERE
    certainty: Certainty = Certainty.NOT_FOUND
    where: tuple[Where, ...] = ()
    doubts: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class ReadRecommendation:
    """One thing that inspectors ask for, and how this document answers it where it answers each.

    `text` is verbatim. `addressees` are by rule from the text (“chief constables”, “home office”, “the force”).
    `action` and `reason_for_none` are the two answers that section 55(5B) of the Police Act 1996 allows.
    """

    kind: RecommendationKind
    number: ReadField[str]
    text: ReadField[str]
    addressees: ReadField[tuple[str, ...]]
    to_police: ReadField[bool]
    scope: ReadField[Scope]
    deadline: ReadField[date]
    accepted: ReadField[Acceptance] = ReadField()
    action: ReadField[str] = ReadField()
    reason_for_none: ReadField[str] = ReadField()
    commissioner_comment: ReadField[str] = ReadField()


@dataclass(frozen=True)
class ResponseRecord:
    """A published response as read. Long texts are Markdown: paragraphs, `- ` and `1. ` lists.

    `lines` is the whole document; `places` says for the number of each line which one field it went to, and
    `unplaced` are the lines that went to none, so that no word is lost between document and record.
    `recommendations_text` and `areas_for_improvement_text` are those parts of the document as a whole;
    `recommendations` and `areas_for_improvement` are the single ones found in them. A document with one text by the
    commissioner has it in `commissioner_initial_response`, unless its heading says that it is the final word.
    `sent_to_home_office` and `published_on_site` are the day, or only that it was done.
    """

    form: str
    lines: tuple[Line, ...]
    places: Mapping[int, str]
    force: ReadField[str]
    office: ReadField[str]
    commissioner_name: ReadField[str]
    chief_constable: ReadField[str]
    title: ReadField[str]
    inspectorates: ReadField[tuple[str, ...]]
    published_on: ReadField[date]
    version: ReadField[str]
    kinds: ReadField[tuple[InspectionKind, ...]]
    force_quoted: ReadField[bool]
    grade: ReadField[str]
    summary: ReadField[str]
    terms_of_reference: ReadField[str]
    recommendations_text: ReadField[str]
    areas_for_improvement_text: ReadField[str]
    practice: ReadField[str]
    commissioner_initial_response: ReadField[str]
    chief_constable_response: ReadField[str]
    commissioner_overall_comments: ReadField[str]
    sent_to_home_office: ReadField[date | bool]
    published_on_site: ReadField[date | bool]
    recommendations: tuple[ReadRecommendation, ...] = ()
    areas_for_improvement: tuple[ReadRecommendation, ...] = ()

    @property
    def unplaced(self) -> tuple[Line, ...]:
        """The lines that belong to no field, for whoever confirms to look through."""
        return tuple(line for line in self.lines if line.number not in self.places)

    def fields(self) -> Iterator[tuple[str, ReadField[Any]]]:
        """Every field by name, in the order of the class; the single recommendations are not among them."""
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, ReadField):
                yield item.name, value


def spans(lines: tuple[Line, ...] | list[Line]) -> tuple[Where, ...]:
    """Join neighbouring lines of one page into spans."""
    joined: list[Where] = []
    for line in sorted(lines, key=lambda line: line.number):
        last = joined[-1] if joined else None
        if last and line.number == last.last + 1 and line.page == last.page:
            joined[-1] = Where(last.first, line.number, last.page)
        else:
            joined.append(Where(line.number, line.number, line.page))
    return tuple(joined)
