"""The typeface of drawings and papers: IBM Plex Sans in three weights and italics, prepared once from web fonts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from upstream.charts.theme import FONT_FAMILY, SYSTEM_FONT

FONT_FOLDER = Path(__file__).parent / "fonts"
FACES = ("Regular", "Italic", "Medium", "SemiBold")


def prepare_fonts(source: Path, target: Path = FONT_FOLDER) -> list[Path]:
    """Turn the WOFF2 files of the npm package into the TrueType files that charts and PDF read.

    `source` is the folder that holds `IBMPlexSans-Regular.woff2` and the like. Files already there are kept.
    """
    from fontTools.ttLib import TTFont  # only set-up needs it

    target.mkdir(parents=True, exist_ok=True)
    made = []
    for face in FACES:
        path = target / f"IBMPlexSans-{face}.ttf"
        if not path.exists():
            font = TTFont(source / f"IBMPlexSans-{face}.woff2")
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
