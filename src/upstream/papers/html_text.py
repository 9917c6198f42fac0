"""Texts of a paper as HTML: everything escaped, each mark a real element, links that lead to the sources."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from upstream.papers.blocks import State
from upstream.papers.markdown import Listing, Paragraph, Prose, Run, Runs, parse, parse_line
from upstream.papers.outline import Outline
from upstream.papers.plain_text import runs_right_to_left
from upstream.papers.shapes import shape_svg


@dataclass
class Links:
    """Names of places in the page; `prefix` keeps them apart from those of a page around it."""

    outline: Outline
    prefix: str = ""
    drawn: int = 0

    def next_drawing(self) -> str:
        """A name for one more drawing: the same chart may stand twice on a page."""
        self.drawn += 1
        return self.name(f"drawing-{self.drawn}")

    def name(self, anchor: str) -> str:
        """The name of a place."""
        return f"{self.prefix}{anchor}"

    def to_source(self, key: str, text: str) -> str:
        """A number with a link to its source; without a source, the number alone. `text` is HTML."""
        number = self.outline.source_number(key)
        return text if number is None else f'<a class="number" href="#{self.name(f"source-{number}")}">{text}</a>'

    def mark(self, key: str) -> str:
        """The small mark [3] that leads to a source; nothing without a key."""
        number = self.outline.source_number(key) if key else None
        if number is None:
            return ""
        hidden = '<span class="vh"> source </span>'
        return f'<a class="paper__mark" href="#{self.name(f"source-{number}")}">{hidden}[{number}]</a>'


def prose(markdown: str, links: Links) -> str:
    """Paragraphs and lists."""
    return "".join(_piece(piece, links) for piece in parse(markdown))


def inline(markdown: str, links: Links) -> str:
    """A text that stands on one line."""
    return "".join(_run(run, links) for run in parse_line(markdown))


def plain_html(text: str) -> str:
    """Plain text, its line breaks kept."""
    return escape(text).replace("\n", "<br>")


def direction(text: str) -> str:
    """The attribute that a paragraph from right to left needs."""
    return ' dir="rtl"' if runs_right_to_left(text) else ""


def state_tag(state: State, words: str) -> str:
    """A state of work: its shape and its words on a tint."""
    return f'<span class="paper__tag paper__tag--{state.value}">{shape_svg(state)}<span>{escape(words)}</span></span>'


def _piece(piece: Prose, links: Links) -> str:
    if isinstance(piece, Paragraph):
        return f"<p{direction(piece.text)}>{_runs(piece.runs, links)}</p>"
    return _listing(piece, links)


def _listing(listing: Listing, links: Links) -> str:
    items = "".join(f"<li>{_item(item, links)}</li>" for item in listing.items)
    if listing.first is None:
        return f"<ul>{items}</ul>"
    start = f' start="{listing.first}"' if listing.first != 1 else ""
    return f"<ol{start}>{items}</ol>"


def _item(pieces: tuple[Prose, ...], links: Links) -> str:
    if len(pieces) == 1 and isinstance(pieces[0], Paragraph):
        return _runs(pieces[0].runs, links)
    return "".join(_piece(piece, links) for piece in pieces)


def _runs(runs: Runs, links: Links) -> str:
    return "".join(_run(run, links) for run in runs)


def _run(run: Run, links: Links) -> str:
    if run.text == "\n":
        return "<br>"
    made = escape(run.text)
    if run.bold:
        made = f"<strong>{made}</strong>"
    if run.italic:
        made = f"<em>{made}</em>"
    if run.key:
        return links.to_source(run.key, made)
    return f'<a href="{escape(run.link)}">{made}</a>' if run.link else made
