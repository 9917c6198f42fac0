"""What hangs on records: comments, files, links and the chain, each no wider open than its record."""

from __future__ import annotations

import io
import stat
import zipfile
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from integration.web.notebook.models import Note
from PIL import Image

from upstream_web.audit.models import Event
from upstream_web.records import relations
from upstream_web.records.chain import chain, steps
from upstream_web.records.models import Attachment, Comment, Link, Notice
from upstream_web.records.operations import attachments, comments, keeping, links
from upstream_web.records.relations import Relation

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def make_note(title: str = "The plan", **fields) -> Note:
    return keeping.make(record=Note(title=title, **fields), by="tests", at=AT)


@pytest.fixture
def note(db) -> Note:
    return make_note()


@pytest.fixture
def closed(cast) -> Note:
    return make_note("Closed to most", closed=True, lead=cast["analyst"])


def flat(response) -> str:
    return response.content.decode()


def events(action: str) -> list[Event]:
    return list(Event.objects.filter(action=action))


# ---- Comments ----
def test_comment_is_shown_with_its_writer_and_leaves_one_line(note, browser_of):
    response = browser_of("board").post(f"/on/note/{note.pk}/comments/", {"text": "Is *this* late?"}, follow=True)
    assert "Is <em>this</em> late?" in flat(response)
    assert "Board member" in flat(response)
    assert [(one.actor, one.kind, one.about) for one in events("comment added")] == [
        ("board@test", "note", str(note.pk))
    ]


@pytest.mark.parametrize(
    ("written", "shown", "never"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;", "<script>alert"),
        ("<img src=x onerror=alert(1)>", "&lt;img", "<img src=x"),
        ("[x](javascript:alert(1))", "[x]", 'href="javascript'),
        ("[x](data:text/html,hello)", "[x]", 'href="data'),
        ("![x](https://elsewhere.example/x.png)", "x", "<img"),
        ("[x](https://ons.gov.uk)", 'rel="nofollow noopener noreferrer"', "onclick"),
        ("# Big", "# Big", "<h1># Big"),
        ("one\ntwo", "one<br", "one two"),
    ],
)
def test_marks_of_a_comment_are_safe(written, shown, never, note, cast, browser_of):
    comments.add(record=note, text=written, by=cast["manager"], at=AT)
    page = flat(browser_of("board").get(f"/notes/{note.pk}/"))
    assert shown in page
    assert never not in page


def test_nothing_is_printed_where_nothing_hangs(note, cast, browser_of):
    empty = flat(browser_of("board").get(f"/notes/{note.pk}/"))
    assert [part for part in ("chain", "comments", "files") if f'class="section" id="{part}"' in empty] == []
    comments.add(record=note, text="Said.", by=cast["manager"], at=AT)
    assert 'class="section" id="comments"' in flat(browser_of("board").get(f"/notes/{note.pk}/"))


def test_comment_without_words_is_refused_and_long_one_is_shown_again(note, browser_of):
    browser = browser_of("board")
    assert "no words" in flat(browser.post(f"/on/note/{note.pk}/comments/", {"text": "  \n"}))
    long = "word " * 3000
    assert long.strip() in flat(browser.post(f"/on/note/{note.pk}/comments/", {"text": long}))
    assert not Comment.objects.exists()


def test_own_comment_is_put_right_for_a_quarter_of_an_hour_and_added_to_later(note, cast):
    comment = comments.add(record=note, text="Frist", by=cast["board"], at=AT)
    comments.put_right(comment=comment, text="First", by=cast["board"], at=AT + timedelta(minutes=15))
    with pytest.raises(comments.CommentFixed, match="15 minutes"):
        comments.put_right(comment=comment, text="Second", by=cast["board"], at=AT + timedelta(minutes=15, seconds=1))
    with pytest.raises(comments.CommentFixed):
        comments.put_right(comment=comment, text="Mine", by=cast["manager"], at=AT)
    with pytest.raises(comments.CommentFixed):
        comments.add(record=note, text="Also", adds_to=comment, by=cast["manager"], at=AT)
    comments.add(record=note, text="Also", adds_to=comment, by=cast["board"], at=AT + timedelta(days=3))
    comment.refresh_from_db()
    assert comment.text == "First"
    assert [one.text for one in comment.additions.all()] == ["Also"]


def test_old_comment_offers_to_add(note, cast, browser_of):
    comment = comments.add(record=note, text="Said long ago", by=cast["board"], at=AT)
    browser, address = browser_of("board"), f"/comments/{comment.pk}/"
    assert "Add to your comment" in flat(browser.get(address))
    browser.post(address, {"text": "And now"})
    comment.refresh_from_db()
    assert (comment.text, comment.additions.get().text) == ("Said long ago", "And now")
    assert browser_of("manager").get(address).status_code == 403


def test_withdrawn_comment_says_so_and_hides_its_words(note, cast, browser_of):
    comment = comments.add(record=note, text="Said in anger", by=cast["board"], at=AT)
    assert browser_of("manager").post(f"/comments/{comment.pk}/withdraw/").status_code == 403
    browser_of("board").post(f"/comments/{comment.pk}/withdraw/")
    page = flat(browser_of("manager").get(f"/notes/{note.pk}/"))
    assert "Said in anger" not in page
    assert "Withdrawn on" in page


def test_comment_is_as_closed_as_its_record(closed, cast, browser_of):
    comments.add(record=closed, text="Between us", by=cast["analyst"], at=AT)
    assert browser_of("lead").post(f"/on/note/{closed.pk}/comments/", {"text": "Let me in"}).status_code == 404
    assert browser_of("navigator").post("/on/note/999/comments/", {"text": "x"}).status_code == 404
    assert browser_of("lead").post("/on/nothing/1/comments/", {"text": "x"}).status_code == 404
    assert Comment.objects.count() == 1


def test_person_comments_only_where_their_role_reaches(note, cast, browser_of):
    theirs = make_note("Theirs", lead=cast["navigator"])  # a practitioner comments on records that name them
    assert browser_of("navigator").post(f"/on/note/{note.pk}/comments/", {"text": "x"}).status_code == 403
    assert browser_of("navigator").post(f"/on/note/{theirs.pk}/comments/", {"text": "x"}).status_code == 302
    assert "<textarea" not in flat(browser_of("navigator").get(f"/notes/{note.pk}/"))


# ---- Mentions ----
def test_named_person_gets_one_notice_and_is_shown_by_name(note, cast, browser_of):
    text = "See this, @analyst@test and @Manager@TEST, not nobody@example.org or @stranger"
    comments.add(record=note, text=text, by=cast["board"], at=AT)
    assert {(one.person.username, one.reason) for one in Notice.objects.all()} == {
        ("analyst@test", "mention"), ("manager@test", "mention"),
    }  # fmt: skip
    page = flat(browser_of("board").get(f"/notes/{note.pk}/"))
    assert '<b class="mention">@Partnership analyst</b>' in page
    assert "@stranger" in page


def test_naming_somebody_tells_nothing_to_those_who_may_not_see(closed, cast):
    comments.add(record=closed, text="@manager@test @lead@test @analyst@test", by=cast["analyst"], at=AT)
    assert not Notice.objects.filter(reason="mention").exists()


def test_completion_offers_only_people_who_may_see_the_record(note, closed, browser_of):
    browser = browser_of("analyst")
    everybody = flat(browser.get(f"/on/note/{note.pk}/names/?q=a"))
    assert 'data-mention="manager@test"' in everybody
    assert "administrator@test" not in everybody  # sees no plan
    assert "outsider@test" not in flat(browser.get(f"/on/note/{note.pk}/names/?q=outsider"))
    own = flat(browser.get(f"/on/note/{closed.pk}/names/?q=a"))
    assert 'data-mention="analyst@test"' in own
    assert "manager@test" not in own
    assert "data-mention" not in flat(browser.get(f"/on/note/{note.pk}/names/?q="))
    assert browser_of("lead").get(f"/on/note/{closed.pk}/names/?q=a").status_code == 404


# ---- Files ----
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
        ("photo.jpg", b"MZ\x90\x00 not a picture at all", "content"),
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


# ---- Links and the chain ----
@pytest.fixture
def of_notes(monkeypatch):
    """Relations among notes, so that chains can be made of the one kind that tests have."""
    own = Relation("led-to", "led to", "comes from", frozenset({"note"}), frozenset({"note"}), True)
    serves = Relation("serves", "serves", "is served by", frozenset({"note"}), frozenset({"note"}), False)
    monkeypatch.setattr(relations, "RELATIONS", (own, serves, relations.RELATIONS[-1]))
    monkeypatch.setattr("upstream_web.records.views.links.RELATIONS", relations.RELATIONS)


def link(relation: str, start: Note, end: Note, by="tests") -> Link:
    return links.make(relation=relation, start=start, end=end, by=by, at=AT)


def test_relations_read_from_both_ends_and_know_their_kinds():
    by_name = {one.name: one for one in relations.RELATIONS}
    assert len(by_name) == len(relations.RELATIONS)
    assert by_name["serves"].fits("commitment", "priority")
    assert not by_name["serves"].fits("priority", "commitment")
    assert by_name["answers"].fits("action", "recommendation")
    assert by_name["measures"].fits("indicator", "recommendation")
    assert by_name["decides-on"].fits("meeting", "anything at all")
    assert by_name["duplicates"].fits("risk", "risk")
    assert not by_name["duplicates"].fits("risk", "action")


def test_chain_of_the_plan_leads_onward_in_one_direction():
    """finding -> priority -> commitment -> action -> indicator, recommendation -> paper: the order of the plan."""
    order = ["finding", "priority", "commitment", "action", "indicator", "paper"]

    def leads(start: str, end: str) -> bool:
        return any(
            one.fits(start, end) and one.onward for one in relations.RELATIONS if one.starts and one.ends
        ) or any(one.fits(end, start) and not one.onward for one in relations.RELATIONS if one.starts)

    assert all(leads(start, end) for start, end in pairwise(order))
    assert leads("action", "recommendation")
    assert leads("recommendation", "paper")


def test_link_is_made_once_typed_and_never_to_itself(of_notes, db):
    one, other = make_note("One"), make_note("Other")
    made = link("led-to", one, other)
    with pytest.raises(links.LinkedAlready):
        link("led-to", one, other)
    with pytest.raises(links.LinkNotPossible, match="itself"):
        link("led-to", one, one)
    with pytest.raises(links.LinkNotPossible, match="led to"):
        link("threatens", one, other)
    links.remove(link=made, by="tests", at=AT)
    again = link("led-to", one, other)
    with pytest.raises(links.LinkedAlready):
        links.bring_back(link=made, by="tests", at=AT)
    assert Link.objects.present().get() == again
    assert [one.about for one in events("records linked")] == [str(one.pk)] * 2


def test_link_takes_both_records_to_be_open(of_notes, closed, note, cast):
    with pytest.raises(links.LinkNotPossible, match="not open"):
        link("led-to", note, closed, by=cast["lead"])
    assert link("led-to", note, closed, by=cast["analyst"])


def test_record_is_found_linked_and_unlinked_on_its_page(of_notes, db, browser_of):
    one, other = make_note("One"), make_note("Another thing")
    browser = browser_of("manager")
    found = flat(browser.get(f"/on/note/{one.pk}/links/found/", {"how": "led-to to note", "q": "thing"}))
    assert f'value="{other.pk}"' in found
    whole = flat(browser.get(f"/on/note/{one.pk}/links/", {"how": "led-to to note", "q": "thing"}))
    assert f'value="{other.pk}"' in whole
    assert "<h1>Link One</h1>" in whole
    page = browser.post(f"/on/note/{one.pk}/links/", {"how": "led-to to note", "other": other.pk}, follow=True)
    assert "Led to" in flat(page)
    assert "Comes from" in flat(browser.get(f"/notes/{other.pk}/"))
    made = Link.objects.get()
    undo = [message.extra_tags for message in page.context["messages"]]
    assert undo == [f"/links/{made.pk}/remove/"]
    removed = browser.post(undo[0], follow=True)
    assert Link.objects.present().count() == 0
    browser.post(next(message.extra_tags for message in removed.context["messages"]))
    assert Link.objects.present().count() == 1


def test_search_for_links_offers_nothing_that_is_closed(of_notes, note, closed, browser_of):
    given = {"how": "led-to to note", "q": "closed"}
    assert "Closed to most" not in flat(browser_of("manager").get(f"/on/note/{note.pk}/links/found/", given))
    assert browser_of("board").get(f"/on/note/{note.pk}/links/found/", given).status_code == 403  # changes nothing


def test_closed_end_of_a_link_is_shown_without_its_title(of_notes, note, closed, browser_of):
    link("led-to", note, closed)
    page = flat(browser_of("lead").get(f"/notes/{note.pk}/"))
    assert "a record that is not open to you" in page
    assert "Closed to most" not in page
    assert "Closed to most" not in flat(browser_of("lead").get(f"/on/note/{note.pk}/chain/"))
    assert "Closed to most" in flat(browser_of("analyst").get(f"/on/note/{note.pk}/chain/"))


def tree(nodes) -> list:
    return [[str(node.record) if node.record else None, tree(node.children)] for node in nodes]


def test_chain_follows_links_in_both_directions(of_notes, cast):
    a, b, c, d = (make_note(title) for title in ("Finding", "Priority", "Commitment", "Action"))
    link("led-to", a, b)
    link("serves", c, b)  # a commitment serves a priority, so it comes after it
    link("serves", d, c)
    found = chain(b, cast["manager"], 7)
    assert tree(found.back) == [["Finding", []]]
    assert tree(found.onward) == [["Commitment", [["Action", []]]]]
    assert tree(chain(d, cast["manager"], 7).back) == [["Commitment", [["Priority", [["Finding", []]]]]]]
    assert tree(chain(d, cast["manager"], 1).back) == [["Commitment", []]]


def test_chain_ends_where_it_began_and_stops_at_closed_records(of_notes, cast):
    a, b = make_note("A"), make_note("B")
    hidden = make_note("Hidden", closed=True, lead=cast["analyst"])
    behind = make_note("Behind")
    link("led-to", a, b)
    link("led-to", b, a)
    link("led-to", b, hidden)
    link("led-to", hidden, behind)
    assert tree(chain(a, cast["manager"], 7).onward) == [["B", [[None, []]]]]
    assert tree(chain(a, cast["analyst"], 7).onward) == [["B", [["Hidden", [["Behind", []]]]]]]


def test_chain_follows_a_register_s_own_ties(monkeypatch, cast):
    from integration.web.notebook.register import NOTES

    from upstream_web.records.register import Neighbour

    parent = make_note("Parent")
    child = make_note("Child", parent=parent)

    def neighbours(record):
        if record.parent_id:
            yield Neighbour(record.parent, "belongs to", onward=False)
        for each in record.children.all():
            yield Neighbour(each, "holds", onward=True)

    monkeypatch.setattr(NOTES, "neighbours", neighbours)
    assert tree(chain(child, cast["manager"]).back) == [["Parent", []]]
    assert [(words, [str(other) for _, other in found]) for words, found in steps(parent, cast["manager"])] == [
        ("holds", ["Child"])
    ]


def test_chain_asks_once_a_step_not_once_a_record(of_notes, cast, django_assert_max_num_queries):
    top = make_note("Top")
    for number in range(12):
        link("led-to", top, make_note(f"Below {number}", due_on=date(2027, 1, 1)))
    cast["manager"].grants_on()
    with django_assert_max_num_queries(8):  # two more than links need: agendas are asked once a step
        chain(top, cast["manager"])
