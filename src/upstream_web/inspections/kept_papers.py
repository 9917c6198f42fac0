"""A paper of labels and texts as plain data, kept with what was published, and made a paper again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from upstream.papers import Fact, Facts, Paper, Section


def to_data(paper: Paper) -> dict[str, Any]:
    """Give a paper as data fit for JSON. Its blocks are facts only, which is all that a response record holds."""
    data = {name: value for name, value in asdict(paper).items() if value not in ((), "", False)}
    return data | {"made_at": paper.made_at.isoformat(), "sections": [_section(each) for each in paper.sections]}


def _section(section: Section) -> dict[str, Any]:
    rows = [[[fact.label, fact.value] for fact in block.rows] for block in section.blocks if isinstance(block, Facts)]
    if len(rows) != len(section.blocks) or section.sections:
        raise TypeError(f"Section “{section.heading}” holds more than facts; that is not kept here.")
    return {"heading": section.heading, "facts": rows}


def from_data(data: dict[str, Any]) -> Paper:
    """Make the paper again: the same words, and so the same files."""
    sections = tuple(
        Section(
            each["heading"],
            tuple(Facts(tuple(Fact(label, value) for label, value in rows)) for rows in each["facts"]),
        )
        for each in data["sections"]
    )
    rest = {name: value for name, value in data.items() if name not in ("sections", "made_at", "attribution")}
    return Paper(
        sections=sections,
        made_at=datetime.fromisoformat(data["made_at"]),
        attribution=tuple(data.get("attribution", ())),
        **rest,
    )
