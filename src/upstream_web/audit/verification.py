"""Proves that the trail is whole, or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from upstream_web.audit import stored
from upstream_web.audit.chain import COLUMNS, NOTHING_BEFORE, SEPARATOR, Seal, get_seal
from upstream_web.audit.models import Head

MOST_FAULTS_LISTED = 1000
HASH_LENGTH = len(NOTHING_BEFORE)
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
class Walk:
    """One walk along the chain: the line expected next, and the hash that it has to go on from (None: not known)."""

    expected: int
    goes_on_from: bytes | None
    seal: Seal
    faults: Faults
    lines: int = 0

    def along(self, batch: Iterable[stored.Line]) -> None:
        """Check lines that follow; written for speed, as every line of ten years passes through here."""
        sealed, separator, columns = self.seal.of, SEPARATOR.encode(), len(COLUMNS) - 1
        expected, before, lines = self.expected, self.goes_on_from, 0
        for number, content, kept in batch:
            lines += 1
            if number != expected:
                self.faults.add(Wrong.MISSING, expected, number - 1)
                before = None
            if not content or content.count(separator) != columns or sealed(content).encode() != kept:
                self.faults.add(Wrong.CHANGED, number, number)
                before = None
            else:
                if before is not None and content[-HASH_LENGTH:] != before:
                    self.faults.add(Wrong.OUT_OF_ORDER, number, number)
                before = kept
            expected = number + 1
        self.expected, self.goes_on_from, self.lines = expected, before, self.lines + lines


def verify(progress: Progress | None = None) -> Verdict:
    """Check every line, that none is missing or out of its place, and that the trail ends where its head says.

    Lines that are added meanwhile are left for the next time. Memory is bounded, whatever the length of the trail.
    """
    seal, faults = get_seal(), Faults()
    head, there = _proved_head(seal), stored.ends()
    first, last = there or (0, 0)
    if head is None and (there or stored.read_head()):
        faults.add(Wrong.HEAD_ALTERED, 0, 0)
    walk, to = _walk(head, first, seal, faults), head.number if head else last
    for batch in stored.lines(after=walk.expected - 1, to=to):
        walk.along(batch)
        if progress:
            progress("", walk.expected - 1, to)
    if head is not None:
        if there and first <= head.erased_to:
            faults.add(Wrong.OUT_OF_ORDER, first, first)
        _check_end(walk, head, faults)
        _check_nothing_beyond(seal, faults)
    return Verdict(walk.lines, first, max(to, last), head.erased_to if head else 0, tuple(faults.listed), faults.count)


def verify_line(number: int) -> list[Fault]:
    """Check one line and its place between its neighbours; gives the faults that touch it."""
    seal, faults = get_seal(), Faults()
    there = [line for batch in stored.lines(after=number - 2, to=number + 1) for line in batch]
    walk = Walk(there[0][0] if there else number, None, seal, faults)
    walk.along(there)
    return [fault for fault in faults.listed if fault.first <= number <= fault.last]


def _walk(head: Head | None, first: int, seal: Seal, faults: Faults) -> Walk:
    """Begin where the head says. Without a head nobody can tell whether lines before the first were erased lawfully."""
    if head is not None:
        return Walk(head.erased_to + 1, head.erased_hash.encode(), seal, faults)
    return Walk(first, NOTHING_BEFORE.encode() if first == 1 else None, seal, faults)


def _proved_head(seal: Seal) -> Head | None:
    head = stored.read_head()
    return head if head is not None and head.seal == head.sealed_with(seal) else None


def _check_end(walk: Walk, head: Head, faults: Faults) -> None:
    if walk.expected <= head.number:
        faults.add(Wrong.CUT_OFF, walk.expected, head.number)
    elif walk.goes_on_from not in (None, head.hash.encode()):
        faults.add(Wrong.OUT_OF_ORDER, head.number, head.number)


def _check_nothing_beyond(seal: Seal, faults: Faults) -> None:
    """Look for lines behind the end. The head is read after them, so that what the site adds now is not suspected."""
    there, head = stored.ends(), _proved_head(seal)
    if there is not None and head is not None and there[1] > head.number:
        faults.add(Wrong.BEYOND_THE_END, head.number + 1, there[1])
