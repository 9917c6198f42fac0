"""Words that people typed, made safe for every form: no marks that break a file, none that turn a page round."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from upstream.charts.figure import Figure

# What XML cannot hold: control characters, halves of a pair, and the two code points that are no characters.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Overrides, embeddings and isolates would turn round what stands after them; letters know their own direction.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u1680\u2000-\u200a\u205f\u3000]")  # of other widths, which few typefaces hold
_MARKDOWN = re.compile(r"([\\*_\[\]<>])")
_LIST_MARK = re.compile(r"(?m)^(\s*)([-+]|\d{1,9}[.)])(?=\s|$)")
_LONG_WORD = re.compile(r"\S{23,}")  # a column holds shorter ones
_PIECE = 16  # letters of a long word between two places where it may break
_JOINT = re.compile(r"(?<=[_/.@-])(?=[^_/.@-])")  # of the name of a file or an address: the better place to break
BREAK_HERE = "\u200b"

Kept = TypeVar("Kept")


def clean(text: str) -> str:
    """Take out what a file cannot hold or what would turn the page round; line ends and spaces become one kind."""
    return _SPACES.sub(" ", _TURNING.sub("", _IMPOSSIBLE.sub("", _LINE_ENDS.sub("\n", text))))


def cleaned(value: Kept) -> Kept:
    """Clean every text of a paper, or of any part of it; the drawing inside a figure is left as it is."""
    made: Any = value
    if isinstance(value, Figure):
        made = replace(
            value, title=clean(value.title), subtitle=clean(value.subtitle), alternative=clean(value.alternative),
            notes=tuple(map(clean, value.notes)),
        )  # fmt: skip
    elif isinstance(value, str) and not isinstance(value, Enum):
        made = clean(value)
    elif isinstance(value, tuple):
        made = tuple(cleaned(item) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        made = replace(value, **{field.name: cleaned(getattr(value, field.name)) for field in fields(value)})
    return made


def plain(text: str) -> str:
    """Escape a person's words so that as Markdown they show exactly as typed: `*` stays a star.

    >>> plain("5 * 3 [sic]")
    '5 \\\\* 3 \\\\[sic\\\\]'
    """
    return _LIST_MARK.sub(_escaped_mark, _MARKDOWN.sub(r"\\\1", text))


def _escaped_mark(mark: re.Match[str]) -> str:
    return f"{mark[1]}{mark[2][:-1]}\\{mark[2][-1]}"


def breakable(text: str) -> str:
    """Let words too long for a line break, at places that are not seen and not copied."""
    return _LONG_WORD.sub(_with_breaks, text)


def _with_breaks(word: re.Match[str]) -> str:
    pieces = (piece[at : at + _PIECE] for piece in _JOINT.split(word[0]) for at in range(0, len(piece), _PIECE))
    return BREAK_HERE.join(pieces)


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction of its own runs from right to left, as in Arabic or Hebrew."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
