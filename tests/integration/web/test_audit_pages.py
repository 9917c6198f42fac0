"""The pages of the trail: what they show, that every look leaves a line, and that a trail of any length is quick."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from upstream_web.audit import guard, searching
from upstream_web.audit.models import Event
from upstream_web.audit.operations import events, exporting
from upstream_web.audit.searching import Asked
from upstream_web.core import jobs
from upstream_web.core.acts import ActKind, declare

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
declare("looked at in tests", ActKind.CONSULTATION)
declare("changed in tests", ActKind.ALTERATION)


def write(act="changed in tests", *, by="ash@test", days=0, **given):
    return events.record(act, by=by, at=AT + timedelta(days=days), **given)


@pytest.fixture
def steward(browser_of):
    return browser_of("steward")


def page(browser, address, /, *parts, **asked) -> str:
    response = browser.get(reverse(address, args=parts), asked)
    assert response.status_code == 200
    return response.content.decode()


def abouts(asked: Asked, **how) -> list[str]:
    return [line.about for line in searching.find(asked, **how).lines]


# ---- Searching ----


@pytest.fixture
def some_lines(db):
    write(by="ash@test", kind="risk", about="R-1", days=0)
    write("looked at in tests", by="sam@test", kind="risk", about="R-1", days=1)
    write(by="sam@test", kind="action", about="A-1", days=2, reason="funding came late")
    write(by="ash@test", kind="risk", about="R-2", days=3, detail={"to": "amber"})


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(), ["R-2", "A-1", "R-1", "R-1"]),
        (Asked(actor="sam@test"), ["A-1", "R-1"]),
        (Asked(kind="risk"), ["R-2", "R-1", "R-1"]),
        (Asked(kind="risk", about="R-1"), ["R-1", "R-1"]),
        (Asked(act="looked at in tests"), ["R-1"]),
        (Asked(act_kind="alteration"), ["R-2", "A-1", "R-1"]),
        (Asked(actor="ash@test", kind="risk", act_kind="alteration"), ["R-2", "R-1"]),
        (Asked(actor="ash@test", kind="action"), []),
        (Asked(words="LATE funding"), ["A-1"]),
        (Asked(words="amber"), ["R-2"]),
        (Asked(since=datetime(2026, 3, 3).date(), until=datetime(2026, 3, 4).date()), ["A-1", "R-1"]),  # noqa: DTZ001
        (Asked(about="R-2"), ["R-2"]),
    ],
)
def test_lines_that_answer_are_found_newest_first(some_lines, asked, expected):
    assert abouts(asked) == expected


def test_lines_are_in_the_order_of_their_moments_whatever_the_order_of_writing(db):
    for days in (5, 1, 3, 3):
        write(about=str(days), days=days)
    assert abouts(Asked()) == ["5", "3", "3", "1"]


def test_page_after_page_gives_every_line_once(db):
    for number in range(25):
        write(about=str(number), days=number // 4)  # several at one moment
    seen, below = [], None
    while True:
        found = searching.find(Asked(), below=below, most=4)
        seen += [line.about for line in found.lines]
        below = found.older
        if below is None:
            break
    assert sorted(seen, key=int) == [str(number) for number in range(25)]
    assert seen == [line.about for line in searching.find_all(Asked(), most=100)]


def test_search_that_no_index_answers_stops_and_can_go_on(db, monkeypatch):
    monkeypatch.setattr(searching, "LOOKED_THROUGH", 5)
    for number in range(12):
        write(about="the old one" if number == 0 else f"line {number}", days=number)
    asked = Asked(words="old one")
    first = searching.find(asked)
    assert (first.lines, first.searched_to.about) == ([], "line 7")
    second = searching.find(asked, below=first.older)
    assert (second.lines, second.searched_to.about) == ([], "line 2")
    third = searching.find(asked, below=second.older)
    assert ([line.about for line in third.lines], third.older, third.searched_to) == (["the old one"], None, None)
    assert [line.about for line in searching.find_all(asked, most=100)] == ["the old one"]


def test_kinds_of_records_are_listed_once(some_lines):
    assert searching.kinds_of_records() == ["action", "risk"]


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(actor="x"),
        Asked(act="x"),
        Asked(act_kind="x"),
        Asked(kind="x"),
        Asked(kind="x", about="x"),
        Asked(since=AT.date(), until=AT.date()),
        Asked(actor="x", since=AT.date(), until=AT.date()),
    ],
)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL chooses by the number of rows")
def test_every_filter_is_answered_in_order_by_an_index(db, asked):
    leading, others = searching._lookups(asked)
    plan = Event.objects.filter(leading).newest_first()[:50].explain()
    assert not others
    assert "USING" in plan
    assert "INDEX event_by_" in plan
    assert "TEMP B-TREE" not in plan


# ---- Pages ----


def test_list_shows_lines_and_where_they_lead(some_lines, steward):
    shown = page(steward, "trail-list", kind="risk")
    assert "3 lines answer what you ask" in shown
    assert "R-2" in shown
    assert "A-1" not in shown
    assert reverse("trail-event", args=[Event.objects.get(about="R-2").chain]) in shown


def test_every_look_at_the_trail_is_a_line_that_says_what_was_asked(some_lines, steward):
    before = Event.objects.count()
    page(steward, "trail-list", kind="risk", words="amber")
    page(steward, "trail-event", 1)
    page(steward, "trail-person", name="sam@test")
    looks = list(Event.objects.filter(chain__gt=before))
    assert {(look.actor, look.action, look.act_kind) for look in looks} == {
        ("steward@test", "audit trail read", "consultation")
    }
    assert [(look.about, look.detail) for look in looks] == [
        ("kind=risk&words=amber", {"kind": "risk", "words": "amber"}),
        ("line 1", {}),
        ("person sam@test", {}),
    ]


def test_line_in_full_says_that_it_is_as_it_was_written(some_lines, steward):
    shown = page(steward, "trail-event", Event.objects.get(about="A-1").chain)
    assert "funding came late" in shown
    assert "As it was written" in shown


def test_line_in_full_says_that_it_was_changed(some_lines, steward):
    guard.lift(connection)
    chain = Event.objects.get(about="A-1").chain
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET reason = 'somebody else' WHERE chain = %s", [chain])
    assert f"Line {chain} was changed." in page(steward, "trail-event", chain)
    assert "As it was written" in page(steward, "trail-event", chain - 1)


def test_line_that_is_not_there_is_not_found(some_lines, steward):
    for number in (9999, 10**30):
        assert steward.get(reverse("trail-event", args=[number])).status_code == 404


def test_person_is_answered_what_they_did_and_who_looked(some_lines, steward, cast):
    write("looked at in tests", by="manager@test", kind="user", about="analyst@test", reason="a complaint")
    write(by="analyst@test", kind="risk", about="R-77")
    shown = page(steward, "trail-person", name="Analyst@test")  # sign-in names are compared whatever their case
    assert "R-77" in shown
    assert "a complaint" in shown
    assert cast["analyst"].name in shown


def test_person_without_a_name_leads_to_the_list(steward):
    assert steward.get(reverse("trail-person")).headers["Location"] == reverse("trail-list")


@pytest.mark.parametrize("asked", [{"below": "x"}, {"below": "9" * 30}, {"since": "tomorrow"}, {"kind": "\x00"}])
def test_odd_question_is_answered(steward, asked):
    assert steward.get(reverse("trail-list"), asked).status_code == 200


# ---- Export ----


def exported(browser, **asked) -> list[list[str]]:
    sent = browser.get(reverse("trail-export"), asked).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(sent, newline="")))


def test_export_holds_what_was_asked_for_and_leaves_a_line(some_lines, steward):
    rows = exported(steward, kind="risk")
    assert rows[0][:4] == ["line", "at", "actor", "action"]
    assert [row[6] for row in rows[1:]] == ["R-2", "R-1", "R-1"]
    left = Event.objects.order_by("-chain").first()
    assert (left.action, left.act_kind, left.recipient) == ("audit trail exported", "disclosure", "steward@test")
    assert left.detail == {"kind": "risk", "lines": 3}


def test_export_that_is_cut_off_says_so(some_lines, steward, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_LINES_AS_TABLE", 2)
    rows = exported(steward, kind="risk")
    assert len(rows) == 4
    assert rows[-1] == ["Only the newest 2 lines are here. Narrow what you ask for to see older ones."]


def test_export_holds_no_formula(db, steward):
    write(by='=HYPERLINK("http://elsewhere")', kind="risk", about="R-9")
    assert exported(steward, kind="risk")[1][2] == '\'=HYPERLINK("http://elsewhere")'


# ---- Checking ----


def test_check_is_asked_for_done_and_shown(some_lines, steward, cast):
    assert "Not known" in page(steward, "trail-list")
    steward.post(reverse("trail-check"))
    steward.post(reverse("trail-check"))  # asked for twice, done once
    assert jobs.work(once=True) == 1
    assert "The trail is whole" in page(steward, "trail-list")
    assert Event.objects.filter(action="check of the audit trail asked for").count() == 2


def test_check_that_finds_something_shows_what(some_lines, steward):
    guard.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE chain = 2")
    steward.post(reverse("trail-check"))
    jobs.work(once=True)
    shown = page(steward, "trail-list")
    assert "Not whole" in shown
    assert "Line 2 is missing." in shown
