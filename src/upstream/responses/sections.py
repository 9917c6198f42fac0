"""Cuts a document into the parts that its labels and headings make: each line goes to one part or to none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from upstream.responses.dates import dates_in, is_day
from upstream.responses.facts import is_signature
from upstream.responses.forms import Form
from upstream.responses.items import (
    answers_each,
    asks_by_number,
    asks_for_something,
    item_head,
    repeated_labels,
    table_columns,
)
from upstream.responses.line_kinds import (
    FAREWELL,
    begins_commissioner,
    greets,
    heads_answer,
    is_marking,
    is_page_number,
    may_be_name,
    names_a_report,
)
from upstream.responses.parts import LISTED, LONG, OPTIONS, PERSONS, SUBJECTS, Parts, Section
from upstream.responses.reading.line import Line
from upstream.responses.record import Certainty, Found
from upstream.responses.reports import title_by_pattern
from upstream.responses.speakers import OPENS, announces_inline, speaker, spoken_from
from upstream.responses.wording import (
    ANSWERS,
    CHIEF,
    COMMISSIONER_FIRST,
    COMMISSIONER_LAST,
    MADE,
    Label,
    find_label,
    label_beside,
    names_office,
    plain_label,
    stands_around,
)

SHORT_REST_WORDS = 12  # “Recommendation 1 (national, by 31 March 2024)”: what is asked stands under it
VERSION = re.compile(r"^version\b\s*:?\s*(?P<value>.*)$", re.IGNORECASE)


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
        self.all = lines
        self.at = {line.number: place for place, line in enumerate(lines)}
        self.each = answers_each(lines)
        self.sections: list[Section] = []
        self.loose: list[Line] = []
        self.current: Section | None = None
        self.step = -1  # how far down the form's order of labels
        self.letter = self.ended = False
        self.headed = any(begins_commissioner(line.text) for line in lines[1:])
        self.heads: set[tuple[str, str]] = set()
        self.quoted: Section | None = None  # what goes on after another's words are quoted in it
        self.letters = 0
        self.repeated = repeated_labels(lines)
        self.last_head = max((line.number for line in lines if item_head(line.text)), default=0)
        # The headings of single answers that are set no louder than text.
        self.quiet = {plain_label(line.text) for line in lines if not line.stands_out and heads_answer(line.text)}

    def take(self, unit: list[Line], following: list[Line] | None) -> int:
        """Put one line or table row in its place; the number of further units used up."""
        return self._row(unit, following) if unit[0].row is not None else self._line(unit[0], following)

    # Rows of a table.

    def _row(self, row: list[Line], following: list[Line] | None) -> int:
        cells = {column: list(cell) for column, cell in groupby(row, key=lambda line: line.column)}
        first = cells[min(cells)]
        text = " ".join(line.text for line in first)
        if min(cells) == 0 and len(cells) > 1 and table_columns(row):
            return self._add_listed(row, LISTED[0])
        across = [find_label(" ".join(line.text for line in cell)) for cell in cells.values()]
        labels = [label for label in across if label and label.field]
        if 1 < len(labels) == len(cells) and following and self._pairs(cells, labels, following):
            return 1
        if (
            len(cells) > 2
            and not self._listed()
            and all(bool(label) != column % 2 for column, label in zip(cells, across, strict=True))
        ):
            for _, pair in groupby(row, key=lambda line: line.column // 2):  # a label and its value, and again
                self._row([replace(line, column=line.column % 2) for line in pair], None)
            return 0
        label = self._row_label(text, cells)
        head = item_head(text)
        if len(cells) > 1 and min(cells) == 0 and plain_label(text) in self.repeated:
            return self._add_listed(row, LISTED[0])
        if head and not (label and not self._listed()) and len(cells) > 1:
            return self._add_listed(row, LISTED[head.kind == "area for improvement"])
        if label and label.field == "":
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

    def _add_listed(self, row: list[Line], name: str) -> int:
        """Put a row to the recommendations, opening that part when none is."""
        if not self._listed():
            self._open(name, Found.HEADING, Certainty.SURE, [])
        self._add(row)
        return 0

    def _row_label(self, text: str, cells: dict[int, list[Line]]) -> Label | None:
        """What the first cell asks for; “Ref.” over the first of several columns is no subject of a letter."""
        if min(cells) or (len(cells) > 2 and plain_label(text) in SUBJECTS):
            return None
        return label_beside(text) if len(cells) == 2 else find_label(text)

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
        if self._belongs_to_page(line):
            self.loose.append(line)
            return 0
        if self._letter(line):
            return 0
        if spoken := self._quotation(line):
            return spoken - 1
        goes_on = following[0] if following and following[0].row is None and not following[0].furniture else None
        if signature := self._signature(line, goes_on):
            self.loose.extend(signature)
            return len(signature) - 1
        if self._two_lines(line, goes_on):
            return 1
        if not (self._beside(line) or self._heading(line, goes_on) or self._colon(line) or self._item(line)):
            self._text(line)
        return 0

    def _signature(self, line: Line, following: Line | None) -> list[Line]:
        """A name with its office, in one line or two, or the day alone in its line, as they stand under a text."""
        if not (self.current and self.current.field in LONG and line.starts):
            return []
        if is_signature(line.text) or (self._answering() and is_day(line.text)):
            return [line]
        return [line, following] if following and is_signature(line.text, following.text) else []

    def _letter(self, line: Line) -> bool:
        if greets(line.text):
            return self._greeting(line)
        if FAREWELL.match(line.text) and len(line.text.split()) < 6:
            self._close()
            self.ended = True
            self.loose.append(line)
            return True
        return False

    def _greeting(self, line: Line) -> bool:
        self.letters += 1
        if self.current and self._answering():
            if self.letters > 1:
                self.current.doubts.append(
                    f"{self.letters} letters stand in this document: it may hold several responses. Import each alone."
                )
            if self.current.lines:
                return False
            self.current.labels.append(line)  # a letter under a heading of its own
        else:
            self._open(COMMISSIONER_FIRST, Found.PATTERN, Certainty.LIKELY, [line])
        self.letter = True
        return True

    def _belongs_to_page(self, line: Line) -> bool:
        """Whether a line is of the sheet, the site or the mail, not of the response."""
        figure = is_page_number(line.text) and line.starts and self._in_text()
        marked = is_marking(line.text) or (line.starts and stands_around(line.text))
        return line.furniture or figure or marked

    def _quotation(self, line: Line) -> int:
        """Take the words of one office that another's text announces: “his response was:”; how many lines they are."""
        if not line.starts:
            return 0
        inline = announces_inline(line.text)
        who = inline or self._announced(line)
        if who is None or not self._may_speak(who, inline=bool(inline)):
            return 0
        opening = OPENS.search(re.split(r"[:,]\s*(?=[\"“‘'][A-Z])", line.text)[-1]) if inline else None
        spoken = spoken_from(
            self.all[self.at[line.number] :], self._ends_words, opening=opening.group() if opening else ""
        )
        if spoken is None:
            return self._unbounded(who, line)
        after = self.quoted or (self.current if self._answering() else None)
        if not (self.quoted and self.current and self.current.field == who):
            self._open(who, Found.PATTERN, Certainty.LIKELY, [])
        assert self.current is not None
        for said in self.all[self.at[line.number] :][: spoken.lines]:
            (self.loose if self._belongs_to_page(said) else self.current.lines).append(said)
        self.current.doubts.extend(spoken.doubts)
        self.quoted = None
        self._go_on_after(after, who)
        return spoken.lines

    def _go_on_after(self, after: Section | None, who: str) -> None:
        if after is not None and after.field != who:
            self._open(after.field, Found.PATTERN, Certainty.LIKELY, [])
        elif who == CHIEF or after is None:
            self.current = None

    def _unbounded(self, who: str, line: Line) -> int:
        """Words announced without quotation marks: the commissioner's go on to the next heading.

        Where the chief constable's end cannot be told; a doubt says so.
        """
        if who == COMMISSIONER_FIRST:
            self._open(who, Found.PATTERN, Certainty.LIKELY, [])
        elif self.current and self.current.field == COMMISSIONER_FIRST:
            self.current.doubts.append(
                f"Line {line.number - 1} announces the chief constable’s words; nothing shows where they end."
            )
        return 0

    def _announced(self, line: Line) -> str | None:
        """Whose words the paragraph before this line announces."""
        if self.quoted and self.current and self.current.field == CHIEF and not self.current.lines:
            return CHIEF if OPENS.match(line.text) else None
        place = self.at[line.number]
        said: list[str] = []
        while place and len(said) < 8:
            place -= 1
            said.append(self.all[place].text)
            if self.all[place].starts:
                break
        return speaker(" ".join(reversed(said)))

    def _may_speak(self, who: str, *, inline: bool) -> bool:
        current = self.current.field if self.current else None
        if who == CHIEF:
            return current in (None, COMMISSIONER_FIRST, COMMISSIONER_LAST, "summary") or self.quoted is not None
        return current in (None, "summary") and (inline or not self.of(COMMISSIONER_FIRST))

    def of(self, name: str) -> list[Section]:
        """The parts so far for one field that hold words."""
        return [section for section in self.sections if section.field == name and section.lines]

    def _ends_words(self, line: Line) -> bool:
        """Whether another part begins: words that are quoted do not reach over it."""
        if line.row is not None or FAREWELL.match(line.text) or greets(line.text):
            return True
        label = find_label(line.text) if line.starts else None
        return label is not None and not label.weak and label.field in ("", *ANSWERS, *LISTED)

    def _two_lines(self, line: Line, following: Line | None) -> bool:
        """A heading that is broken in two."""
        if following is None or following.starts or len(line.text) > 90:
            return False
        first = find_label(line.text)
        if first and not (line.stands_out and following.stands_out):
            return False
        label = find_label(f"{line.text} {following.text}") or first
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
        if label is None and self._over_items(line, following):
            return True
        if label is None or not self._opens(label, line):
            return False
        named = following is not None and may_be_name(following.text) and not names_office(line.text)
        if label.field in PERSONS and not named:
            return False
        if label.field == "":
            self._close()
            self.loose.append(line)
        elif self.current and self.current.field == label.field and not self.current.lines:
            self.current.labels.append(line)
        else:
            quotes = following is not None and OPENS.match(following.text) is not None
            within = self.current if quotes and self.current and self.current.field == COMMISSIONER_FIRST else None
            announced = self.letter and label.field == CHIEF and line.text.rstrip().endswith(":") and not quotes
            sure = Certainty.LIKELY if label.weak or announced else Certainty.SURE
            doubtful = self._listed() and self.each and self._closes(label.field, line)
            section = self._open(label.field, Found.HEADING, sure, [line])
            if doubtful:
                section.doubts.append("It stands behind the last recommendation, and may be said of that one alone.")
            if announced:
                section.doubts.append("Nothing in the letter shows where the chief constable’s words end.")
            self.quoted = within if label.field == ANSWERS[1] else None
        return True

    def _over_items(self, line: Line, following: Line | None) -> bool:
        """A heading in words of its own right over “Recommendation 1”."""
        if not line.stands_out or following is None or self._answering() or self._listed() or item_head(line.text):
            return False
        head = item_head(following.text)
        if head is None or find_label(line.text.partition(":")[0]):
            return False  # “Published: 3 May 2024” may stand over the first of them
        self._open(LISTED[head.kind == "area for improvement"], Found.HEADING, Certainty.SURE, [line])
        return True

    def _colon(self, line: Line) -> bool:
        """“Label: value”, and “Published 8 March 2023” without the colon."""
        before, colon, value = line.text.partition(":")
        if not colon or not value.strip():
            begins = line.starts and not line.text[0].islower()  # a sentence may go on with “was published on 8 March”
            day = next(dates_in(line.text), None) if begins else None
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
        if label.field in PERSONS and not may_be_name(value):
            return False
        sure = Certainty.LIKELY if plain_label(before) in SUBJECTS else Certainty.SURE
        section = self._open(label.field, Found.LABEL, sure, [line])
        section.lines.append(replace(line, text=value.strip(), starts=True))
        return True

    def _item(self, line: Line) -> bool:
        """“Recommendation 1 …” where no part for recommendations is open."""
        head = item_head(line.text) if line.starts or line.stands_out else None
        if self.each and not head and not self._answering() and not self._listed() and asks_by_number(line):
            self._open(LISTED[0], Found.PATTERN, Certainty.LIKELY, [])
            self._text(line)
            return True
        if head is None or self._listed():
            return False
        short = len(head.rest.split()) <= SHORT_REST_WORDS
        asked = f"{head.rest} {self._paragraph_after(line)}" if short else head.rest
        listed = asks_for_something(asked) or self.each
        if self._answering() and ((head.kind, head.number) in self.heads or not listed):
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
            if named or len(line.text.split()) < 8 or line.row is not None or line.stands_out:
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
        known = bool(self.of(name))
        if self.current and self.current.field == "kinds" and name in ("force",):
            return False
        if label.party:
            if not self.sections and names_a_report(line.text):
                return False  # the document's own title
            of_one = self._listed() and self.each and name != COMMISSIONER_LAST
            return not of_one or self._stands_above(line) or self._closes(name, line)
        if self._listed() and self.each and name in ANSWERS and name != COMMISSIONER_LAST:
            return line.text.rstrip().endswith("?") and self._after_all(line)
        if self._answering():
            if name in LISTED or name == "practice":
                return not known
            if self.letter and label.weak:
                return False
            return not label.weak and (name in ("", "sent_to_home_office", "published_on_site") or not known)
        return name in LONG or name == "" or not known

    def _stands_above(self, line: Line) -> bool:
        """Whether a heading that could begin one answer is set louder than those that do: it begins a part."""
        return line.stands_out and bool(self.quiet) and plain_label(line.text) not in self.quiet

    def _closes(self, name: str, line: Line) -> bool:
        """Whether the commissioner's only heading stands behind the last recommendation: it is said of all of them."""
        return name == COMMISSIONER_FIRST and line.stands_out and self._after_all(line)

    def _after_all(self, line: Line) -> bool:
        """Whether a question stands once, and behind the last recommendation: it is put of all of them."""
        label = plain_label(line.text)
        return line.number > self.last_head and sum(plain_label(other.text) == label for other in self.all) == 1

    def _paragraph_after(self, line: Line) -> str:
        """The first words under a line that is a paragraph of its own."""
        after = self.all[self.at[line.number] + 1 :]
        return after[0].text if after and after[0].starts else ""

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
