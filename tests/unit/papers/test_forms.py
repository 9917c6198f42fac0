"""A small pack in its four forms: nothing lost, and readable by machines and by people who do not see it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pikepdf
import pptx
import pypdf
import pytest
from docx.oxml.ns import qn
from factories.small_paper import small_paper
from pptx.util import Inches

import upstream.papers
from upstream.charts.theme import TOKENS
from upstream.papers import (
    FORMS,
    Cell,
    Column,
    Fact,
    Facts,
    Paper,
    Section,
    Signature,
    SignOff,
    State,
    Table,
    Text,
    fragment,
    render,
)
from upstream.papers.making import UnknownForm
from upstream.papers.slide_deck import BODY_BOTTOM, HEIGHT, WIDTH

FOLDER = Path(upstream.papers.__file__).parent
SAID = (
    "Violence Reduction Board, 12 February 2026", "OFFICIAL · Draft", "Robbery", "8.5 a day", "13 days late",
    "crime outcome 22", "not known", "The board is asked to:", "What would settle it", "£18,400", "Closure requested",
    "Director of public health", "Where the figures come from", "Street crime, January 2024", "2026-02-11.2",
    "People, plans and progress are invented.", "Open Government Licence v3.0",
)  # fmt: skip


class Page(HTMLParser):
    """The elements of a page with their attributes, in order, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {form: render(small_paper(), form) for form in FORMS}


@pytest.fixture(scope="module")
def page(made: dict[str, bytes]) -> Page:
    return Page(made["html"].decode("utf-8"))


def words_of(form: str, content: bytes) -> str:
    if form == "html":
        return " ".join(Page(content.decode("utf-8")).words)
    if form == "pdf":
        return " ".join(part.extract_text() for part in pypdf.PdfReader(BytesIO(content)).pages)
    if form == "docx":
        document = docx.Document(BytesIO(content))
        edges = [document.sections[0].header, document.sections[0].footer]
        bodies = [document.element.body, *(edge._element for edge in edges)]
        paragraphs = [p for body in bodies for p in body.iter(qn("w:p"))]
        return " ".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)
    return " ".join(text for slide in pptx.Presentation(BytesIO(content)).slides for text in texts_of(slide))


def texts_of(slide) -> list[str]:
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return found + [cell.text for table in tables for row in table.rows for cell in row.cells]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_what_the_paper_says(made: dict[str, bytes], form: str) -> None:
    said = " ".join(words_of(form, made[form]).split())
    assert [words for words in SAID if words not in said] == []


def test_unknown_form_is_refused() -> None:
    with pytest.raises(UnknownForm, match="html, pdf, docx, pptx"):
        render(small_paper(), "odt")  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
def test_keys_of_sources_are_not_shown(made: dict[str, bytes], form: str) -> None:
    """They join a number to its source; a reader is led by the number of the source."""
    assert "violence_count:2025-12" not in words_of(form, made[form])


@pytest.mark.parametrize("form", FORMS)
def test_what_is_only_signed_has_room_for_a_signature_and_no_state(form: str) -> None:
    letter = replace(small_paper(), sections=(Section("Letter", (SignOff((Signature("For us"),)),)),), slides=())
    heads = words_of(form, render(letter, form)).split("For us")[0].split()[-4:]
    assert heads == ["Role", "Name", "Date", "Signature"]


# ---- The page


def test_html_headings_never_skip_a_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_html_asks_for_nothing_from_outside(page: Page, made: dict[str, bytes]) -> None:
    asked = [a.get(name, "") for tag, a in page.elements if tag != "a" for name in ("src", "href", "srcset")]
    assert {link for link in asked if link and not link.startswith("#")} == set()
    assert re.findall(r"url\((?!data:|#)[^)]*\)", made["html"].decode()) == []
    assert not page.all("script")


def test_html_every_link_inside_leads_somewhere(page: Page) -> None:
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(names) == len(set(names))
    targets = {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")}
    assert targets <= set(names)
    assert {"main", "source-1", "source-4"} <= targets


def test_html_tables_have_captions_and_scopes(page: Page, made: dict[str, bytes]) -> None:
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(head.get("scope") in ("col", "row") for head in page.all("th"))


def test_html_keeps_a_day_and_a_state_on_one_line() -> None:
    rows = (("Answered", "11 Sep 2026", Cell("Waits for an answer", state=State.OPEN)),)
    table = Table("T", (Column("What"), Column("Answer by"), Column("State")), rows)
    page = Page(render(replace(one_section(""), sections=(Section("Part", (table,)),)), "html").decode())
    assert len([a for a in page.all("span") if a.get("class") == "paper__whole"]) == 2


def test_fragment_has_no_style_or_script_and_its_own_names() -> None:
    inside = Page(fragment(small_paper(), level=3, prefix="pack-"))
    assert {"style", "script", "h1", "h2"}.isdisjoint(tag for tag, _ in inside.elements)
    assert not [a for _, a in inside.elements if "style" in a]
    assert all(a["id"].startswith("pack-") for _, a in inside.elements if "id" in a)


# ---- The PDF


def test_pdf_is_tagged_and_says_title_and_language(made: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(made["pdf"])) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        metadata = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert re.search(r"pdfuaid:part(>|=.)1", metadata)
    assert "Violence Reduction Board" in metadata


def test_pdf_says_its_standing_and_number_on_every_page(made: dict[str, bytes]) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(made["pdf"])).pages]
    for number, text in enumerate(pages, 1):
        assert "OFFICIAL · Draft" in text
        assert f"Page {number} of {len(pages)}" in text


def test_pdf_has_no_heading_alone_at_the_end_of_a_page(made: dict[str, bytes]) -> None:
    headings = ("Headline numbers", "The plan", "Robbery", "Money", "Places", "Response to the inspection", "Decisions")
    for page in pypdf.PdfReader(BytesIO(made["pdf"])).pages:
        lines = [line for line in page.extract_text().splitlines() if line.strip() and not line.startswith("Page ")]
        assert not any(lines[-1].strip().endswith(heading) for heading in headings)


@pytest.mark.parametrize("lines", range(30, 60, 2))
def test_pdf_keeps_a_list_with_what_leads_on_to_it(lines: int) -> None:
    text = "\n\n".join(["Something was done."] * lines) + "\n\nDone in the period:\n\n- The first\n- The second"
    for page in pages_with(Text(text)):
        assert not page[-1].endswith("Done in the period:")


@pytest.mark.parametrize("lines", range(20, 40, 2))
def test_pdf_keeps_a_short_row_on_one_page_with_its_label(lines: int) -> None:
    said = "\n\n".join(f"Paragraph {number} of what was answered." for number in range(3))
    rows = (*(Fact(f"Label {number}", "Words") for number in range(lines)), Fact("The answer", said))
    (page,) = [page for page in pages_with(Facts(rows)) if any("The answer" in line for line in page)]
    assert sum("of what was answered" in line for line in page) == 3


def test_pdf_lets_a_tall_table_begin_where_it_is_named() -> None:
    rows = tuple((f"Action {number}", "A long reason why it is late. " * 6) for number in range(12))
    first = pages_with(Text("Ten are late."), Table("Late", (Column("Action"), Column("Why")), rows))[0]
    assert any("Action 0" in line for line in first)


def pages_with(*blocks) -> list[list[str]]:
    """Give the lines of each page of a paper of one section, without what stands at the edges."""
    paper = replace(small_paper(), sections=(Section("Part", blocks),), sources=(), facts=(), slides=(), contents=False)
    pages = pypdf.PdfReader(BytesIO(render(paper, "pdf"))).pages
    edge = re.compile(r"Page \d|Violence Reduction Board|Saltmarsh|OFFICIAL")
    return [
        [line.strip() for line in page.extract_text().splitlines() if line.strip() and not edge.search(line)]
        for page in pages
    ]


# ---- The Word file


def test_word_has_headings_alternatives_and_header_rows(made: dict[str, bytes]) -> None:
    document = docx.Document(BytesIO(made["docx"]))
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels == [1, 1, 2, 2, 2, 1, 1, 1]
    alternatives = [item.get("descr") for item in document.element.body.iter(qn("wp:docPr"))]
    assert len(alternatives) == 4  # two small charts and two figures
    assert all(alternatives)
    captions = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in document.tables]
    assert all(captions)
    repeated = [t for t in document.tables if t._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None]
    assert len(repeated) == 4  # actions, money, signatures, sources: the others are labels with values


def test_word_lists_are_lists_that_count_for_themselves(made: dict[str, bytes]) -> None:
    document = docx.Document(BytesIO(made["docx"]))
    every = document.element.body.iter(qn("w:p"))
    numbered = [p for p in every if p.style == "ListNumber" and p.pPr.numPr is not None and p.pPr.numPr.numId.val]
    used = [p.pPr.numPr.numId.val for p in numbered]
    assert len(used) == 6
    assert len(set(used)) == 2  # the response and the decision each begin at 1
    numbering = document.part.numbering_part.element
    starts = [numbering.num_having_numId(n).lvlOverride_lst[0].startOverride.val for n in set(used)]
    assert starts == [1, 1]


def test_word_parts_no_row_and_counts_its_pages(made: dict[str, bytes]) -> None:
    document = docx.Document(BytesIO(made["docx"]))
    parted = [
        row for table in document.tables for row in table._tbl.tr_lst if row.find(f".//{qn('w:cantSplit')}") is None
    ]
    assert all(len("".join(t.text or "" for t in row.iter(qn("w:t")))) > 600 for row in parted)
    footer = document.sections[0].footer.paragraphs[0]._p
    assert [code.text for code in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_word_links_lead_to_the_sources_and_to_the_headings(made: dict[str, bytes]) -> None:
    body = docx.Document(BytesIO(made["docx"])).element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert {"source_1", "source_2", "source_3", "source_4", "n_part_1", "n_sources"} <= anchors
    assert anchors <= set(marks)
    assert len(marks) == len(set(marks)) == len(set(numbers))


def test_word_contents_are_numbered_when_the_file_is_opened(made: dict[str, bytes]) -> None:
    document = docx.Document(BytesIO(made["docx"]))
    entries = [p for p in document.paragraphs if p.style.name == "Contents entry"]
    asked = [code.text for p in entries for code in p._p.iter(qn("w:instrText"))]
    anchors = [link.get(qn("w:anchor")) for p in entries for link in p._p.iter(qn("w:hyperlink"))]
    assert asked[1:] == [rf"PAGEREF {anchor} \h" for anchor in anchors]
    assert len(anchors) == len(entries)
    asks = document.settings.element.find(qn("w:updateFields"))
    assert asks is not None
    assert asks.getnext().tag == qn("w:compat")  # Word reads settings in their order only


def test_word_has_no_empty_page_where_a_table_ends_the_one_before() -> None:
    table = Table("A", (Column("B"),), (("c",),))
    sections = (Section("One", (table,)), Section("Two", (table,), new_page=True))
    paper = replace(small_paper(), sections=sections, sources=(), facts=(), slides=(), contents=False)
    body = docx.Document(BytesIO(render(paper, "docx"))).element.body
    heading = next(p for p in body.iter(qn("w:p")) if "".join(t.text for t in p.iter(qn("w:t"))) == "Two")
    assert heading.getprevious().tag == qn("w:tbl")


def test_word_page_break_moves_what_follows(made: dict[str, bytes]) -> None:
    document = docx.Document(BytesIO(made["docx"]))
    starts = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert starts == ["3  Response to the inspection"]


# ---- The slides


def test_every_slide_has_a_title_and_stays_inside(made: dict[str, bytes]) -> None:
    deck = pptx.Presentation(BytesIO(made["pptx"]))
    assert (deck.slide_width, deck.slide_height) == (Inches(WIDTH), Inches(HEIGHT))
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text.strip()
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= Inches(WIDTH)
            assert shape.top + shape.height <= Inches(HEIGHT)
            if shape.has_table:
                assert shape.top + sum(row.height for row in shape.table.rows) <= Inches(BODY_BOTTOM) + 12


def test_slides_say_the_finding_and_hold_chart_and_numbers(made: dict[str, bytes]) -> None:
    deck = pptx.Presentation(BytesIO(made["pptx"]))
    titled = {slide.shapes.title.text_frame.text: slide for slide in deck.slides}
    robbery = titled["Robbery has fallen: the last five months lie below the average."]
    (picture,) = [shape for shape in robbery.shapes if shape.shape_type == 13]  # a picture
    assert picture._element.nvPicPr.cNvPr.get("descr").startswith("Control chart")
    assert "10 or fewer" in texts_of(robbery)
    assert "Source [2]: Robbery, offences a day" in robbery.notes_slide.notes_text_frame.text


def test_text_that_nearly_fits_stands_on_one_slide_in_smaller_letters() -> None:
    text = "\n\n".join(["Something was done, and this is what came of it."] * 11)
    deck = pptx.Presentation(BytesIO(render(one_section(text), "pptx")))
    (slide,) = [each for each in deck.slides if each.shapes.title.text_frame.text.startswith("Part")]
    assert "1800" in slide._element.xpath(".//a:rPr/@sz")


def one_section(text: str) -> Paper:
    return replace(small_paper(), sections=(Section("Part", (Text(text),)),), sources=(), facts=(), slides=())


def test_letters_on_slides_are_never_small(made: dict[str, bytes]) -> None:
    sizes = {
        int(size)
        for slide in pptx.Presentation(BytesIO(made["pptx"])).slides
        for size in slide._element.xpath(".//a:rPr/@sz")
    }
    assert min(sizes) >= 1200


@pytest.mark.parametrize("name", ["paper.css", "paper.typ"])
def test_every_colour_is_a_token(name: str) -> None:
    used = set(re.findall(r"#[0-9a-f]{6}\b", (FOLDER / name).read_text(encoding="utf-8")))
    assert used <= set(TOKENS.values())
