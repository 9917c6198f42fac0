"""Proves that the trail is whole, or says what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context

from django.db import DatabaseError, connection
from django.db.models import Min
from reversion.models import Revision

from upstream_web.audit import stored
from upstream_web.audit.chain import NOTHING_BEFORE, get_seal
from upstream_web.audit.models import Event, Head
from upstream_web.audit.models.head import ONLY
from upstream_web.audit.pieces import Fault, Piece, Wrong, check_piece

LINES_OF_A_PIECE = 20_000
PIECES_WORTH_PROCESSES = 25  # half a million lines: processes take a second or two to start
MOST_PROCESSES = 4
Progress = Callable[[str, int, int], None]


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


def verify(progress: Progress | None = None) -> Verdict:
    """Check every line, that none is missing or out of its place, and that the trail ends where its head says.

    Lines that are added meanwhile are left for the next time. Memory is bounded, whatever the length of the trail.
    """
    head, there = _proved_head(), stored.ends()
    first, last = there or (0, 0)
    to, begun = head.number if head else last, _begin(head, first)
    if head is None and (there or read_head()):
        begun.faults.add(Wrong.HEAD_ALTERED, 0, 0)
    if not (head and head.erased_to) and _records_are_older():
        begun.faults.add(Wrong.BEGUN_ANEW, 0, 0)
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
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield partial(pool.map, check_piece)


def read_head() -> Head | None:
    """Give the head as it stands, unproved; None when it is missing or cannot even be read."""
    try:
        return Head.objects.filter(pk=ONLY).first()
    except (DatabaseError, ValueError):
        return None


def _records_are_older() -> bool:
    """Whether a record has a state from before every line: each change leaves a line of the same moment.

    Without this a trail that was taken away whole, with its head, would look like one that has just begun.
    """
    if Revision._meta.db_table not in connection.introspection.table_names():
        return False  # a trail of the first version is checked before that table is made
    change = Revision.objects.aggregate(at=Min("date_created"))["at"]
    return change is not None and not Event.objects.filter(at__lte=change).exists()


def _proved_head() -> Head | None:
    head = read_head()
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
