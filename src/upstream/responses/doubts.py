"""Compares what was read with itself: dates that contradict one another, counts that do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from upstream.responses.dates import PrintedDate, dates_in, written
from upstream.responses.items import FIGURES
from upstream.responses.record import Found, ReadField, ReadRecommendation, ResponseRecord
from upstream.responses.wording import find_label

AHEAD = re.compile(r"\b(?:will|shall|is to|are to|due|planned)\b[^.]*\b(?:by|from|on|in|until|of)\s+$", re.IGNORECASE)
NO_INSPECTION = "Nothing in this document says that it answers an inspection: is it the right one?"
SEVERAL = "The document may answer several reports: import each alone."
COUNTED = re.compile(r"\bmade (?P<count>\d+|\w+) recommendations?\b", re.IGNORECASE)


def with_doubts(record: ResponseRecord) -> ResponseRecord:
    """Add to the fields what whoever confirms them should look at twice; no value is changed."""
    published = record.published_on
    if published.value:
        doubts = (*published.doubts, *_several_reports(record), *_too_late(record, published.value))
        published = replace(published, doubts=doubts)
    said = record.commissioner_initial_response
    if said.found is Found.PATTERN and not (record.title.value or record.inspectorates.value or published.value):
        said = replace(said, doubts=(*said.doubts, NO_INSPECTION))
    numbers = [item.number.value for item in record.recommendations if item.number.value]
    counted = (*_count_doubts(record), *_repeated(numbers))
    listed = record.recommendations_text
    return replace(
        record,
        published_on=published,
        commissioner_initial_response=said,
        recommendations_text=replace(listed, doubts=(*listed.doubts, *counted)),
        recommendations=tuple(_after_publication(item, published.value) for item in record.recommendations),
        areas_for_improvement=tuple(_after_publication(item, published.value) for item in record.areas_for_improvement),
    )


def _several_reports(record: ResponseRecord) -> Iterator[str]:
    """Several days under the label of the publication: one paper may answer the reports of a quarter."""
    days = set()
    for line in record.lines:
        found = next(dates_in(line.text), None)
        label = find_label(line.text[: found.start].rstrip(" :")) if found else None
        if found and label and label.field == "published_on":
            days.add(found.day)
    if len(days) > 1:
        yield f"Several days of publication are given ({', '.join(map(written, sorted(days)))}). " + SEVERAL


def _too_late(record: ResponseRecord, published: date) -> Iterator[str]:
    """What the document itself dates before the day on which the report is said to have been published."""
    version = next(dates_in(record.version.value or ""), None)
    if version and _last_day(version) < published:
        yield f"{_day(published)} is later than the version of this document ({version.text})."
    for name, done in (
        ("sent to the Home Office", record.sent_to_home_office),
        ("put on the site", record.published_on_site),
    ):
        if isinstance(done.value, date) and done.value < published:
            yield f"{_day(published)} is later than the day on which this response was {name} ({written(done.value)})."
    for name, text in (
        ("chief constable", record.chief_constable_response),
        ("commissioner", record.commissioner_initial_response),
        ("commissioner", record.commissioner_overall_comments),
    ):
        for found in _looked_forward_to(text.value or ""):
            if _last_day(found) < published:
                yield f"{_day(published)} is later than {found.text}, to which the {name}’s text still looks forward."


def _looked_forward_to(text: str) -> Iterator[PrintedDate]:
    for found in dates_in(text):
        if AHEAD.search(re.split(r"[.!?]\s", text[: found.start])[-1]):
            yield found


def _last_day(found: PrintedDate) -> date:
    return found.end_of_month if found.only_month else found.day


def _day(day: date) -> str:
    return f"The day of publication, {written(day)},"


def _count_doubts(record: ResponseRecord) -> Iterator[str]:
    match = COUNTED.search(record.recommendations_text.value or "")
    if not match:
        return
    said = FIGURES.get(match["count"].casefold(), match["count"])
    if said.isdigit() and int(said) != len(record.recommendations):
        yield f"The document speaks of {said} recommendations; {len(record.recommendations)} were found."


def _repeated(numbers: list[str]) -> Iterator[str]:
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        yield f"Recommendation {number} was found {numbers.count(number)} times."


def _after_publication(item: ReadRecommendation, published: date | None) -> ReadRecommendation:
    deadline: ReadField[date] = item.deadline
    if not (published and deadline.value and deadline.value < published):
        return item
    doubt = f"The deadline is before the day on which the report is said to have been published ({written(published)})."
    return replace(item, deadline=replace(deadline, doubts=(*deadline.doubts, doubt)))
