"""How much text a slide holds: lines counted from the widths of letters, a little generously, so that none overflows.

PowerPoint does not say how high a text will be, so it is reckoned here; other programs set other typefaces when ours is
not installed, and those run wider.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from upstream.papers.markdown import Listing, Paragraph, Prose, Run, Runs

LEADING = 1.25
NARROW = frozenset("ijltfrI.,:;'| ()[]!`‘’")
WIDE = frozenset("mwMW@%—…")
GENEROUS = 1.1
FULL_WIDTH_FROM = 0x2E80  # ideographs and emoji take a whole square
INDENT = 0.3  # inches a level
DEEPEST = 4
FEW_LINES = 3  # of a paragraph: they go over with the rest of it


@dataclass(frozen=True)
class Line:
    """One line as it will be set. `opens` marks the first of its paragraph, which carries the sign of an item.

    `leads_on` marks the lines of a paragraph that a list follows: they do not end a slide.
    """

    runs: Runs
    size: float
    opens: bool = False
    sign: str = ""
    level: int = 0
    token: str = "ink"
    strong: bool = False
    leads_on: bool = False

    @property
    def height(self) -> float:
        """Its height in inches, with the room above a paragraph."""
        return self.size / 72 * (LEADING + (0.45 if self.opens else 0.0))


def width_of(text: str, size: float) -> float:
    """The width of a text in inches, a little generously; `size` is in points."""
    em = 0.0
    for letter in text:
        if letter in NARROW:
            em += 0.34
        elif letter in WIDE or ord(letter) >= FULL_WIDTH_FROM:
            em += 1.0
        else:
            em += 0.66 if letter.isupper() else 0.56
    return em * GENEROUS * size / 72


def lines_of(text: str, size: float, width: float) -> list[str]:
    """Part a plain text into the lines it will take."""
    return ["".join(run.text for run in runs).rstrip("\n") for runs in _wrapped((Run(text),), size, width)]


def paragraph_lines(runs: Runs, size: float, width: float, look: Line | None = None) -> list[Line]:
    """Set one paragraph; `look` gives sign, level and colour."""
    base = look or Line((), size)
    room = width - base.level * INDENT
    return [
        replace(base, runs=found, size=size, opens=number == 0, sign=base.sign if number == 0 else "")
        for number, found in enumerate(_wrapped(runs, size, room))
    ]


def prose_lines(pieces: Iterable[Prose], size: float, width: float, level: int = 0) -> Iterator[Line]:
    """Set paragraphs and lists."""
    found = list(pieces)
    for place, piece in enumerate(found, 1):
        if isinstance(piece, Paragraph):
            leads_on = place < len(found) and isinstance(found[place], Listing)
            yield from paragraph_lines(piece.runs, size, width, Line((), size, level=level, leads_on=leads_on))
        else:
            yield from _list_lines(piece, size, width, min(level + 1, DEEPEST))


def _list_lines(listing: Listing, size: float, width: float, level: int) -> Iterator[Line]:
    for number, item in enumerate(listing.items):
        sign = "•" if listing.first is None else f"{listing.first + number}."
        for place, piece in enumerate(item):
            if isinstance(piece, Paragraph):
                look = Line((), size, sign=sign if place == 0 else "", level=level)
                yield from paragraph_lines(piece.runs, size, width, look)
            else:
                yield from _list_lines(piece, size, width, min(level + 1, DEEPEST))


def pages_of(lines: Iterable[Line], height: float) -> list[list[Line]]:
    """Share lines among slides of `height` inches; a paragraph that is parted leaves no few lines behind."""
    pages: list[list[Line]] = []
    page: list[Line] = []
    for line in lines:
        if page and _height_of([*page, line]) > height:
            whole = _staying(page if line.opens else page[: _begun(page)])
            moved = page[whole:] if _height_of([*page[whole:], line]) <= height else []
            pages.append(page[: len(page) - len(moved)])
            page = moved
        page.append(line)
    return [*pages, page] if page else pages


def _height_of(lines: Iterable[Line]) -> float:
    return sum(line.height for line in lines)


def _begun(page: list[Line]) -> int:
    """How many lines of a page stand before the paragraph that is under way; all where much of it stands already."""
    begun = next((place for place in range(len(page) - 1, -1, -1) if page[place].opens), 0)
    return begun if begun and len(page) - begun <= FEW_LINES else len(page)


def _staying(page: list[Line]) -> int:
    """How many of these lines stay when those that lead on to a list go with it; all where nothing else is there."""
    kept = len(page)
    while kept and page[kept - 1].leads_on:
        kept -= 1
    return kept or len(page)


def _wrapped(runs: Runs, size: float, width: float) -> list[Runs]:
    """Part runs into lines at spaces; a word wider than a line is parted too."""
    found: list[list[Run]] = [[]]
    used = 0.0
    for word in _words(runs, size, width):
        if word.text == "\n":
            found[-1].append(word)
            found.append([])
            used = 0.0
            continue
        wide = width_of(word.text, size)
        if used + width_of(word.text.rstrip(), size) > width and found[-1]:
            found.append([])
            used = 0.0
        found[-1].append(word)
        used += wide
    return [_joined(line) for line in found]


def _words(runs: Runs, size: float, width: float) -> Iterator[Run]:
    """The words of runs, each with the spaces that follow it."""
    for run in runs:
        for number, part in enumerate(run.text.split("\n")):
            if number:
                yield Run("\n")
            for word in _parted(part):
                yield from (replace(run, text=piece) for piece in _pieces(word, size, width))


def _parted(text: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(text)):
        if text[place - 1] == " " and text[place] != " ":
            yield text[start:place]
            start = place
    if text[start:]:
        yield text[start:]


def _pieces(word: str, size: float, width: float) -> Iterator[str]:
    if width_of(word.rstrip(), size) <= width:
        yield word
        return
    most = max(1, int(len(word) * width / width_of(word, size) * 0.8))
    while word:
        yield word[:most]
        word = word[most:]


def _joined(words: list[Run]) -> Runs:
    """Neighbours of one look become one run again."""
    joined: list[Run] = []
    for word in words:
        alike = joined and replace(joined[-1], text="") == replace(word, text="")
        if alike and "\n" not in (joined[-1].text, word.text):
            joined[-1] = replace(word, text=joined[-1].text + word.text)
        else:
            joined.append(word)
    return tuple(joined)
