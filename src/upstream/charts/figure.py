"""A figure: one specification, drawn alike on the page, in the PDF and in the Word file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypedDict

import polars as pl

from upstream.measures.result import Provenance


@dataclass(frozen=True)
class Figure:
    """A chart or map with all that must stand beside it.

    `title` states the finding; `subtitle` the quantity, area and period. `wide` and `narrow` are Vega-Lite
    specifications of the same drawing for desk and phone (text is never shrunk to fit). `table` holds the
    same numbers for those who do not see the drawing; `alternative` says in words what a reader would see.
    """

    name: str
    title: str
    subtitle: str
    wide: dict[str, Any]
    narrow: dict[str, Any]
    table: pl.DataFrame
    alternative: str
    measure: str = ""
    provenance: Provenance | None = None
    notes: tuple[str, ...] = field(default=())


class About(TypedDict, total=False):
    """What every chart function also takes: where the numbers come from and what to say under the drawing."""

    measure: str
    provenance: Provenance | None
    notes: tuple[str, ...]


def with_notes(about: About, *notes: str) -> About:
    """Put what a chart says of itself before what its caller adds."""
    return {**about, "notes": (*notes, *about.get("notes", ()))}
