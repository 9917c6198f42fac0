"""A small document in its four forms: nothing lost, readable by machines and by people who do not see it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import docx
import pikepdf
import pypdf
import pytest
from docx.oxml.ns import qn
from factories.small_document import small_document

from upstream.assessments import write
from upstream.assessments.document import Document, Section
from upstream.assessments.rendering import parts
from upstream.charts.theme import TOKENS
from upstream.measures import load_definitions
from upstream.rendering import values
from upstream.rendering.drawings import for_page
from upstream.rendering.word_marks import bookmark_name

RENDERING = Path(parts.__file__).parent
SHARED = Path(values.__file__).parent


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def document() -> Document:
    return small_document()


@pytest.fixture(scope="module")
def written(document: Document, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write(document, tmp_path_factory.mktemp("small"))


def test_write_tells_how_far_it_is(document: Document, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    write(document, tmp_path, progress=lambda step, share: told.append((step, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert told[-1] == ("done", 1.0)


def test_html_headings_never_skip_a_level(written: dict[str, Path]) -> None:
    page = Page(written["html"].read_text(encoding="utf-8"))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_html_asks_for_nothing_from_outside(written: dict[str, Path]) -> None:
    text = written["html"].read_text(encoding="utf-8")
    page = Page(text)
    links = [
        a.get(name, "") for tag, a in page.elements if tag != "svg" for name in ("src", "href", "action", "srcset")
    ]
    assert {link for link in links if link and not link.startswith("#")} == set()
    assert re.findall(r"url\((?!data:|#)[^)]*\)", text) == []
    assert not page.all("script")
    assert not page.all("link")


def test_html_every_link_inside_leads_somewhere(written: dict[str, Path]) -> None:
    page = Page(written["html"].read_text(encoding="utf-8"))
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(names) == len(set(names))
    assert {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")} <= set(names)


def test_html_says_its_language_and_what_each_drawing_shows(written: dict[str, Path]) -> None:
    page = Page(written["html"].read_text(encoding="utf-8"))
    assert page.all("html")[0]["lang"] == "en-GB"
    pictures = [a for _, a in page.elements if a.get("role") == "img"]
    assert len(pictures) == 4  # two figures, each wide and narrow
    assert all(picture["aria-label"].startswith("Control chart") for picture in pictures)
    assert all(svg["aria-hidden"] == "true" for svg in page.all("svg"))


def test_html_escapes_what_comes_from_data(written: dict[str, Path]) -> None:
    text = written["html"].read_text(encoding="utf-8")
    assert "Hanley &amp; Etruria" in text
    assert "Smallshire &amp; Co" in text


def test_html_says_what_is_not_known(written: dict[str, Path]) -> None:
    text = written["html"].read_text(encoding="utf-8")
    assert "Not known: the hour." in text
    assert "What would settle it: records with the hour." in text


def test_pdf_is_tagged_and_says_title_and_language(written: dict[str, Path]) -> None:
    with pikepdf.open(written["pdf"]) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        metadata = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert "Strategic Needs Assessment 2026" in metadata
    assert re.search(r"pdfuaid:part(>|=.)1", metadata)


def structure(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """Every element of one kind in the structure tree of a PDF."""
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting.extend(node)
        elif isinstance(node, pikepdf.Dictionary):
            if node.get("/S") == pikepdf.Name(f"/{kind}"):
                found.append(node)
            if "/K" in node:
                waiting.append(node.K)
    return found


def test_pdf_figures_have_alternatives_and_tables_have_header_cells(written: dict[str, Path]) -> None:
    with pikepdf.open(written["pdf"]) as pdf:
        alternatives = [str(figure.Alt) for figure in structure(pdf, "Figure")]
        assert len(alternatives) == 2
        assert all(text.startswith("Control chart") for text in alternatives)
        assert len(structure(pdf, "TH")) >= 2 + 5 + 3  # the table, the register and the files
        assert structure(pdf, "H1")


def test_pdf_uses_only_the_typeface_of_the_product(written: dict[str, Path]) -> None:
    names = set()
    for page in pypdf.PdfReader(written["pdf"]).pages:
        fonts = page["/Resources"].get("/Font", {})  # type: ignore[union-attr]
        names |= {fonts[name]["/BaseFont"].split("+")[-1] for name in fonts}
    assert names
    assert all("IBMPlexSans" in name for name in names)


def test_pdf_says_what_the_page_says_and_numbers_its_pages(written: dict[str, Path]) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(written["pdf"]).pages]
    whole = " ".join(" ".join(pages).split())
    assert "The police recorded 41,429 offences." in whole
    assert "Not known: the hour." in whole
    assert all("Build 2026-02-11.2" in page for page in pages)
    assert all(page.strip() for page in pages)


def test_word_has_headings_contents_alternatives_and_header_rows(written: dict[str, Path]) -> None:
    made = docx.Document(str(written["docx"]))
    headings = [(p.style.name, p.text) for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 1", "1  How much") in headings
    assert ("Heading 2", "A part") in headings
    levels = [int(name[-1]) for name, _ in headings]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    body = made.element.body
    assert any("TOC" in (code.text or "") for code in body.iter(qn("w:instrText")))
    alternatives = [item.get("descr") for item in body.iter(qn("wp:docPr"))]
    assert len(alternatives) == 2
    assert all(text and text.startswith("Control chart") for text in alternatives)
    for table in made.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_word_footer_language_and_properties(written: dict[str, Path]) -> None:
    made = docx.Document(str(written["docx"]))
    footer = made.sections[0].footer._element
    assert "Build 2026-02-11.2" in made.sections[0].footer.paragraphs[0].text
    assert any(code.text == "PAGE" for code in footer.iter(qn("w:instrText")))
    language = made.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"
    assert made.core_properties.title == "Strategic Needs Assessment 2026"
    assert made.core_properties.language == "en-GB"


def test_word_links_lead_to_bookmarks(written: dict[str, Path]) -> None:
    body = docx.Document(str(written["docx"])).element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert {"n_n", "n_half", "n_1__How_much", "n_Files_this_report_was_made_from"} <= anchors
    assert len(marks) == len(set(marks))
    assert anchors <= set(marks)


def test_bookmark_names_stay_apart_when_cut() -> None:
    one, other = bookmark_name("a" * 50 + "one"), bookmark_name("a" * 50 + "two")
    assert one != other
    assert len(one) <= 40  # Word drops longer names without a word


def test_figures_json_holds_every_number_figure_and_table(document: Document, written: dict[str, Path]) -> None:
    stored = json.loads(written["json"].read_text(encoding="utf-8"))
    assert [item["key"] for item in stored["numbers"]] == list(document.numbers())
    total = stored["numbers"][0]
    assert (total["value"], total["measure"], total["build"]) == (41_429.0, "violence_count", "2026-02-11.2")
    assert total["chapters"] == [1]
    assert total["feeds"][0]["receipts"] == [{"receipt": "r1", "sha256": "ab" * 32}]
    assert [item["label"] for item in stored["figures"]] == ["1.1", "1.2"]
    assert stored["tables"][0]["rows"][0] == ["Hanley & Etruria\nStoke-on-Trent 015D", 817.0]


def test_the_same_document_gives_the_same_bytes_again(
    document: Document, written: dict[str, Path], tmp_path: Path
) -> None:
    again = write(document, tmp_path)
    assert {form: path.read_bytes() for form, path in again.items()} == {
        form: path.read_bytes() for form, path in written.items()
    }


@pytest.mark.parametrize(
    "path",
    [RENDERING / "page.css", RENDERING / "report.typ", SHARED / "base.css", SHARED / "base.typ"],
    ids=lambda p: p.name,
)
def test_every_colour_is_a_token(path: Path) -> None:
    own = {"#0c3a44", "#c5dcdc", "#0a5873", "#ffc53d", "#2b3942"}  # masthead, links, focus, more contrast
    used = set(re.findall(r"#[0-9a-f]{6}\b", path.read_text(encoding="utf-8")))
    assert used - own <= set(TOKENS.values())


def test_for_page_gives_names_of_its_own() -> None:
    svg = '<svg role="img" aria-label="x"><clipPath id="c1"/><g clip-path="url(#c1)"/><use href="#c1"/></svg>'
    made = for_page(svg, "f")
    assert 'id="f-c1"' in made
    assert "url(#f-c1)" in made
    assert 'href="#f-c1"' in made
    assert "aria-label" not in made


def test_leaves_keep_a_heading_with_the_figure_that_opens_its_section(document: Document) -> None:
    section = document.chapters[0].sections[0]
    figure = next(block for block in section.blocks if type(block).__name__ == "FigureBlock")
    (leaf,) = parts.leaves(Section("Only a figure", (figure,), section.margin))
    assert leaf.heading == "Only a figure"
    assert [note.term for note in leaf.notes] == ["Neighbourhood", "Read it so:"]


def test_leaves_join_text_that_follows_text(document: Document) -> None:
    found = parts.leaves(document.chapters[0].sections[0])
    assert [len(leaf.blocks) for leaf in found] == [2, 1, 1, 1, 1]
    assert [leaf.heading for leaf in found] == ["A part", "", "", "", ""]


def test_register_writes_intervals_and_methods_as_the_text_does(document: Document) -> None:
    number = next(iter(document.numbers().values()))
    fallen = replace(number, lower=-16.84, upper=8.02, method="ratio of event rates")
    assert parts.interval_text(fallen) == "−16.8 to 8.0"
    assert parts.interval_text(replace(number, lower=-120.0, upper=-0.25)) == "−120 to −0.25"
    assert parts.method_text(fallen) == "Ratio of event rates"


SAID = "Places are snap points near by, not addresses."
ITS_OWN = "Small numbers: most small areas have none in most months, so look at years or larger areas."


@pytest.fixture(scope="module")
def two_measures(document: Document, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The document with two measures that share all caveats but one each."""
    known = load_definitions()
    both = replace(document, definitions=(known["violence_rate"], known["robbery_rate"]))
    return write(both, tmp_path_factory.mktemp("two"))


def whole_text(written: dict[str, Path]) -> dict[str, str]:
    """What each form says, as one line of words."""
    pages = [page.extract_text() for page in pypdf.PdfReader(written["pdf"]).pages]
    texts = {
        "html": written["html"].read_text(encoding="utf-8"),
        "pdf": " ".join(pages),
        "docx": " ".join(paragraph.text for paragraph in docx.Document(str(written["docx"])).paragraphs),
    }
    return {form: " ".join(text.split()) for form, text in texts.items()}


def test_caveat_of_several_measures_is_told_once(two_measures: dict[str, Path]) -> None:
    for form, text in whole_text(two_measures).items():
        assert text.count(SAID) == 1, form
        assert text.count(ITS_OWN) == 1, form
        assert "What holds for several measures" in text, form


def test_each_measure_names_the_caveats_that_it_shares(two_measures: dict[str, Path]) -> None:
    page = two_measures["html"].read_text(encoding="utf-8")
    assert page.count('href="#caveat-3"') == 2
    assert page.index(SAID) > page.index('id="caveat-3"')
    assert whole_text(two_measures)["pdf"].count("Notes: 1, 2, 3, 4, 5") == 2
    assert whole_text(two_measures)["docx"].count("Notes: 1, 2, 3, 4, 5") == 2


def test_one_measure_tells_its_caveats_itself(written: dict[str, Path]) -> None:
    for form, text in whole_text(written).items():
        assert text.count(SAID) == 1, form
        assert "What holds for several measures" not in text, form
