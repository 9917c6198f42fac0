"""The typeface of drawings and papers: IBM Plex Sans in three weights and italics, prepared once from web fonts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from upstream.charts.theme import FONT_FAMILY, SYSTEM_FONT

FONT_FOLDER = Path(__file__).parent / "fonts"
FACES = ("Regular", "Italic", "Medium", "SemiBold")

# What a page that carries its letters can need: Latin with the accents of European names, typographic marks, arrows
# and mathematical signs.
CHARACTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2030), 0x20AC, *range(0x2190, 0x2194))
CHARACTERS = (*CHARACTERS, 0x2212, 0x2248, 0x2264, 0x2265, 0x25B2, 0x25BC, 0x2713)


def prepare_fonts(source: Path, target: Path = FONT_FOLDER) -> list[Path]:
    """Turn the WOFF2 files of the npm package into what documents read: TrueType for charts and PDF, small for pages.

    `source` is the folder that holds `IBMPlexSans-Regular.woff2` and the like. Files already there are kept; those
    for charts and PDF are given.
    """
    target.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        whole, small = font_file(face, target), small_font_file(face, target)
        if not whole.exists():
            _write_whole(source / f"IBMPlexSans-{face}.woff2", whole)
        if not small.exists():
            _write_small(whole, small)
    return [font_file(face, target) for face in FACES]


def font_file(face: str, folder: Path = FONT_FOLDER) -> Path:
    """Where the whole face lies, as charts and PDF read it."""
    return folder / f"IBMPlexSans-{face}.ttf"


def small_font_file(face: str, folder: Path = FONT_FOLDER) -> Path:
    """Where the face lies cut down to `CHARACTERS`, as a page carries it."""
    return folder / f"IBMPlexSans-{face}-small.woff2"


def _write_whole(source: Path, path: Path) -> None:
    from fontTools.ttLib import TTFont  # only set-up needs it

    font = TTFont(source)
    font.flavor = None
    font.save(path)


def _write_small(whole: Path, path: Path) -> None:
    from fontTools import subset  # only set-up needs it
    from fontTools.ttLib import TTFont

    # recalcTimestamp is off so that the same font gives the same bytes every time.
    font = TTFont(whole, recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(layout_features=["kern", "liga", "tnum", "lnum"], hinting=False))
    cutter.populate(unicodes=CHARACTERS)
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(path, reorderTables=None)


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
