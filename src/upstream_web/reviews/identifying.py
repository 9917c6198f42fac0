"""Finds in a text what could lead to a person: days, ages, post codes, streets, schools, names with a title.

It finds patterns, not people. That a text holds none of them does not make it safe; a second person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
PATTERNS: tuple[tuple[str, str], ...] = (
    ("a day", rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS})\b|\b(?:{MONTHS}) \d{{1,2}}\b(?!\d)"),
    ("a day", r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"),
    ("an age", r"(?i)\baged? \d{1,2}\b|\b\d{1,2}[- ]years?[- ]olds?\b"),
    ("a post code", r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    ("a street", r"\b[A-Z][a-z]+ (?:Street|Road|Lane|Avenue|Close|Drive|Crescent|Way|Court|Place|Terrace)\b"),
    ("a school or home", r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)* (?:School|Academy|College|Hospital|House|Hostel)\b"),
    ("a name with a title", r"\b(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|DS|DI)\.? [A-Z][a-z]+\b"),
    ("an e-mail address", r"\b\S+@\S+\.\w+\b"),
    ("a telephone or reference number", r"\b\d[\d ]{6,}\d\b"),
)  # fmt: skip


@dataclass(frozen=True)
class Trace:
    """Something in a text that could lead to a person: of which sort, and the words themselves."""

    sort: str
    words: str


def traces(texts: Iterable[str]) -> list[Trace]:
    """Give what could lead to a person, in the order in which it stands, each once.

    >>> traces(["On 3 March, a 15-year-old came home."])
    [Trace(sort='a day', words='3 March'), Trace(sort='an age', words='15-year-old')]
    """
    found: dict[Trace, None] = {}
    for text in texts:
        here = [
            (match.start(), Trace(sort, match[0])) for sort, pattern in PATTERNS for match in re.finditer(pattern, text)
        ]
        found |= dict.fromkeys(trace for _, trace in sorted(here, key=lambda each: each[0]))
    return list(found)
