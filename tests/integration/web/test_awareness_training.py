"""Completed training from a spreadsheet: looked at first, written once, refused with every fault."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HEAD = "Course,Body,Team,Day,What happened,People,Source\n"


@pytest.fixture
def teams(db):
    """A course, and a team of the police and one of the harbour project."""
    from upstream_web.awareness.models import Course, Team
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations import organisations
    from upstream_web.records.operations import keeping

    made = {}
    for name, kind in (("Police", "other"), ("Harbour Project", "commissioned_provider")):
        body = Organisation(name=name, type=kind)
        organisations.make(organisation=body, by="tests", at=NOW)
        made[name] = keeping.make(record=Team(body=body, name="Team one", who="all"), by="tests", at=NOW)
    course = Course(title="Using outcome 22", about="Use it", owner=body, edition="1", form="mixed", minutes=60)
    keeping.make(record=course, by="tests", at=NOW)
    return made


def send(browser, text):
    """Send a file to be looked at, and give the page."""
    file = SimpleUploadedFile("training.csv", text.encode())
    return browser.post(reverse("training-sheet"), {"file": file}).content.decode()


def token(page):
    """What the page carries along."""
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def test_sheet_is_looked_at_before_it_is_written(teams, browser_of):
    from upstream_web.audit.models import Event
    from upstream_web.awareness.models import Completion

    browser = browser_of("manager")
    text = (
        f"{HEAD}Using outcome 22,Police,Team one,2026-10-05,,12,List\n"
        "using outcome 22,police,team one,06/10/2026,Trained again,3,\n"
    )
    page = send(browser, text)
    assert "2 rows" in page
    assert not Completion.objects.exists()
    before = Event.objects.count()
    assert browser.post(reverse("training-take"), {"token": token(page)}).status_code == 302
    assert {(each.on, each.sort, each.number, each.source) for each in Completion.objects.all()} == {
        (date(2026, 10, 5), "first", 12, "List"), (date(2026, 10, 6), "again", 3, "training.csv"),
    }  # fmt: skip
    assert Event.objects.count() == before + 1
    assert "Nothing would be written" in send(browser, text)  # the same file once more
    page = send(browser, text.replace(",12,", ",14,"))
    assert "<del>12</del> <ins>14</ins>" in page
    browser.post(reverse("training-take"), {"token": token(page)})
    browser.post(reverse("training-take"), {"token": token(page)})  # sent twice: the second finds it changed
    first = Completion.objects.get(sort="first")
    assert (first.number, first.version) == (14, 2)


def test_every_fault_is_said_and_nothing_of_the_row_written(teams, browser_of):
    page = send(
        browser_of("manager"),
        f"{HEAD}Nothing,,Team one,yesterday,Slept,none,\nUsing outcome 22,Police,Team one,2027-01-01,,0,\n,,,,,,x\n"
        "Using outcome 22,Police,Team one,2026-10-05,,2,\nUsing outcome 22,Police,Team one,2026-10-05,,2,\n",
    )
    for fault in (
        "“Nothing” is no course", "is a team of 2 bodies; name the body", "“yesterday” is no day", "“Slept” is none of",
        "“none” is no whole number", "Day is still to come", "Nobody is no training", "Course is empty",
        "The file says this twice",
    ):  # fmt: skip
        assert fault in page, fault


def test_sheet_with_names_is_refused(teams, browser_of):
    page = send(browser_of("manager"), "Name,Course,Team\nJo Doe,Using outcome 22,Team one\n")
    assert "columns that are not known: Name" in page


def test_people_count_for_their_own_body_only(teams, browser_of):
    from upstream_web.awareness.models import Completion

    rows = "Using outcome 22,Police,Team one,2026-10-05,,5,\nUsing outcome 22,Harbour Project,Team one,2026-10-05,,6,\n"
    text = HEAD + rows
    browser = browser_of("service_manager")  # works in the harbour project
    page = send(browser, text)
    assert "You may not count for Police" in page
    stolen = browser_of("lead")
    stolen.post(reverse("training-take"), {"token": token(page)})
    assert not Completion.objects.exists()
    browser.post(reverse("training-take"), {"token": token(page) + "x"})
    assert not Completion.objects.exists()
    browser.post(reverse("training-take"), {"token": token(page)})
    assert Completion.objects.get().team == teams["Harbour Project"]


def test_template_names_the_columns(teams, browser_of):
    import io

    import openpyxl

    answer = browser_of("lead").get(reverse("training-template"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book["Training"][1]] == HEAD.strip().split(",")
