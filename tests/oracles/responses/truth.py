"""Compares a record that was read with facts that a person took from the document."""

from __future__ import annotations

import hashlib
import re
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any

from upstream.responses import ReadRecommendation, ResponseRecord

FOLDER = Path(__file__).parent
LISTS = {"recommendations": "recommendation", "areas_for_improvement": "area for improvement"}
QUOTES = str.maketrans("‘’“”", "''\"\"")
SAID_OR_NOT = ("number", "deadline", "accepted", "action", "reason_for_none", "commissioner_comment")


def truth_of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def differences(record: ResponseRecord, truth: dict[str, Any]) -> list[str]:
    """Say every fact in which the record differs; nothing when it is as the person read it."""
    read = dict(record.fields())
    wrong = [] if record.form == truth["form"] else [f"form {record.form}"]
    for name, (value, certainty) in truth.get("fields", {}).items():
        found = _plain(read[name].value)
        if found != value or read[name].certainty != certainty:
            wrong.append(f"{name}: {found!r} ({read[name].certainty}), not {value!r} ({certainty})")
    wrong += [
        f"{name}: {read[name].value!r} was found" for name in truth.get("not_found", ()) if read[name].value is not None
    ]
    for name, words in truth.get("doubts", {}).items():
        if words not in " ".join(read[name].doubts):
            wrong.append(f"{name}: no doubt “{words}” among {read[name].doubts}")
    for name, facts in truth.get("texts", {}).items():
        wrong += [f"{name}: {fault}" for fault in _text_faults(read[name].value or "", facts)]
    for name in LISTS:
        wrong += _list_faults(name, getattr(record, name), truth.get(name, []))
    if "unplaced" in truth:
        loose = {line.text for line in record.unplaced if not line.furniture and not line.text.isdigit()}
        wrong += [f"unplaced: {text!r}" for text in loose ^ set(truth["unplaced"])]
    return wrong


def normal_blocks(markdown: str) -> list[str]:
    """One paragraph or item a line, quotes straight, blanks single."""
    return [" ".join(block.translate(QUOTES).split()) for block in markdown.splitlines() if block.strip()]


def _text_faults(text: str, facts: dict[str, Any]) -> list[str]:
    blocks = normal_blocks(text)
    items = [block for block in blocks if re.match(r"(?:-|\d+\.) ", block)]
    words = re.findall(r"[\w'-]*\w", " ".join(re.sub(r"^(?:-|\d+\.) ", "", block) for block in blocks))
    found = {
        "paragraphs": len(blocks) - len(items),
        "items": len(items),
        "first": " ".join(words[:3]),
        "last": " ".join(words[-3:]),
        "sha256": hashlib.sha256("\n".join(blocks).encode()).hexdigest(),
    }
    return [f"{key} {found[key]!r}, not {value!r}" for key, value in facts.items() if found[key] != value]


def _list_faults(name: str, found: tuple[ReadRecommendation, ...], expected: list[dict[str, Any]]) -> list[str]:
    if len(found) != len(expected):
        return [f"{name}: {len(found)} found, not {len(expected)}"]
    wrong = []
    for item, stated in zip(found, expected, strict=True):
        facts = {"kind": LISTS[name], **dict.fromkeys(SAID_OR_NOT), **stated}
        doubt = facts.pop("deadline_doubt", "")
        if doubt not in " ".join(item.deadline.doubts):
            wrong.append(f"{name} {item.number.value}: no doubt “{doubt}” among {item.deadline.doubts}")
        for key, value in facts.items():
            read = _told(item, key)
            if read != value:
                wrong.append(f"{name} {item.number.value} {key}: {read!r}, not {value!r}")
    return wrong


def _told(item: ReadRecommendation, key: str) -> object:
    """Give a fact of an item; of words that are not kept here, their hash."""
    if key == "kind":
        return item.kind.value
    if key == "text_sha256":
        return hashlib.sha256(str(item.text.value).encode()).hexdigest()
    return _plain(getattr(item, key).value)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value
