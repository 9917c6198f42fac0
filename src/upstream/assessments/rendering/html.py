"""The document as one web page that needs nothing else: styles, fonts and drawings are inside."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template

from upstream.assessments.document import (
    Block,
    BulletList,
    Chapter,
    Document,
    FigureBlock,
    MarginNote,
    NotKnown,
    Number,
    Paragraph,
    Section,
    Sentence,
    TableBlock,
)
from upstream.assessments.rendering import parts
from upstream.measures.definition import MeasureDefinition
from upstream.rendering import values
from upstream.rendering.drawings import Drawings, for_page
from upstream.rendering.fonts import font_faces
from upstream.rendering.html_tables import frame_table, table_html
from upstream.rendering.styles import base_css

HERE = files("upstream.assessments.rendering")


def page(document: Document, drawings: Drawings) -> str:
    """Write the whole document as one HTML page; the same document gives the same text."""
    shell = Template(HERE.joinpath("page.html").read_text(encoding="utf-8"))
    body = "\n".join(chapter_html(chapter, drawings) for chapter in document.chapters)
    return shell.substitute(
        title=escape(document.title),
        partnership=escape(document.partnership),
        made=escape(values.day_text(document.made_at)),
        fonts=font_faces(),
        style=base_css() + HERE.joinpath("page.css").read_text(encoding="utf-8"),
        worked_example=_strip(document.worked_example),
        contents=_contents(document),
        lede=" ".join(sentence_html(s) for s in document.summary),
        chapters=body,
        appendices=_appendices(document),
        foot=escape(parts.foot_text(document)),
        attribution="<br>".join(escape(line) for line in document.attribution),
    )


def chapter_html(chapter: Chapter, drawings: Drawings, *, level: int = 2) -> str:
    """Write one chapter; `level` is the level of its heading. The site shows chapters one by one with level 1."""
    opening = f'<p class="eyebrow">Chapter {chapter.number}</p>' if level > 1 else ""
    sections = "\n".join(section_html(chapter, section, drawings, level=level + 1) for section in chapter.sections)
    return (
        f'<article class="chapter" id="{chapter.slug}" aria-labelledby="{chapter.slug}-title">{opening}'
        f'<h{level} class="chapter__title" id="{chapter.slug}-title">{escape(chapter.title)}</h{level}>\n'
        f"{_answer(chapter)}\n{sections}</article>"
    )


def section_html(chapter: Chapter, section: Section, drawings: Drawings, *, level: int) -> str:
    """Write one section as leaves: text or a figure, with the notes beside it."""
    written = []
    for leaf in parts.leaves(section):
        heading = ""
        if leaf.heading:
            heading = f'<h{level} id="{parts.section_id(chapter, section)}">{escape(leaf.heading)}</h{level}>'
        body = "".join(_block(block, drawings, level + 1) for block in leaf.blocks)
        written.append(_leaf(heading + body, leaf.notes, _kind(leaf.blocks)))
    return f'<section class="part">{"".join(written)}</section>'


def sentence_html(sentence: Sentence) -> str:
    """Write a sentence; each number links to its entry in the register."""
    return "".join(
        escape(text)
        if number is None
        else f'<a class="number" href="#{parts.number_id(number.key)}">{escape(text)}</a>'
        for text, number in parts.pieces(sentence)
    )


def _number_link(text: str, number: Number) -> str:
    return f'<a class="number" href="#{parts.number_id(number.key)}">{escape(text)}</a>'


def _kind(blocks: tuple[Block, ...]) -> str:
    if any(isinstance(block, TableBlock) for block in blocks):
        return "leaf--wide"
    return "" if any(isinstance(block, FigureBlock) for block in blocks) else "leaf--text"


def _leaf(body: str, notes: tuple[MarginNote, ...], kind: str) -> str:
    aside = "".join(f"<p><b>{escape(note.term)}</b> {escape(note.text)}</p>" for note in notes)
    beside = f'<div class="notes" role="note">{aside}</div>' if aside else ""
    return f'<div class="leaf {kind}"><div class="leaf__main">{body}</div>{beside}</div>'


def _answer(chapter: Chapter) -> str:
    first, *others = chapter.answer
    rest = "".join(" " + sentence_html(s) for s in others)
    return (
        '<div class="answer"><p class="answer__label">The answer</p>'
        f"<p><strong>{sentence_html(first)}</strong>{rest}</p>"
        f'<p class="sure"><span><b>Sure of:</b> {escape(chapter.sure_of)}</span>'
        f"<span><b>Not sure of:</b> {escape(chapter.not_sure_of)}</span></p></div>"
    )


def _block(block: Block, drawings: Drawings, level: int) -> str:
    match block:
        case Paragraph(sentences):
            return f"<p>{' '.join(sentence_html(s) for s in sentences)}</p>"
        case BulletList(items):
            return f"<ul>{''.join(f'<li>{sentence_html(s)}</li>' for s in items)}</ul>"
        case NotKnown(subject, why, settled_by):
            return (
                f'<div class="unknown"><p><b>Not known: {escape(subject)}.</b> {escape(why)}</p>'
                f"<p>What would settle it: {escape(settled_by)}</p></div>"
            )
        case FigureBlock():
            return _figure(block, drawings, level)
        case TableBlock():
            return _table(block)


def _figure(block: FigureBlock, drawings: Drawings, level: int) -> str:
    figure, name = block.figure, values.slug_of(f"figure {block.label}")
    art = "".join(
        f'<div class="{width}" role="img" aria-label="{escape(figure.alternative)}">'
        f"{for_page(svg, f'{name}-{width}')}</div>"
        for width, svg in (("at-wide", drawings.wide[figure.name]), ("at-narrow", drawings.narrow[figure.name]))
    )
    measure = f'<a href="#{parts.definition_id(figure.measure)}">Measure and method</a>' if figure.measure else ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in figure.notes)
    table = frame_table(figure.table, f"Figure {block.label} as a table")
    return (
        f'<figure class="figure" id="{name}" aria-labelledby="{name}-title">'
        f'<h{level} class="figure__title" id="{name}-title">Figure {block.label} {escape(figure.title)}</h{level}>'
        f'<p class="figure__sub">{escape(figure.subtitle)}</p><div class="figure__art">{art}</div>'
        f'<div class="figure__foot">{measure}{notes}</div>'
        f"<details><summary>The same numbers as a table</summary>{table}</details>"
        "</figure>"
    )


def _table(block: TableBlock) -> str:
    note = f'<p class="table__note">{escape(block.note)}</p>' if block.note else ""
    title = f"Table {block.label} {block.title}"
    return table_html(block.frame, block.align, f"<caption>{escape(title)}</caption>", title) + note


def _contents(document: Document) -> str:
    chapters = [(chapter.slug, str(chapter.number), chapter.title) for chapter in document.chapters]
    ends = [
        ("register", "", parts.REGISTER_HEADING),
        ("definitions", "", parts.DEFINITIONS_HEADING),
        ("files", "", parts.FILES_HEADING),
    ]
    return "".join(
        f'<li><a href="#{target}"><span>{number}</span><span>{escape(title)}</span></a></li>'
        for target, number, title in (*chapters, *ends)
    )


def _appendices(document: Document) -> str:
    return _register(document) + _definitions(document.definitions) + _files(document)


def _appendix(name: str, heading: str, opening: str, body: str) -> str:
    return (
        f'<section class="appendix" id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{heading}</h2>'
        f"<p>{opening}</p>{body}</section>"
    )


def _register(document: Document) -> str:
    rows = "".join(_register_row(number) for number in document.numbers().values())
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("As written", "What it is", "Period", "95% interval", "Method")
    )
    body = (
        f'<div class="scroll-x" tabindex="0" role="region" aria-label="Table of the numbers">'
        f'<table class="table table--many"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
    opening = "In the order in which they are first said. The file figures.json holds the same, with the receipts."
    return _appendix("register", parts.REGISTER_HEADING, opening, body)


def _register_row(number: Number) -> str:
    what = escape(number.label)
    if number.measure:
        what = f'<a href="#{parts.definition_id(number.measure)}">{what}</a>'
    others = (number.period, parts.interval_text(number), parts.method_text(number))
    return (
        f'<tr id="{parts.number_id(number.key)}"><th scope="row">{escape(number.text)}</th><td>{what}</td>'
        + "".join(f"<td>{escape(text)}</td>" for text in others)
        + "</tr>"
    )


def _definitions(definitions: Sequence[MeasureDefinition]) -> str:
    shared = parts.shared_caveats(definitions)
    body = _shared(shared) + "".join(_definition(definition, shared) for definition in definitions)
    return _appendix(
        "definitions", parts.DEFINITIONS_HEADING, "The measures behind the numbers, in order of their names.", body
    )


def _shared(caveats: tuple[str, ...]) -> str:
    if not caveats:
        return ""
    items = "".join(
        f'<li id="{parts.caveat_id(number)}">{escape(caveat)}</li>' for number, caveat in enumerate(caveats, 1)
    )
    return (
        f'<div class="definition"><h3>{parts.SHARED_HEADING}</h3><p>{parts.SHARED_OPENING}</p>'
        f'<ol class="caveats">{items}</ol></div>'
    )


def _definition(definition: MeasureDefinition, shared: tuple[str, ...]) -> str:
    numbers = parts.caveat_numbers(definition, shared)
    facts = (
        ("Counts", escape(definition.numerator)),
        ("Out of", escape(definition.denominator)),
        ("Is not", escape(definition.is_not)),
        ("Unit", escape(definition.unit)),
        ("Source", escape(definition.source)),
        ("Mind", escape(parts.own_caveats(definition, shared))),
        ("Notes", ", ".join(f'<a href="#{parts.caveat_id(number)}">{number}</a>' for number in numbers)),
        ("Version", f"{definition.version}, reviewed {values.day_text(definition.reviewed_on)}"),
    )
    rows = "".join(f"<div><dt>{term}</dt><dd>{text}</dd></div>" for term, text in facts if text)
    return (
        f'<div class="definition" id="{parts.definition_id(definition.name)}"><h3>{escape(definition.title)}</h3>'
        f'<dl class="facts">{rows}</dl></div>'
    )


def _files(document: Document) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(used.title)}</th><td>{escape(used.file_name)}</td>'
        f'<td class="hash">{escape(used.sha256[:16])}</td></tr>'
        for used in document.receipts
    )
    body = (
        f'<div class="scroll-x" tabindex="0" role="region" aria-label="Table of the files"><table class="table">'
        '<thead><tr><th scope="col">Feed</th><th scope="col">File</th><th scope="col">SHA-256, first 16</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )
    return _appendix("files", parts.FILES_HEADING, "Each file is named by the hash of what was received.", body)


def _strip(worked_example: str) -> str:
    if not worked_example:
        return ""
    return (
        f'<aside class="strip" aria-label="About this report"><b>Worked example.</b> {escape(worked_example)}</aside>'
    )
