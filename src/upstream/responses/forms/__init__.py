"""The forms that are known by name; every other response is read by its headings alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from upstream.responses.reading.line import Line
from upstream.responses.wording import plain_label

GENERAL = "general"
LOOKED_AT_LINES = 40


@dataclass(frozen=True)
class Form:
    """One form. `beside` are labels whose value may follow in the same line after one blank, in the form's order."""

    name: str
    recognised_by: tuple[str, ...]
    beside: tuple[tuple[str, re.Pattern[str]], ...]

    def split(self, text: str, after: int) -> tuple[int, str, str] | None:
        """Part a line into label and value: the place of the label in the order, its field, the value.

        Only labels later than `after` count, so that a text may begin a line with the words of an earlier one.
        """
        for place, (field, pattern) in enumerate(self.beside):
            match = pattern.match(text) if place > after else None
            if match:
                return place, field, match["value"]
        return None


@cache
def known_forms() -> tuple[Form, ...]:
    """Read the descriptions beside this module."""
    return tuple(_form(path) for path in sorted(Path(__file__).parent.glob("*.toml")))


def recognise_form(lines: Sequence[Line]) -> Form:
    """Tell which form a document is; the general one when it is none that is known."""
    head = plain_label(" ".join(line.text for line in lines[:LOOKED_AT_LINES]))
    for form in known_forms():
        if any(words in head for words in form.recognised_by):
            return form
    return Form(GENERAL, (), ())


def _form(path: Path) -> Form:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    beside = tuple(
        (field, re.compile(rf"^(?:{'|'.join(map(re.escape, labels))})\s+(?P<value>\S.*)$"))
        for field, *labels in said["beside"]
    )
    return Form(said["name"], tuple(said["recognised_by"]), beside)
