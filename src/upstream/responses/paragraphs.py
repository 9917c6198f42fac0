"""Puts lines together again as paragraphs and list items, and writes them as Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from upstream.responses.reading.line import LIST_MARKER, PARAGRAPH_NUMBER, Line

# Forms filled from a web page's editor show its tags as text.
TAG = re.compile(
    r"<(?P<end>/?)(?P<name>p|ol|ul|li|br|strong|em|b|i|u|div|span|h[1-6]|a|blockquote|sup|sub)\b[^<>]*>", re.IGNORECASE
)
ENTITY = re.compile(
    r"&(?:#\d+|#x[\da-f]+|amp|lt|gt|quot|apos|nbsp|rsquo|lsquo|ldquo|rdquo|ndash|mdash|pound|bull);", re.I
)
LINK_WITHOUT_PLACE = re.compile(r"\[(?P<text>[^\][]*)\]\(#?\)")
ENDED = re.compile(r"[.!?:;…]['\"”’)\]]*$")
BROKEN_WORD = re.compile(r"(?P<first>\w+)(?P<sign>[-\u00ad])$")
GOES_ON = re.compile(
    r"\b(?:a|an|and|as|at|by|for|from|in|into|its|of|on|or|our|that|the|their|to|with)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or list item (`marker` “-” or “3.”) and the lines that it was printed in."""

    text: str
    lines: tuple[Line, ...]
    marker: str = ""
    numbered: bool = False  # it bore a number of the document’s own, such as 1.2, which is not part of its words

    @property
    def row(self) -> int | None:
        """The table row it stands in."""
        return self.lines[0].row if self.lines else None

    @property
    def column(self) -> int:
        """The cell of that row."""
        return self.lines[0].column if self.lines else 0


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Undo wraps, page breaks and an editor's tags."""
    words = words_of(lines)
    whole = [part for group in groups_of(lines) for part in _untagged(join_lines(group, words), tuple(group))]
    return list(_joined(_marked(whole)))


def to_markdown(paragraphs: Iterable[Paragraph]) -> str:
    """Write paragraphs with a blank line between, list items under one another.

    >>> to_markdown([Paragraph("We did:", ()), Paragraph("this", (), "-"), Paragraph("that", (), "-")])
    'We did:\\n\\n- this\\n- that'
    """
    kept = [paragraph for paragraph in paragraphs if paragraph.text]
    if not kept:
        return ""
    first = kept[0]
    parts = [f"{first.marker} {first.text}" if first.marker else first.text]
    for before, paragraph in pairwise(kept):
        parts.append("\n" if before.marker and paragraph.marker else "\n\n")
        parts.append(f"{paragraph.marker} {paragraph.text}" if paragraph.marker else paragraph.text)
    return "".join(parts)


def join_lines(lines: Sequence[Line], words: Container[str] = frozenset()) -> str:
    """Join printed lines; `words` are those of the document, by which a hyphen at a line's end is kept or dropped.

    >>> join_lines([Line(1, "a place-"), Line(2, "based approach")], {"place", "based"})
    'a place-based approach'
    >>> join_lines([Line(1, "an improve-"), Line(2, "ment plan")], {"improvement"})
    'an improvement plan'
    """
    text = ""
    for line in lines:
        part = line.text.strip()
        broken = BROKEN_WORD.search(text)
        if not broken or not part[:1].isalnum():
            text = f"{text} {part}" if text else part
            continue
        first, second = broken["first"].casefold(), re.split(r"\W", part, maxsplit=1)[0].casefold()
        unbroken = first + second in words or not (first in words or second in words)
        real = broken["sign"] == "-" and not (part[:1].islower() and unbroken)
        text = (text if real else text[:-1]) + part
    return text.replace("\u00ad", "")


def words_of(lines: Sequence[Line]) -> set[str]:
    """The words of a document, without the halves of words that a line's end breaks."""
    found: set[str] = set()
    broken = False
    for line in lines:
        text = re.sub(r"^\w+", "", line.text.strip()) if broken else line.text
        broken = BROKEN_WORD.search(text) is not None
        found.update(word.casefold() for word in re.findall(r"\w+", BROKEN_WORD.sub("", text)))
    return found


def groups_of(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Give the lines of each paragraph or cell together."""
    group: list[Line] = []
    for line in lines:
        if group and (line.starts or (line.row, line.column) != (group[-1].row, group[-1].column)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _untagged(text: str, lines: tuple[Line, ...]) -> Iterator[Paragraph]:
    """Split at an editor's tags; what stands in `<ol>` or `<ul>` is split into its items."""
    text = LINK_WITHOUT_PLACE.sub(lambda match: match["text"], text)
    in_list, start = "", 0
    for match in [*TAG.finditer(text), None]:
        name = match["name"].lower() if match else ""
        if match and name not in ("p", "ol", "ul", "li", "br", "div", "blockquote") and not name.startswith("h"):
            continue
        yield from _pieces(_plain(text[start : match.start() if match else None]), in_list, lines)
        if match:
            start = match.end()
            if name in ("ol", "ul"):
                in_list = "" if match["end"] else name


def _plain(text: str) -> str:
    return " ".join(ENTITY.sub(lambda match: html.unescape(match.group()), TAG.sub("", text)).split())


def _pieces(text: str, in_list: str, lines: tuple[Line, ...]) -> Iterator[Paragraph]:
    if not text:
        return
    if in_list == "ul":
        yield from (Paragraph(part.strip(), lines, "-") for part in re.split(r"\s*[•●]\s*", text) if part.strip())
        return
    if in_list == "ol":
        yield from _numbered(text, lines)
        return
    yield Paragraph(text, lines)


def _numbered(text: str, lines: tuple[Line, ...]) -> Iterator[Paragraph]:
    """Items “1. … 2. …” that run on in one line: a number counts only when it is the next."""
    cuts, wanted = [], 1
    for match in re.finditer(r"(?:^|(?<=\s))(\d{1,3})\.\s+", text):
        if int(match.group(1)) == wanted:
            cuts.append(match)
            wanted += 1
    if not cuts:
        yield Paragraph(text, lines, "-")
        return
    if text[: cuts[0].start()].strip():
        yield Paragraph(text[: cuts[0].start()].strip(), lines)
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    for number, (cut, end) in enumerate(zip(cuts, ends, strict=True), start=1):
        yield Paragraph(text[cut.end() : end].strip(), lines, f"{number}.")


def _marked(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Take the marker off list items; a marker alone on its line belongs to what follows."""
    waiting: Paragraph | None = None
    for paragraph in paragraphs:
        if waiting:
            paragraph = Paragraph(paragraph.text, waiting.lines + paragraph.lines, waiting.marker)
            waiting = None
        marker = None if paragraph.marker else LIST_MARKER.match(paragraph.text)
        if marker:
            sign = f"{marker['number']}." if marker["number"] else "-"
            paragraph = Paragraph(paragraph.text[marker.end() :].strip(), paragraph.lines, sign)
            if not paragraph.text:
                waiting = paragraph
                continue
        elif numbered := PARAGRAPH_NUMBER.match(paragraph.text):
            paragraph = replace(paragraph, text=paragraph.text[numbered.end() :], numbered=True)
        yield paragraph
    if waiting:
        yield replace(waiting, text=waiting.marker, marker="")


def _joined(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Join what a page break parted: a paragraph left open, and one that begins in the middle of a sentence."""
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if before and _continues(before, paragraph):
            joined = f"{before.text} {paragraph.text}"
            before = Paragraph(joined, _both(before.lines, paragraph.lines), before.marker)
            continue
        if before:
            yield before
        before = paragraph
    if before:
        yield before


def _both(first: tuple[Line, ...], second: tuple[Line, ...]) -> tuple[Line, ...]:
    return first + tuple(line for line in second if line not in first)


def _continues(before: Paragraph, after: Paragraph) -> bool:
    if (
        after.marker
        or after.numbered
        or (before.row, before.column) != (after.row, after.column)
        or ENDED.search(before.text)
    ):
        return False
    if any(line.stands_out for line in (before.lines[-1:] + after.lines[:1])):
        return False
    return after.text[:1].islower() or GOES_ON.search(before.text) is not None
