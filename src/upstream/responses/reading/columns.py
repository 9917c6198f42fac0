"""Tells whether a printed page is set in two columns of text, and gives its words column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

LEAST_LINES = 8  # on either side, before a gap down the page is taken for one between columns
LEAST_GAP = 6.0  # in points
LEAST_FILLED = 0.6  # of a column's width by its middle line; a table's labels fill less
MOST_ACROSS = 0.25  # of the lines: titles and feet may run over both columns


@dataclass(frozen=True)
class Span:
    """What one word or line takes of the width."""

    left: float
    right: float


@dataclass(frozen=True)
class Run:
    """Lines in a row that are read one way: across the page, or down one column after the other."""

    lines: tuple[int, ...]  # places in the order of the page
    apart: bool


def find_gutter(lines: Sequence[Sequence[Span]]) -> float | None:
    """Give the middle of the gap between two columns of text; None when the page has one column or is a table."""
    if len(lines) < LEAST_LINES:
        return None
    left = min(line[0].left for line in lines)
    right = max(line[-1].right for line in lines)
    steps = range(int(left + 0.35 * (right - left)), int(left + 0.65 * (right - left)), 2)
    free = Counter(x for line in lines for x in _free_of(line, steps))
    best = max(steps, key=lambda x: free[x], default=None)
    return float(best) if best is not None and _is_gutter(lines, best, left, right) else None


def _free_of(line: Sequence[Span], steps: range) -> Iterator[int]:
    """The places among these that a line leaves free, beside its words or in a gap between them."""
    ends = [steps.start - 1.0, *(word.right for word in line)]
    begins = [*(word.left for word in line), steps.stop + 1.0]
    for place, (end, begin) in enumerate(zip(ends, begins, strict=True)):
        if begin - end < LEAST_GAP and 0 < place < len(line):
            continue
        first = steps.start + 2 * max(0, ceil((end - steps.start) / 2))
        yield from range(first, min(steps.stop, int(begin) + 1), 2)


def _is_gutter(lines: Sequence[Sequence[Span]], x: float, left: float, right: float) -> bool:
    apart = [line for line in lines if not crosses(line, x)]
    before = [[word for word in line if word.right <= x] for line in apart]
    after = [[word for word in line if word.left >= x] for line in apart]
    sides = ([line for line in before if line], [line for line in after if line])
    if len(lines) - len(apart) > MOST_ACROSS * len(lines) or min(map(len, sides)) < LEAST_LINES:
        return False
    widths = (x - left, right - x)
    return all(_filled(side) > LEAST_FILLED * width for side, width in zip(sides, widths, strict=True))


def _filled(side: list[list[Span]]) -> float:
    return median(line[-1].right - line[0].left for line in side)


def crosses(line: Sequence[Span], x: float) -> bool:
    """Whether a line has words on the gap or too near to both of its sides."""
    before = max((word.right for word in line if word.left < x), default=None)
    after = min((word.left for word in line if word.right > x), default=None)
    if before is None or after is None:
        return False
    return after - before < LEAST_GAP


def runs(lines: Sequence[Sequence[Span]], x: float) -> Iterator[Run]:
    """Part the lines of a page into those across it and those in two columns."""
    held: list[int] = []
    for place, line in enumerate(lines):
        if crosses(line, x):
            if held:
                yield Run(tuple(held), apart=True)
            held = []
            yield Run((place,), apart=False)
        else:
            held.append(place)
    if held:
        yield Run(tuple(held), apart=True)
