"""Cuts a document into the parts that its labels and headings make: each line goes to one part or to none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from itertools import groupby

from upstream.responses.dates import dates_in
from upstream.responses.facts import is_signature, title_by_pattern
from upstream.responses.forms import Form
from upstream.responses.items import answers_each, asks_for_something, item_head, table_columns
from upstream.responses.reading.line import Line
from upstream.responses.record import Certainty, Found
from upstream.responses.wording import (
    ANSWERS,
    COMMISSIONER_FIRST,
    COMMISSIONER_LAST,
    MADE,
    Label,
    find_label,
    is_label,
    plain_label,
)

LISTED = ("recommendations_text", "areas_for_improvement_text")
LONG = (*ANSWERS, *LISTED, "summary", "terms_of_reference", "practice", "grade")
SUBJECTS = ("re", "ref", "subject")  # of a letter: the title, if with other words about it
PERSONS = ("commissioner_name", "chief_constable")
OPTIONS = ("kinds", "force_quoted")
BARE_FIGURE = re.compile(r"^\W*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*$", re.IGNORECASE)
VERSION = re.compile(r"^version\b\s*:?\s*(?P<value>.*)$", re.IGNORECASE)
GREETING = re.compile(r"^dear\b", re.IGNORECASE)
FAREWELL = re.compile(
    r"^(?:yours (?:sincerely|faithfully|truly)|kind regards|with best wishes|best wishes)\b", re.IGNORECASE
)
SPEAKS = re.compile(
    r"chief constable.*\b(?:respon\w+|comment\w*|stated|said|repl\w+|view\w*|follows|statement|reported|advised)\b"
    r".*:\s*$"
    r"|^(?:he|she|they) (?:stated|said|responded|replied|commented)\b.*:\s*$",
    re.IGNORECASE,
)
QUOTE = re.compile(r"^[\"“‘']")
UNQUOTE = re.compile(r"[\"”]\W*$")


@dataclass
class Section:
    """One part: the field it is for, the lines of its label and those of its text."""

    field: str
    found: Found
    certainty: Certainty
    labels: list[Line] = made_by(default_factory=list)
    lines: list[Line] = made_by(default_factory=list)


@dataclass
class Parts:
    """The parts of a document in their order, and the lines of none."""

    sections: list[Section]
    loose: list[Line]

    def of(self, name: str) -> list[Section]:
        """The parts for one field."""
        return [section for section in self.sections if section.field == name]


def cut_into_sections(lines: Sequence[Line], form: Form) -> Parts:
    """Go down the document once, opening a part at every label and heading that is known."""
    cutter = _Cutter(lines, form)
    units = [list(unit) for _, unit in groupby(lines, key=lambda line: (line.row, 0 if line.row else line.number))]
    skip = 0
    for place, unit in enumerate(units):
        if skip:
            skip -= 1
            continue
        skip = cutter.take(unit, units[place + 1] if place + 1 < len(units) else None)
    return Parts(cutter.sections, cutter.loose)


class _Cutter:
    def __init__(self, lines: Sequence[Line], form: Form) -> None:
        self.form = form
        self.each = answers_each(lines)
        self.sections: list[Section] = []
        self.loose: list[Line] = []
        self.current: Section | None = None
        self.step = -1  # how far down the form's order of labels
        self.letter = self.ended = False
        self.headed = any(_names_commissioner(line.text) or _greets(line.text) for line in lines[1:])
        self.heads: set[tuple[str, str]] = set()
        self.quoted: Section | None = None  # what goes on after another's words are quoted in it
        self.before: Line | None = None

    def take(self, unit: list[Line], following: list[Line] | None) -> int:
        """Put one line or table row in its place; the number of further units used up."""
        used = self._row(unit, following) if unit[0].row is not None else self._line(unit[0], following)
        self.before = unit[-1]
        return used

    # Rows of a table.

    def _row(self, row: list[Line], following: list[Line] | None) -> int:
        cells = {column: list(cell) for column, cell in groupby(row, key=lambda line: line.column)}
        first = cells[min(cells)]
        text = " ".join(line.text for line in first)
        if min(cells) == 0 and len(cells) > 1 and table_columns(row):
            if not self._listed():
                self._open("recommendations_text", Found.HEADING, Certainty.SURE, [])
            self._add(row)
            return 0
        across = [find_label(" ".join(line.text for line in cell)) for cell in cells.values()]
        labels = [label for label in across if label and label.field]
        if 1 < len(labels) == len(cells) and following and self._pairs(cells, labels, following):
            return 1
        label = find_label(text) if min(cells) == 0 else None
        head = item_head(text)
        if head and not (label and not self._listed()) and len(cells) > 1:
            if not self._listed():
                self._open(LISTED[head.kind == "area for improvement"], Found.HEADING, Certainty.SURE, [])
            self._add(row)
        elif label and label.field == "":
            self._close()
            self.loose.extend(row)
        elif label and self._opens(label, first[0]):
            values = [line for line in row if line not in first]
            section = self._open(label.field, Found.LABEL, Certainty.SURE, first)
            section.lines.extend(values)
            if label.field not in LONG:
                self.current = None
        elif self.current and self.current.field in LONG:
            self._add(row)
        else:
            self.loose.extend(row)
        return 0

    def _pairs(self, cells: dict[int, list[Line]], labels: list[Label], following: list[Line]) -> bool:
        """Labels across the head of a table with the values in the row below."""
        values = {column: list(cell) for column, cell in groupby(following, key=lambda line: line.column)}
        if following[0].row is None or not set(values) <= set(cells):
            return False
        if len({label.field for label in labels}) < len(labels):
            return False
        if any(find_label(line.text) for line in following):
            return False
        for (column, cell), label in zip(cells.items(), labels, strict=True):
            self._open(label.field, Found.LABEL, Certainty.SURE, cell).lines.extend(values.get(column, []))
        self.current = None
        return True

    # Lines outside tables.

    def _line(self, line: Line, following: list[Line] | None) -> int:
        if line.furniture or (BARE_FIGURE.match(line.text) and line.starts and self._in_text()):
            self.loose.append(line)
            return 0
        if self._letter(line) or self._quotation(line):
            return 0
        if self.current and self.current.field in LONG and line.starts and is_signature(line.text):
            self.loose.append(line)
            return 0
        goes_on = following[0] if following and following[0].row is None and not following[0].furniture else None
        if self._two_lines(line, goes_on):
            return 1
        if not (self._beside(line) or self._heading(line, goes_on) or self._colon(line) or self._item(line)):
            self._text(line)
        return 0

    def _letter(self, line: Line) -> bool:
        if _greets(line.text) and not self._answering():
            self._open(COMMISSIONER_FIRST, Found.PATTERN, Certainty.LIKELY, [line])
            self.letter = True
            return True
        if FAREWELL.match(line.text) and len(line.text.split()) < 6:
            self._close()
            self.ended = True
            self.loose.append(line)
            return True
        return False

    def _quotation(self, line: Line) -> bool:
        """The chief constable quoted within the commissioner's text, after words such as “his response was:”."""
        if self.quoted and self.current and self.current.field == ANSWERS[1]:
            last = self.before.text if self.before else ""
            if line.starts and UNQUOTE.search(last) and not QUOTE.match(line.text):
                after, self.quoted = self.quoted, None
                self._open(after.field, Found.PATTERN, Certainty.LIKELY, [])
            return False
        if not (QUOTE.match(line.text) and line.starts and self.current and self.current.field == COMMISSIONER_FIRST):
            return False
        said = " ".join(item.text for item in self.current.lines[-3:])
        if SPEAKS.search(said.rsplit(". ", 1)[-1]):
            self.quoted = self.current
            self._open(ANSWERS[1], Found.PATTERN, Certainty.LIKELY, []).lines.append(line)
            return True
        return False

    def _two_lines(self, line: Line, following: Line | None) -> bool:
        """A heading that is broken in two."""
        if following is None or following.starts or find_label(line.text) or len(line.text) > 90:
            return False
        label = find_label(f"{line.text} {following.text}")
        if label is None or label.weak or not self._opens(label, line):
            return False
        self._open(label.field, Found.HEADING, Certainty.SURE, [line, following])
        return True

    def _beside(self, line: Line) -> bool:
        version = VERSION.match(line.text)
        if version and not self._answering() and len(line.text.split()) < 7:
            section = self._open("version", Found.LABEL, Certainty.SURE, [line])
            if version["value"]:
                section.lines.append(replace(line, text=version["value"]))
            self.current = None
            return True
        found = self.form.split(line.text, self.step) if line.starts and not self._answering() else None
        if not found:
            return False
        self.step, name, value = found
        self._open(name, Found.LABEL, Certainty.SURE, [line]).lines.append(replace(line, text=value, starts=True))
        return True

    def _heading(self, line: Line, following: Line | None) -> bool:
        label = find_label(line.text)
        if label is None and MADE.match(plain_label(line.text)) and not self._answering():
            self._open(LISTED[0], Found.HEADING, Certainty.SURE, []).lines.append(line)
            return True
        if label is None or not self._opens(label, line):
            return False
        if label.field in PERSONS and not (following and _may_be_name(following.text)):
            return False
        if label.field == "":
            self._close()
            self.loose.append(line)
        elif self.current and self.current.field == label.field and not self.current.lines:
            self.current.labels.append(line)
        else:
            quotes = following is not None and QUOTE.match(following.text) is not None
            within = self.current if quotes and self.current and self.current.field == COMMISSIONER_FIRST else None
            self._open(label.field, Found.HEADING, Certainty.LIKELY if label.weak else Certainty.SURE, [line])
            self.quoted = within if label.field == ANSWERS[1] else None
        return True

    def _colon(self, line: Line) -> bool:
        """“Label: value”, and “Published 8 March 2023” without the colon."""
        before, colon, value = line.text.partition(":")
        if not colon or not value.strip():
            day = next(dates_in(line.text), None)
            if day is None or not day.start or day.start + len(day.text) < len(line.text.rstrip(" .")):
                return False
            before, value = line.text[: day.start], day.text
            if not (found := find_label(before)) or found.field != "published_on":
                return False
        label = find_label(before)
        if label is None or label.field == "" or not self._opens(label, line) or (label.weak and not line.stands_out):
            return False
        if item_head(line.text) and label.field in LISTED:
            return False
        if label.field in PERSONS and not _may_be_name(value):
            return False
        sure = Certainty.LIKELY if plain_label(before) in SUBJECTS else Certainty.SURE
        section = self._open(label.field, Found.LABEL, sure, [line])
        section.lines.append(replace(line, text=value.strip(), starts=True))
        return True

    def _item(self, line: Line) -> bool:
        """“Recommendation 1 …” where no part for recommendations is open."""
        head = item_head(line.text) if line.starts or line.stands_out else None
        if head is None or self._listed():
            return False
        if self._answering() and (
            (head.kind, head.number) in self.heads or not (asks_for_something(head.rest) or self.each)
        ):
            return False
        name = LISTED[head.kind == "area for improvement"]
        self._open(name, Found.HEADING, Certainty.SURE, [])
        self._text(line)
        return True

    def _remember(self, line: Line) -> None:
        head = item_head(line.text) if self._listed() else None
        if head:
            self.heads.add((head.kind, head.number))

    def _text(self, line: Line) -> None:
        current = self.current
        if current is None:
            # A text under no heading at all, in a document that heads none for the commissioner, is the commissioner's.
            named = self.headed or self.ended or bool(self.form.beside) or title_by_pattern([line]).value is not None
            if named or len(line.text.split()) < 8 or line.row is not None:
                self.loose.append(line)
                return
            current = self._open(COMMISSIONER_FIRST, Found.PATTERN, Certainty.LIKELY, [])
        done = current.lines and line.starts and (current.found is not Found.HEADING or len(current.lines) > 0)
        if current.field not in LONG and current.field not in OPTIONS and done:
            self.current = None
            if not self.letter:
                self.loose.append(line)
                return
            current = self._open(COMMISSIONER_FIRST, Found.PATTERN, Certainty.LIKELY, [])
        self._remember(line)
        current.lines.append(line)

    # What is open, and what may open.

    def _opens(self, label: Label, line: Line) -> bool:
        """Whether a label is one here, and not the words of a text."""
        name = label.field
        known = any(section.field == name for section in self.sections)
        if self.current and self.current.field == "kinds" and name in ("force",):
            return False
        if label.party:
            if not self.sections and _names_a_report(line.text):
                return False  # the document's own title
            return not (self._listed() and self.each and name != COMMISSIONER_LAST)
        if self._listed() and self.each and name in ANSWERS and name != COMMISSIONER_LAST:
            return False
        if self._answering():
            if name in LISTED or name == "practice":
                return not known
            if self.letter and label.weak:
                return False
            return not label.weak and (name in ("", "sent_to_home_office", "published_on_site") or not known)
        return name in LONG or name == "" or not known

    def _open(self, name: str, found: Found, certainty: Certainty, labels: list[Line]) -> Section:
        if name == COMMISSIONER_FIRST and found is Found.HEADING and self._chief_has_answered_second():
            name = COMMISSIONER_LAST
        section = Section(name, found, certainty, list(labels))
        self.sections.append(section)
        self.current = section
        return section

    def _chief_has_answered_second(self) -> bool:
        """Whether a further text by the commissioner follows upon the chief constable's: it is the last word."""
        fields = [section.field for section in self.sections if section.lines]
        return COMMISSIONER_FIRST in fields and ANSWERS[1] in fields[fields.index(COMMISSIONER_FIRST) :]

    def _close(self) -> None:
        self.current = self.quoted = None

    def _add(self, lines: list[Line]) -> None:
        assert self.current is not None
        for line in lines:
            self._remember(line)
        self.current.lines.extend(lines)

    def _listed(self) -> bool:
        return self.current is not None and self.current.field in LISTED

    def _answering(self) -> bool:
        return self.current is not None and self.current.field in ANSWERS

    def _in_text(self) -> bool:
        return self.current is None or self.current.field in LONG


def _greets(text: str) -> bool:
    return GREETING.match(text) is not None and len(text.split()) < 9


def _names_commissioner(text: str) -> bool:
    label = find_label(text)
    return label is not None and label.field in (COMMISSIONER_FIRST, COMMISSIONER_LAST)


def _may_be_name(text: str) -> bool:
    """A few words that begin with a capital letter, without figures: not a sentence, an address or a title."""
    words = text.split()
    return (
        0 < len(words) <= 8
        and words[0][:1].isupper()
        and not re.search(r"\d|[.:“\"]\s*$|,.*,", text)
        and not is_label(text)
    )


def _names_a_report(text: str) -> bool:
    return bool({"inspection", "inspections", "report", "reports", "hmicfrs", "hmic"} & set(plain_label(text).split()))
