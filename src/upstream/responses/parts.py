"""The parts that a document is cut into, each for one field of the record."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as made_by

from upstream.responses.reading.line import Line
from upstream.responses.record import Certainty, Found
from upstream.responses.wording import ANSWERS

LISTED = ("recommendations_text", "areas_for_improvement_text")
LONG = (*ANSWERS, *LISTED, "summary", "terms_of_reference", "practice", "grade")
SUBJECTS = ("re", "ref", "subject")  # of a letter: the title, if with other words about it
PERSONS = ("commissioner_name", "chief_constable")
OPTIONS = ("kinds", "force_quoted")


@dataclass
class Section:
    """One part: the field it is for, the lines of its label and those of its text."""

    field: str
    found: Found
    certainty: Certainty
    labels: list[Line] = made_by(default_factory=list)
    lines: list[Line] = made_by(default_factory=list)
    doubts: list[str] = made_by(default_factory=list)


@dataclass
class Parts:
    """The parts of a document in their order, and the lines of none."""

    sections: list[Section]
    loose: list[Line]

    def of(self, name: str) -> list[Section]:
        """The parts for one field."""
        return [section for section in self.sections if section.field == name]
