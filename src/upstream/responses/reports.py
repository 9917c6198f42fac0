"""Finds what is said of the report where no label says it: its title, its day, who inspected, what was inspected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from upstream.responses.dates import PrintedDate, dates_in, is_day
from upstream.responses.reading.line import Line
from upstream.responses.record import Certainty, Found, InspectionKind, ReadField, spans
from upstream.responses.wording import straight, wording

LIKELY = Certainty.LIKELY
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
TITLE_AFTER = (
    re.compile(r"^(?:re|subject|ref|regarding)\s*[:\-]\s*(?P<title>.+)$", re.IGNORECASE),
    re.compile(
        r"\b(?:report|inspection|entitled|titled|called)\b[,:]?\s*(?:[-\u2013\u2014]\s*)?"
        r"(?:on |into |named |called |entitled |titled )?"
        r"(?P<quote>[\"“‘'])(?P<title>[A-Z].{10,200}?)[\"”’'](?=\W|$)"
    ),
    re.compile(
        r"^.*\b(?:response|responds|reply|comments?)\b.{0,40}?\b(?:hmicfrs|hmic|inspection|report)s?\b[^:\u2013\u2014]{0,40}"
        r"(?::|\s[-\u2013\u2014])\s*(?P<title>\S.+)$",
        re.IGNORECASE,
    ),
)
# Words that only titles of inspection reports have, alone in a line.
TITLE_ALONE = re.compile(
    r"\b(?:an? (?:joint |thematic |national |spotlight )*inspection (?:of|into)|PEEL \d{4}|PEEL:|State of Policing"
    r"|post-inspection review|super-?complaint)\b",
    re.IGNORECASE,
)
TITLE_WITHIN = re.compile(
    r"\b(?:HMIC(?:FRS)?|inspectorate|inspection|spotlight|thematic)\b[^.]{0,25}?\breport,?\s+"
    r"(?:on |of |into |titled |entitled )?(?P<title>[A-Z][^.“”]{9,150}?),?"
    r" (?:which|that) (?:was|were|is|has|focus\w+|looked|examin\w+|set|consider\w+)\b"
)
TITLE_OFFERED = re.compile(
    r"\breport\b[^.]{0,40}\b(?:read|found|downloaded|viewed|accessed|available|see)\b[^.:\u2013\u2014]{0,40}"
    r"(?::|\s[-\u2013\u2014])\s*(?P<title>[A-Z].{9,200})$",
    re.IGNORECASE,
)
PUBLISHER_AFTER = re.compile(
    r"\s[-\u2013\u2014|]\s*(?:his|her) majesty.*$|\s[-\u2013\u2014|]\s*hmic(?:frs)?\s*$", re.IGNORECASE
)
IN_BRACKETS_AFTER = re.compile(r"\s*\((?:published )?(?:on )?(?P<inside>[^()]+)\)$", re.IGNORECASE)
TITLE_NAMED = re.compile(
    r"\b[Tt]he report, (?P<title>[A-Z][^.“”]{9,150}?), (?:which )?(?:was|is|has been) (?:published|issued|released)\b"
)
MONTH_BEFORE = re.compile(r"^(?:\d{1,2} )?[A-Z][a-z]+ (?:19|20)\d\d\s*[:\u2013\u2014-]\s*")
REPORT_PREFIX = re.compile(
    r"^(?:(?:hmicfrs|hmic)\s+)?(?:(?:joint|national|thematic|inspection) )*(?:report|inspection|thematic)(?: response)?"
    r"(?:\s*:|\s*[-\u2013\u2014](?=\s))\s*",
    re.IGNORECASE,
)
INSPECTORATE_BEFORE = re.compile(r"^hmic(?:frs)?\s*:\s*", re.IGNORECASE)
RESPONSE_AFTER = re.compile(
    r"(?:\.|\s[-\u2013\u2014|]) (?:response|comments) (?:of|by|from) (?:the )?[A-Z].*$", re.IGNORECASE
)
TITLE_LABELLED = re.compile(
    rf"^(?:.{{0,30}}\s[-\u2013\u2014]\s)?{REPORT_PREFIX.pattern[1:]}(?P<title>\S.{{9,200}})$", re.IGNORECASE
)
PUBLISHED = re.compile(r"\b(?:publish\w*|issued|released)\b[^.]{0,60}?\b(?:on|in|dated)?\s*$", re.IGNORECASE)
OTHER_PUBLISHED = re.compile(
    r"\bwebsite\b|\bour (?:plan|strategy)\b|\bresponse\b[^.]{0,40}\bpublish|\bnot later than\b"
    r"|\bpublish\w* (?:my|our|the|this|its) (?:response|comments)\b",
    re.IGNORECASE,
)
REPORT_OF = re.compile(r"\breport\b[^.]{0,15}\b(?:of|from|dated)\s+(?:the )?$", re.IGNORECASE)
REPORT_AFTER = re.compile(r"^\s*(?:HMIC(?:FRS)?|PEEL|inspection|thematic|spotlight|national)\b[^.]{0,20}\breport\b")
TODAY = re.compile(
    r"\b(?:today|this morning)\b[^.]{0,60}\b(?:publish|issu|releas)\w+|\bpublish\w+\b[^.]{0,40}\btoday\b", re.IGNORECASE
)
NO_YEAR = re.compile(
    r"\b(?:publish\w*|reported|issued|released)\b[^.]{0,40}?\b(?:on )?"
    rf"(?P<said>\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS}))\b(?!,? *(?:19|20)\d\d)"
)
SENT = re.compile(
    r"\b(?:sent|wrote|forwarded|submitted)\b[^.]*\b(?:home secretary|home office|secretary of state)\b"
    r"[^.]{0,60}\bon\s+(?:the )?$",
    re.IGNORECASE,
)
KINDS = (
    (
        InspectionKind.JOINT,
        re.compile(r"\bjoint (?:targeted area )?inspection|\bjointly with\b|\bjoint thematic", re.I),
    ),
    (InspectionKind.FOLLOW_UP, re.compile(r"\b(?:follow[- ]up|re-?inspection|revisit)\b", re.I)),
    (InspectionKind.THEMATIC, re.compile(r"\bthematic\b", re.I)),
    (InspectionKind.NATIONAL, re.compile(r"\bnational (?:report|inspection|thematic)\b", re.I)),
    (InspectionKind.FORCE, re.compile(r"\bPEEL\b|\bforce[- ]specific\b")),
)


@cache
def _inspectorate_patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    return tuple(
        (item["name"], item.get("seldom", False), re.compile(rf"\b(?:{'|'.join(item['words'])})\b", re.IGNORECASE))
        for item in wording()["inspectorate"]
    )


def inspectorates_in(text: str) -> tuple[str, ...]:
    """Name the inspectorates in a text, in the order of the list of inspectorates.

    >>> inspectorates_in("Her Majesty’s Inspectorate of Constabulary and Fire & Rescue Services, with Ofsted")
    ('HMICFRS', 'Ofsted')
    """
    plain = " ".join(straight(text).split())
    found = [(name, seldom) for name, seldom, pattern in _inspectorate_patterns() if pattern.search(plain)]
    together = not any(not seldom for _, seldom in found) or re.search(r"\bsuper-?complaint", plain, re.IGNORECASE)
    return tuple(name for name, seldom in found if together or not seldom)


def title_by_pattern(lines: Sequence[Line]) -> ReadField[str]:
    """Find the report's title: after “Re:”, in quotation marks, alone in a line, or in “the report …, which was”."""
    head = [line for line in lines if line.row is None][:60]
    for pattern in (*TITLE_AFTER, TITLE_OFFERED, TITLE_LABELLED, TITLE_ALONE, TITLE_WITHIN, TITLE_NAMED):
        for line in head:
            title = _title_in(line, pattern)
            if title:
                return ReadField(title, Found.PATTERN, LIKELY, spans([line]))
    return ReadField()


def bare_title(text: str) -> str:
    """Take from a title what the office put before it: “Response to HMICFRS report: Kites” is Kites."""
    answered = TITLE_AFTER[-1].match(text)
    bare = RESPONSE_AFTER.sub("", REPORT_PREFIX.sub("", answered["title"] if answered else text))
    bracket = IN_BRACKETS_AFTER.search(bare)
    return bare[: bracket.start()] if bracket and is_day(bracket["inside"]) else bare


def _title_in(line: Line, pattern: re.Pattern[str]) -> str:
    match = pattern.search(line.text)
    if not match:
        return ""
    if pattern in (TITLE_ALONE, TITLE_LABELLED) and not _may_be_title(line.text):
        return ""
    title = MONTH_BEFORE.sub("", line.text) if pattern is TITLE_ALONE else match["title"]
    title = PUBLISHER_AFTER.sub(
        "", RESPONSE_AFTER.sub("", INSPECTORATE_BEFORE.sub("", REPORT_PREFIX.sub("", title)))
    ).strip(" \"“”‘’'.,")
    return title if len(title.split()) > 1 else ""


def _may_be_title(text: str) -> bool:
    """A line that is short and no sentence."""
    return len(text.split()) <= 25 and not text.rstrip().endswith((".", ":", ","))


def published_by_pattern(lines: Sequence[Line]) -> ReadField[date]:
    """Find the day after words such as “report published on”; a whole date counts before a month."""
    read = (_published_in, _report_of, _published_today, _published_without_year)
    found = [field for look in read for field in look(lines)]
    whole = next((field for field in found if field.value and not field.said), None)
    return whole or next((field for field in found), ReadField())


def _published_in(lines: Sequence[Line]) -> Iterator[ReadField[date]]:
    for line in lines:
        for found in dates_in(line.text):
            before = re.split(r"[.!?]\s+(?=[A-Z])", line.text[: found.start])[-1]
            if PUBLISHED.search(before) and not OTHER_PUBLISHED.search(before):
                yield _printed_day(found, line)


def _report_of(lines: Sequence[Line]) -> Iterator[ReadField[date]]:
    """“the report of April 2019”, “the October 2019 HMICFRS report”."""
    for line in lines:
        for found in dates_in(line.text):
            after = line.text[found.start + len(found.text) :]
            if REPORT_OF.search(line.text[: found.start]) or REPORT_AFTER.match(after):
                yield _printed_day(found, line)


def _published_today(lines: Sequence[Line]) -> Iterator[ReadField[date]]:
    if not any(TODAY.search(line.text) for line in lines):
        return
    for line in lines[:15]:
        found = next(dates_in(line.text), None)
        if found and not found.only_month and len(line.text.split()) <= 6:
            doubt = f"The text says “today”; the day of the page ({found.text}) is taken."
            yield ReadField(found.day, Found.PATTERN, LIKELY, spans([line]), (doubt,), "today")


def _published_without_year(lines: Sequence[Line]) -> Iterator[ReadField[date]]:
    for line in lines:
        if match := NO_YEAR.search(line.text):
            doubt = f"“{match['said']}” is printed without a year."
            yield ReadField(where=spans([line]), doubts=(doubt,), said=match["said"])


def _printed_day(found: PrintedDate, line: Line) -> ReadField[date]:
    if not found.only_month:
        return ReadField(found.day, Found.PATTERN, LIKELY, spans([line]))
    doubt = f"Only a month is printed (“{found.text}”); its first day is taken."
    return ReadField(found.day, Found.PATTERN, LIKELY, spans([line]), (doubt,), found.text)


def sent_by_pattern(lines: Sequence[Line]) -> ReadField[date | bool]:
    """Find the day in “sent to the Home Secretary on 8 March 2024”."""
    for line in lines:
        for found in dates_in(line.text):
            if not found.only_month and SENT.search(line.text[: found.start]):
                return ReadField(found.day, Found.PATTERN, LIKELY, spans([line]))
    return ReadField()


def kinds_in(text: str) -> tuple[InspectionKind, ...]:
    """Tell what sort of inspection the words of a title or summary speak of."""
    return tuple(kind for kind, pattern in KINDS if pattern.search(text))
