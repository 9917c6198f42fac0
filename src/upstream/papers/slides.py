"""A paper as slides: one figure or indicator a slide, its finding as the title, its numbers as a table beside it.

Text goes on from slide to slide; nothing runs over the edge. Notes say where the figures come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO
from itertools import chain
from typing import Any

from upstream.charts.figure import Figure
from upstream.papers.artwork import Artwork, size_of
from upstream.papers.blocks import (
    Column,
    Decision,
    Facts,
    FigureBlock,
    Measure,
    Note,
    Quote,
    SignOff,
    Step,
    Table,
    Text,
    Timeline,
)
from upstream.papers.markdown import as_typed, parse, parse_line, text_of
from upstream.papers.outline import COLOURS, SIGNS, SOURCES_HEADING, Item, Measures, Outline, Part
from upstream.papers.sheets import plain_table, sheets_of, table_of_facts
from upstream.papers.slide_deck import ACROSS, BODY_HEIGHT, BODY_TOP, LEFT, Box, Deck
from upstream.papers.slide_fit import Line, pages_of, paragraph_lines, prose_lines
from upstream.rendering import values
from upstream.rendering.packages import same_every_time

BODY_SIZE = 20.0
SMALLER_SIZE = 18.0  # where it saves a slide
SMALLEST_SIZE = 16.0  # where it lets everything stand on one
SUMMARY_SIZE = 26.0
QUIET_SIZE = 16.0
CHART_WIDTH = 7.5
NUMBER_SIZE = 44.0
NUMBER_WIDTH = 4.6
MEASURE_HEIGHT = 2.8  # of what stands above the chart of an indicator
BESIDE = ACROSS - CHART_WIDTH - 0.4
MOST_ROWS = 60  # of a figure's numbers: a map of all neighbourhoods has hundreds, which nobody reads on a wall


def slides(outline: Outline, art: Artwork) -> bytes:
    """Make the slides; the same paper gives the same bytes."""
    deck = Deck(outline)
    writer = _Writer(deck, outline, art)
    deck.first()
    writer.opening()
    for part in outline.parts:
        writer.part(part)
    if outline.paper.sources and not outline.paper.slides:
        writer.table(SOURCES_HEADING, outline.sources_table())
    writer.lines("About this paper", writer.about())
    _properties(deck, outline)
    written = BytesIO()
    deck.made.save(written)
    return same_every_time(written.getvalue(), at=outline.paper.made_at)


def _properties(deck: Deck, outline: Outline) -> None:
    paper, core = outline.paper, deck.made.core_properties
    core.title, core.author, core.last_modified_by = paper.title[:255], paper.partnership[:255], paper.partnership[:255]
    core.subject, core.category, core.language = " · ".join(outline.about)[:255], paper.kind[:255], "en-GB"
    core.content_status, core.version = paper.status[:255], paper.version[:255]
    core.comments = core.keywords = ""
    core.created = core.modified = paper.made_at.replace(tzinfo=None)
    core.revision = 1


class _Writer:
    """Writes blocks as slides."""

    def __init__(self, deck: Deck, outline: Outline, art: Artwork) -> None:
        self.deck, self.outline, self.art = deck, outline, art
        self.size = BODY_SIZE  # of running text

    def opening(self) -> None:
        """The summary and the facts at the head of the paper."""
        paper = self.outline.paper
        listed = len(paper.summary) > 1
        look = Line((), SUMMARY_SIZE, sign="•" if listed else "", level=int(listed))
        lines = [paragraph_lines(parse_line(text), SUMMARY_SIZE, ACROSS, look) for text in paper.summary]
        said = list(chain.from_iterable(lines))
        keys = [fact.key for fact in paper.facts]
        used = sum(line.height for line in said) + 0.4
        facts = sheets_of(table_of_facts(paper.facts), ACROSS, max(0.5, BODY_HEIGHT - used), headed=False)
        if said and len(facts) == 1 and used + facts[0].height <= BODY_HEIGHT:
            slide, _ = self.deck.slide("In short")
            self.deck.text(slide, said, BODY_TOP)
            self.deck.table(slide, facts[0], top=BODY_TOP + used, title="About this paper")
            self.deck.note(slide, self._sources(*keys))
            return
        self.lines("In short", said)
        if paper.facts:
            self.table("At a glance", table_of_facts(paper.facts), headed=False, keys=keys)

    def about(self) -> Iterator[Line]:
        """What must be said of the whole paper: that it is an example, and whose data it holds."""
        paper = self.outline.paper
        texts = [f"Worked example. {paper.worked_example}"] if paper.worked_example else []
        for text in (*texts, *paper.attribution):
            yield from paragraph_lines(as_typed(text), QUIET_SIZE, ACROSS, Line((), QUIET_SIZE, token="ink-2"))

    def part(self, part: Part) -> None:
        """Write a section: running text together, everything else on slides of its own."""
        waiting: list[Item] = []
        for item in part.items:
            if isinstance(item.block, Text | Quote | Note):
                waiting.append(item)
                continue
            self._on_few_slides(part.title, partial(self._all_running, waiting))
            waiting = []
            self._own_slide(part, item)
        self._on_few_slides(part.title, partial(self._all_running, waiting))
        if not part.items:
            self.deck.slide(part.title)

    def _on_few_slides(self, title: str, set_lines: Callable[[], Iterable[Line]]) -> None:
        """Write text in the largest letters that do not cost a slide more; `set_lines` sets it in those chosen."""
        least, chosen = 0, BODY_SIZE
        for size in (BODY_SIZE, SMALLER_SIZE, SMALLEST_SIZE):
            self.size = size
            count = len(pages_of(self._with_title(title, set_lines()), BODY_HEIGHT))
            if not least or (count < least and (size >= SMALLER_SIZE or count == 1)):
                least, chosen = count, size
        self.size = chosen
        self.lines(title, set_lines())
        self.size = BODY_SIZE

    def _all_running(self, items: Iterable[Item]) -> Iterator[Line]:
        return chain.from_iterable(self._running(item) for item in items)

    def lines(self, title: str, lines: Iterable[Line]) -> None:
        """Write lines on as many slides as they take."""
        for number, page in enumerate(pages_of(self._with_title(title, lines), BODY_HEIGHT), 1):
            slide, _ = self.deck.slide(title if number == 1 else _continued(title))
            self.deck.text(slide, page, BODY_TOP)

    def table(self, title: str, table: Table, *, headed: bool = True, keys: Sequence[str] = (), note: str = "") -> None:
        """Write a table on as many slides as it takes, its head on each."""
        self._open_in_full(title)
        cell_keys = [getattr(value, "key", "") for row in table.rows for value in row]
        for number, sheet in enumerate(sheets_of(table, ACROSS, BODY_HEIGHT, headed=headed), 1):
            slide, _ = self.deck.slide(title if number == 1 else _continued(title))
            self.deck.table(slide, sheet, top=BODY_TOP, title=title)
            self.deck.note(slide, self._sources(table.key, *keys, *cell_keys))
            self.deck.note(slide, note)

    def _with_title(self, title: str, lines: Iterable[Line]) -> Iterator[Line]:
        """A title too long for its place is said in full before the lines."""
        found = list(lines)
        whole = self.deck.cut(title) if found else ""
        if whole:
            yield from paragraph_lines(as_typed(whole), BODY_SIZE, ACROSS, Line((), BODY_SIZE, strong=True))
        yield from found

    def _open_in_full(self, title: str) -> None:
        if self.deck.cut(title):
            self.lines(title, paragraph_lines(as_typed(" "), BODY_SIZE, ACROSS))

    def _running(self, item: Item) -> Iterator[Line]:
        """The lines of a block that runs with the text around it."""
        match item.block:
            case Text(markdown):
                yield from prose_lines(parse(markdown), self.size, ACROSS)
            case Quote(text, source):
                yield from prose_lines(parse(text), self.size, ACROSS, level=1)
                if source:
                    yield from self._quiet(source, level=1)
            case Note(subject, why, settled_by):
                yield from self._plain(f"Not known: {subject}.", strong=True)
                yield from self._plain(why)
                if settled_by:
                    yield from self._quiet(f"What would settle it: {settled_by}")

    def _plain(self, text: str, *, strong: bool = False) -> list[Line]:
        return paragraph_lines(as_typed(text), self.size, ACROSS, Line((), self.size, strong=strong))

    def _quiet(self, text: str, level: int = 0) -> list[Line]:
        look = Line((), QUIET_SIZE, token="ink-2", level=level)
        return paragraph_lines(as_typed(text), QUIET_SIZE, ACROSS, look)

    def _own_slide(self, part: Part, item: Item) -> None:
        match item.block:
            case Measures(items):
                for measure in items:
                    self._measure(measure)
            case FigureBlock():
                self._figure(item.block, item.label)
            case Table():
                self.table(item.block.title or part.title, item.block, note=item.block.note)
            case Facts(rows, title):
                keys = [fact.key for fact in rows]
                self.table(title or part.title, table_of_facts(rows), headed=False, keys=keys)
            case Decision():
                self._on_few_slides(item.block.label, partial(self._asked, item.block))
            case Timeline(steps, title):
                self.table(title or part.title, _table_of_steps(steps), headed=False)
            case SignOff():
                self.table(item.block.title or part.title, _table_of_signatures(item.block))

    def _asked(self, decision: Decision) -> Iterator[Line]:
        yield from self._plain(decision.lead_in, strong=True)
        for number, point in enumerate(decision.points, 1):
            look = Line((), self.size, sign=f"{number}.", level=1)
            yield from paragraph_lines(parse_line(point), self.size, ACROSS, look)

    def _measure(self, measure: Measure) -> None:
        """One indicator: its finding, its number in letters for the last row, the rest as a table, its chart."""
        title = text_of(parse_line(measure.sentence)) or f"{measure.name}: {measure.signal_words}"
        table = plain_table(title, _said_of(measure))
        beside = plain_table(title, _said_beside(measure))
        sheets = sheets_of(beside, ACROSS - NUMBER_WIDTH, MEASURE_HEIGHT, headed=False, size=18.0)
        if len(sheets) > 1 or not self._is_short(measure.value):
            self.table(title, table, headed=False, keys=[measure.key])
            sheets = []
        if not sheets and measure.chart is None:
            return
        slide, whole = self.deck.slide(title)
        self.deck.note(slide, whole)
        top = BODY_TOP
        if sheets:
            self.deck.text(slide, self._number(measure), BODY_TOP, width=NUMBER_WIDTH)
            self.deck.table(slide, sheets[0], top=BODY_TOP, left=LEFT + NUMBER_WIDTH, title=measure.name)
            top += max(sheets[0].height, 1.4) + 0.35
        self.deck.note(slide, self._sources(measure.key))
        if measure.chart is not None:
            self._chart(slide, measure.chart, measure.name, (LEFT, top, ACROSS, BODY_TOP + BODY_HEIGHT - top))
            self.deck.note(slide, measure.chart.alternative)

    def _is_short(self, value: str) -> bool:
        return len(paragraph_lines(as_typed(value), NUMBER_SIZE, NUMBER_WIDTH - 0.2)) == 1

    def _number(self, measure: Measure) -> list[Line]:
        number = Line((), NUMBER_SIZE, strong=True)
        signal = Line((), BODY_SIZE, strong=True, token=COLOURS[measure.signal][0])
        words = f"{SIGNS[measure.signal]} {measure.signal_words}"
        return [
            *paragraph_lines(as_typed(measure.value), NUMBER_SIZE, NUMBER_WIDTH - 0.2, number),
            *paragraph_lines(as_typed(words), BODY_SIZE, NUMBER_WIDTH - 0.2, signal)[:3],
        ]

    def _figure(self, block: FigureBlock, label: str) -> None:
        figure, title = block.figure, block.caption or block.figure.title
        slide, whole = self.deck.slide(title)
        if whole:
            self.deck.note(slide, whole)
        lines = self._quiet(figure.subtitle) if figure.subtitle else []
        lines = lines if len(lines) <= 3 else []
        if lines:
            self.deck.text(slide, lines, BODY_TOP - 0.1)
        top = BODY_TOP + sum(line.height for line in lines) + 0.1
        height = BODY_TOP + BODY_HEIGHT - top
        table = _table_of_figure(figure)
        beside = sheets_of(table, BESIDE, height, size=14.0) if len(table.columns) <= 3 else []
        self._chart(slide, figure, label, (LEFT, top, CHART_WIDTH if len(beside) == 1 else ACROSS, height))
        if len(beside) == 1:
            self.deck.table(slide, beside[0], title=title, top=top, left=LEFT + CHART_WIDTH + 0.4)
        self.deck.note(slide, self._sources(block.key))
        for text in (figure.alternative, *figure.notes, block.note):
            self.deck.note(slide, text)
        if len(beside) != 1 and len(table.rows) <= MOST_ROWS:
            self.table(f"The numbers of {label.lower()}: {title}", table, keys=[block.key])
        elif len(table.rows) > MOST_ROWS:
            self.deck.note(slide, f"All {len(table.rows)} numbers stand in the paper's web page.")

    def _chart(self, slide: Any, figure: Figure, name: str, box: Box) -> None:
        """Set the one of the two drawings that comes out larger, and so with larger letters."""

        wide = _scale(figure, box, wide=True) >= _scale(figure, box, wide=False)
        self.deck.picture(slide, self.art.png(figure, wide=wide), figure.alternative, name, box)

    def _sources(self, *keys: str) -> str:
        """Where the figures of a slide come from, one line for each key."""
        found = {key: self.outline.source_number(key) for key in keys if key}
        lines = []
        for number in sorted({number for number in found.values() if number}):
            source = self.outline.paper.sources[number - 1]
            said = (source.measure, source.method, source.period, source.build, source.made_from)
            lines.append(f"Source [{number}]: {'; '.join(text for text in said if text)}.")
        return "\n".join(lines)


def _scale(figure: Figure, box: Box, *, wide: bool) -> float:
    width, height = size_of(figure, wide=wide)
    return min(box[2] / width, box[3] / height)


def _continued(title: str) -> str:
    return f"{title} (continued)"


def _said_of(measure: Measure) -> list[tuple[str, str]]:
    pairs = (
        ("Indicator", measure.name), ("Value", measure.value),
        ("Signal", f"{SIGNS[measure.signal]} {measure.signal_words}"), ("Range", measure.interval),
        ("Target", measure.target), ("Period", measure.period),
    )  # fmt: skip
    return [pair for pair in pairs if pair[1]]


def _said_beside(measure: Measure) -> list[tuple[str, str]]:
    """What stands beside the number and its signal, which are set in large letters."""
    return [pair for pair in _said_of(measure) if pair[0] not in ("Value", "Signal")]


def _table_of_steps(steps: tuple[Step, ...]) -> Table:
    return plain_table("", [
        (values.day_text(step.on) if step.on else step.when,
         f"{SIGNS[step.state] + ' ' if step.state else ''}{text_of(parse_line(step.text))}")
        for step in steps
    ])  # fmt: skip


def _table_of_signatures(signing: SignOff) -> Table:
    columns = tuple(Column(name) for name in signing.heads)
    return Table("", columns, tuple(
        (line.role, line.name, values.day_text(line.on) if line.on else "",
         f"{SIGNS[line.state]} {line.state_words}" if line.state else line.state_words)
        for line in signing.lines
    ))  # fmt: skip


def _table_of_figure(figure: Figure) -> Table:
    frame = figure.table
    columns = tuple(
        Column(name, "r" if number and dtype.is_numeric() else "l")
        for number, (name, dtype) in enumerate(zip(frame.columns, frame.dtypes, strict=True))
    )
    return Table(figure.title, columns, tuple(frame.iter_rows()))
