"""From a figure to a picture: SVG for the page and the PDF, PNG for Word and workbooks, kept by content."""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from upstream.charts.figure import Figure
from upstream.charts.fonts import register_fonts

if TYPE_CHECKING:
    import altair

VEGA_LITE = "6.4"
PIXELS_PER_INCH_OF_A_PAGE = 96
POINTS_PER_INCH = 72
_ROLES = re.compile(r' (?:role|aria-[a-z]+|class)="[^"]*"')
_EMPTY = re.compile(r'<path d="" display="none"/>|<rect width="[\d.]+" height="[\d.]+" fill="#ffffff"/>')


def svg(figure: Figure, *, wide: bool = True, cache: Path | None = None) -> str:
    """Draw a figure as SVG with one text alternative for the whole.

    The same figure gives the same bytes. `cache` is a folder in which drawings are kept by content.
    """
    spec = figure.wide if wide else figure.narrow
    return _cached(
        cache, spec, "svg", lambda: _draw_svg(spec, figure.alternative).encode(), figure.alternative
    ).decode()


def png(figure: Figure, *, ppi: int = 200, wide: bool = True, cache: Path | None = None) -> bytes:
    """Draw a figure as PNG; at 200 pixels an inch a drawing 660 pixels wide prints sharp at 17 cm."""
    spec = figure.wide if wide else figure.narrow
    return _cached(cache, spec, f"{ppi}.png", lambda: _draw_png(spec, ppi))


def altair_chart(figure: Figure, *, wide: bool = True) -> altair.TopLevelMixin:
    """Give a figure as an Altair chart, for a notebook or to carry on from."""
    import altair  # takes most of a second to import, and drawing does not need it

    return altair.Chart.from_dict(figure.wide if wide else figure.narrow)


def _draw_svg(spec: dict[str, Any], alternative: str) -> str:
    import vl_convert

    register_fonts()
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    bare = _EMPTY.sub("", _ROLES.sub("", drawn))
    return bare.replace("<svg ", f'<svg role="img" aria-label="{escape(alternative, quote=True)}" ', 1)


def _draw_png(spec: dict[str, Any], ppi: int) -> bytes:
    import vl_convert

    register_fonts()
    scale = POINTS_PER_INCH / PIXELS_PER_INCH_OF_A_PAGE  # the renderer multiplies by ppi / 72 itself
    drawn: bytes = vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale, ppi=ppi)
    return drawn


def _cached(folder: Path | None, spec: dict[str, Any], suffix: str, draw: Any, alternative: str = "") -> bytes:
    """Return a kept drawing of the same content, or draw and keep it; a half-written file is never read."""
    if folder is None:
        return bytes(draw())
    path = folder / f"{_digest(spec, alternative, register_fonts())}.{suffix}"
    if path.exists():
        return path.read_bytes()
    drawn = bytes(draw())
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        part.write(drawn)
    Path(part.name).replace(path)
    return drawn


def _digest(spec: dict[str, Any], *more: str) -> str:
    content = json.dumps([spec, VEGA_LITE, *more], sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:32]
