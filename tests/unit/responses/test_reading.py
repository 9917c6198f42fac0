from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import docx
import pikepdf
import pytest
import typst
from docx.oxml import parse_xml

from upstream.exceptions import InputRefused
from upstream.responses import (
    DocumentHasNoText,
    DocumentLocked,
    DocumentNotReadable,
    DocumentTooLarge,
    read_response,
)
from upstream.responses.reading import read_lines

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how files of Office before 2007, and locked ones, begin
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(fill) -> bytes:
    document = docx.Document()
    fill(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def packed(name: str, content: bytes = b"<x/>") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, content)
        if name.startswith(("xl", "ppt")):
            archive.writestr("[Content_Types].xml", "<Types/>")
    return held.getvalue()


def texts(content: bytes, file_name: str = "") -> list[str]:
    return [line.text for line in read_lines(content, file_name=file_name)]


def pdf(source: str) -> bytes:
    return typst.compile(source.encode())


def locked(content: bytes) -> bytes:
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(held, encryption=pikepdf.Encryption(user="a", owner="b"))
    return held.getvalue()


def word_that_unpacks(megabytes: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w:p/>" * (megabytes * 1_000_000 // 6))
    return held.getvalue()


def pdf_that_unpacks(megabytes: int) -> bytes:
    held = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        packed = zlib.compress(zlib.compress(b"BT ET " * (megabytes * 1_000_000 // 6)))
        instructions = pikepdf.Stream(made, b"")
        instructions.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))
        made.pages[0].Contents = made.make_indirect(instructions)
        made.save(held)
    return held.getvalue()


@pytest.mark.parametrize("content", [word_that_unpacks(31), pdf_that_unpacks(61)], ids=["word", "pdf"])
def test_document_that_unpacks_to_more_than_a_response_is_refused(content: bytes) -> None:
    assert len(content) < 500_000
    with pytest.raises(DocumentTooLarge, match="unpacks to"):
        read_lines(content)


@pytest.mark.parametrize(
    ("content", "name", "failure", "words"),
    [
        (b"", "a.txt", DocumentHasNoText, "empty"),
        (b" \n\n", "a.txt", DocumentHasNoText, "empty"),
        (b"- - -", "a.txt", DocumentHasNoText, "no words"),
        (b"x" * 2001, "a.txt", DocumentTooLarge, "at most"),
        (b"%PDF-1.7 and nothing more", "a.pdf", DocumentNotReadable, "damaged"),
        (b"PK\x03\x04 and nothing more", "a.docx", DocumentNotReadable, "cannot be opened"),
        (OLD + b"old", "a.doc", DocumentNotReadable, "old Office"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a.docx", DocumentLocked, "password"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.png", DocumentNotReadable, "kind"),
        (b"{\\rtf1 words}", "a.rtf", DocumentNotReadable, "rich text"),
        (OLD + b"old", "a.msg", DocumentNotReadable, "Outlook"),
        (packed("mimetype", b"application/vnd.oasis.opendocument.text"), "a.odt", DocumentNotReadable, "OpenDocument"),
        (packed("xl/workbook.xml"), "a.docx", DocumentNotReadable, "a spreadsheet"),
        (packed("ppt/presentation.xml"), "a.pptx", DocumentNotReadable, "a presentation"),
        (packed("one.txt"), "a.docx", DocumentNotReadable, "packed folder"),
        (b"Subject: Response\n\n", "a.eml", DocumentHasNoText, "no words of its own"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_and_what_to_send(
    content: bytes, name: str, failure: type[InputRefused], words: str
) -> None:
    with pytest.raises(failure, match=words) as raised:
        read_response(content, file_name=name, limit_bytes=2000)
    assert raised.value.expected
    assert raised.value.do


def test_locked_pdf() -> None:
    with pytest.raises(DocumentLocked, match="password"):
        read_response(locked(pdf("Words")))


def test_scanned_pdf() -> None:
    with pytest.raises(DocumentHasNoText, match=r"2 pages of the PDF .* pictures"):
        read_response(pdf("#rect(width: 3cm, height: 3cm, fill: gray)\n#pagebreak()\n#rect(width: 3cm, height: 3cm)"))


def test_a_document_that_is_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("upstream.responses.reading.pdf.LIMIT_PAGES", 1)
    with pytest.raises(DocumentTooLarge, match="2 pages"):
        read_response(pdf("One\n#pagebreak()\nTwo"))
    monkeypatch.setattr("upstream.responses.reading.LIMIT_LINES", 2)
    with pytest.raises(DocumentTooLarge, match="3 lines"):
        read_response(b"One\n\ntwo\n\nthree", file_name="a.txt")


def test_path_is_read_and_measured(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text("Force: Mercia", encoding="utf-16")
    assert read_response(path).force.value == "Mercia"
    with pytest.raises(DocumentTooLarge):
        read_response(path, limit_bytes=10)


def test_word_numbers_lists_that_have_no_numbers_in_their_text() -> None:
    def fill(document) -> None:
        document.add_paragraph("We did:")
        document.add_paragraph("this", style="List Number")
        document.add_paragraph("that", style="List Number")
        document.add_paragraph("and more", style="List Bullet")

    assert texts(word(fill)) == ["We did:", "1. this", "2. that", "- and more"]


def test_word_boxes_of_every_age() -> None:
    def fill(document) -> None:
        box = document.add_paragraph()._p
        box.append(parse_xml(f"<w:sdt {W}><w:sdtContent><w:r><w:t>☒ National</w:t></w:r></w:sdtContent></w:sdt>"))
        old = document.add_paragraph()._p
        old.append(
            parse_xml(
                f"<w:r {W}><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/><w:checked/>"
                "</w:checkBox></w:ffData></w:fldChar><w:t> Thematic</w:t></w:r>"
            )
        )
        symbol = document.add_paragraph()._p
        symbol.append(parse_xml(f"<w:r {W}><w:sym w:font='Wingdings' w:char='F0A8'/><w:t> Follow Up</w:t></w:r>"))

    assert texts(word(fill)) == ["☒ National", "☒ Thematic", "☐ Follow Up"]


def test_word_leaves_out_what_was_deleted_and_keeps_what_was_inserted() -> None:
    def fill(document) -> None:
        paragraph = document.add_paragraph("We ")._p
        paragraph.append(parse_xml(f"<w:del {W}><w:r><w:delText>never </w:delText></w:r></w:del>"))
        paragraph.append(parse_xml(f"<w:ins {W}><w:r><w:t>agree</w:t></w:r></w:ins>"))

    assert texts(word(fill)) == ["We agree"]


def test_word_table_is_read_row_by_row_with_merged_cells_once() -> None:
    def fill(document) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Force", "Mercia"
        merged = table.cell(1, 0).merge(table.cell(1, 1))
        merged.text = "Chief Constable’s response"
        merged.add_paragraph("We agree.")

    record = read_response(word(fill))
    assert (record.force.value, record.chief_constable_response.value) == ("Mercia", "We agree.")
    assert len(record.lines) == 4


def test_web_page_without_what_is_around_it() -> None:
    page = (
        b"<html><body><nav>Menu</nav><header>Top</header><p>One <b>word</b><p>Two<ol><li>a<li>b</ol>"
        b"<dl><dt>Force<dd>Mercia</dl><footer>Foot</footer><script>x</script></body></html>"
    )
    assert texts(page, "a.html") == ["One word", "Two", "1. a", "2. b", "Force", "Mercia"]


def test_text_saved_by_windows() -> None:
    assert texts("the force’s – view".encode("cp1252"), "a.txt") == ["the force’s – view"]


def test_markdown_table() -> None:
    lines = read_lines(b"| Force | Mercia |\n|---|---|\n| Title | Exhibits |", file_name="a.md")
    cells = [(line.row, line.column, line.text) for line in lines if not line.furniture]
    assert cells == [(1, 0, "Force"), (1, 1, "Mercia"), (2, 0, "Title"), (2, 1, "Exhibits")]


def test_pdf_keeps_pages_and_joins_a_sentence_over_them() -> None:
    source = (
        "#set page(width: 10cm, height: 6cm, margin: 1cm, footer: align(center, context counter(page).display()))\n"
        "*Chief Constable’s response*\n\n#v(2cm)\n\n"
        + "We have done all that was asked of us and more " * 6
        + "so there."
    )
    record = read_response(pdf(source))
    assert (record.chief_constable_response.value or "").count("\n\n") == 0
    assert {line.page for line in record.lines} == {1, 2}
    assert [line.text for line in record.unplaced] == ["1", "2"]


def test_pdf_table_with_labels_that_wrap() -> None:
    cells = ["Force", "Mercia", "Police and Crime Commissioner", "Jo Bloggs", "Chief Constable", "Sam Poe"]
    inner = ", ".join(f"[{cell}]" for cell in cells)
    for stroke in ("none", "1pt"):
        record = read_response(pdf(f"#table(columns: (2.6cm, 8cm), stroke: {stroke}, inset: 2pt, {inner})"))
        found = (record.force.value, record.commissioner_name.value, record.chief_constable.value)
        assert found == ("Mercia", "Jo Bloggs", "Sam Poe"), stroke


def test_pdf_table_with_a_label_in_the_middle_of_its_cell() -> None:
    source = (
        "#table(columns: (3cm, 8cm), align: (horizon, top), [Force], [Mercia], [Summary of inspection],"
        " [It was short.\\ \\ It was plain. \\ \\ It was kind.])"
    )
    record = read_response(pdf(source))
    assert (record.force.value, record.summary.value) == ("Mercia", "It was short.\n\nIt was plain.\n\nIt was kind.")
