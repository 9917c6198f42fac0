"""Each block of a paper in a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from upstream.charts.figure import Figure
from upstream.charts.theme import TOKENS
from upstream.papers.artwork import Artwork, size_of
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
    SignOff,
    State,
    Table,
    Text,
    Timeline,
)
from upstream.papers.columns import is_parted, letters_of
from upstream.papers.outline import COLOURS, SIGNS, Item, Measures, Outline, shown
from upstream.papers.word_text import TextWriter
from upstream.rendering import values, word_marks

TEXT_WIDTH_MM = 170.0
TALLEST_MM = 190.0
LETTERS_ACROSS = 95.0  # of a table
MM_PER_PIXEL = 25.4 / 96
LONG_ROW = 600  # letters: a row of more than these may be parted between pages
SIDES = {"l": WD_ALIGN_PARAGRAPH.LEFT, "r": WD_ALIGN_PARAGRAPH.RIGHT, "c": WD_ALIGN_PARAGRAPH.CENTER}


class Writer:
    """Writes blocks at the end of a Word file."""

    def __init__(self, made: WordDocument, outline: Outline, art: Artwork) -> None:
        self.made, self.outline, self.art = made, outline, art
        self.text = TextWriter(made, outline)
        self.break_waits = False
        self.gap: WordParagraph | None = None

    def block(self, item: Item) -> None:
        """Write one block; a page break waits for what comes after it, so that no page is left empty."""
        if isinstance(item.block, PageBreak):
            self.break_waits = True
            return
        before = len(self.made.element.body)
        self._block(item)
        if self.break_waits and len(self.made.element.body) > before:
            word_marks.break_before(self.made, before - 1)  # the last element is the page set-up
            self.break_waits = False

    def _block(self, item: Item) -> None:
        match item.block:
            case Measures(items):
                self._measures(items)
            case Text(markdown):
                self.text.prose(markdown)
            case Facts(rows, title):
                self._title(title)
                self.facts(rows, title or "Facts")
            case Table():
                self._captioned(item.block, item.label)
            case Quote():
                self._quote(item.block)
            case FigureBlock():
                self._figure(item.block, item.label)
            case Decision():
                self._decision(item.block)
            case Timeline():
                self._timeline(item.block)
            case Note():
                self._note(item.block)
            case SignOff():
                self._sign_off(item.block)

    def facts(self, facts: tuple[Fact, ...], title: str) -> None:
        """Write labels and values as a table of two columns without a head."""
        if not facts:
            return
        table = self._grid(len(facts), (42.0, 128.0), title)
        for row, fact in zip(table.rows, facts, strict=True):
            if len(fact.value) <= LONG_ROW:
                word_marks.keep_whole(row)
            _put(row.cells[0], fact.label, "Form label")
            self.text.prose_in(row.cells[1], fact.value, "Form text")
            self.text.mark(row.cells[1].paragraphs[-1], fact.key)
        self._gap()

    def table(self, table: Table, title: str) -> WordTable:
        """Write a table with a head that repeats on every page."""
        widths = [TEXT_WIDTH_MM * letters / LETTERS_ACROSS for letters in letters_of(table, LETTERS_ACROSS)]
        made = self._grid(len(table.rows) + 1, widths, title, headed=True)
        for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
            _put(cell, column.name, "Table head").alignment = SIDES[column.align]
        for number, (row, cells) in enumerate(zip(list(made.rows)[1:], table.rows, strict=True), 1):
            last = table.total and number == len(table.rows)
            if sum(len(shown(value).text) + len(shown(value).note) for value in cells) <= LONG_ROW:
                word_marks.keep_whole(row)
            for place, (cell, value) in enumerate(zip(row.cells, cells, strict=True)):
                paragraph = self._fill(cell, shown(value), bold=last or place == 0)
                paragraph.alignment = SIDES[table.columns[place].align]
        for place in _after_numbers(table):
            for row in made.rows:
                row.cells[place].paragraphs[0].paragraph_format.left_indent = Mm(4)
        return made

    def _grid(self, rows: int, widths: Sequence[float], title: str, *, headed: bool = False) -> WordTable:
        table = self.made.add_table(rows=rows, cols=len(widths), style="Ruled")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        word_marks.table_title(table, title)
        word_marks.set_margins(table, left=0, right=2.5)
        if headed:
            word_marks.repeat_as_header(table.rows[0])
        word_marks.set_widths(table, list(widths))
        return table

    def _fill(self, cell: _Cell, held: Cell, *, bold: bool) -> WordParagraph:
        paragraph = cell.paragraphs[0]
        word_marks.set_style(paragraph, "Table text")
        if held.state:
            self.text.state(paragraph, held.state, held.text)
        else:
            paragraph.add_run(held.text).bold = bold or None
        self.text.mark(paragraph, held.key)
        if held.note:
            paragraph.add_run().add_break()
            quiet = paragraph.add_run(held.note)
            quiet.font.size, quiet.font.color.rgb = Pt(7.5), RGBColor.from_string(TOKENS["ink-3"].lstrip("#"))
        return paragraph

    def _captioned(self, table: Table, label: str) -> None:
        self._caption(label, table.title, table.key)
        made = self.table(table, f"{label} {table.title}")
        if not is_parted(table):
            word_marks.keep_together(made)
        self._quiet(table.note)
        self._gap()

    def _caption(self, label: str, title: str, key: str) -> None:
        paragraph = self.made.add_paragraph(f"{label}  {title}", style="Figure title")
        self.text.mark(paragraph, key)

    def _title(self, title: str) -> None:
        if title:
            self.made.add_paragraph(title, style="Block title")

    def _quiet(self, text: str) -> None:
        if text:
            self.made.add_paragraph(text, style="Quiet")

    def _gap(self) -> None:
        """A little room after a table, which has no space after it of its own."""
        self.gap = self.made.add_paragraph(style="Quiet")
        self.gap.paragraph_format.space_after, self.gap.paragraph_format.line_spacing = Pt(0), Pt(8)

    def end_page(self) -> None:
        """Take away the room after a table that ends a page: pushed over its end, it would be an empty page."""
        if self.gap is not None and self.made.element.body[-2] is self.gap._p:  # the last is the page set-up
            self.made.element.body.remove(self.gap._p)
            self.gap = None

    def _figure(self, block: FigureBlock, label: str) -> None:
        figure = block.figure
        self._caption(label, block.caption or figure.title, block.key)
        if figure.subtitle:
            self.made.add_paragraph(figure.subtitle, style="Figure subtitle")
        paragraph = self.made.add_paragraph(style="Figure")
        notes = [note for note in (*figure.notes, block.note) if note]
        paragraph.paragraph_format.keep_with_next = bool(notes)
        self._picture(paragraph, figure, label, TEXT_WIDTH_MM)
        for note in notes:
            self._quiet(note)

    def _picture(self, paragraph: WordParagraph, figure: Figure, name: str, widest: float) -> None:
        width, height = size_of(figure)
        fitting = min(width * MM_PER_PIXEL, widest, TALLEST_MM * width / height)
        picture = paragraph.add_run().add_picture(BytesIO(self.art.png(figure)), width=Mm(fitting))
        word_marks.describe(picture, figure.alternative, name)

    def _measures(self, measures: tuple[Measure, ...]) -> None:
        table = self._grid(len(measures), (78.0, 32.0, 60.0), "Indicators: what each tells, its number, its chart")
        for row, measure in zip(table.rows, measures, strict=True):
            word_marks.keep_whole(row)
            self._says(row.cells[0], measure)
            number = _put(row.cells[1], measure.value, "Measure value")
            self.text.mark(number, measure.key)
            for quiet in (measure.interval, measure.period):
                if quiet:
                    row.cells[1].add_paragraph(quiet, style="Quiet").paragraph_format.space_after = Pt(0)
            if measure.chart is not None:
                word_marks.set_style(row.cells[2].paragraphs[0], "Table text")
                self._picture(row.cells[2].paragraphs[0], measure.chart, measure.name, 56.0)
        self._gap()

    def _says(self, cell: _Cell, measure: Measure) -> None:
        first = _put(cell, measure.name, "Table text")
        first.runs[0].bold, first.runs[0].font.size = True, Pt(10.5)
        first.add_run("  ")
        self._signal(first, measure.signal, measure.signal_words)
        if measure.sentence:
            paragraph = cell.add_paragraph(style="Table text")
            self.text.line(paragraph, measure.sentence)
        if measure.target:
            cell.add_paragraph(f"Target {measure.target}", style="Quiet").paragraph_format.space_after = Pt(2)

    def _signal(self, paragraph: WordParagraph, state: State, words: str) -> None:
        run = paragraph.add_run(f"{SIGNS[state]} {words}")
        run.bold, run.font.size = True, Pt(8.5)
        run.font.color.rgb = RGBColor.from_string(TOKENS[COLOURS[state][0]].lstrip("#"))

    def _quote(self, quote: Quote) -> None:
        self.text.prose(quote.text, style="Quotation")
        if quote.source:
            self.made.add_paragraph(quote.source, style="Quotation").runs[0].font.size = Pt(8.5)

    def _decision(self, decision: Decision) -> None:
        first = self.made.add_paragraph(style="Decision")
        label = first.add_run(decision.label)
        label.bold, label.font.size = False, Pt(8.5)
        first.add_run().add_break()
        first.add_run(decision.lead_in)
        numbering = word_marks.new_list(self.made, start=1)
        for point in decision.points:
            paragraph = self.made.add_paragraph(style="List Number")
            word_marks.number_by(paragraph, numbering)
            self.text.line(paragraph, point)

    def _timeline(self, timeline: Timeline) -> None:
        if not timeline.steps:
            return
        self._title(timeline.title)
        table = self._grid(len(timeline.steps), (34.0, 8.0, 128.0), timeline.title or "Dated steps")
        for row, step in zip(table.rows, timeline.steps, strict=True):
            if len(step.text) <= LONG_ROW:
                word_marks.keep_whole(row)
            _put(row.cells[0], values.day_text(step.on) if step.on else step.when, "Table text")
            self._shape(row.cells[1], step.state)
            paragraph = row.cells[2].paragraphs[0]
            word_marks.set_style(paragraph, "Table text")
            self.text.line(paragraph, step.text)
        self._gap()

    def _shape(self, cell: _Cell, state: State | None) -> None:
        paragraph = _put(cell, SIGNS[state] if state else "", "Table text")
        if state:
            paragraph.runs[0].font.color.rgb = RGBColor.from_string(TOKENS[COLOURS[state][0]].lstrip("#"))

    def _note(self, note: Note) -> None:
        paragraph = self.made.add_paragraph(style="Not known")
        paragraph.add_run(f"Not known: {note.subject}.").bold = True
        settled = f" What would settle it: {note.settled_by}" if note.settled_by else ""
        paragraph.add_run(f" {note.why}{settled}")

    def _sign_off(self, signing: SignOff) -> None:
        self._title(signing.title)
        widths, title = (54.0, 44.0, 32.0, 40.0), signing.title or "Signatures"
        table = self._grid(len(signing.lines) + 1, widths, title, headed=True)
        for cell, head in zip(table.rows[0].cells, signing.heads, strict=True):
            _put(cell, head, "Table head")
        for row, line in zip(list(table.rows)[1:], signing.lines, strict=True):
            row.height = Mm(10)
            word_marks.keep_whole(row)
            day = values.day_text(line.on) if line.on else ""
            for cell, text in zip(row.cells, (line.role, line.name, day), strict=False):
                _put(cell, text, "Table text")
            self._fill(row.cells[3], Cell(line.state_words, state=line.state), bold=False)
        word_marks.keep_together(table)
        self._gap()


def _after_numbers(table: Table) -> list[int]:
    """Give the columns of words that follow one of numbers, whose ends would touch their beginnings."""
    sides = [column.align for column in table.columns]
    return [place for place in range(1, len(sides)) if sides[place] == "l" and sides[place - 1] == "r"]


def _put(cell: _Cell, text: str, style: str) -> WordParagraph:
    paragraph = cell.paragraphs[0]
    word_marks.set_style(paragraph, style)
    paragraph.add_run(text)
    return paragraph
