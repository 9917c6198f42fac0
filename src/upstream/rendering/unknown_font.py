"""A last font for print: a marked box for every character that the typeface lacks, so that none is lost or refused.

Typst refuses a PDF for everybody (PDF/UA) when a character has no glyph. Names and messages hold emoji and scripts
from everywhere; each such character is drawn as a box, and is still there to be searched, copied and read aloud.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from upstream.charts.fonts import font_file

FAMILY = "Upstream Unknown"
UNITS = 1000
OUTER = ((60, -60), (60, 740), (560, 740), (560, -60))
INNER = ((110, -10), (510, -10), (510, 690), (110, 690))
SLASH = ((110, 30), (150, -10), (510, 650), (470, 690))
_UNSEEN = ("Cc", "Zs", "Zl", "Zp", "Cs")  # these are never drawn
# Marks that steer letters and are not drawn themselves; other characters of their kind, as the Arabic number sign, are.
_STEERING = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


@cache
def _held() -> frozenset[int]:
    """The characters of the typeface; all of its weights hold the same."""
    with TTFont(font_file("Regular")) as font:
        return frozenset(font.getBestCmap())


def unknown_font(text: str) -> bytes:
    """Make a font with a box for each character of `text` that the typeface lacks; empty when it lacks none."""
    lacking = sorted({ord(letter) for letter in set(text) if _is_drawn(letter)} - _held())
    if not lacking:
        return b""
    # A glyph for each: a reader of the PDF finds the character by its glyph.
    names = {code: f"box{code:x}" for code in lacking}
    glyphs = [".notdef", *names.values()]
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: _box() for name in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (620, 60)))
    builder.setupHorizontalHeader(ascent=780, descent=-220)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular", "psName": FAMILY.replace(" ", "")})
    builder.setupOS2(sTypoAscender=780, sTypoDescender=-220, usWinAscent=780, usWinDescent=220)
    builder.setupPost()
    builder.setupHead(unitsPerEm=UNITS, created=0, modified=0)
    builder.font.recalcTimestamp = False
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


def _is_drawn(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNSEEN and not _STEERING.match(letter)


def _box() -> object:
    pen = TTGlyphPen(None)
    for points in (OUTER, INNER, SLASH):
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()
