"""The document as a Word file that partners can edit: real headings, captions, header rows, notes and links."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
import polars as pl
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

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
from upstream.rendering import values, word_marks, word_styles
from upstream.rendering.drawings import Drawings
from upstream.rendering.packages import same_every_time

TEXT_WIDTH_MM = 170.0


def word(document: Document, drawings: Drawings) -> bytes:
    """Make the Word file; the same document gives the same bytes."""
    made = docx.Document()
    word_styles.prepare(made)
    _properties(made, document)
    _title_page(made, document)
    _contents(made, document)
    known = set(document.numbers())
    for chapter in document.chapters:
        _chapter(made, chapter, drawings, known)
    _register(made, document)
    _definitions(made, document)
    _files(made, document)
    _headings(made)
    written = BytesIO()
    made.save(written)
    return same_every_time(written.getvalue(), at=document.made_at)


def _properties(made: WordDocument, document: Document) -> None:
    core = made.core_properties
    core.title, core.author = document.title, document.partnership
    core.subject, core.language = parts.foot_text(document), "en-GB"
    core.comments, core.keywords = "", f"build {document.build}"
    core.created = core.modified = document.made_at.replace(tzinfo=None)


def _title_page(made: WordDocument, document: Document) -> None:
    made.add_paragraph(document.partnership, style="Eyebrow").paragraph_format.space_before = Mm(45)
    made.add_paragraph(document.title, style="Title")
    made.add_paragraph(f"Made {values.day_text(document.made_at)} · {parts.foot_text(document)}", style="Quiet")
    lede = made.add_paragraph(style="Lede")
    known = set(document.numbers())
    _write(lede, document.summary, known)
    if document.worked_example:
        made.add_paragraph(f"Worked example. {document.worked_example}", style="Quiet")
    for line in document.attribution:
        made.add_paragraph(line, style="Quiet")
    section = made.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = document.title
    section.header.paragraphs[0].style = made.styles["Quiet"]
    word_marks.footer(section.footer.paragraphs[0], parts.foot_text(document))
    section.footer.paragraphs[0].style = made.styles["Quiet"]


def _contents(made: WordDocument, document: Document) -> None:
    heading = made.add_paragraph("Contents", style="Contents heading")
    heading.paragraph_format.page_break_before = True
    word_marks.contents_field(made, [(title, word_marks.bookmark_name(title)) for title in _titles(document)])


def _titles(document: Document) -> list[str]:
    """Give the headings of the first level in their order."""
    appendices = (
        (parts.REGISTER_HEADING, True),
        (parts.DEFINITIONS_HEADING, document.definitions),
        (parts.FILES_HEADING, document.receipts),
    )
    chapters = [f"{chapter.number}  {chapter.title}" for chapter in document.chapters]
    return [*chapters, *(heading for heading, is_there in appendices if is_there)]


def _headings(made: WordDocument) -> None:
    """Let the contents lead to every heading of the first level."""
    for place, paragraph in enumerate(made.paragraphs):
        if paragraph.style is not None and paragraph.style.name == "Heading 1":
            word_marks.bookmark_heading(paragraph, word_marks.bookmark_name(paragraph.text), place)


def _chapter(made: WordDocument, chapter: Chapter, drawings: Drawings, known: set[str]) -> None:
    made.add_heading(f"{chapter.number}  {chapter.title}", level=1)
    answer = made.add_paragraph(style="Answer")
    _write(answer, chapter.answer[:1], known, bold=True)
    if len(chapter.answer) > 1:
        answer.add_run(" ")
        _write(answer, chapter.answer[1:], known)
    for term, text in (("Sure of:", chapter.sure_of), ("Not sure of:", chapter.not_sure_of)):
        _note(made, MarginNote(term, text), "Answer note")
    for section in chapter.sections:
        _section(made, section, drawings, known)


def _section(made: WordDocument, section: Section, drawings: Drawings, known: set[str]) -> None:
    for leaf in parts.leaves(section):
        if leaf.heading:
            made.add_heading(leaf.heading, level=2)
        for block in leaf.blocks:
            _block(made, block, drawings, known)
        for note in leaf.notes:
            _note(made, note, "Margin note")


def _note(made: WordDocument, note: MarginNote, style: str) -> None:
    paragraph = made.add_paragraph(style=style)
    paragraph.add_run(note.term).bold = True
    paragraph.add_run(f" {note.text}")


def _write(paragraph: WordParagraph, sentences: tuple[Sentence, ...], known: set[str], *, bold: bool = False) -> None:
    """Write sentences into a paragraph; each number is a link to its entry in the register."""
    for count, sentence in enumerate(sentences):
        if count:
            paragraph.add_run(" ")
        for text, number in parts.pieces(sentence):
            if number is None or number.key not in known:
                paragraph.add_run(text).bold = bold
            else:
                word_marks.link(paragraph, text, word_marks.bookmark_name(number.key), bold=bold)


def _block(made: WordDocument, block: Block, drawings: Drawings, known: set[str]) -> None:
    match block:
        case Paragraph(sentences):
            _write(made.add_paragraph(), sentences, known)
        case BulletList(items):
            for item in items:
                _write(made.add_paragraph(style="List Bullet"), (item,), known)
        case NotKnown(subject, why, settled_by):
            paragraph = made.add_paragraph(style="Not known")
            paragraph.add_run(f"Not known: {subject}.").bold = True
            paragraph.add_run(f" {why} What would settle it: {settled_by}")
        case FigureBlock():
            _figure(made, block, drawings)
        case TableBlock():
            _table(made, block)


def _figure(made: WordDocument, block: FigureBlock, drawings: Drawings) -> None:
    figure = block.figure
    made.add_paragraph(f"Figure {block.label}  {figure.title}", style="Figure title")
    made.add_paragraph(figure.subtitle, style="Figure subtitle")
    paragraph = made.add_paragraph(style="Figure")
    picture = paragraph.add_run().add_picture(BytesIO(drawings.pictures[figure.name]), width=Mm(TEXT_WIDTH_MM))
    word_marks.describe(picture, figure.alternative, f"Figure {block.label}")
    for note in figure.notes:
        made.add_paragraph(note, style="Quiet")


def _table(made: WordDocument, block: TableBlock) -> None:
    made.add_paragraph(f"Table {block.label}  {block.title}", style="Figure title")
    weights = block.weights or values.column_weights(block.frame.columns, block.frame.rows())
    _frame(made, block.frame, block.align, weights, f"Table {block.label} {block.title}")
    made.add_paragraph(block.note, style="Quiet")


def _frame(made: WordDocument, frame: pl.DataFrame, align: str, weights: Sequence[float], title: str) -> Any:
    table = made.add_table(rows=1, cols=frame.width, style="Ruled")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    word_marks.table_title(table, title)
    for cell, name, side in zip(table.rows[0].cells, frame.columns, align, strict=True):
        _fill(cell, name, side, "Table head")
    word_marks.repeat_as_header(table.rows[0])
    for held in frame.iter_rows():
        row = table.add_row()
        word_marks.keep_whole(row)
        for cell, value, side in zip(row.cells, held, align, strict=True):
            _fill(cell, values.cell_text(value), side, "Table text")
    word_marks.set_widths(table, [TEXT_WIDTH_MM * weight / sum(weights) for weight in weights])
    return table


def _fill(cell: _Cell, text: str, side: str, style: str) -> None:
    first, _, second = text.partition("\n")
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(first)
    if second:
        paragraph.add_run().add_break()
        paragraph.add_run(second).font.size = Pt(7)
    if side == "r":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _register(made: WordDocument, document: Document) -> None:
    made.add_heading(parts.REGISTER_HEADING, level=1)
    made.add_paragraph(
        "In the order in which they are first said. The file figures.json holds the same, with receipts."
    )
    numbers = list(document.numbers().values())
    frame = pl.DataFrame(
        [(n.text, n.label, n.period, parts.interval_text(n), parts.method_text(n)) for n in numbers],
        schema=["As written", "What it is", "Period", "95% interval", "Method"],
        orient="row",
    )
    if numbers:
        table = _frame(made, frame, "lllll", (1.1, 3.2, 1.3, 1.2, 1.7), parts.REGISTER_HEADING)
        for count, number in enumerate(numbers):
            _mark(table.cell(count + 1, 0).paragraphs[0], number, count)


def _mark(paragraph: WordParagraph, number: Number, count: int) -> None:
    word_marks.bookmark(paragraph, word_marks.bookmark_name(number.key), count)


def _definitions(made: WordDocument, document: Document) -> None:
    if not document.definitions:
        return
    made.add_heading(parts.DEFINITIONS_HEADING, level=1)
    shared = parts.shared_caveats(document.definitions)
    if shared:
        made.add_heading(parts.SHARED_HEADING, level=2)
        made.add_paragraph(parts.SHARED_OPENING, style="Definition")
        for number, caveat in enumerate(shared, 1):
            _note(made, MarginNote(f"{number}.", caveat), "Definition")
    made.add_heading(parts.DEFINITIONS_ORDER, level=2)
    for definition in document.definitions:
        made.add_heading(definition.title, level=3)
        facts = (
            ("Counts:", definition.numerator),
            ("Out of:", definition.denominator),
            ("Is not:", definition.is_not),
            ("Source:", definition.source),
            ("Mind:", parts.own_caveats(definition, shared)),
            ("Notes:", ", ".join(map(str, parts.caveat_numbers(definition, shared)))),
        )
        for term, text in facts:
            if text:
                _note(made, MarginNote(term, text), "Definition")


def _files(made: WordDocument, document: Document) -> None:
    if not document.receipts:
        return
    made.add_heading(parts.FILES_HEADING, level=1)
    rows = [(used.title, used.file_name, used.sha256[:16]) for used in document.receipts]
    frame = pl.DataFrame(rows, schema=["Feed", "File", "SHA-256, first 16"], orient="row")
    _frame(made, frame, "lll", (2.2, 3.0, 1.4), parts.FILES_HEADING)
