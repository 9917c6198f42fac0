"""Proves that the trail is whole, or says what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from multiprocessing import get_context

import django
from django.db import connection

from upstream_web.audit import stored
from upstream_web.audit.chain import COLUMNS, NOTHING_BEFORE, SEPARATOR, Seal, get_seal
from upstream_web.audit.models import Head

MOST_FAULTS_LISTED = 1000
HASH_LENGTH = len(NOTHING_BEFORE)
LINES_OF_A_PIECE = 20_000
PIECES_WORTH_PROCESSES = 50  # a million lines: processes take a second or two to start
MOST_PROCESSES = 4
Progress = Callable[[str, int, int], None]


class Wrong(StrEnum):
    """What can be wrong with a line or a run of lines; each completes "Line 5 …"."""

    CHANGED = "changed"
    MISSING = "missing"
    CUT_OFF = "cut off"
    OUT_OF_ORDER = "out of order"
    BEYOND_THE_END = "beyond the end"
    HEAD_ALTERED = "head altered"
    NOT_AS_EXPORTED = "not as exported"


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


@dataclass(frozen=True)
class Verdict:
    """What a check of the trail found."""

    lines: int
    first: int
    last: int
    erased_to: int
    faults: tuple[Fault, ...]
    fault_count: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.fault_count

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        if not self.is_whole:
            return f"The trail is not whole: {self.fault_count:,} {'fault' if self.fault_count == 1 else 'faults'}."
        if not self.lines:
            return "The trail is whole; it holds no line."
        erased = f" Lines up to {self.erased_to:,} were erased when their time was up." if self.erased_to else ""
        return f"The trail is whole: {self.lines:,} lines, {self.first:,} to {self.last:,}.{erased}"


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


def verify(progress: Progress | None = None) -> Verdict:
    """Check every line, that none is missing or out of its place, and that the trail ends where its head says.

    Lines that are added meanwhile are left for the next time. Memory is bounded, whatever the length of the trail.
    """
    head, there = _proved_head(), stored.ends()
    first, last = there or (0, 0)
    to, begun = head.number if head else last, _begin(head, first)
    if head is None and (there or stored.read_head()):
        begun.faults.add(Wrong.HEAD_ALTERED, 0, 0)
    spans = _spans(begun.expected - 1, to, in_pieces=head is not None) if head or there else []
    with _checking(len(spans)) as check:
        for (after, reached), piece in zip(spans, check(spans), strict=True):
            begun.go_on_with(piece, after + 1)
            if progress:
                progress("", reached, to)
    if head is not None:
        if there and first <= head.erased_to:
            begun.faults.add(Wrong.OUT_OF_ORDER, first, first)
        _check_end(begun, head)
    found = begun.faults
    return Verdict(begun.lines, first, max(to, last), head.erased_to if head else 0, tuple(found.listed), found.count)


def verify_line(number: int) -> list[Fault]:
    """Check one line and its place behind the one before it; gives the faults that touch it."""
    there = [line for batch in stored.lines(after=number - 2, to=number) for line in batch]
    piece = Piece(there[0][0] if there else number)
    piece.along(there, get_seal())
    return [fault for fault in piece.faults.listed if fault.first <= number <= fault.last]


def _begin(head: Head | None, first: int) -> Piece:
    """Begin where the head says. Without a head nobody can tell whether lines before the first were erased lawfully."""
    if head is not None:
        return Piece(head.erased_to + 1, ends_on=head.erased_hash.encode())
    return Piece(first, ends_on=NOTHING_BEFORE.encode() if first == 1 else None)


def _spans(after: int, to: int, *, in_pieces: bool) -> list[tuple[int, int]]:
    """Cut the numbers into pieces. Without a sealed head the last number is anybody's, and no measure of the work."""
    length = LINES_OF_A_PIECE if in_pieces else max(to - after, 1)
    return [(begin, min(begin + length, to)) for begin in range(after, to, length)]


@contextmanager
def _checking(pieces: int) -> Iterator[Callable[[list[tuple[int, int]]], Iterable[Piece]]]:
    """Give what checks pieces in their order: by several processes for a long trail that others can open."""
    processes = min(os.cpu_count() or 1, MOST_PROCESSES, pieces)
    in_memory = getattr(connection, "is_in_memory_db", bool)()
    if pieces < PIECES_WORTH_PROCESSES or processes < 2 or in_memory or connection.in_atomic_block:
        yield partial(map, check_piece)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        yield partial(pool.map, check_piece)


def _proved_head() -> Head | None:
    head = stored.read_head()
    return head if head is not None and head.seal == head.sealed_with(get_seal()) else None


def _check_end(begun: Piece, head: Head) -> None:
    """Check that the trail ends where its head says, with the line that it says, and that nothing stands behind it."""
    faults = begun.faults
    if faults.listed and faults.listed[-1].wrong is Wrong.MISSING and faults.listed[-1].last == head.number:
        faults.listed[-1] = replace(faults.listed[-1], wrong=Wrong.CUT_OFF)
    elif begun.ends_on not in (None, head.hash.encode()):
        faults.add(Wrong.OUT_OF_ORDER, head.number, head.number)
    # The head is read again after the last number, so that what the site adds meanwhile is not suspected.
    there, head_now = stored.ends(), _proved_head()
    if there is not None and head_now is not None and there[1] > head_now.number:
        faults.add(Wrong.BEYOND_THE_END, head_now.number + 1, there[1])
