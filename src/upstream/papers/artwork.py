"""The drawings of a paper, each made once, when a form first asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from upstream.charts import render
from upstream.charts.figure import Figure
from upstream.rendering import drawings

WORD_PPI = 200
SLIDE_PPI = 300  # the narrow drawing fills half a slide


@dataclass
class Artwork:
    """Drawings by the name that the outline gave each figure; `cache` is a folder in which they are kept by content."""

    cache: Path | None = None
    _svg: dict[tuple[str, bool], str] = field(default_factory=dict)
    _png: dict[tuple[str, bool], bytes] = field(default_factory=dict)

    def svg(self, figure: Figure, *, wide: bool = True) -> str:
        """The drawing for the page and the PDF."""
        place = (figure.name, wide)
        if place not in self._svg:
            self._svg[place] = drawings.svg(figure, wide=wide, cache=self.cache)
        return self._svg[place]

    def png(self, figure: Figure, *, wide: bool = True) -> bytes:
        """The drawing as a picture: wide for Word, narrow and finer for a slide."""
        place = (figure.name, wide)
        if place not in self._png:
            ppi = WORD_PPI if wide else SLIDE_PPI
            self._png[place] = render.png(figure, ppi=ppi, wide=wide, cache=self.cache)
        return self._png[place]


def size_of(figure: Figure, *, wide: bool = True) -> tuple[float, float]:
    """The width and height of a drawing in pixels of the page."""
    spec = figure.wide if wide else figure.narrow
    pad = spec["padding"]
    return spec["width"] + pad["left"] + pad["right"], spec["height"] + pad["top"] + pad["bottom"]
