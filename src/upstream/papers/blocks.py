"""The blocks of a paper: text, facts, tables, figures, indicators, decisions and what is not known.

Texts marked *Markdown* take paragraphs, **bold**, *italics*, lists and links; `[41,429](figure:KEY)` leads a number to
its entry in "Where the figures come from". Everything else is plain text and is shown as it was typed. Words that a
person typed go into Markdown through `plain`, so that a star or a bracket of theirs stays one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from upstream.charts.figure import Figure
from upstream.measures.result import Provenance


class State(StrEnum):
    """What a tag or a signal says; each has a shape of its own, so that it reads in grey."""

    DONE = "done"  # tick
    OPEN = "open"  # ring
    DUE = "due"  # outlined: soon
    LATE = "late"  # exclamation mark
    ORDINARY = "ordinary"  # disc
    WORSE = "worse"  # diamond
    BETTER = "better"  # triangle
    CHANGED = "changed"  # square: changed, with no verdict
    UNKNOWN = "unknown"  # broken ring and hatch


@dataclass(frozen=True)
class Fact:
    """One label with its value (Markdown); `key` leads to where the value comes from."""

    label: str
    value: str
    key: str = ""


@dataclass(frozen=True)
class Source:
    """Where figures come from: one row of the table that ends a paper.

    `key` is what blocks refer to. `period` and `build` are words; `made_from` names feeds, files or records.
    """

    key: str
    measure: str
    method: str = ""
    period: str = ""
    build: str = ""
    made_from: str = ""

    @classmethod
    def of(cls, provenance: Provenance, *, key: str, measure: str, period: str) -> Source:
        """Give the row for a figure made from measures."""
        feeds = "; ".join(feed.title for feed in provenance.feeds)
        return cls(key, measure, provenance.method, period, provenance.build, feeds)


@dataclass(frozen=True)
class Text:
    """Running text (Markdown)."""

    markdown: str


@dataclass(frozen=True)
class Facts:
    """Labels with their values in two columns: the form of a response record. Values may be long."""

    rows: tuple[Fact, ...]
    title: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its side (l, r or c) and its share of the width (0: by its longest text)."""

    name: str
    align: Literal["l", "r", "c"] = "l"
    weight: float = 0.0


@dataclass(frozen=True)
class Cell:
    """A cell with more than a value: a quieter second line, a state shown as a tag, a provenance key."""

    text: str
    note: str = ""
    state: State | None = None
    key: str = ""


Value = str | int | float | date | None | Cell


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row names the row. None is written "not known". `total`: the last row sums up."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    key: str = ""
    total: bool = False


@dataclass(frozen=True)
class Quote:
    """Somebody's own words (Markdown), such as a recommendation in the words of its report."""

    text: str
    source: str


@dataclass(frozen=True)
class FigureBlock:
    """A chart or map. `caption` stands for the figure's title where it is given; figures are numbered in order."""

    figure: Figure
    caption: str = ""
    note: str = ""
    key: str = ""


@dataclass(frozen=True)
class Measure:
    """One indicator on one line: what it is, what it tells, its number with a small chart.

    `sentence` (Markdown) is the finding a person can repeat; it titles the slide. `value`, `interval` and `target` are
    words ("3.2 a day", "2.9 to 3.5", "at most 3: not met"). Measures that follow one another are set as one list.
    """

    name: str
    value: str
    signal: State
    signal_words: str
    sentence: str = ""
    period: str = ""
    interval: str = ""
    target: str = ""
    chart: Figure | None = None
    key: str = ""


@dataclass(frozen=True)
class Decision:
    """What a meeting is asked to do, or what it did: `lead_in` and its points (Markdown, one line each)."""

    points: tuple[str, ...]
    lead_in: str = "The board is asked to:"
    label: str = "Decision"


@dataclass(frozen=True)
class Step:
    """A dated step (Markdown); without a day, `when` says it in words."""

    text: str
    on: date | None = None
    when: str = ""
    state: State | None = None


@dataclass(frozen=True)
class Timeline:
    """Dated steps in order."""

    steps: tuple[Step, ...]
    title: str = ""


@dataclass(frozen=True)
class Note:
    """What is not known, why, and what would settle it."""

    subject: str
    why: str
    settled_by: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True)
class Signature:
    """One line to be signed, or signed: whose, by whom, when, and how it stands ("Signed", "Waiting")."""

    role: str
    name: str = ""
    on: date | None = None
    state: State | None = None
    state_words: str = ""


@dataclass(frozen=True)
class SignOff:
    """Who signs; what is empty is left as a line to write on. Without a title, the heading above says what it is."""

    lines: tuple[Signature, ...]
    title: str = ""

    @property
    def heads(self) -> tuple[str, str, str, str]:
        """The heads of its columns: a letter, which nobody has to sign off, has room to sign and no state."""
        has_states = any(line.state or line.state_words for line in self.lines)
        return ("Role", "Name", "Date", "State" if has_states else "Signature")


Block = Text | Facts | Table | Quote | FigureBlock | Measure | Decision | Timeline | Note | PageBreak | SignOff
