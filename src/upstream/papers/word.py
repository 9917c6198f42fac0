"""A paper as a Word file that partners can edit: real headings and lists, header rows that repeat, links, bookmarks."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.shared import Pt, RGBColor

from upstream.charts.theme import TOKENS
from upstream.papers import word_blocks, word_text
from upstream.papers.artwork import Artwork
from upstream.papers.outline import SOURCES_HEADING, Outline, Part
from upstream.papers.plain_text import runs_right_to_left
from upstream.rendering import word_marks, word_styles
from upstream.rendering.packages import same_every_time

# name, size, bold, token, space before, space after, kept with the next paragraph
STYLES = (
    ("Standing", 9.0, True, "ink-2", 0, 0, False),
    ("Subtitle line", 13.0, False, "ink-2", 0, 6, False),
    ("Block title", 11.0, True, "ink", 12, 4, True),
    ("Quotation", 11.0, False, "ink", 6, 4, False),
    ("Decision", 11.0, True, "ink", 10, 4, True),
    ("Form label", 9.5, False, "ink-2", 3, 3, False),
    ("Form text", 10.0, False, "ink", 3, 3, False),
    ("Measure value", 13.0, True, "ink", 2, 0, False),
)
SOURCES_MARK = word_marks.bookmark_name("sources")


def word(outline: Outline, art: Artwork) -> bytes:
    """Make the Word file; the same paper gives the same bytes."""
    made = docx.Document()
    word_styles.prepare(made)
    _styles(made)
    _properties(made, outline)
    _edges(made, outline)
    _head(made, outline)
    writer = word_blocks.Writer(made, outline, art)
    for place, part in enumerate(outline.parts):
        _part(writer, part, place)
    _sources(writer)
    for line in outline.paper.attribution:
        made.add_paragraph(line, style="Quiet")
    written = BytesIO()
    made.save(written)
    return same_every_time(written.getvalue(), at=outline.paper.made_at)


def _styles(made: WordDocument) -> None:
    for row in STYLES:
        word_styles.add(made, *row)
    heading = made.styles["Heading 1"]
    heading.paragraph_format.page_break_before = False
    heading.paragraph_format.space_before = Pt(22)
    heading.font.size, made.styles["Title"].font.size = Pt(16), Pt(24)
    for name in ("List Bullet", "List Number"):
        made.styles[name].font.size, made.styles[name].paragraph_format.space_after = Pt(10), Pt(4)
    made.styles["Normal"].font.size = Pt(10)
    word_styles.border(heading, "top", size=12, token="ink")
    word_styles.border(made.styles["Quotation"], "left", size=24, token="ink")
    word_styles.border(made.styles["Decision"], "top", size=24, token="chart-1")


def _properties(made: WordDocument, outline: Outline) -> None:
    paper, core = outline.paper, made.core_properties
    core.title, core.author, core.last_modified_by = paper.title[:255], paper.partnership[:255], paper.partnership[:255]
    core.subject, core.category, core.language = " · ".join(outline.about)[:255], paper.kind[:255], "en-GB"
    core.comments, core.keywords, core.version = "", "", paper.version[:255]
    core.content_status = paper.status[:255]
    core.created = core.modified = paper.made_at.replace(tzinfo=None)
    core.revision = 1


def _edges(made: WordDocument, outline: Outline) -> None:
    """Put the title and the standing above every page, and the page number below."""
    section = made.sections[0]
    header = section.header.paragraphs[0]
    header.style = made.styles["Quiet"]
    word_marks.at_both_ends(header, outline.paper.title, outline.standing)
    footer = section.footer.paragraphs[0]
    word_marks.footer(footer, outline.foot)
    footer.style = made.styles["Quiet"]


def _head(made: WordDocument, outline: Outline) -> None:
    paper = outline.paper
    made.add_paragraph(f"{paper.kind} · {paper.partnership}", style="Eyebrow")
    title = made.add_paragraph(paper.title, style="Title")
    title.paragraph_format.keep_with_next = True
    word_marks.direct(title, right_to_left=runs_right_to_left(paper.title))
    if paper.subtitle:
        made.add_paragraph(paper.subtitle, style="Subtitle line")
    made.add_paragraph(" · ".join(outline.about), style="Quiet")
    text = word_text.TextWriter(made, outline)
    for place, line in enumerate(paper.summary, 1):
        paragraph = made.add_paragraph(style="Lede" if len(paper.summary) == 1 else "List Bullet")
        text.line(paragraph, line)
        if len(paper.summary) > 1:
            paragraph.paragraph_format.space_before = Pt(14 if place == 1 else 0)
            paragraph.paragraph_format.space_after = Pt(14 if place == len(paper.summary) else 4)
        for run in paragraph.runs:
            run.font.size = Pt(12)
    if paper.facts:
        word_blocks.Writer(made, outline, Artwork()).facts(paper.facts, "About this paper")
    if paper.worked_example:
        made.add_paragraph(f"Worked example. {paper.worked_example}", style="Quiet")
    if paper.contents:
        made.add_paragraph("Contents", style="Contents heading").runs[0].font.size = Pt(14)
        entries = [(part.title, word_marks.bookmark_name(part.anchor)) for part in outline.parts if part.level == 1]
        if paper.sources:
            entries.append((SOURCES_HEADING, SOURCES_MARK))
        word_marks.contents_field(made, entries)


def _part(writer: word_blocks.Writer, part: Part, place: int) -> None:
    if part.new_page or writer.break_waits:
        writer.end_page()
    heading = writer.made.add_heading(level=part.level)
    if part.number:
        number = heading.add_run(f"{part.number}  ")
        number.bold, number.font.color.rgb = False, RGBColor.from_string(TOKENS["ink-3"].lstrip("#"))
    heading.add_run(part.heading)
    word_marks.bookmark_heading(heading, word_marks.bookmark_name(part.anchor), place)
    heading.paragraph_format.page_break_before = part.new_page or writer.break_waits
    writer.break_waits = False
    word_marks.direct(heading, right_to_left=runs_right_to_left(part.heading))
    for item in part.items:
        writer.block(item)


def _sources(writer: word_blocks.Writer) -> None:
    if writer.outline.paper.sources:
        heading = writer.made.add_heading(SOURCES_HEADING, level=1)
        word_marks.bookmark_heading(heading, SOURCES_MARK, len(writer.outline.parts))
        table = writer.table(writer.outline.sources_table(), SOURCES_HEADING)
        for number, row in enumerate(table.rows[1:], 1):
            word_marks.bookmark(row.cells[0].paragraphs[0], f"source_{number}", number)
