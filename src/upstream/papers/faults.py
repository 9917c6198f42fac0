"""What a paper must not be: every fault at once, in words for whoever composes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from upstream.exceptions import WrongUse
from upstream.papers.blocks import Block, Cell, Facts, FigureBlock, Measure, Table

if TYPE_CHECKING:
    from upstream.papers.paper import Paper, Section


class PaperImpossible(WrongUse):
    """The content cannot be set as a paper; the message lists every fault."""


def check_paper(paper: Paper) -> None:
    """Raise `PaperImpossible` with every fault of `paper`."""
    faults = list(_faults(paper))
    if faults:
        raise PaperImpossible(
            f"“{paper.title}” cannot be made: " + " ".join(faults), do="Correct the content, then make it again."
        )


def _faults(paper: Paper) -> Iterator[str]:
    if not paper.title.strip():
        yield "It has no title."
    if paper.made_at.tzinfo is None:
        yield "The moment it was made has no time zone."
    keys = [source.key for source in paper.sources]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"Two sources have the key {key!r}."
    for section in paper.sections:
        yield from _section(section)
    for key in _keys_used(paper):
        if key not in keys:
            yield f"The key {key!r} has no source."


def _section(section: Section) -> Iterator[str]:
    if not section.heading.strip():
        yield "A section has no heading."
    for block in section.blocks:
        yield from _block(block)
    for inner in section.sections:
        if inner.sections:
            yield f"The section “{inner.heading}” lies inside another and holds sections itself; two deep is the most."
        yield from _section(inner)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from _table(block)
    figure = block.figure if isinstance(block, FigureBlock) else block.chart if isinstance(block, Measure) else None
    if figure is not None and not figure.alternative.strip():
        yield f"The figure “{figure.title}” has no text alternative."


def _table(table: Table) -> Iterator[str]:
    if not table.columns:
        yield f"The table “{table.title}” has no columns."
    for number, row in enumerate(table.rows, start=1):
        if len(row) != len(table.columns):
            yield f"Row {number} of the table “{table.title}” has {len(row)} cells for {len(table.columns)} columns."


def _keys_used(paper: Paper) -> list[str]:
    """The keys that facts, blocks and cells refer to, each once, in reading order."""
    found = [fact.key for fact in paper.facts]
    for block in paper.blocks():
        found.extend(_keys_of(block))
    return list(dict.fromkeys(key for key in found if key))


def _keys_of(block: Block) -> Iterator[str]:
    yield getattr(block, "key", "")
    if isinstance(block, Facts):
        yield from (fact.key for fact in block.rows)
    if isinstance(block, Table):
        yield from (cell.key for row in block.rows for cell in row if isinstance(cell, Cell))
