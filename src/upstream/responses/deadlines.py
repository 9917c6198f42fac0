"""Reads by when something is asked: a day, the end of a month or year, or a span that is counted from publication."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from upstream.clocks import add_months
from upstream.responses.dates import PrintedDate, dates_in, written
from upstream.responses.items import FIGURES
from upstream.responses.reading.line import Line
from upstream.responses.record import Certainty, Found, ReadField, ReadRecommendation, ResponseRecord, spans

BY = re.compile(
    r"\b(?:by|before|until|(?:no|not) later than|on or before)(?: no later than)?\s+(?:the\s+)?"
    r"(?P<end>(?:end of|close of|start of|beginning of)\s+)?$",
    re.IGNORECASE,
)
END_OF_YEAR = re.compile(
    r"\bby the end of (?:the )?(?P<financial>financial year )?"
    r"(?P<year>20\d\d)(?:\s*[/\u2013-]\s*(?P<second>\d\d(?:\d\d)?))?",
    re.IGNORECASE,
)
SPAN = re.compile(
    r"\b(?:within|in) (?:the )?(?:next |a period of )?"
    r"(?P<count>an?|\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen)"
    r" (?:calendar )?(?P<unit>day|week|month|year)s?'?\b"
    r"(?: (?:of|from|after|following) (?P<of>[^,.;:]+?)(?=[,.;:]| should| must|$))?",
    re.IGNORECASE,
)
AT_ONCE = re.compile(
    r"\b(?:with immediate effect|immediately|without delay|as soon as (?:possible|practicable))\b", re.I
)
LOOSE = re.compile(
    r"\bby (?:the )?(?:end of )?(?:(?:the )?(?:spring|summer|autumn|winter)(?: of)? 20\d\d|20\d\d"
    r"|q[1-4] 20\d\d(?:/\d\d)?|the end of the (?:financial |calendar )?year|(?:its|the|their) next \w+)"
    r"|\bby (?:the )?(?:end of )?\d{1,2}(?:st|nd|rd|th)? (?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b",
    re.IGNORECASE,
)
COUNTED_FROM_PUBLICATION = re.compile(r"\b(?:publi\w+|this report|the report|inspection report)\b", re.IGNORECASE)
NUMBERS = {**{word: int(figure) for word, figure in FIGURES.items()}, "a": 1, "an": 1, "twelve": 12, "eighteen": 18}
NO_DATE = "no date is printed"


def deadline_in(text: str, lines: list[Line]) -> ReadField[date]:
    """Find the deadline in what is asked. Words that name no day are kept as said, with a doubt."""
    for found in dates_in(text):
        by = BY.search(text[: found.start])
        if by:
            return _by(found, by, Found.PATTERN, lines)
    year = END_OF_YEAR.search(text)
    if year:
        return _end_of_year(year, lines)
    for pattern in (SPAN, AT_ONCE, LOOSE):
        match = pattern.search(text)
        if match:
            return _words_only(match.group(), f"The text says “{match.group()}”; {NO_DATE}.", lines)
    return ReadField()


def printed_deadline(text: str, lines: list[Line]) -> ReadField[date]:
    """Read what stands under a label or in a column that asks for the deadline."""
    found = next(dates_in(text), None)
    if found:
        return _by(found, BY.search(text[: found.start]), Found.LABEL, lines)
    year = END_OF_YEAR.search(f"by {text}") or END_OF_YEAR.search(f"by the {text}")
    return _end_of_year(year, lines) if year else _words_only(text, f"The document says “{text}”; {NO_DATE}.", lines)


def _by(found: PrintedDate, by: re.Match[str] | None, how: Found, lines: list[Line]) -> ReadField[date]:
    said = ((by.group() if by else "") + found.text).strip()
    end = (by["end"] or "").casefold() if by else ""
    if not found.only_month:
        return ReadField(found.day, how, Certainty.SURE, spans(lines))
    if end.startswith(("start", "beginning")):
        return ReadField(found.day, how, Certainty.LIKELY, spans(lines), (f"“{said}”: its first day is taken.",), said)
    if end:
        return ReadField(found.end_of_month, how, Certainty.SURE, spans(lines), (), said)
    doubt = f"Only a month is printed (“{found.text}”); its last day is taken."
    return ReadField(found.end_of_month, how, Certainty.LIKELY, spans(lines), (doubt,), said)


def _end_of_year(match: re.Match[str], lines: list[Line]) -> ReadField[date]:
    year, financial = int(match["year"]), bool(match["financial"] or match["second"])
    day = date(year + 1, 3, 31) if financial else date(year, 12, 31)
    doubt = f"Only a year is printed (“{match.group()}”); its last day is taken."
    return ReadField(day, Found.PATTERN, Certainty.LIKELY, spans(lines), (doubt,), match.group())


def _words_only(said: str, doubt: str, lines: list[Line]) -> ReadField[date]:
    return ReadField(where=spans(lines), doubts=(doubt,), said=said)


def with_spans_counted(record: ResponseRecord) -> ResponseRecord:
    """Turn “within six months” into a day where the day of publication was read and it is counted from that."""
    published = record.published_on
    if published.value is None:
        return record
    return replace(
        record,
        recommendations=tuple(_with_span_counted(item, published.value) for item in record.recommendations),
        areas_for_improvement=tuple(_with_span_counted(item, published.value) for item in record.areas_for_improvement),
    )


def _with_span_counted(item: ReadRecommendation, published: date) -> ReadRecommendation:
    return replace(item, deadline=_counted(item.deadline, published))


def _counted(field: ReadField[date], published: date) -> ReadField[date]:
    match = SPAN.search(field.said) if field.value is None else None
    if match is None or (match["of"] and not COUNTED_FROM_PUBLICATION.search(match["of"])):
        return field
    day = _after(published, _count(match["count"]), match["unit"].casefold())
    doubt = f"“{field.said}”, counted from the day of publication, {written(published)}."
    return replace(field, value=day, found=Found.PATTERN, certainty=Certainty.LIKELY, doubts=(doubt,))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.casefold()]


def _after(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    return add_months(day, count * (12 if unit == "year" else 1))
