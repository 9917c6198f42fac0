"""Keep a paper as it was, whole: the same words and figures, and so the same files whenever it is made again."""

from __future__ import annotations

from dataclasses import is_dataclass

from upstream.charts.figure import Figure
from upstream.measures.result import FeedUsed, Provenance, Status
from upstream.papers import blocks, paper
from upstream.papers.blocks import State
from upstream.papers.paper import Paper
from upstream.rendering.stored import StoredForm

_FORM = StoredForm(
    parts={
        name: part
        for module in (blocks, paper)
        for name, part in vars(module).items()
        if isinstance(part, type) and is_dataclass(part)
    }
    | {part.__name__: part for part in (Figure, Provenance, FeedUsed)},
    words={word.__name__: word for word in (State, Status)},
    shared=(Provenance,),
)


def pack(content: Paper) -> bytes:
    """Write a paper packed; the same paper gives the same bytes."""
    return _FORM.pack(content)


def unpack(packed: bytes) -> Paper:
    """Read what `pack` wrote; raises `ContentUnreadable` for a part that this version does not know."""
    found: Paper = _FORM.unpack(packed)
    return found
