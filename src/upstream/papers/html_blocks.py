"""Each block of a paper as HTML."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from upstream.charts.figure import Figure
from upstream.papers.artwork import Artwork
from upstream.papers.blocks import (
    Cell,
    Decision,
    Fact,
    Facts,
    FigureBlock,
    Measure,
    Note,
    PageBreak,
    Quote,
    Signature,
    SignOff,
    Step,
    Table,
    Text,
    Timeline,
)
from upstream.papers.columns import is_parted
from upstream.papers.html_text import Links, direction, inline, plain_html, prose, state_tag
from upstream.papers.outline import Item, Measures, shown
from upstream.papers.shapes import shape_svg
from upstream.rendering import values
from upstream.rendering.drawings import for_page
from upstream.rendering.html_tables import frame_table, framed

LONGEST_WHOLE = 26  # letters: a day or a state of no more than these does not break over lines
MOST_ON_A_PHONE = 3  # columns of words; with more a table scrolls there
_SIDES = {"l": "", "r": "num", "c": "paper__centre"}


def block(item: Item, links: Links, art: Artwork, level: int) -> str:
    """Write one block; `level` is that of a heading inside it."""
    if isinstance(item.block, Measures):
        lines = "".join(_measure(measure, links, art, level) for measure in item.block.items)
        return f'<div class="paper__measures">{lines}</div>'
    if isinstance(item.block, FigureBlock):
        return _figure(item.block, item.label, links, art)
    if isinstance(item.block, Table):
        return table_html(item.block, f"{item.label}  {item.block.title}".strip(), links)
    return _WRITERS[type(item.block)](item.block, links)


def fact_rows(facts: tuple[Fact, ...], links: Links) -> str:
    """Labels and values of a description list."""
    return "".join(
        f"<div><dt>{escape(fact.label)}</dt><dd>{prose(fact.value, links)}{links.mark(fact.key)}</dd></div>"
        for fact in facts
    )


def table_html(table: Table, title: str, links: Links) -> str:
    """Write a table with its caption."""
    return _table(table, title, links, f"<caption>{escape(title)}{links.mark(table.key)}</caption>", "")


def sources_html(table: Table, links: Links) -> str:
    """Write the table of sources; each row has a name to link to: source-1, source-2."""
    title = "The sources by number"
    return _table(table, title, links, f'<caption class="vh">{title}</caption>', "source")


def _table(table: Table, title: str, links: Links, caption: str, rows_named: str) -> str:
    sides = [_SIDES[column.align] for column in table.columns]
    heads = "".join(
        f'<th scope="col"{_class(side)}>{escape(column.name)}</th>'
        for column, side in zip(table.columns, sides, strict=True)
    )
    rows = []
    for number, row in enumerate(table.rows, 1):
        last = table.total and number == len(table.rows)
        name = f' id="{links.name(f"{rows_named}-{number}")}"' if rows_named else ""
        placed = enumerate(zip(row, sides, strict=True))
        cells = "".join(_cell(shown(value), side, place == 0, links) for place, (value, side) in placed)
        rows.append(f"<tr{name}{_class('paper__total' if last else '')}>{cells}</tr>")
    inner = f"{caption}<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>"
    note = f'<p class="table__note">{plain_html(table.note)}</p>' if table.note else ""
    whole = f"{framed(inner, title, many=len(table.columns) > MOST_ON_A_PHONE)}{note}"
    return whole if is_parted(table) else f'<div class="paper__short">{whole}</div>'


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _cell(cell: Cell, side: str, names_row: bool, links: Links) -> str:
    text = state_tag(cell.state, cell.text) if cell.state else plain_html(cell.text)
    if len(cell.text) <= LONGEST_WHOLE and (cell.state or values.is_day(cell.text)):
        text = f'<span class="paper__whole">{text}</span>'
    note = f'<span class="meta">{plain_html(cell.note)}</span>' if cell.note else ""
    tag, scope = ("th", ' scope="row"') if names_row else ("td", "")
    return f"<{tag}{scope}{_class(side)}{direction(cell.text)}>{text}{links.mark(cell.key)}{note}</{tag}>"


def _measure(measure: Measure, links: Links, art: Artwork, level: int) -> str:
    signal = (
        f'<span class="paper__signal paper__signal--{measure.signal.value}">'
        f"{shape_svg(measure.signal)}<span>{escape(measure.signal_words)}</span></span>"
    )
    said = [text for text in (measure.interval, measure.period) if text]
    quiet = "".join(f'<span class="meta">{escape(text)}</span>' for text in said)
    sentence = f"<p>{inline(measure.sentence, links)}</p>" if measure.sentence else ""
    target = f'<p class="meta">Target {escape(measure.target)}</p>' if measure.target else ""
    chart = _art(measure.chart, art, links) if measure.chart else ""
    return (
        f'<div class="paper__measure"><div class="paper__says"><h{level}>{escape(measure.name)}</h{level}>'
        f"{signal}{sentence}{target}</div>"
        f'<p class="paper__value">{escape(measure.value)}{links.mark(measure.key)}{quiet}</p>'
        f'<div class="paper__chart">{chart}</div></div>'
    )


def _art(figure: Figure, art: Artwork, links: Links, *, wide: bool = True) -> str:
    drawn = for_page(art.svg(figure, wide=wide), links.next_drawing())
    return f'<div role="img" aria-label="{escape(figure.alternative)}">{drawn}</div>'


def _figure(figure_block: FigureBlock, label: str, links: Links, art: Artwork) -> str:
    figure = figure_block.figure
    name = links.name(values.slug_of(label))
    drawn = "".join(
        f'<div class="{place}">{_art(figure, art, links, wide=wide)}</div>'
        for place, wide in (("at-wide", True), ("at-narrow", False))
    )
    table = frame_table(figure.table, f"{label} as a table")
    notes = "".join(f"<p>{plain_html(note)}</p>" for note in (*figure.notes, figure_block.note) if note)
    return (
        f'<figure class="figure paper__figure" id="{name}" aria-labelledby="{name}-title"><figcaption>'
        f'<p class="figure__title" id="{name}-title">{escape(label)} {escape(figure_block.caption or figure.title)}'
        f'{links.mark(figure_block.key)}</p><p class="figure__sub">{escape(figure.subtitle)}</p></figcaption>'
        f'<div class="figure__art">{drawn}</div><div class="figure__foot">{notes}</div>'
        f"<details><summary>The same numbers as a table</summary>{table}</details></figure>"
    )


def _text(text: Text, links: Links) -> str:
    return f'<div class="paper__text">{prose(text.markdown, links)}</div>'


def _facts(facts: Facts, links: Links) -> str:
    title = f'<p class="paper__caption">{escape(facts.title)}</p>' if facts.title else ""
    return f'{title}<dl class="paper__facts">{fact_rows(facts.rows, links)}</dl>'


def _quote(quote: Quote, links: Links) -> str:
    source = f'<p class="meta">{escape(quote.source)}</p>' if quote.source else ""
    return f'<blockquote class="paper__quote">{prose(quote.text, links)}{source}</blockquote>'


def _decision(decision: Decision, links: Links) -> str:
    points = "".join(f"<li>{inline(point, links)}</li>" for point in decision.points)
    return (
        f'<div class="paper__decision" role="group" aria-label="{escape(decision.label)}">'
        f'<p class="paper__label">{escape(decision.label)}</p>'
        f"<p><strong>{escape(decision.lead_in)}</strong></p><ol>{points}</ol></div>"
    )


def _timeline(timeline: Timeline, links: Links) -> str:
    title = f'<p class="paper__caption">{escape(timeline.title)}</p>' if timeline.title else ""
    return f'{title}<ol class="paper__steps">{"".join(_step(step, links) for step in timeline.steps)}</ol>'


def _step(step: Step, links: Links) -> str:
    state = f'<span class="vh">{step.state.value}: </span>{shape_svg(step.state)}' if step.state else ""
    return f"<li><span>{escape(day_of(step))}</span><span>{state}</span><span>{inline(step.text, links)}</span></li>"


def day_of(step: Step) -> str:
    """The day of a step as its words."""
    return values.day_text(step.on) if step.on else step.when


def _note(note: Note, links: Links) -> str:
    settled = f"<p>What would settle it: {plain_html(note.settled_by)}</p>" if note.settled_by else ""
    why = f"<p><b>Not known: {escape(note.subject)}.</b> {plain_html(note.why)}</p>"
    return f'<div class="unknown">{why}{settled}</div>'


def _page_break(_: PageBreak, links: Links) -> str:
    return '<div class="paper__break"></div>'


def _sign_off(signing: SignOff, links: Links) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in signing.heads)
    rows = "".join(f"<tr>{_signature(line)}</tr>" for line in signing.lines)
    title = signing.title or "Signatures"
    caption = "<caption>" if signing.title else '<caption class="vh">'
    inner = f"{caption}{escape(title)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class="paper__signing">{framed(inner, title, many=True)}</div>'


def _signature(line: Signature) -> str:
    empty = '<span class="paper__line"><span class="vh">to be written</span></span>'
    day = escape(values.day_text(line.on)) if line.on else empty
    state = state_tag(line.state, line.state_words or line.state.value) if line.state else escape(line.state_words)
    cells = "".join(f"<td>{text or empty}</td>" for text in (escape(line.name), day, state))
    return f'<th scope="row">{escape(line.role)}</th>{cells}'


_WRITERS: dict[type, Callable[[Any, Links], str]] = {
    Text: _text, Facts: _facts, Quote: _quote, Decision: _decision, Timeline: _timeline, Note: _note,
    PageBreak: _page_break, SignOff: _sign_off,
}  # fmt: skip
