"""From a paper to its forms: each figure drawn once, every form the same when made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from upstream.exceptions import WrongUse
from upstream.papers import html, html_text, pdf, slides, word
from upstream.papers.artwork import Artwork
from upstream.papers.outline import Outline, outlined
from upstream.papers.paper import Paper
from upstream.papers.plain_text import clean

Form = Literal["html", "pdf", "docx", "pptx"]
FORMS: tuple[Form, ...] = get_args(Form)

_MAKERS: dict[str, Callable[[Outline, Artwork], bytes]] = {
    "html": html.page, "pdf": pdf.pdf, "docx": word.word, "pptx": slides.slides,
}  # fmt: skip


_WITHOUT_SOURCES = Outline(Paper("Text", "Text", "", datetime(1, 1, 1, tzinfo=UTC), ()), ())


class UnknownForm(WrongUse):
    """A paper is made as web page, PDF, Word file or slides only."""


def render(paper: Paper, form: Form, *, cache: Path | None = None) -> bytes:
    """Make one form of a paper; the same paper gives the same bytes. `cache` is a folder for drawings."""
    return _made(_outline(paper, form), form, Artwork(cache))


def fragment(paper: Paper, *, level: int = 2, prefix: str = "", cache: Path | None = None) -> str:
    """Write the paper as HTML to stand inside a page of the site, with no style or script of its own.

    `level` is the level of its headings; `prefix` keeps the names of its links apart from the page's. Its look is in
    `paper.css`.
    """
    return html.fragment(outlined(paper), Artwork(cache), level=level, prefix=prefix)


def text_fragment(markdown: str) -> str:
    """Write one text of a paper (Markdown) as HTML to stand inside a page, as the paper itself would show it."""
    return html_text.prose(clean(markdown), html_text.Links(_WITHOUT_SOURCES))


def write(
    paper: Paper, folder: Path, stem: str, *, forms: Iterable[Form] = FORMS, cache: Path | None = None
) -> dict[Form, Path]:
    """Write `stem`.html, .pdf, .docx and .pptx into `folder`, every figure drawn once; gives the path of each."""
    art = Artwork(cache)
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[Form, Path] = {}
    for form in forms:
        written[form] = folder / f"{stem}.{form}"
        written[form].write_bytes(_made(_outline(paper, form), form, art))
    return written


def _outline(paper: Paper, form: str) -> Outline:
    return outlined(paper.as_deck() if form == "pptx" else paper)


def _made(outline: Outline, form: str, art: Artwork) -> bytes:
    if form not in _MAKERS:
        raise UnknownForm(f"There is no form {form!r}.", expected=f"One of {', '.join(FORMS)}.")
    return _MAKERS[form](outline, art)
