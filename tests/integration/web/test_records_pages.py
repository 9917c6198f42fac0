"""The pages that every kind of record has, proved with the notes of the tests' own app.

Expected values are worked out by hand from the notes made here.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from integration.web.notebook.models import Note
from integration.web.notebook.register import NOTES

from upstream_web.audit.models import Event
from upstream_web.records import history
from upstream_web.records.operations import keeping

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def make_note(title: str, *, by="tests", at=AT, **fields) -> Note:
    return keeping.make(record=Note(title=title, **fields), by=by, at=at)


@pytest.fixture
def seven(db):
    """Seven notes: two done, one late, amounts 0 to 6."""
    return [
        make_note(f"Note {letter}", text=f"About {letter}{letter}", amount=place,
                  state="done" if place < 2 else "open", due_on=date(2026, 11, 17 + place))
        for place, letter in enumerate("ABCDEFG")
    ]  # fmt: skip


def titles(response) -> list[str]:
    return [record.title for record, _ in response.context["rows"]]


def form_of(response) -> dict[str, str]:
    """What the browser would send back if nothing were touched."""
    form = response.context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    return {name: str(value) for name, value in values.items() if value not in (None, False, "")}


def flat(response) -> str:
    return response.content.decode()


# ---- Lists ----
def test_list_shows_a_page_of_them_and_leads_to_the_next(seven, browser_of):
    response = browser_of("board").get("/notes/")
    assert titles(response) == ["Note A", "Note B", "Note C", "Note D", "Note E"]
    assert "5 are open." in flat(response)
    assert titles(browser_of("board").get("/notes/?page=2")) == ["Note F", "Note G"]
    assert titles(browser_of("board").get("/notes/?page=99")) == ["Note F", "Note G"]
    assert 'href="?page=2"' in flat(response)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=bb", ["Note B"]),
        ("q=note+about+cc", ["Note C"]),
        ("q=nothing+like+it", []),
        ("state=done", ["Note A", "Note B"]),
        ("state=done&q=aa", ["Note A"]),
        ("late=late", ["Note A", "Note B", "Note C"]),
        ("late=invented", []),
        ("order=-amount", ["Note G", "Note F", "Note E", "Note D", "Note C"]),
        ("order=amount&state=open", ["Note C", "Note D", "Note E", "Note F", "Note G"]),
        ("order=nonsense", ["Note A", "Note B", "Note C", "Note D", "Note E"]),
        ("order=password", ["Note A", "Note B", "Note C", "Note D", "Note E"]),
    ],
)
def test_list_is_searched_filtered_and_sorted(query, expected, seven, browser_of):
    assert titles(browser_of("board").get(f"/notes/?{query}")) == expected


def test_pages_keep_what_was_asked(seven, browser_of):
    response = browser_of("board").get("/notes/?state=open&q=note&order=-due")
    assert 'href="?state=open&amp;q=note&amp;order=due"' in flat(response)  # turns the order round
    assert "export.csv?state=open&amp;q=note&amp;order=-due" in flat(response)


def test_list_of_none_says_what_to_do(db, browser_of):
    assert "Notes stand here." in flat(browser_of("manager").get("/notes/"))
    assert "Make the first note" in flat(browser_of("manager").get("/notes/"))
    assert "Make the first note" not in flat(browser_of("board").get("/notes/"))


def test_list_holds_only_what_is_open_to_the_person(seven, cast, browser_of):
    make_note("Hidden", closed=True, lead=cast["analyst"])
    assert titles(browser_of("manager").get("/notes/?q=hidden")) == []
    assert titles(browser_of("analyst").get("/notes/?q=hidden")) == ["Hidden"]


def test_list_asks_the_database_the_same_whatever_its_length(db, cast, browser_of, django_assert_max_num_queries):
    for number in range(5):
        make_note(f"Note {number}", lead=cast["lead"])
    browser = browser_of("manager")
    browser.get("/notes/")
    with django_assert_max_num_queries(14):
        browser.get("/notes/")


# ---- Files ----
def test_csv_holds_the_list_as_asked_and_is_in_the_trail(seven, browser_of):
    response = browser_of("manager").get("/notes/export.csv?state=done")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Note", "State", "Due", "Amount", "Lead", "Text", "Key", "Version"]
    assert rows[1] == ["Note A", "Done", "2026-11-17", "0", "", "About AA", str(seven[0].pk), "1"]
    assert len(rows) == 3
    event = Event.objects.get(action="list downloaded")
    assert (event.actor, event.kind, event.about) == ("manager@test", "note", "state=done")
    assert event.detail == {"form": "csv", "rows": 2}


def test_excel_holds_days_as_days_and_no_formula(seven, browser_of):
    make_note("=HYPERLINK(1)", due_on=date(2026, 12, 1))
    response = browser_of("manager").get("/notes/export.xlsx?q=hyperlink")
    row = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows())[1]
    assert (row[0].value, row[0].data_type) == ("=HYPERLINK(1)", "s")
    assert row[2].value == datetime(2026, 12, 1)  # noqa: DTZ001  (a spreadsheet knows no time zones)


def test_csv_lets_no_text_become_a_formula(db, browser_of):
    make_note("=1+1")
    response = browser_of("manager").get("/notes/export.csv")
    assert "'=1+1" in response.content.decode("utf-8-sig")


def test_unknown_form_of_file_is_not_found(db, browser_of):
    assert browser_of("manager").get("/notes/export.exe").status_code == 404


# ---- One record ----
def test_page_shows_facts_and_history(seven, browser_of):
    page = flat(browser_of("board").get(f"/notes/{seven[2].pk}/"))
    assert "<h1>Note C</h1>" in page
    assert "19 Nov 2026" in page
    assert "Change</a>" not in page
    assert "Change</a>" in flat(browser_of("manager").get(f"/notes/{seven[2].pk}/"))


def test_making_writes_record_history_and_one_line(cast, browser_of):
    browser = browser_of("manager")
    assert "note form" not in flat(browser.get("/notes/new/"))
    response = browser.post("/notes/new/", {"title": "Fresh", "state": "open", "amount": "3", "due_on": "2026-12-01"})
    note = Note.objects.get()
    assert response.url == f"/notes/{note.pk}/"
    assert (note.title, note.amount, note.due_on, note.version) == ("Fresh", 3, date(2026, 12, 1), 1)
    assert (note.made_by, note.changed_by) == ("manager@test", "manager@test")
    assert [state.version for state in history.states(note)] == [1]
    event = Event.objects.get(action="record made")
    assert (event.actor, event.kind, event.about) == ("manager@test", "note", str(note.pk))


def test_making_begins_from_what_the_address_names(seven, browser_of):
    response = browser_of("manager").get(f"/notes/new/?parent={seven[0].pk}&title=Child&version=9")
    assert response.context["form"].initial["title"] == "Child"
    assert "version" not in response.context["form"].initial


def test_faults_of_a_form_are_listed_and_nothing_is_written(cast, browser_of):
    response = browser_of("manager").post("/notes/new/", {"title": "", "state": "open", "due_on": "soon"})
    assert response.status_code == 200
    assert "Fill in “Title”" in flat(response)
    assert "takes a day, such as 2026-11-05" in flat(response)
    assert not Note.objects.exists()


def test_person_of_one_body_makes_records_of_that_body_only(cast, browser_of):
    browser = browser_of("lead")  # of the police
    refused = browser.post("/notes/new/", {"title": "Ours", "state": "open", "body": "council"})
    assert not Note.objects.exists()
    assert "your own organisation" in flat(refused)
    browser.post("/notes/new/", {"title": "Ours", "state": "open", "body": "police"})
    assert Note.objects.get().body == "police"


def test_changing_needs_the_right_to_this_very_record(seven, cast, browser_of):
    theirs = make_note("Theirs", body="council")
    ours = make_note("Ours", body="police")
    assert browser_of("lead").get(f"/notes/{theirs.pk}/change/").status_code == 403
    assert browser_of("lead").get(f"/notes/{ours.pk}/change/").status_code == 200
    assert browser_of("board").get(f"/notes/{ours.pk}/change/").status_code == 403


def test_changing_names_the_fields_in_the_trail(seven, browser_of):
    browser, note = browser_of("manager"), seven[2]
    address = f"/notes/{note.pk}/change/"
    browser.post(address, form_of(browser.get(address)) | {"title": "Note C, better", "amount": "9"})
    note.refresh_from_db()
    assert (note.title, note.amount, note.version) == ("Note C, better", 9, 2)
    assert Event.objects.get(action="record changed").detail == {"fields": ["title", "amount"]}


def test_saving_without_a_change_writes_nothing(seven, browser_of):
    browser, note = browser_of("manager"), seven[2]
    keeping.change(record=note, fields=["text"], by="tests", at=AT) if setattr(note, "text", "Two\nlines") else None
    address = f"/notes/{note.pk}/change/"
    given = form_of(browser.get(address))
    given["text"] = given.get("text", "").replace("\n", "\r\n")  # as browsers send lines
    response = browser.post(address, given, follow=True)
    assert "Nothing was changed" in flat(response)
    note.refresh_from_db()
    assert note.version == 1


def test_form_that_does_not_say_its_version_is_refused(seven, browser_of):
    response = browser_of("manager").post(f"/notes/{seven[2].pk}/change/", {"title": "Sneaked", "state": "open"})
    assert response.status_code == 200
    assert Note.objects.get(pk=seven[2].pk).title == "Note C"


def test_record_closed_by_its_state_is_not_changed(db, browser_of):
    note = make_note("Sealed for good")
    browser = browser_of("manager")
    assert "This note is sealed" in flat(browser.get(f"/notes/{note.pk}/change/", follow=True))
    browser.post(f"/notes/{note.pk}/change/", {"title": "Opened", "state": "open", "began_from": 1})
    browser.post(f"/notes/{note.pk}/remove/", {"reason": "Just because"})
    note.refresh_from_db()
    assert (note.title, note.removed_at) == ("Sealed for good", None)


@pytest.mark.parametrize("path", ["", "history/", "change/", "remove/"])
def test_record_out_of_sight_is_not_found(path, db, cast, browser_of):
    note = make_note("Hidden", closed=True, lead=cast["analyst"])
    assert browser_of("lead").get(f"/notes/{note.pk}/{path}").status_code == 404
    gate = browser_of("manager").get(f"/notes/{note.pk}/{path}")  # may open closed records in an emergency
    assert gate.status_code == 403
    assert "Hidden" not in flat(gate)


def test_fetching_is_authorising(db, cast):
    note = make_note("Hidden", closed=True, lead=cast["analyst"])
    assert NOTES.get(cast["analyst"], note.pk) == note
    for who in ("lead", "board", "administrator", "outsider"):
        with pytest.raises(Http404):
            NOTES.get(cast[who], note.pk)
    with pytest.raises(PermissionDenied):  # leads to the gate
        NOTES.get(cast["manager"], note.pk)


# ---- History ----
def test_history_shows_what_each_change_did_and_restores(db, browser_of):
    long = "The first words of a text that is long enough to be compared word by word with another."
    note = make_note("First", text=long, amount=1)
    for number in (2, 3):
        note.title, note.text, note.amount = f"Title {number}", long.replace("first", f"{number}nd"), number
        keeping.change(record=note, fields=["title"], by="lead@test", at=AT + timedelta(days=number))
    states = history.states(note)
    assert [state.version for state in states] == [3, 2, 1]
    assert {(change.name, change.before, change.after) for change in states[0].changes if not change.is_text} == {
        ("title", "Title 2", "Title 3"), ("amount", "2", "3"),
    }  # fmt: skip
    page = flat(browser_of("manager").get(f"/notes/{note.pk}/history/"))
    assert "<del>2nd</del>" in page
    assert "<ins>3nd</ins>" in page
    browser_of("manager").post(f"/notes/{note.pk}/restore/1/")
    note.refresh_from_db()
    assert (note.title, note.text, note.amount, note.version) == ("First", long, 1, 4)
    assert history.states(note)[0].words == "version 1 restored"
    assert Event.objects.get(action="earlier state restored").detail == {"version": 1}


def test_restoring_takes_its_permission(db, browser_of):
    note = make_note("First", body="police")
    note.title = "Second"
    keeping.change(record=note, fields=["title"], by="manager@test", at=AT)
    assert browser_of("lead").post(f"/notes/{note.pk}/restore/1/").status_code == 403
    assert browser_of("manager").post(f"/notes/{note.pk}/restore/7/").status_code == 404


# ---- Removal, return and undo ----
def test_removed_record_leaves_the_list_and_comes_back(seven, browser_of):
    browser, note = browser_of("manager"), seven[2]
    assert "Say why" in flat(browser.post(f"/notes/{note.pk}/remove/", {"reason": "  "}))
    response = browser.post(f"/notes/{note.pk}/remove/", {"reason": "Made twice"}, follow=True)
    assert "Note C" not in titles(response)
    assert titles(browser.get("/notes/?removed=1")) == ["Note C"]
    assert "Removed on" in flat(browser.get(f"/notes/{note.pk}/"))
    assert Event.objects.get(action="record removed").reason == "Made twice"
    browser.post(f"/notes/{note.pk}/remove/")
    assert "Note C" in titles(browser.get("/notes/"))
    note.refresh_from_db()
    assert (note.removed_at, note.version) == (None, 3)


def undo_address(response) -> str:
    return next(message.extra_tags for message in response.context["messages"] if message.extra_tags)


def test_saving_is_undone_with_one_press(seven, browser_of):
    browser, note = browser_of("manager"), seven[2]
    address = f"/notes/{note.pk}/change/"
    response = browser.post(address, form_of(browser.get(address)) | {"title": "Mistaken"}, follow=True)
    browser.post(undo_address(response))
    note.refresh_from_db()
    assert (note.title, note.version) == ("Note C", 3)
    assert [state.version for state in history.states(note)] == [3, 2, 1]


def test_own_change_is_undone_without_the_right_to_restore(db, browser_of):
    note = make_note("Ours", body="police")
    browser, address = browser_of("lead"), f"/notes/{note.pk}/change/"
    response = browser.post(address, form_of(browser.get(address)) | {"title": "Mistaken"}, follow=True)
    browser.post(undo_address(response))
    note.refresh_from_db()
    assert note.title == "Ours"


def test_undo_takes_nothing_from_somebody_who_saved_since(seven, browser_of):
    browser, note = browser_of("manager"), seven[2]
    address = f"/notes/{note.pk}/change/"
    undo = undo_address(browser.post(address, form_of(browser.get(address)) | {"title": "Mine"}, follow=True))
    note.refresh_from_db()
    note.title = "Theirs"
    keeping.change(record=note, fields=["title"], by="lead@test", at=AT)
    response = browser.post(undo, follow=True)
    assert "lead@test" in flat(response)
    note.refresh_from_db()
    assert note.title == "Theirs"


def test_removing_is_undone_with_one_press(seven, browser_of):
    browser, note = browser_of("manager"), seven[2]
    undo = undo_address(browser.post(f"/notes/{note.pk}/remove/", {"reason": "Slip"}, follow=True))
    for _ in range(2):  # pressed twice, it does not remove again
        browser.post(undo)
    note.refresh_from_db()
    assert (note.removed_at, note.version) == (None, 3)


# ---- Two people at once ----
def test_fields_that_only_one_changed_are_merged(seven, browser_of):
    note, one, other = seven[2], browser_of("manager"), browser_of("manager")
    address = f"/notes/{note.pk}/change/"
    given = form_of(one.get(address))
    one.post(address, given | {"title": "New title"})
    other.post(address, given | {"text": "New text"})
    note.refresh_from_db()
    assert (note.title, note.text, note.version) == ("New title", "New text", 3)


def test_field_that_both_changed_is_shown_with_both_texts(seven, browser_of):
    note, one, other = seven[2], browser_of("manager"), browser_of("manager")
    address = f"/notes/{note.pk}/change/"
    given = form_of(one.get(address))
    one.post(address, given | {"text": "What one wrote", "amount": "50"})
    response = other.post(address, given | {"text": "What the other wrote"})
    assert response.status_code == 200
    assert "What one wrote" in flat(response)
    assert "What the other wrote" in flat(response)
    note.refresh_from_db()
    assert note.text == "What one wrote"
    again = form_of(response)
    assert again["amount"] == "50"  # merged, as only one had changed it
    other.post(address, again | {"text": "What one wrote, and the other"})
    note.refresh_from_db()
    assert (note.text, note.amount, note.version) == ("What one wrote, and the other", 50, 3)


def test_field_with_a_fault_does_not_hide_what_the_other_wrote(seven, browser_of):
    note, one, other = seven[2], browser_of("manager"), browser_of("manager")
    address = f"/notes/{note.pk}/change/"
    given = form_of(one.get(address))
    one.post(address, given | {"due_on": "2027-01-05"})
    response = other.post(address, given | {"due_on": "next week"})
    assert "5 Jan 2027" in flat(response)
    assert "next week" in flat(response)
