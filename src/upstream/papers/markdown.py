"""The few marks that a text may carry: paragraphs, bold, italics, lists, links. Everything else is shown as typed.

No raw HTML, headings, code, pictures or quotations: a heading inside a text would break the order of the paper's own.
A line break is kept, as in a form where people press Enter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

DEEPEST = 60  # levels; the parser leaves out what lies deeper, so such a text is shown as typed
SAFE = ("http://", "https://", "mailto:", "tel:")
FIGURE = "figure:"
SWITCHED_OFF = (
    "code", "fence", "blockquote", "hr", "reference", "html_block", "heading", "lheading", "html_inline", "image",
    "backticks", "entity",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Letters of one look; `text` is a line break when it is a newline. `key` names the source of a number."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    key: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """Runs that belong together."""

    runs: Runs

    @property
    def text(self) -> str:
        """The paragraph without its marks."""
        return text_of(self.runs)


@dataclass(frozen=True)
class Listing:
    """Items of a list, each of blocks; `first` is the number of the first, or None when they have bullets."""

    items: tuple[tuple[Paragraph | Listing, ...], ...]
    first: int | None = None


Prose = Paragraph | Listing


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"breaks": True, "maxNesting": DEEPEST})
    parser.disable(SWITCHED_OFF)
    parser.validateLink = _is_safe  # type: ignore[assignment]
    return parser


def _is_safe(address: str) -> bool:
    """Whether a link may lead there; one that may not is shown as it was typed."""
    return address.lower().startswith((*SAFE, FIGURE))


_PARSER = _parser()


def parse(markdown: str) -> tuple[Prose, ...]:
    """Read a text into paragraphs and lists."""
    if not markdown.strip():
        return ()
    tokens = _PARSER.parse(markdown)
    if any(token.level >= DEEPEST - 2 for token in tokens):
        return tuple(Paragraph((Run(part),)) for part in markdown.split("\n") if part.strip())
    return tuple(_blocks(iter(tokens), ""))


def parse_line(markdown: str) -> Runs:
    """Read a text that stands on one line: marks inside it count, lists do not."""
    tokens = _PARSER.parseInline(markdown.strip())
    return tuple(run for token in tokens for run in _runs(token.children or []))


def as_typed(text: str) -> Runs:
    """A plain text as runs, without reading any marks."""
    return (Run(text),)


def text_of(runs: Runs) -> str:
    """The letters of runs."""
    return "".join(run.text for run in runs)


def _blocks(tokens: Iterator[Token], until: str) -> Iterator[Prose]:
    for token in tokens:
        if token.type == until:
            return
        if token.type == "inline":
            yield Paragraph(tuple(_runs(token.children or [])))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            first = int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None
            yield Listing(tuple(_items(tokens, token.type.replace("open", "close"))), first)


def _items(tokens: Iterator[Token], until: str) -> Iterator[tuple[Prose, ...]]:
    for token in tokens:
        if token.type == until:
            return
        if token.type == "list_item_open":
            yield tuple(_blocks(tokens, "list_item_close"))


def _runs(tokens: list[Token]) -> Iterator[Run]:
    look = Run("")
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                if token.content:
                    yield replace(look, text=token.content)
            case "softbreak" | "hardbreak":
                yield Run("\n")
            case "strong_open" | "strong_close":
                look = replace(look, bold=token.nesting > 0)
            case "em_open" | "em_close":
                look = replace(look, italic=token.nesting > 0)
            case "link_open":
                look = _pointed(look, str(token.attrGet("href") or ""))
            case "link_close":
                look = replace(look, link="", key="")


def _pointed(look: Run, href: str) -> Run:
    """Where a link leads: an entry of the sources, or an address."""
    if href.startswith(FIGURE):
        return replace(look, key=unquote(href.removeprefix(FIGURE)))
    return replace(look, link=href)
