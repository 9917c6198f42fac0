"""How the Word file looks: styles, page and language, so that partners edit styles and not paragraphs."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from upstream.charts.theme import FONT_FAMILY, TOKENS

# name, size, weight (bold), token, space before, space after, kept with the next paragraph
PARAGRAPH_STYLES = (
    ("Eyebrow", 12.0, False, "ink-2", 0, 4, True),
    ("Lede", 14.0, False, "ink", 18, 24, False),
    ("Quiet", 8.5, False, "ink-3", 0, 6, False),
    ("Contents heading", 20.0, True, "ink", 0, 12, True),
    ("Contents entry", 10.5, False, "ink", 0, 5, False),
    ("Answer", 13.0, False, "ink", 8, 6, True),
    ("Answer note", 9.0, False, "ink-2", 0, 3, False),
    ("Margin note", 9.0, False, "ink-2", 0, 8, False),
    ("Not known", 10.5, False, "ink", 6, 8, False),
    ("Figure title", 11.0, True, "ink", 14, 2, True),
    ("Figure subtitle", 9.0, False, "ink-2", 0, 4, True),
    ("Figure", 10.5, False, "ink", 0, 4, False),
    ("Table head", 8.5, True, "ink-2", 2, 2, True),
    ("Table text", 9.0, False, "ink", 2, 2, False),
    ("Definition", 9.0, False, "ink-2", 0, 2, False),
)
HEADINGS = (("Title", 30.0, 0, 8), ("Heading 1", 20.0, 0, 10), ("Heading 2", 14.0, 18, 6), ("Heading 3", 11.0, 12, 3))


def prepare(made: WordDocument) -> None:
    """Set the page, the language and every style that the document uses."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(22)
    normal = made.styles["Normal"]
    _type(normal, 10.5, bold=False, token="ink")
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(8), 1.25
    _language(normal)
    for name, size, before, after in HEADINGS:
        _heading(made.styles[name], size, before, after)
    made.styles["Heading 1"].paragraph_format.page_break_before = True
    for row in PARAGRAPH_STYLES:
        add(made, *row)
    _edges(made)
    _table_style(made)


def add(
    made: WordDocument, name: str, size: float, bold: bool, token: str, before: float, after: float, kept: bool
) -> None:
    """Add a paragraph style: size and spaces in points, `kept` with the paragraph that follows."""
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles["Normal"]
    _type(style, size, bold=bold, token=token)
    _space(style, before, after, kept=kept)


def _type(style: ParagraphStyle, size: float, *, bold: bool, token: str) -> None:
    style.font.name, style.font.size, style.font.bold = FONT_FAMILY, Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(TOKENS[token].lstrip("#"))
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT_FAMILY)
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(attribute), None)


def _space(style: ParagraphStyle, before: float, after: float, *, kept: bool) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = kept
    style.paragraph_format.line_spacing = 1.15


def _heading(style: ParagraphStyle, size: float, before: float, after: float) -> None:
    _type(style, size, bold=True, token="ink")
    _space(style, before, after, kept=True)
    borders = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
    if borders is not None:  # Word's own Title draws a blue line
        style.element.pPr.remove(borders)


def _language(style: ParagraphStyle) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "en-GB")
    style.element.get_or_add_rPr().append(language)


def _edges(made: WordDocument) -> None:
    """Rule the answer off above, the gap at its left, as on the page."""
    border(made.styles["Answer"], "top", size=24, token="chart-1")
    border(made.styles["Not known"], "left", size=18, token="unknown", dashed=True)


def border(style: ParagraphStyle, side: str, *, size: int, token: str, dashed: bool = False) -> None:
    """Rule a paragraph off at one side; `size` is in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "dashed" if dashed else "single"), ("sz", str(size)), ("space", "6")):
        edge.set(qn(f"w:{name}"), value)
    edge.set(qn("w:color"), TOKENS[token].lstrip("#"))
    borders.append(edge)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc"
    )


def _table_style(made: WordDocument) -> None:
    """A table of hairlines under its rows and a darker line under its head."""
    style = made.styles.add_style("Ruled", WD_STYLE_TYPE.TABLE)
    properties = OxmlElement("w:tblPr")
    borders = OxmlElement("w:tblBorders")
    for side, size, token in (("top", 8, "ink-2"), ("bottom", 4, "rule-2"), ("insideH", 4, "rule")):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), "single")
        edge.set(qn("w:sz"), str(size))
        edge.set(qn("w:space"), "0")
        edge.set(qn("w:color"), TOKENS[token].lstrip("#"))
        borders.append(edge)
    properties.append(borders)
    style.element.append(properties)
