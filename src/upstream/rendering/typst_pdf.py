"""From a Typst template and its content to a tagged PDF, with no files of the caller's and no outside fonts."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from upstream.rendering.fonts import font_folder, has_fonts
from upstream.rendering.styles import base_typ
from upstream.rendering.unknown_font import unknown_font


def compiled(template: str, content: dict[str, Any], pictures: Mapping[str, str], *, at: datetime) -> bytes:
    """Make the PDF in PDF/UA-1 mode, in which an image without a text alternative is refused.

    The template reads `content.json` and may import `base.typ`; `pictures` are SVG by file name. `at` is the moment
    the PDF says it was made, so that the same content gives the same bytes.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.typ").write_text(template, encoding="utf-8")
        (root / "base.typ").write_text(base_typ(), encoding="utf-8")
        said = json.dumps(content, ensure_ascii=False)
        (root / "content.json").write_text(said, encoding="utf-8")
        if has_fonts() and (boxes := unknown_font(said)):
            (root / "unknown.ttf").write_bytes(boxes)
        for name, svg in pictures.items():
            (root / name).write_text(svg, encoding="utf-8")
        made = typst.compile(
            str(root / "report.typ"),
            root=str(root),
            font_paths=[str(font_folder()), str(root)],
            ignore_system_fonts=has_fonts(),
            pdf_standards=["ua-1"],
            timestamp=int(at.timestamp()),
        )
    assert isinstance(made, bytes)  # a list only when several pages are asked for as pictures
    return made
