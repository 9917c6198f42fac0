"""IBM Plex Sans for documents: the folder for PDF, and a small web form to carry inside a page."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

from upstream.charts.fonts import FONT_FOLDER, font_file, small_font_file

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}


def font_folder() -> Path:
    """The folder that set-up fills with the fonts; it may be empty before set-up."""
    return FONT_FOLDER


def has_fonts() -> bool:
    """Whether set-up has put all weights in place."""
    return all(path.is_file() for face in WEIGHTS.values() for path in (font_file(face), small_font_file(face)))


@cache
def font_faces() -> str:
    """The style rules that carry every weight inside a page; empty before set-up."""
    if not has_fonts():
        return ""
    return "".join(
        f'@font-face{{font-family:"IBM Plex Sans";font-weight:{weight};font-style:normal;'
        f'src:url(data:font/woff2;base64,{_carried(small_font_file(face))}) format("woff2")}}'
        for weight, face in WEIGHTS.items()
    )


def _carried(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode("ascii")
