"""A deck of slides and what may stand on one: title, text, picture, table, notes. Sizes are in inches and points."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from upstream.charts.theme import FONT_FAMILY, TOKENS
from upstream.papers.markdown import Run
from upstream.papers.outline import Outline
from upstream.papers.plain_text import runs_right_to_left
from upstream.papers.sheets import CELL_GAP, Sheet, SheetCell
from upstream.papers.slide_fit import INDENT, Line, lines_of

WIDTH, HEIGHT = 13.333, 7.5
LEFT, ACROSS = 0.6, 12.13
TITLE_TOP, BODY_TOP, BODY_BOTTOM = 0.45, 1.7, 6.8
BODY_HEIGHT = BODY_BOTTOM - BODY_TOP
TITLE_SIZES = ((28.0, 2), (22.0, 3))  # points, most lines
TITLE_ONLY = 5  # the layout of the plain template that has a title and nothing else
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
SIDES = {"l": PP_ALIGN.LEFT, "r": PP_ALIGN.RIGHT, "c": PP_ALIGN.CENTER}


Box = tuple[float, float, float, float]  # left, top, width, height


class Deck:
    """Slides in order, each with the furniture of the paper."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.made = pptx.Presentation()
        self.made.slide_width, self.made.slide_height = Inches(WIDTH), Inches(HEIGHT)

    def slide(self, title: str) -> tuple[Any, str]:
        """Add a slide; gives it, and the whole title where only its beginning fitted."""
        slide = self._bare()
        size, shown, whole = _fitted(title)
        holder = slide.shapes.title
        holder.left, holder.top, holder.width, holder.height = map(Inches, (LEFT, TITLE_TOP, ACROSS, 1.15))
        frame = holder.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        _no_margins(frame)
        frame.paragraphs[0].alignment = SIDES["l"]
        write(frame.paragraphs[0], shown, size, strong=True)
        self._furniture(slide)
        return slide, whole

    def cut(self, title: str) -> str:
        """The whole of a title of which a slide shows only the beginning; empty when it fits."""
        return _fitted(title)[2]

    def first(self) -> Any:
        """Add the slide that opens the deck: the paper's name on the product's colour."""
        paper, slide = self.outline.paper, self._bare()
        ground = slide.background.fill
        ground.solid()
        ground.fore_color.rgb = colour("brand")
        self._on_brand(slide, f"{paper.kind} · {paper.partnership}", 0.6, 0.5, 18, "on-brand-2", 9.0)
        self._on_brand(slide, self.outline.standing, 9.9, 0.5, 16, "paper", 2.83, strong=True, align="r")
        size, shown, _ = _fitted(paper.title, ((44.0, 2), (32.0, 3)))
        holder = slide.shapes.title
        holder.left, holder.top, holder.width, holder.height = map(Inches, (LEFT, 2.0, ACROSS, 1.9))
        holder.text_frame.word_wrap, holder.text_frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM
        _no_margins(holder.text_frame)
        holder.text_frame.paragraphs[0].alignment = SIDES["l"]
        write(holder.text_frame.paragraphs[0], shown, size, strong=True, token="paper")
        subtitle = _shortened(paper.subtitle, 24.0, 11.0, 3)
        self._on_brand(slide, subtitle, 0.6, 4.1, 24, "paper", 11.5)
        self._on_brand(slide, _shortened(" · ".join(self.outline.about), 18, 11.5, 2), 0.6, 6.4, 18, "on-brand-2", 12.0)
        return slide

    def text(self, slide: Any, lines: Sequence[Line], top: float, *, left: float = LEFT, width: float = ACROSS) -> None:
        """Write lines that have been reckoned to fit; lines of one paragraph are joined again."""
        height = sum(line.height for line in lines)
        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(max(height, 0.3)))
        frame = box.text_frame
        frame.word_wrap = True
        _no_margins(frame)
        for number, paragraph_lines in enumerate(_paragraphs(lines)):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            _set(paragraph, paragraph_lines)

    def picture(self, slide: Any, png: bytes, alternative: str, name: str, box: Box) -> None:
        """Put a picture in the top left of a box, as large as it goes; `box` is left, top, width and height."""
        left, top, width, height = box
        picture = slide.shapes.add_picture(BytesIO(png), Inches(left), Inches(top))
        scale = min(Inches(width) / picture.width, Inches(height) / picture.height)
        picture.width, picture.height = Emu(int(picture.width * scale)), Emu(int(picture.height * scale))
        properties = picture._element.nvPicPr.cNvPr
        properties.set("descr", alternative)
        properties.set("name", name)

    def table(self, slide: Any, sheet: Sheet, *, top: float, left: float = LEFT, title: str = "") -> None:
        """Write a table of ruled rows; the first is its head unless it has none."""
        rows, columns = len(sheet.rows), len(sheet.widths)
        frame = slide.shapes.add_table(
            rows, columns, Inches(left), Inches(top), Inches(sum(sheet.widths)), Inches(sheet.height)
        )
        frame.name = "Table"
        frame._element.nvGraphicFramePr.cNvPr.set("descr", title)
        table = frame.table
        table.first_row, table.horz_banding = sheet.headed, False
        table._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
        for column, width in zip(table.columns, sheet.widths, strict=True):
            column.width = Inches(width)
        for number, (row, cells, height) in enumerate(zip(table.rows, sheet.rows, sheet.heights, strict=True)):
            row.height = Inches(height)
            for cell, held in zip(row.cells, cells, strict=True):
                _fill(cell, held, sheet.size, is_head=sheet.headed and number == 0)

    def note(self, slide: Any, text: str) -> None:
        """Add to what the speaker reads; nothing when there is nothing."""
        if text:
            frame = slide.notes_slide.notes_text_frame
            frame.text = f"{frame.text}\n{text}".strip()

    def _bare(self) -> Any:
        return self.made.slides.add_slide(self.made.slide_layouts[TITLE_ONLY])

    def _furniture(self, slide: Any) -> None:
        rule = slide.shapes.add_connector(1, Inches(LEFT), Inches(0.32), Inches(LEFT + ACROSS), Inches(0.32))
        rule.line.color.rgb, rule.line.width = colour("ink"), Pt(2)
        rule._element.nvCxnSpPr.cNvPr.set("descr", "")
        self._small(slide, _shortened(self.outline.foot, 12, 7.4, 1), LEFT, 7.6, "l")
        self._small(slide, _shortened(self.outline.standing, 12, 3.2, 1), 8.4, 3.4, "r", strong=True)
        self._number(self._small(slide, "", 12.0, 0.73, "r"))

    def _small(self, slide: Any, text: str, left: float, width: float, align: str, *, strong: bool = False) -> Any:
        box = slide.shapes.add_textbox(Inches(left), Inches(7.02), Inches(width), Inches(0.28))
        box.text_frame.word_wrap = True
        _no_margins(box.text_frame)
        paragraph = box.text_frame.paragraphs[0]
        paragraph.alignment = SIDES[align]
        write(paragraph, text, 12, token="ink-2" if strong else "ink-3", strong=strong)
        return paragraph

    def _number(self, paragraph: Any) -> None:
        """Let the program count the slides, so that it still counts when a partner moves one."""
        shown = len(self.made.slides)
        paragraph._p.append(
            parse_xml(
                f'<a:fld {nsdecls("a")} id="{NUMBER_FIELD}" type="slidenum"><a:rPr lang="en-GB" sz="1200"/>'
                f"<a:t>{shown}</a:t></a:fld>"
            )
        )

    def _on_brand(
        self, slide: Any, text: str, left: float, top: float, size: float, token: str, width: float, **look: Any
    ) -> None:
        if not text:
            return
        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(0.5))
        box.text_frame.word_wrap = True
        _no_margins(box.text_frame)
        paragraph = box.text_frame.paragraphs[0]
        paragraph.alignment = SIDES[look.pop("align", "l")]
        write(paragraph, text, size, token=token, **look)


def colour(token: str) -> RGBColor:
    """The colour of a token."""
    return RGBColor.from_string(TOKENS[token].lstrip("#"))


def write(
    paragraph: Any, text: str, size: float, *, token: str = "ink", strong: bool = False, italic: bool = False
) -> Any:
    """Add a run in the product's typeface and in British English; gives the run."""
    run = paragraph.add_run()
    run.text = text
    font = run.font
    font.name, font.size, font.bold, font.italic = FONT_FAMILY, Pt(size), strong, italic or None
    font.color.rgb, font.language_id = colour(token), MSO_LANGUAGE_ID.ENGLISH_UK
    return run


def line_break(paragraph: Any, size: float) -> None:
    """Break a line; the break has the size of the letters, or it would be taller than they are."""
    paragraph._p.append(parse_xml(f'<a:br {nsdecls("a")}><a:rPr lang="en-GB" sz="{int(size * 100)}"/></a:br>'))


def _fitted(title: str, sizes: tuple[tuple[float, int], ...] = TITLE_SIZES) -> tuple[float, str, str]:
    """The size at which a title fits, what is shown of it, and the whole where it was cut."""
    for size, most in sizes:
        if len(lines_of(title, size, ACROSS)) <= most:
            return size, title, ""
    size, most = sizes[-1]
    return size, _shortened(title, size, ACROSS, most), title


def _shortened(text: str, size: float, width: float, most: int) -> str:
    lines = lines_of(text, size, width)
    if len(lines) <= most:
        return text
    return "".join(lines[:most]).rstrip()[:-2].rstrip() + "…"


def _no_margins(frame: Any) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in lines:
        if line.opens or not found:
            found.append([])
        found[-1].append(line)
    return found


def _set(paragraph: Any, lines: list[Line]) -> None:
    first = lines[0]
    paragraph.space_before, paragraph.line_spacing = Pt(first.size * 0.45 if first.opens else 0), 1.0
    properties = paragraph._p.get_or_add_pPr()
    if first.level:
        properties.set("marL", str(Inches(first.level * INDENT)))
        properties.set("indent", str(-Inches(INDENT) if first.sign else 0))
    sign = f'<a:buChar {nsdecls("a")} char="•"/>' if first.sign == "•" else f"<a:buNone {nsdecls('a')}/>"
    properties.append(parse_xml(sign))
    if first.sign and first.sign != "•":
        write(paragraph, f"{first.sign}\t", first.size, token=first.token)
    if runs_right_to_left("".join(run.text for line in lines for run in line.runs)):
        properties.set("rtl", "1")
        properties.set("algn", "r")
    runs = [(run, line) for line in lines for run in line.runs]
    while runs and runs[-1][0].text == "\n":
        runs.pop()
    for run, line in runs:
        _run(paragraph, run, line)


def _run(paragraph: Any, run: Run, line: Line) -> None:
    if run.text == "\n":
        line_break(paragraph, line.size)
        return
    made = write(paragraph, run.text, line.size, token=line.token, strong=run.bold or line.strong, italic=run.italic)
    if run.link:
        made.hyperlink.address = run.link


def _fill(cell: Any, held: SheetCell, size: float, *, is_head: bool) -> None:
    cell.margin_left, cell.margin_right = Inches(0), Inches(CELL_GAP)
    cell.margin_top = cell.margin_bottom = Inches(0.05)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = SIDES[held.align]
    for number, text in enumerate(held.text.split("\n")):
        if number:
            line_break(paragraph, size)
        write(paragraph, text, size, token="ink-2" if is_head else held.token, strong=held.strong)
    if runs_right_to_left(held.text):
        paragraph._p.get_or_add_pPr().set("rtl", "1")
    _ruled(cell, "ink-2" if is_head else "rule", 1.0 if is_head else 0.5)


def _ruled(cell: Any, token: str, points: float) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.append(
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="{int(Pt(points))}"><a:solidFill><a:srgbClr val="{TOKENS[token].lstrip("#")}"/>'
            "</a:solidFill></a:lnB>"
        )
    )
