"""Files on records: checked, cleaned, kept once, and no wider open than the record."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from integration.web.notebook.models import Note
from integration.web.notes import AT, events, flat, make_note
from PIL import Image

from upstream_web.records.models import Attachment
from upstream_web.records.operations import attachments


@pytest.fixture
def note(db) -> Note:
    return make_note()


@pytest.fixture
def closed(cast) -> Note:
    return make_note("Closed to most", closed=True, lead=cast["analyst"])


@pytest.fixture(autouse=True)
def kept_files(settings, tmp_path) -> Path:
    settings.ATTACHMENTS = tmp_path / "attachments"
    settings.VIRUS_SCANNER = ""
    return settings.ATTACHMENTS


def picture(form: str = "JPEG", **saved) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(held, form, **saved)
    return held.getvalue()


def photograph() -> bytes:
    """A photograph that says where, when and with what it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Cameraworks of Stafford"
    exif.get_ifd(0x8825)[2] = (52.0, 48.0, 23.0)
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif)


def package(**members: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as written:
        for name, content in members.items():
            written.writestr(name, content)
    return held.getvalue()


def docx(**more: str) -> bytes:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Ash Rowley</dc:creator></c>'
    return package(
        **{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", "docProps/core.xml": core, **more}
    )


def attach(note, cast, name="plan.txt", content=b"Words", **given) -> Attachment:
    return attachments.attach(record=note, title=given.pop("title", "The plan"), sort="paper", file_name=name,
                              content=content, by=cast["manager"], at=AT, **given)  # fmt: skip


def test_file_is_attached_listed_and_handed_out_as_a_download(note, browser_of, kept_files):
    given = {"file": SimpleUploadedFile("../../etc/plan 1.txt", b"Words"), "title": "Plan", "sort": "paper"}
    page = browser_of("manager").post(f"/on/note/{note.pk}/files/", given, follow=True)
    found = Attachment.objects.get()
    assert (found.title, found.file_name, found.size) == ("Plan", "plan 1.txt", 5)
    assert "Not scanned for viruses" in flat(page)
    response = browser_of("board").get(f"/files/{found.pk}/")
    assert response.content == b"Words"
    assert response["Content-Disposition"] == 'attachment; filename="plan 1.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    out = events("attachment downloaded")
    assert [(one.actor, one.kind, one.about, one.act_kind) for one in out] == [
        ("board@test", "note", str(note.pk), "disclosure")
    ]


def test_same_content_is_kept_once_readable_by_the_site_only(note, cast, kept_files):
    one, other = attach(note, cast), attach(note, cast, name="copy.txt")
    assert one.path == other.path
    kept = [path for path in kept_files.rglob("*") if path.is_file()]
    assert kept == [one.path]
    assert stat.S_IMODE(one.path.stat().st_mode) == 0o400
    assert one.path.parent.parent == kept_files


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("page.html", b"<html>", "kind"),
        ("drawing.svg", b"<svg/>", "kind"),
        ("run.exe", b"MZ\x90\x00", "kind"),
        ("letter.docm", docx(), "kind"),
        ("noending", b"x", "kind"),
        ("page.txt", b"<!doctype html><script>", "no plain text"),
        ("page.csv", b"  <svg onload=alert(1)>", "no plain text"),
        ("tool.txt", b"#!/bin/sh\nrm", "no plain text"),
        ("bytes.txt", b"a\x00b", "no plain text"),
        ("photo.jpg", b"MZ\x90\x00 not a picture at all", "photo.jpg is no jpg file by its content"),
        ("photo.png", picture("JPEG"), "content"),
        ("paper.pdf", picture("PNG"), "content"),
        ("letter.docx", b"PK\x03\x04 broken", "name says"),
        ("letter.docx", docx(**{"word/vbaProject.bin": "x"}), "macros"),
        ("table.xlsx", docx(), "another kind"),
        ("letter.odt", package(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "another kind"),
        ("letter.odt", package(**{"mimetype": "application/vnd.oasis.opendocument.text", "Basic/x": ""}), "macros"),
        ("empty.txt", b"", "empty"),
        ("large.txt", b"x" * 1001, "1.0 KB"),
    ],
)
def test_file_that_is_not_what_it_says_or_may_run_is_refused(name, content, why, note, cast, settings, kept_files):
    from upstream_web.records.files import FileNotAllowed

    settings.ATTACHMENT_BYTES = 1000 if name == "large.txt" else 25_000_000
    with pytest.raises(FileNotAllowed, match=why):
        attach(note, cast, name=name, content=content)
    assert not Attachment.objects.exists()
    assert not list(kept_files.rglob("*"))


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("letter.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("paper.pdf", b"%PDF-1.7\n1 0 obj<</Author (Sam Pitt)>>endobj\n%%EOF\n", "application/pdf"),
        ("words.csv", "Café;1\n".encode("cp1252"), "text/csv"),
        ("picture.PNG", picture("PNG"), "image/png"),
        ("picture.webp", picture("WEBP"), "image/webp"),
        ("picture.jpeg", picture("JPEG"), "image/jpeg"),
    ],
)
def test_file_of_a_usual_kind_is_taken(name, content, media_type, note, cast):
    assert attach(note, cast, name=name, content=content).media_type == media_type


def test_authors_inside_documents_are_left_and_said(note, cast):
    assert "Ash Rowley" in attach(note, cast, name="letter.docx", content=docx()).notes
    pdf = b"%PDF-1.7\n1 0 obj<</Author (Sam Pitt)>>endobj\n%%EOF\n"
    assert "Sam Pitt" in attach(note, cast, name="paper.pdf", content=pdf).notes


def test_place_and_camera_are_taken_out_of_photographs(note, cast):
    before = photograph()
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825)
    found = attach(note, cast, name="street.jpg", content=before)
    after = found.path.read_bytes()
    opened = Image.open(io.BytesIO(after))
    assert dict(opened.getexif()) == {}
    assert b"Cameraworks" not in after
    assert opened.size == (20, 40)  # turned as it was meant to be seen
    assert "taken out" in found.notes


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_words_hidden_in_other_pictures_are_taken_out(form, note, cast):
    from PIL import PngImagePlugin

    exif = Image.Exif()
    exif[0x010F] = "Cameraworks of Stafford"
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Author", "Ash Rowley")
    more = {"pnginfo": hidden} if form == "PNG" else {}
    found = attach(note, cast, name=f"street.{form.lower()}", content=picture(form, exif=exif, **more))
    after = found.path.read_bytes()
    assert b"Cameraworks" not in after
    assert b"Ash Rowley" not in after


@pytest.mark.parametrize(("answer", "taken"), [(0, True), (1, False)])
def test_virus_scanner_is_asked_and_obeyed(answer, taken, note, cast, settings, tmp_path, kept_files):
    from upstream_web.records.files import ScannerFailed

    script = tmp_path / "scanner"
    script.write_text(f'#!/bin/sh\ncp "$2" {tmp_path}/seen\nexit {answer}\n')
    script.chmod(0o700)
    settings.VIRUS_SCANNER = f"{script} --quiet {{file}}"
    if taken:
        assert attach(note, cast).scanned_at == AT
    else:
        with pytest.raises(ScannerFailed, match="did not find the file clean"):
            attach(note, cast)
        assert not [path for path in kept_files.rglob("*") if path.is_file()]
    assert (tmp_path / "seen").read_bytes() == b"Words"


def test_scanner_that_is_missing_lets_nothing_through(note, cast, settings):
    from upstream_web.records.files import ScannerFailed

    settings.VIRUS_SCANNER = "/nowhere/scanner {file}"
    with pytest.raises(ScannerFailed, match="could not look"):
        attach(note, cast)


def test_replaced_and_withdrawn_files_are_kept_and_say_so(note, cast, browser_of):
    first = attach(note, cast, title="Draft")
    browser = browser_of("manager")
    given = {"file": SimpleUploadedFile("final.txt", b"Better"), "title": "Final", "sort": "paper"}
    page = flat(browser.post(f"/on/note/{note.pk}/files/?replaces={first.pk}", given, follow=True))
    assert "1 earlier version" in page
    assert "Replaced" in page
    newest = Attachment.objects.get(title="Final")
    browser.post(f"/files/{newest.pk}/withdraw/", {"reason": ""})
    newest.refresh_from_db()
    assert newest.withdrawn_at is None
    browser.post(f"/files/{newest.pk}/withdraw/", {"reason": "Wrong figures"})
    assert "Wrong figures" in flat(browser_of("board").get(f"/notes/{note.pk}/"))
    assert browser_of("board").get(f"/files/{newest.pk}/").status_code == 403
    assert browser.get(f"/files/{newest.pk}/").status_code == 200
    with pytest.raises(attachments.AttachmentSettled):
        attachments.withdraw(attachment=newest, reason="Again", by=cast["manager"], at=AT)


def test_file_is_as_closed_as_its_record(closed, cast, browser_of):
    found = attachments.attach(record=closed, title="Secret", sort="other", file_name="a.txt", content=b"x",
                               by=cast["analyst"], at=AT)  # fmt: skip
    assert browser_of("lead").get(f"/files/{found.pk}/").status_code == 404
    assert browser_of("analyst").get(f"/files/{found.pk}/").status_code == 200
    assert browser_of("lead").post(f"/files/{found.pk}/withdraw/", {"reason": "x"}).status_code == 404
