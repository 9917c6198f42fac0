"""Comments on records, and naming people in them: no wider open than the record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from integration.web.notebook.models import Note
from integration.web.notes import AT, events, flat, make_note

from upstream_web.records.models import Comment, Notice
from upstream_web.records.operations import comments


@pytest.fixture
def note(db) -> Note:
    return make_note()


@pytest.fixture
def closed(cast) -> Note:
    return make_note("Closed to most", closed=True, lead=cast["analyst"])


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


def test_writer_hears_of_names_that_nobody_has_or_that_may_not_see(note, closed, cast, browser_of):
    said = {"text": "@manager@test @stranger, see nobody@example.org"}
    page = flat(browser_of("board").post(f"/on/note/{note.pk}/comments/", said, follow=True))
    assert "no notice went to @stranger: nobody who may see this" in page
    said = {"text": "@manager@test @stranger"}
    page = flat(browser_of("analyst").post(f"/on/note/{closed.pk}/comments/", said, follow=True))
    assert "no notice went to @manager@test, @stranger" in page  # closed to the manager, and that is not told
    fine = browser_of("board").post(f"/on/note/{note.pk}/comments/", {"text": "@manager@test"}, follow=True)
    assert "no notice went" not in flat(fine)


def test_completion_offers_only_people_who_may_see_the_record(note, closed, browser_of):
    browser = browser_of("analyst")
    everybody = flat(browser.get(f"/on/note/{note.pk}/names/?q=man"))
    assert 'data-mention="manager@test"' in everybody  # Partnership manager
    assert 'data-mention="manager@test"' not in flat(browser.get(f"/on/note/{note.pk}/names/?q=ager"))
    assert "administrator@test" not in flat(browser.get(f"/on/note/{note.pk}/names/?q=adm"))  # sees no plan
    assert "outsider@test" not in flat(browser.get(f"/on/note/{note.pk}/names/?q=outsider"))
    own = flat(browser.get(f"/on/note/{closed.pk}/names/?q=a"))
    assert 'data-mention="analyst@test"' in own
    assert "manager@test" not in own
    assert "data-mention" not in flat(browser.get(f"/on/note/{note.pk}/names/?q="))
    assert browser_of("lead").get(f"/on/note/{closed.pk}/names/?q=a").status_code == 404
