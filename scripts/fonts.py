"""Turn the site's web fonts into TrueType, the form that charts and PDF need. Runs inside the project's environment."""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ("Regular", "Italic", "Medium", "SemiBold", "Bold")


def main() -> int:
    """Write one TrueType file a weight, with the licence beside them."""
    source = ROOT / "node_modules" / "@ibm" / "plex-sans"
    target = ROOT / "src" / "upstream" / "charts" / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        font = TTFont(source / "fonts" / "complete" / "woff2" / f"IBMPlexSans-{weight}.woff2")
        font.flavor = None
        font.save(target / f"IBMPlexSans-{weight}.ttf")
    licence = (source / "LICENSE.txt").read_text(encoding="utf-8")
    (target / "LICENSE.txt").write_text(licence, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
