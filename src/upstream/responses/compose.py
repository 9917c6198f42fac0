"""Makes the record of a document that has been cut into parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from upstream.responses import facts, reports
from upstream.responses.dates import dates_in
from upstream.responses.forms import recognise_form
from upstream.responses.gathering import Under
from upstream.responses.paragraphs import Paragraph, groups_of, join_lines, paragraphs_of, to_markdown
from upstream.responses.parts import LISTED, Parts, Section
from upstream.responses.reading.line import Line
from upstream.responses.recommendations import read_recommendations
from upstream.responses.record import (
    Certainty,
    Found,
    InspectionKind,
    ReadField,
    ReadRecommendation,
    RecommendationKind,
    ResponseRecord,
    spans,
)
from upstream.responses.sections import cut_into_sections

T = TypeVar("T")
# A longer paragraph says more than the one value read from it, and stays among the unplaced for a person to see.
SHORT_WORDS = 25
TICK = re.compile(r"[☒☑✓✔✗✘■]|\[\s*[xX✓]\s*\]|(?:^|\s)[xX](?=\s|$)")
BOX = re.compile(r"[☒☑☐✓✔✗✘■□]|\[\s*[xX✓]?\s*\]|(?:^|\s)[xX](?=\s|$)")
KIND_WORDS = (
    ("follow", InspectionKind.FOLLOW_UP),
    ("thematic", InspectionKind.THEMATIC),
    ("partner", InspectionKind.PARTNER),
    ("joint", InspectionKind.JOINT),
    ("national", InspectionKind.NATIONAL),
    ("specific", InspectionKind.FORCE),
    ("force", InspectionKind.FORCE),
    ("peel", InspectionKind.FORCE),
)
TEXTS = (
    "summary",
    "terms_of_reference",
    "practice",
    "grade",
    "commissioner_initial_response",
    "chief_constable_response",
    "commissioner_overall_comments",
)


def compose_record(lines: Sequence[Line]) -> ResponseRecord:
    """Give the record of a document: fields under labels first, then what the form of the words tells."""
    form = recognise_form(lines)
    parts = cut_into_sections(lines, form)
    composer = _Composer(tuple(lines), parts)
    return composer.record(form.name)


class _Composer:
    def __init__(self, lines: tuple[Line, ...], parts: Parts) -> None:
        self.lines = lines
        self.parts = parts
        self.places = {
            line.number: section.field for section in parts.sections for line in (*section.labels, *section.lines)
        }

    def record(self, form: str) -> ResponseRecord:
        texts = {name: self._text(name) for name in (*TEXTS, *LISTED)}
        recommendations, areas = self._single()
        return ResponseRecord(
            form=form,
            lines=self.lines,
            force=self._line("force") or self._by_pattern("force", facts.force_by_pattern),
            office=self._office(),
            commissioner_name=self._line("commissioner_name")
            or self._by_pattern("commissioner_name", facts.commissioner_by_pattern),
            chief_constable=self._line("chief_constable")
            or self._by_pattern("chief_constable", facts.chief_by_pattern),
            title=self._line("title") or self._by_pattern("title", reports.title_by_pattern, whole=True),
            inspectorates=self._inspectorates(texts["summary"]),
            published_on=self._day("published_on")
            or self._by_pattern("published_on", reports.published_by_pattern, whole=True),
            version=self._line("version") or ReadField(),
            kinds=self._kinds(),
            force_quoted=self._quoted(),
            sent_to_home_office=self._sent(),
            published_on_site=self._done("published_on_site"),
            recommendations=recommendations,
            areas_for_improvement=areas,
            places=self.places,
            **texts,
        )

    # Texts.

    def _paragraphs(self, sections: Sequence[Section]) -> list[Paragraph]:
        return [paragraph for section in sections for paragraph in paragraphs_of(section.lines)]

    def _text(self, name: str) -> ReadField[str]:
        sections = self.parts.of(name)
        text = to_markdown(self._paragraphs(sections))
        if not text:
            return ReadField()
        lines = [line for section in sections for line in section.lines]
        worst = Certainty.SURE if all(s.certainty is Certainty.SURE for s in sections) else Certainty.LIKELY
        doubts = tuple(dict.fromkeys(doubt for section in sections for doubt in section.doubts))
        return ReadField(text, next(s.found for s in sections if s.lines), worst, spans(lines), doubts)

    def _line(self, name: str) -> ReadField[str] | None:
        """A short value; further parts for the same field are doubts."""
        found = [section for section in self.parts.of(name) if section.lines]
        if not found:
            return None
        text = " ".join(paragraph.text for paragraph in self._paragraphs(found[:1]))
        if not text:
            return None
        if name == "title":
            text = reports.bare_title(text)
        elif name in ("chief_constable", "commissioner_name"):
            text = facts.without_office(text)
        others = [" ".join(line.text for line in section.lines) for section in found[1:]]
        doubts = tuple(f"The document also says “{other}”." for other in others if other != text)
        return ReadField(text, found[0].found, found[0].certainty, spans(found[0].lines), doubts)

    def _by_pattern(
        self, name: str, find: Callable[[Sequence[Line]], ReadField[T]], *, whole: bool = False
    ) -> ReadField[T]:
        """What the words alone tell, line by line or in whole paragraphs; a short one that went nowhere goes here."""
        body = [line for line in self.lines if not line.furniture]
        groups = {group[0].number: group for group in (groups_of(body) if whole else ([line] for line in body))}
        found = find([replace(group[0], text=join_lines(group)) for group in groups.values()])
        lines = [line for where in found.where for line in groups.get(where.first, ())]
        if sum(len(line.text.split()) for line in lines) <= SHORT_WORDS:
            for line in lines:
                self.places.setdefault(line.number, name)
        return replace(found, where=spans(lines))

    # Short values of their own kind.

    def _office(self) -> ReadField[str]:
        named = [section.labels for section in self.parts.of("commissioner_name") if section.labels]
        labels = [(" ".join(line.text for line in lines), lines[0]) for lines in named]
        rest = [(line.text, line) for line in self.lines]
        found = facts.office_in([*labels, *rest])
        labelled = facts.office_in(labels)
        return replace(found, found=Found.LABEL, certainty=Certainty.SURE) if labelled.value else found

    def _day(self, name: str) -> ReadField[date] | None:
        text = self._line(name)
        if text is None:
            return None
        found = next(dates_in(str(text.value)), None)
        if found is None:
            return ReadField(where=text.where, doubts=(f"“{text.value}” is not a date that can be read.",))
        doubts = text.doubts
        if found.only_month:
            doubts = (*doubts, f"Only a month is printed (“{found.text}”); its first day is taken.")
        sure = text.certainty if not found.only_month else Certainty.LIKELY
        return ReadField(found.day, text.found, sure, text.where, doubts)

    def _inspectorates(self, summary: ReadField[str]) -> ReadField[tuple[str, ...]]:
        said = self._line("inspectorates")
        if said is None:
            first = next((line for line in self.lines if reports.inspectorates_in(line.text)), None)
            if first is None:
                return ReadField()
            return ReadField(reports.inspectorates_in(first.text), Found.PATTERN, Certainty.LIKELY, spans([first]))
        names = reports.inspectorates_in(str(said.value))
        if not names:
            return ReadField((str(said.value),), said.found, Certainty.LIKELY, said.where, said.doubts)
        more = [name for name in reports.inspectorates_in(summary.value or "") if name not in names]
        doubts = (f"The summary also names {', '.join(more)}.",) if more else ()
        return ReadField(names, said.found, said.certainty, said.where, (*said.doubts, *doubts))

    def _kinds(self) -> ReadField[tuple[InspectionKind, ...]]:
        sections = self.parts.of("kinds")
        lines = [line for section in sections for line in section.lines]
        boxed = any(BOX.search(line.text) for line in lines)
        chosen = _ticked(lines) if boxed or len(lines) > 1 else lines
        kinds = tuple(dict.fromkeys(kind for line in chosen for kind in _kinds_said(line.text)))
        if kinds:
            return ReadField(kinds, Found.LABEL, Certainty.SURE, spans(chosen))
        title = " ".join(section.lines[0].text for section in self.parts.of("title")[:1] if section.lines)
        summary = " ".join(line.text for section in self.parts.of("summary") for line in section.lines)
        said = reports.kinds_in(f"{title} {summary}")
        doubts = ("The form has boxes for this, and none is ticked.",) if lines else ()
        if said:
            return ReadField(said, Found.PATTERN, Certainty.LIKELY, (), doubts)
        return ReadField(where=spans(lines), doubts=doubts)

    def _quoted(self) -> ReadField[bool]:
        lines = [line for section in self.parts.of("force_quoted") for line in section.lines]
        chosen = _ticked(lines) or (lines if len(lines) == 1 else [])
        words = {word.casefold() for line in chosen for word in re.findall(r"\w+", TICK.sub("", line.text))}
        if words & {"yes", "no"} and not {"yes", "no"} <= words:
            return ReadField("yes" in words, Found.LABEL, Certainty.SURE, spans(chosen))
        doubts = ("The form has boxes for this, and none is ticked.",) if lines else ()
        return ReadField(where=spans(lines), doubts=doubts)

    def _sent(self) -> ReadField[date | bool]:
        said = self._done("sent_to_home_office")
        if said.value is not None:
            return said
        return self._by_pattern("sent_to_home_office", reports.sent_by_pattern, whole=True)

    def _done(self, name: str) -> ReadField[date | bool]:
        """A date or a tick beside the words; the words alone are the form's and say nothing."""
        for section in self.parts.of(name):
            both = [*section.labels, *section.lines]
            text = " ".join(dict.fromkeys(line.text for line in both))
            day = next(dates_in(text), None)
            if day:
                doubts = ("Only a month is printed; its first day is taken.",) if day.only_month else ()
                sure = Certainty.LIKELY if day.only_month else Certainty.SURE
                return ReadField(day.day, Found.LABEL, sure, spans(both), doubts)
            said = " ".join(line.text for line in section.lines)
            if TICK.search(text) or re.search(r"\byes\b", said, re.IGNORECASE):
                return ReadField(True, Found.LABEL, Certainty.SURE, spans(both))
            if re.search(r"\bno\b", said, re.IGNORECASE):
                return ReadField(False, Found.LABEL, Certainty.SURE, spans(both))
        return ReadField()

    # Recommendations.

    def _under(self, name: str) -> list[Under]:
        return [Under(tuple(part.labels), self._paragraphs([part])) for part in self.parts.of(name)]

    def _single(self) -> tuple[tuple[ReadRecommendation, ...], tuple[ReadRecommendation, ...]]:
        usual = dict(
            zip(LISTED, (RecommendationKind.RECOMMENDATION, RecommendationKind.AREA_FOR_IMPROVEMENT), strict=True)
        )
        found = [item for name in LISTED for item in read_recommendations(self._under(name), usual[name])]
        areas = tuple(item for item in found if item.kind is RecommendationKind.AREA_FOR_IMPROVEMENT)
        return tuple(item for item in found if item not in areas), areas


def _ticked(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if TICK.search(line.text)]


def _kinds_said(text: str) -> list[InspectionKind]:
    plain = text.casefold()
    return [kind for word, kind in KIND_WORDS if word in plain]
