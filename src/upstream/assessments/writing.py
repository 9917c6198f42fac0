"""Write a document to a folder in all its forms, every figure drawn once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from upstream.assessments.document import Document
from upstream.assessments.rendering.figures_json import figures_json
from upstream.assessments.rendering.html import page
from upstream.assessments.rendering.pdf import pdf
from upstream.assessments.rendering.word import word
from upstream.rendering.drawings import draw

Progress = Callable[[str, float], None]

# Where the time goes, as shares of the whole: drawing, then each form.
DRAWN, PAGE, PDF = 0.7, 0.8, 0.9


def write(
    document: Document, folder: Path, *, cache: Path | None = None, progress: Progress | None = None
) -> dict[str, Path]:
    """Write needs-assessment.html, .pdf, .docx and figures.json into `folder`; gives the path of each by its form.

    `cache` is a folder in which drawings are kept by content; `progress` is told what is being done and how far it
    is, from 0 to 1. The same document gives the same bytes in every form.
    """
    tell = progress or (lambda step, share: None)
    folder.mkdir(parents=True, exist_ok=True)
    figures = [block.figure for block in document.figure_blocks()]
    drawings = draw(figures, cache=cache, progress=lambda step, share: tell(step, share * DRAWN))
    written = {
        "json": _put(folder / "figures.json", figures_json(document).encode("utf-8")),
    }
    tell("writing the page", DRAWN)
    written["html"] = _put(folder / "needs-assessment.html", page(document, drawings).encode("utf-8"))
    tell("writing the PDF", PAGE)
    written["pdf"] = _put(folder / "needs-assessment.pdf", pdf(document, drawings))
    tell("writing the Word file", PDF)
    written["docx"] = _put(folder / "needs-assessment.docx", word(document, drawings))
    tell("done", 1.0)
    return written


def _put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
