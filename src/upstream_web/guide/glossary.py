"""The words of the product, read from the project's GLOSSARY.md so that they are written once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

GLOSSARY_FILE = Path(__file__).parents[3] / "GLOSSARY.md"
ENTRY = re.compile(r"^(?:[-*] )?\*\*(?P<term>[^*]+)\*\*[\s:—–-]*(?P<meaning>.+)$")
EMPHASIS = re.compile(r"[*_`]{1,2}")
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True)
class Term:
    """One word and what it means here."""

    name: str
    meaning: str

    @property
    def anchor(self) -> str:
        """Name of the word inside the page."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")


def parse(text: str) -> tuple[Term, ...]:
    """Read the terms of a glossary: one a paragraph or list item, its name in bold, its meaning after it."""
    terms = []
    for block in re.split(r"\n\s*\n|\n(?=[-*] )", text):
        match = ENTRY.match(" ".join(block.split()))
        if match:
            meaning = EMPHASIS.sub("", LINK.sub(r"\1", match["meaning"])).strip()
            terms.append(Term(match["term"].strip(" :"), meaning))
    return tuple(sorted(terms, key=lambda term: term.name.lower()))


@lru_cache(maxsize=1)
def read_terms(path: Path = GLOSSARY_FILE) -> tuple[Term, ...]:
    """Give the terms of the project's glossary; none when the file did not come with the installation."""
    return parse(path.read_text(encoding="utf-8")) if path.is_file() else ()
