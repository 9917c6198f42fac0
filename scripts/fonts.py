"""Prepare the typeface for charts and PDF from the web fonts. Runs inside the project's environment."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from upstream.charts.fonts import FONT_FOLDER, prepare_fonts

PACKAGE = Path(__file__).resolve().parent.parent / "node_modules" / "@ibm" / "plex-sans"


def main() -> int:
    """Write the TrueType files, with the typeface's licence beside them."""
    prepare_fonts(PACKAGE / "fonts" / "complete" / "woff2")
    shutil.copyfile(PACKAGE / "LICENSE.txt", FONT_FOLDER / "LICENSE.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
