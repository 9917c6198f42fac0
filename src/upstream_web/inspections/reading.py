"""What the reader found in a published response, as rows for a person to confirm; and back again as values.

A value is kept as text: days as 2023-03-08, lists of codes and yes or no in words, so that people can correct it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from upstream.responses import ReadField, ReadRecommendation, ResponseRecord
from upstream_web.inspections.codes import SHORT_NAMES, Inspectorate, Reach, Stance

YES, NO = "yes", "no"
SAID_MOST = 200
KINDS = {
    "national": Reach.NATIONAL, "force": Reach.FORCE, "thematic": Reach.THEMATIC, "follow-up": Reach.FOLLOW_UP,
    "partner": Reach.PARTNER, "joint": Reach.JOINT,
}  # fmt: skip


@dataclass(frozen=True)
class FieldKind:
    """How one field is shown: its label, and what sort of value it holds (text, long, day, yes, stance or list)."""

    label: str
    sort: str = "text"


HEAD: dict[str, FieldKind] = {
    "title": FieldKind("Title of the inspection"),
    "force": FieldKind("Force"),
    "office": FieldKind("How the commissioner is called"),
    "commissioner_name": FieldKind("Commissioner"),
    "chief_constable": FieldKind("Chief constable"),
    "inspectorates": FieldKind("Inspectorates", "list"),
    "published_on": FieldKind("Report published on", "day"),
    "version": FieldKind("Version of the form"),
    "kinds": FieldKind("Kind of inspection", "list"),
    "force_quoted": FieldKind("Named in the report", "yes"),
    "grade": FieldKind("Grade"),
    "summary": FieldKind("Summary of the inspection", "long"),
    "terms_of_reference": FieldKind("Terms of reference", "long"),
    "recommendations_text": FieldKind("Recommendations, as a whole", "long"),
    "areas_for_improvement_text": FieldKind("Areas for improvement, as a whole", "long"),
    "practice": FieldKind("Practice", "long"),
    "commissioner_initial_response": FieldKind("Commissioner’s initial response", "long"),
    "chief_constable_response": FieldKind("Chief constable’s response", "long"),
    "commissioner_overall_comments": FieldKind("Commissioner’s overall comments", "long"),
    "sent_to_home_office": FieldKind("Sent to the Home Office", "day"),
    "published_on_site": FieldKind("Published on the site", "day"),
}
ITEM: dict[str, FieldKind] = {
    "kind": FieldKind("Sort"),
    "number": FieldKind("Number"),
    "text": FieldKind("In the words of the report", "long"),
    "addressees": FieldKind("Asked of", "list"),
    "to_police": FieldKind("Asked of the police", "yes"),
    "deadline": FieldKind("To be done by", "day"),
    "accepted": FieldKind("How it is taken", "stance"),
    "action": FieldKind("Action taken or proposed", "long"),
    "reason_for_none": FieldKind("Why no action", "long"),
    "commissioner_comment": FieldKind("Commissioner’s comment", "long"),
}


HOW_FOUND = {
    "label": "it stands beside its label",
    "heading": "it stands under its heading",
    "pattern": "told by the form of the words",
}
CHOICES = {
    "yes": [("", "Not said"), (YES, "Yes"), (NO, "No")],
    "stance": [("", "Not said"), *Stance.choices],
}


def kind_of(name: str, item: int) -> FieldKind:
    """Give how a field is shown."""
    return (ITEM if item else HEAD)[name]


@dataclass(frozen=True)
class Row:
    """One field as it is kept."""

    item: int
    place: int
    name: str
    value: str
    certainty: str
    found_by: str
    lines: list[int]
    doubts: list[str]
    said: str


def rows_of(record: ResponseRecord) -> Iterator[Row]:
    """Give every field of what was read, the single recommendations after the rest."""
    read = dict(record.fields())
    for place, name in enumerate(HEAD):
        yield _row(0, place, name, read[name])
    for item, asked in enumerate((*record.recommendations, *record.areas_for_improvement), start=1):
        yield from _item_rows(item, asked)


def _item_rows(item: int, asked: ReadRecommendation) -> Iterator[Row]:
    kind = ReadField(asked.kind.value, asked.text.found, asked.text.certainty, asked.text.where, ())
    for place, name in enumerate(ITEM):
        yield _row(item, place, name, kind if name == "kind" else getattr(asked, name))


def _row(item: int, place: int, name: str, read: ReadField[Any]) -> Row:
    lines = [number for where in read.where for number in range(where.first, where.last + 1)]
    said = read.said[:SAID_MOST]
    return Row(
        item, place, name, as_text(read.value), read.certainty.value, read.found.value, lines, list(read.doubts), said
    )


def as_text(value: Any) -> str:
    """Write a value as people correct it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        return ", ".join(as_text(each) for each in value)
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)


def find_fault(name: str, item: int, value: str) -> str:
    """Say what is wrong with a value that a person typed; empty when nothing is."""
    sort = kind_of(name, item).sort
    if sort == "day" and value and value not in (YES, NO):
        try:
            date.fromisoformat(value)
        except ValueError:
            return f"“{value}” is not a day. Write it as 2023-03-08, or leave it empty."
    if sort == "yes" and value not in ("", YES, NO):
        return f"“{value}” is neither yes nor no. Leave it empty where it is not known."
    if sort == "stance" and value and value not in Stance.values:
        return f"“{value}” is none of {', '.join(Stance.values)}. Leave it empty where the document does not say."
    if item == 0 and name in ("title", "force") and not value.strip():
        return f"A response cannot be kept without the {kind_of(name, item).label.lower()}."
    return ""


def day_of(value: str) -> date | None:
    """Read a day; what only says that it was done gives none."""
    return None if value in ("", YES, NO) else date.fromisoformat(value)


def yes_of(value: str) -> bool | None:
    """Read yes or no; empty is not known."""
    return {YES: True, NO: False}.get(value)


def inspectorate_codes(value: str) -> str:
    """Turn the names of inspectorates into our codes; an unknown one counts as another body."""
    known = {label.casefold(): code for code, label in Inspectorate.choices}
    known |= {short.casefold(): code.value for code, short in SHORT_NAMES.items()}
    codes = {known.get(name.strip().casefold(), Inspectorate.OTHER.value) for name in value.split(",") if name.strip()}
    return " ".join(code for code in Inspectorate.values if code in codes) or Inspectorate.OTHER.value


def reach_codes(value: str) -> str:
    """Turn kinds of inspection into our codes."""
    codes = {KINDS[name.strip()].value for name in value.split(",") if name.strip() in KINDS}
    return " ".join(code for code in Reach.values if code in codes)
