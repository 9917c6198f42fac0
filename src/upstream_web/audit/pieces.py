"""A piece of the trail and what is wrong in it; read by processes that know the database and nothing else of the site.

Nothing here or in what is imported may need the site's models: making a whole site ready takes longer than checking a
million lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from upstream_web.audit import stored
from upstream_web.audit.chain import COLUMNS, NOTHING_BEFORE, SEPARATOR, Seal, get_seal

MOST_FAULTS_LISTED = 1000
HASH_LENGTH = len(NOTHING_BEFORE)


class Wrong(StrEnum):
    """What can be wrong with a line or a run of lines; each completes "Line 5 …"."""

    CHANGED = "changed"
    MISSING = "missing"
    CUT_OFF = "cut off"
    OUT_OF_ORDER = "out of order"
    BEYOND_THE_END = "beyond the end"
    HEAD_ALTERED = "head altered"
    NOT_AS_EXPORTED = "not as exported"
    BEGUN_ANEW = "begun anew"


WORDS = {
    Wrong.CHANGED: ("was changed", "were changed"),
    Wrong.MISSING: ("is missing", "are missing"),
    Wrong.CUT_OFF: ("is missing at the end of the trail", "are missing at the end of the trail"),
    Wrong.OUT_OF_ORDER: ("does not follow the line before it", "do not follow the lines before them"),
    Wrong.BEYOND_THE_END: ("stands behind the end of the trail", "stand behind the end of the trail"),
    Wrong.NOT_AS_EXPORTED: ("is not as it was exported", "are not as they were exported"),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, with the first and the last line that it touches."""

    wrong: Wrong
    first: int
    last: int

    @property
    def words(self) -> str:
        """Say it."""
        if self.wrong is Wrong.HEAD_ALTERED:
            return "The head of the trail is missing or was altered, or its key is not the one it was sealed with."
        if self.wrong is Wrong.BEGUN_ANEW:
            return "Records were changed before the first line was written: a trail that was there before is missing."
        one, many = WORDS[self.wrong]
        if self.first == self.last:
            return f"Line {self.first:,} {one}."
        return f"Lines {self.first:,} to {self.last:,} {many}."


@dataclass
class Faults:
    """What was found so far: runs of lines with the same fault are one, and only so many are listed."""

    listed: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, wrong: Wrong, first: int, last: int) -> None:
        """Note a fault, joining it to the last one when it goes on from there."""
        newest = self.listed[-1] if self.listed else None
        if newest and newest.wrong is wrong and newest.last + 1 == first:
            self.listed[-1] = Fault(wrong, newest.first, last)
            return
        self.count += 1
        if len(self.listed) < MOST_FAULTS_LISTED:
            self.listed.append(Fault(wrong, first, last))

    def add_all(self, others: Faults) -> None:
        """Note what was found further on."""
        for fault in others.listed:
            self.add(fault.wrong, fault.first, fault.last)
        self.count += others.count - len(others.listed)


@dataclass
class Piece:
    """A stretch of the chain while it is checked, and then what is known of its two ends.

    `begins_on` is the hash that its first line goes on from, and `ends_on` that of its last, where those lines are
    sound; they are compared with what stands before and behind when the pieces are put together.
    """

    expected: int
    begins_on: bytes | None = None
    ends_on: bytes | None = None
    lines: int = 0
    faults: Faults = field(default_factory=Faults)

    def along(self, batch: Iterable[stored.Line], seal: Seal) -> None:
        """Check lines that follow; written for speed, as every line of ten years passes through here."""
        sealed, separator, columns = seal.of, SEPARATOR.encode(), len(COLUMNS) - 1
        expected, before, lines, is_first = self.expected, self.ends_on, 0, not self.lines
        for number, content, kept in batch:
            lines += 1
            if number != expected:
                self.faults.add(Wrong.MISSING, expected, number - 1)
                before, is_first = None, False
            if not content or content.count(separator) != columns or sealed(content).encode() != kept:
                self.faults.add(Wrong.CHANGED, number, number)
                before = None
            else:
                if before is not None and content[-HASH_LENGTH:] != before:
                    self.faults.add(Wrong.OUT_OF_ORDER, number, number)
                elif is_first:
                    self.begins_on = content[-HASH_LENGTH:]
                before = kept
            expected, is_first = number + 1, False
        self.expected, self.ends_on, self.lines = expected, before, self.lines + lines

    def go_on_with(self, next_one: Piece, first: int) -> None:
        """Put the piece that follows, whose first line should be `first`, behind this one."""
        if None not in (self.ends_on, next_one.begins_on) and self.ends_on != next_one.begins_on:
            self.faults.add(Wrong.OUT_OF_ORDER, first, first)
        self.faults.add_all(next_one.faults)
        self.expected, self.ends_on = next_one.expected, next_one.ends_on
        self.lines += next_one.lines


def check_piece(span: tuple[int, int]) -> Piece:
    """Check the lines with numbers above the first of `span` and not above the second."""
    after, to = span
    seal, piece = get_seal(), Piece(after + 1)
    for batch in stored.lines(after=after, to=to):
        piece.along(batch, seal)
    if piece.expected <= to:
        piece.faults.add(Wrong.MISSING, piece.expected, to)
        piece.expected, piece.ends_on = to + 1, None
    return piece
