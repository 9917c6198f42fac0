"""A paper as one web page that needs nothing else, or as a fragment to stand inside a page of the site."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template

from upstream.papers import html_blocks
from upstream.papers.artwork import Artwork
from upstream.papers.html_text import Links, inline
from upstream.papers.outline import SOURCES_HEADING, Outline, Part
from upstream.rendering.fonts import font_faces
from upstream.rendering.styles import base_css

HERE = files("upstream.papers")


def page(outline: Outline, art: Artwork) -> bytes:
    """Write the whole paper as one page with its styles, type and drawings inside."""
    paper = outline.paper
    shell = Template(HERE.joinpath("paper.html").read_text(encoding="utf-8"))
    return shell.substitute(
        title=escape(paper.title),
        kind=escape(f"{paper.kind} · {paper.partnership}"),
        fonts=font_faces(),
        style=base_css() + HERE.joinpath("paper.css").read_text(encoding="utf-8") + _page_margins(outline),
        standing=_standing(outline),
        worked_example=_strip(paper.worked_example),
        subtitle=f'<p class="cover__what paper__subtitle">{escape(paper.subtitle)}</p>' if paper.subtitle else "",
        about=escape(" · ".join(outline.about)),
        body=fragment(outline, art),
        foot=escape(f"{paper.partnership} · {' · '.join(outline.about)}"),
        attribution="".join(f"<br>{escape(line)}" for line in paper.attribution),
    ).encode("utf-8")


def fragment(outline: Outline, art: Artwork, *, level: int = 2, prefix: str = "") -> str:
    """Write the paper without its title, for a page of the site; it holds no style and no script of its own.

    `level` is the level of the sections' headings; `prefix` keeps its link names apart from the page's own.
    """
    links = Links(outline, prefix)
    head = _summary(outline, links) + _facts(outline, links)
    if outline.paper.contents:
        head += _contents(outline, links)
    parts = "".join(_part(part, links, art, level) for part in outline.parts)
    return f'<div class="paper">{head}{parts}{_sources(outline, links, level)}</div>'


def _part(part: Part, links: Links, art: Artwork, level: int) -> str:
    own = level + part.level - 1
    blocks = "".join(html_blocks.block(item, links, art, own + 1) for item in part.items)
    number = f'<span class="paper__number">{part.number}</span> ' if part.number else ""
    classes = f"paper__part paper__part--{part.level}" + (" paper__part--new" if part.new_page else "")
    return (
        f'<section class="{classes}" aria-labelledby="{links.name(part.anchor)}">'
        f'<h{own} id="{links.name(part.anchor)}">{number}{escape(part.heading)}</h{own}>{blocks}</section>'
    )


def _summary(outline: Outline, links: Links) -> str:
    lines = [inline(line, links) for line in outline.paper.summary]
    if len(lines) == 1:
        return f'<p class="lede">{lines[0]}</p>'
    return f'<ul class="lede paper__lede">{"".join(f"<li>{line}</li>" for line in lines)}</ul>' if lines else ""


def _facts(outline: Outline, links: Links) -> str:
    if not outline.paper.facts:
        return ""
    return f'<dl class="paper__facts">{html_blocks.fact_rows(outline.paper.facts, links)}</dl>'


def _contents(outline: Outline, links: Links) -> str:
    entries = [(part.anchor, part.number, part.heading) for part in outline.parts if part.level == 1]
    if outline.paper.sources:
        entries.append(("sources", "", SOURCES_HEADING))
    listed = "".join(
        f'<li><a href="#{links.name(anchor)}"><span>{number}</span><span>{escape(heading)}</span></a></li>'
        for anchor, number, heading in entries
    )
    title = '<p class="paper__caption">Contents</p>'
    return f'<nav class="paper__contents" aria-label="Contents">{title}<ol>{listed}</ol></nav>'


def _sources(outline: Outline, links: Links, level: int) -> str:
    if not outline.paper.sources:
        return ""
    table = html_blocks.sources_html(outline.sources_table(), links)
    return (
        f'<section class="paper__part paper__part--1 paper__sources" aria-labelledby="{links.name("sources")}">'
        f'<h{level} id="{links.name("sources")}">{SOURCES_HEADING}</h{level}>{table}</section>'
    )


def _page_margins(outline: Outline) -> str:
    """What stands at the edges of every printed page, in browsers that can: the status and the page's number."""
    look = "font: 8pt IBM Plex Sans, sans-serif; color: #42525c"
    return (
        f"@page {{ @top-right {{ content: {_css_text(outline.standing)}; {look} }}"
        f" @bottom-right {{ content: counter(page); {look} }} }}"
    )


def _css_text(text: str) -> str:
    """Text as a string of a style sheet; whatever is not a letter or a digit is written by its number."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'


def _standing(outline: Outline) -> str:
    if not outline.standing:
        return ""
    return f'<p class="paper__standing"><span class="vh">Status: </span>{escape(outline.standing)}</p>'


def _strip(worked_example: str) -> str:
    if not worked_example:
        return ""
    return f'<aside class="strip" aria-label="About this paper"><b>Worked example.</b> {escape(worked_example)}</aside>'
