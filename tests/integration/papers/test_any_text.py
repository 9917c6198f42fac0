"""Words that people typed, in every place of a paper: all forms are made, and the words can be read back from each."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO

import docx
import pptx
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from upstream.papers import (
    FORMS,
    Cell,
    Column,
    Decision,
    Fact,
    Facts,
    Measure,
    Note,
    Paper,
    Quote,
    Section,
    Signature,
    SignOff,
    Source,
    State,
    Step,
    Table,
    Text,
    Timeline,
    plain,
    render,
)
from upstream.papers.plain_text import clean

MADE_AT = datetime(2026, 2, 11, 9, 30, tzinfo=UTC)
TYPST = '#let x = 1 #pagebreak() $x^2$ @ref <label> [body] \\ "quoted" // gone? /* gone? */ ~ --- = heading + item'
MARKS = "<script>alert(1)</script> & *a* _b_ `c` [d](javascript:alert(1)) ![e](f) | g | {{ h }} {% i %} ]]>"
SCRIPTS = "محمد علي שלום Zażółć 你好 हिन्दी 😀 👩‍👧 e\u0301 \ufb01 \U0010fffd \u0378"
LONG_WORD = "Donaudampfschiff" * 30
CONTROL = "a\x00b\x1bc\x85d\u2028e\ud800f\ufffeg\u202eh\u2066i\u200bj"

# Not drawn by any typeface, though some count as letters: fillers, selectors, tags.
IGNORABLE = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u2800")


def paper_of(text: str) -> Paper:
    """A paper that holds one text wherever a text may stand."""
    marked = plain(text)
    named = text.strip() or "–"
    table = Table(named, (Column(named), Column("b", "r")), ((text, Cell(text, text, State.LATE)),), text, "k")
    blocks = (
        Text(marked), Text(text), Facts((Fact(text, marked, "k"),), text), table, Quote(marked, text),
        Measure(text, text, State.WORSE, text, marked, text, text, text, None, "k"), Decision((marked,), text, text),
        Timeline((Step(marked, when=text, state=State.DONE),), text), Note(text, text, text),
        SignOff((Signature(text, text, state_words=text),), text),
    )  # fmt: skip
    return Paper(
        kind=text, title=f"T {text}", partnership=text, made_at=MADE_AT, subtitle=text, period=text, reference=text,
        sections=(Section(f"S {text}", blocks, numbered=True),), version=text, status=text, marking=text,
        facts=(Fact(text, marked),), summary=(marked, marked), sources=(Source("k", text, text, text, text, text),),
        attribution=(text,), worked_example=text, contents=True,
    )  # fmt: skip


class Words(HTMLParser):
    """The text of a page without its styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text_of_html(content: bytes) -> str:
    return "".join(Words(content.decode("utf-8")).words)


def text_of_pdf(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


def text_of_word(content: bytes) -> str:
    body = docx.Document(BytesIO(content)).element.body
    return "".join(part.text or "" for part in body.iter(qn("w:t")))


def text_of_slides(content: bytes) -> str:
    found = []
    for slide in pptx.Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            elif shape.has_table:
                found.extend(cell.text for row in shape.table.rows for cell in row.cells)
    return "".join(found)


READERS = {"html": text_of_html, "pdf": text_of_pdf, "docx": text_of_word, "pptx": text_of_slides}


def letters(text: str) -> Counter[str]:
    """What is seen of a text, whatever its lines and directions: every letter, digit and sign, by how often."""
    seen = (c for c in unicodedata.normalize("NFKD", clean(text)) if unicodedata.category(c)[0] in "LNPS")
    return Counter(c for c in seen if c not in IGNORABLE)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@example(TYPST)
@example(MARKS)
@example(SCRIPTS)
@example(LONG_WORD)
@example(CONTROL)
@example("")
@example(" \n\n \t")
@example("- " * 80 + "deep")
@example("1. a\n2. b\n   - c\n\n9999999999. d")
@given(st.text(max_size=200))
def test_any_text_is_made_in_every_form_and_read_back(text: str) -> None:
    paper = paper_of(text)
    for form in FORMS:
        read = letters(READERS[form](render(paper, form)))
        missing = letters(text) - read
        assert not missing, (form, missing)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_twenty_thousand_words_lose_none(form: str) -> None:
    words = " ".join(f"w{number}" for number in range(20_000))
    paper = Paper("Plan", "Long", "P", MADE_AT, (Section("All of it", (Text(words), Note("x", words))),))
    read = READERS[form](render(paper, form))
    assert read.count("w19999") == 2
    assert letters(words) + letters(words) <= letters(read)


def test_markup_of_people_stays_text() -> None:
    page = Words(render(paper_of(MARKS), "html").decode("utf-8"))
    assert "script" not in page.tags
    assert "<script>alert(1)</script>" in "".join(page.words)
    assert "javascript:" not in "".join(
        part for part in render(paper_of(MARKS), "html").decode().split('"') if part.startswith("javascript")
    )


def test_typst_of_people_stays_text() -> None:
    assert TYPST.replace(" ", "") in text_of_pdf(render(paper_of(TYPST), "pdf")).replace(" ", "").replace("\n", "")
