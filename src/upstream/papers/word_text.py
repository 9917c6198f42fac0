"""Texts of a paper in a Word file: runs with their look, real lists, links outwards and to the sources."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from upstream.charts.theme import TOKENS
from upstream.papers.blocks import State
from upstream.papers.markdown import Listing, Paragraph, Run, Runs, parse, parse_line, text_of
from upstream.papers.outline import COLOURS, SIGNS, Outline
from upstream.papers.plain_text import runs_right_to_left
from upstream.rendering import word_marks

DEEPEST_INDENT = 6


class TextWriter:
    """Writes Markdown into paragraphs of a Word file."""

    def __init__(self, made: WordDocument, outline: Outline) -> None:
        self.made, self.outline = made, outline

    def prose(self, markdown: str, style: str = "Normal") -> None:
        """Write paragraphs and lists at the end of the document."""
        pieces = parse(markdown)
        for place, piece in enumerate(pieces, 1):
            if isinstance(piece, Paragraph):
                paragraph = self.made.add_paragraph(style=style)
                self.runs(paragraph, piece.runs)
                if place < len(pieces) and isinstance(pieces[place], Listing):
                    paragraph.paragraph_format.keep_with_next = True  # never parted from its list
            else:
                self._listing(self.made, piece, 0, style)

    def prose_in(self, cell: object, markdown: str, style: str) -> None:
        """Write paragraphs and lists into a cell, the first into the paragraph that it has."""
        first = True
        for piece in parse(markdown):
            if isinstance(piece, Paragraph):
                paragraph = cell.paragraphs[0] if first else cell.add_paragraph()  # type: ignore[attr-defined]
                word_marks.set_style(paragraph, style)
                self.runs(paragraph, piece.runs)
            else:
                self._listing(cell, piece, 0, style, first=first)
            first = False

    def line(self, paragraph: WordParagraph, markdown: str) -> None:
        """Write a text that stands on one line."""
        self.runs(paragraph, parse_line(markdown))

    def runs(self, paragraph: WordParagraph, runs: Runs) -> None:
        """Write runs into a paragraph, which takes the direction of its letters."""
        for run in runs:
            self._run(paragraph, run)
        word_marks.direct(paragraph, right_to_left=runs_right_to_left(text_of(runs)))

    def mark(self, paragraph: WordParagraph, key: str) -> None:
        """Write the small mark [3] that leads to a source; nothing without a key."""
        number = self.outline.source_number(key) if key else None
        if number is not None:
            paragraph.add_run(" ")
            word_marks.link(paragraph, f"[{number}]", f"source_{number}", size=7.5)

    def state(self, paragraph: WordParagraph, state: State, words: str) -> None:
        """Write a state as its sign and words on a tint."""
        colour, ground = COLOURS[state]
        run = paragraph.add_run(f" {SIGNS[state]} {words} ")
        run.bold, run.font.size = True, Pt(8.5)
        run.font.color.rgb = RGBColor.from_string(TOKENS[colour].lstrip("#"))
        word_marks.shade(run, TOKENS[ground], framed=ground == "paper")

    def _run(self, paragraph: WordParagraph, run: Run) -> None:
        if run.text == "\n":
            paragraph.add_run().add_break()
            return
        number = self.outline.source_number(run.key) if run.key else None
        if number is not None:
            word_marks.link(paragraph, run.text, f"source_{number}", bold=run.bold)
        elif run.link:
            word_marks.link_out(paragraph, run.text, run.link, bold=run.bold)
        else:
            written = paragraph.add_run(run.text)
            written.bold, written.italic = run.bold or None, run.italic or None

    def _listing(self, holder: object, listing: Listing, depth: int, style: str, *, first: bool = False) -> None:
        numbering = word_marks.new_list(self.made, start=listing.first)
        for item in listing.items:
            for place, piece in enumerate(item or (Paragraph(()),)):
                if isinstance(piece, Listing):
                    self._listing(holder, piece, depth + 1, style)
                    continue
                paragraph = holder.paragraphs[0] if first else holder.add_paragraph()  # type: ignore[attr-defined]
                first = False
                word_marks.set_style(paragraph, "List Bullet" if listing.first is None else "List Number")
                indent = 6 * (min(depth, DEEPEST_INDENT) + 1)
                paragraph.paragraph_format.left_indent = Mm(indent)
                paragraph.paragraph_format.first_line_indent = Mm(-5 if place == 0 else 0)
                word_marks.number_by(paragraph, numbering if place == 0 else 0)
                if style == "Form text":
                    paragraph.paragraph_format.space_after = Pt(3)
                self.runs(paragraph, piece.runs)
