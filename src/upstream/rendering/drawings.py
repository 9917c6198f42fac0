"""Every figure of a document drawn once, for all the forms it is printed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from upstream.charts import render
from upstream.charts.figure import Figure

Progress = Callable[[str, float], None]

# Three decimals of a pixel cannot be seen, and they make up half of a map's size.
LONG_DECIMAL = re.compile(r"(-?\d+\.\d\d)\d+")


@dataclass(frozen=True)
class Drawings:
    """Drawings of a document's figures by the figure's name."""

    wide: dict[str, str]
    narrow: dict[str, str]
    pictures: dict[str, bytes]


def draw(figures: Iterable[Figure], *, cache: Path | None = None, progress: Progress | None = None) -> Drawings:
    """Draw every figure: wide and narrow as SVG, wide as PNG for Word. Figures of one name are one figure.

    `cache` is a folder in which drawings are kept by content.
    """
    named = {figure.name: figure for figure in figures}
    wide: dict[str, str] = {}
    narrow: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    for count, (name, figure) in enumerate(named.items()):
        if progress:
            progress(f"drawing {figure.title}", count / len(named))
        wide[name] = svg(figure, wide=True, cache=cache)
        narrow[name] = svg(figure, wide=False, cache=cache)
        pictures[name] = render.png(figure, ppi=200, cache=cache)
    return Drawings(wide, narrow, pictures)


def svg(figure: Figure, *, wide: bool, cache: Path | None = None) -> str:
    """Draw a figure with no more decimals than can be seen."""
    return LONG_DECIMAL.sub(r"\1", render.svg(figure, wide=wide, cache=cache))


def with_own_names(svg: str, prefix: str) -> str:
    """Prefix the names inside a drawing, so that two drawings on one page do not share a clip path."""
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    return re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', svg)


def for_page(svg: str, prefix: str) -> str:
    """Make a drawing ready to stand inside a page: no declaration, own names, no roles of its own."""
    svg = re.sub(r"^\s*<\?xml[^>]*\?>\s*|^\s*<!DOCTYPE[^>]*>\s*", "", svg)
    svg = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", svg)
    return with_own_names(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1), prefix)
