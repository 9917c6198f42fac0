"""IBM Plex Sans for documents: the folder for PDF, and a small web form to carry inside a page."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {400: "IBMPlexSans-Regular.ttf", 500: "IBMPlexSans-Medium.ttf", 600: "IBMPlexSans-SemiBold.ttf"}

# Latin with the accents of European names, typographic marks, arrows and mathematical signs.
CHARACTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2030), 0x20AC, *range(0x2190, 0x2194))
CHARACTERS = (*CHARACTERS, 0x2212, 0x2248, 0x2264, 0x2265, 0x25B2, 0x25BC, 0x2713)


def font_folder() -> Path:
    """The folder that set-up fills with the fonts; it may be empty before set-up."""
    return Path(str(files("upstream.charts").joinpath("fonts")))


def has_fonts() -> bool:
    """Whether set-up has put all weights in place."""
    return all((font_folder() / name).is_file() for name in WEIGHTS.values())


@cache
def page_fonts() -> tuple[tuple[int, bytes], ...]:
    """Each weight as WOFF2, cut down to the characters that a report can need; empty before set-up."""
    if not has_fonts():
        return ()
    return tuple((weight, _woff2(font_folder() / name)) for weight, name in WEIGHTS.items())


def font_faces() -> str:
    """The style rules that carry every weight inside a page; empty before set-up."""
    return "".join(
        f'@font-face{{font-family:"IBM Plex Sans";font-weight:{weight};font-style:normal;'
        f'src:url(data:font/woff2;base64,{base64.b64encode(data).decode("ascii")}) format("woff2")}}'
        for weight, data in page_fonts()
    )


def _woff2(path: Path) -> bytes:
    # recalcTimestamp is off so that the same font gives the same bytes every time.
    font = TTFont(path, recalcTimestamp=False)
    options = subset.Options(layout_features=["kern", "liga", "tnum", "lnum"], hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=CHARACTERS)
    cutter.subset(font)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written, reorderTables=None)
    return written.getvalue()
