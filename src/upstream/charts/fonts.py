"""The typeface of the drawings: IBM Plex Sans in three weights, prepared once from the site's own font files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from upstream.charts.theme import FONT_FAMILY, SYSTEM_FONT

FONT_FOLDER = Path(__file__).parent / "fonts"
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600}


def prepare_fonts(source: Path, target: Path = FONT_FOLDER) -> list[Path]:
    """Turn the WOFF2 files of the npm package into the TrueType files that charts and PDF read.

    `source` is the folder that holds `IBMPlexSans-Regular.woff2` and the like. Files already there are kept.
    """
    from fontTools.ttLib import TTFont  # only set-up needs it

    target.mkdir(parents=True, exist_ok=True)
    made = []
    for weight in WEIGHTS:
        path = target / f"IBMPlexSans-{weight}.ttf"
        if not path.exists():
            font = TTFont(source / f"IBMPlexSans-{weight}.woff2")
            font.flavor = None
            font.save(path)
        made.append(path)
    return made


def font_files() -> list[Path]:
    """Give the prepared font files, or none when set-up has not made them."""
    return sorted(FONT_FOLDER.glob("IBMPlexSans-*.ttf"))


@cache
def register_fonts() -> str:
    """Tell the renderer where the typeface lies, once a process, and return the family it will draw with.

    Without the prepared files the drawing falls back to a plain system face, and the answer says which.
    """
    import vl_convert

    if not font_files():
        return SYSTEM_FONT
    vl_convert.register_font_directory(str(FONT_FOLDER))
    return FONT_FAMILY
