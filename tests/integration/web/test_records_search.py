"""Finding records of all kinds from one place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from integration.web.notebook.models import Note

from upstream_web.records.operations import keeping
from upstream_web.search.records import changed_lately, find_records
from upstream_web.search.templatetags.found import highlight

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def make_note(title: str, *, by="tests", **fields) -> Note:
    return keeping.make(record=Note(title=title, **fields), by=by, at=AT)


def test_records_are_found_newest_first_with_their_number(cast, example, browser_of):
    for number in range(8):
        make_note(f"Outreach {number}", text="in Hanley")
    make_note("Nothing of the sort")
    page = browser_of("board").get("/search/?q=hanley+outreach").content.decode()
    assert "All 8 in the list" in page
    assert 'href="/notes/?q=hanley+outreach"' in page
    assert "<mark>Outreach</mark> 7" in page
    assert "</mark> 1<" not in page


def test_nothing_is_found_that_is_closed_removed_or_of_a_closed_list(cast):
    make_note("Outreach hidden", closed=True, lead=cast["analyst"])
    keeping.remove(record=make_note("Outreach gone"), reason="Twice", by="tests", at=AT)
    assert list(find_records(cast["manager"], "outreach")) == []
    assert [len(found.records) for found in find_records(cast["analyst"], "outreach")] == [1]
    assert list(find_records(cast["administrator"], "outreach")) == []
    assert list(find_records(cast["manager"], "  ")) == []


def test_numbers_beyond_a_hundred_are_not_counted(cast):
    template = make_note("Outreach")
    rows = [Note(title=f"Outreach {n}", made_at=AT, changed_at=AT, made_by="x", changed_by="x") for n in range(150)]
    Note.objects.bulk_create(rows)
    (found,) = find_records(cast["manager"], "outreach")
    assert (found.count_words, len(found.records), found.has_more) == ("more than 100", 6, True)
    assert template not in found.records


def test_what_one_changed_lately_is_offered(cast, example, browser_of):
    for title in ("One", "Two"):
        make_note(title, by=cast["manager"])
    gone = make_note("Closed since", by=cast["manager"])
    gone.closed, gone.lead = True, cast["analyst"]
    keeping.change(record=gone, fields=["closed"], by="tests", at=AT)
    assert [note.title for note in changed_lately(cast["manager"])] == ["Two", "One"]
    assert changed_lately(cast["board"]) == []
    assert "You changed lately" in browser_of("manager").get("/search/").content.decode()


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Street <b>", "street", "<mark>Street</mark> &lt;b&gt;"),
        ("a.b axb", "a.b", "<mark>a.b</mark> axb"),
        ("b&b", "&", "b<mark>&amp;</mark>b"),
        ("Nothing", "", "Nothing"),
    ],
)
def test_words_are_marked_and_everything_is_escaped(text, words, shown):
    assert highlight(text, words) == shown
