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


# ---- coverage as an indicator --------------------------------------------------------------------------------
@pytest.fixture
def trained(teams):
    """Both teams must have the course. 20 of 40 of the police held it from February, 45 of 50 since the autumn."""
    from upstream_web.awareness.models import Completion, Course, Headcount, Requirement
    from upstream_web.records.operations import keeping

    course, police = Course.objects.get(), teams["Police"]
    records = [
        *(Requirement(course=course, team=team, due_on=date(2026, 6, 30)) for team in teams.values()),
        Headcount(team=police, on=date(2026, 1, 10), number=40, source="List"),
        Headcount(team=police, on=date(2026, 9, 20), number=50, source="List"),
        Completion(course=course, team=police, on=date(2026, 2, 1), number=20),
        Completion(course=course, team=police, on=date(2026, 8, 1), number=25),
    ]
    keeping.make_all(records=records, by="tests", at=NOW)
    return course


def indicator_of(counted, key="trained"):
    from upstream_web.organisations.models import Organisation
    from upstream_web.performance.models import Indicator
    from upstream_web.records.operations import keeping

    made = Indicator(
        key=key, title="Officers trained", question="Trained?", level="input", priority_number=5, priority_name="P",
        source="records", counted=counted, unit="%", polarity="higher is better", frequency="quarter", lead_role="Head",
        lead_body=Organisation.objects.first(), good="All.", adopted_on=date(2026, 1, 1), review_on=date(2027, 1, 1),
    )  # fmt: skip
    return keeping.make(record=made, by="tests", at=NOW)


def result_on(indicator, until):
    from upstream_web.performance.calculation import calculate_one

    return calculate_one(indicator, until=until, today=until)


def test_indicator_follows_training_coverage(trained, teams, site_of):
    from upstream_web.performance.models import Target
    from upstream_web.records.operations import keeping

    indicator = indicator_of(f"training-{trained.pk}")
    target = Target(indicator=indicator, side="at least", value=95, valid_from=date(2026, 4, 1), why="All",
                    valid_until=date(2027, 3, 31), agreed_by="Board", agreed_on=date(2026, 3, 1))  # fmt: skip
    keeping.make(record=target, by="tests", at=NOW)
    result = result_on(indicator, date(2026, 9, 30))
    assert [(point.numerator, point.denominator) for point in result.points] == [(20, 40), (20, 40), (45, 50)]
    # Wilson's interval of 20 of 40, by hand: 0.5 -+ 1.96 sqrt(0.25/40 + 3.8416/6400) / (1 + 3.8416/40) = 0.5 -+ 0.148.
    assert (round(result.points[0].lower, 1), round(result.points[0].upper, 1)) == (35.2, 64.8)
    assert result.target.met == "too uncertain to say"  # 45 of 50 lies between 79% and 96%
    assert result.origin.name == "Training held: Using outcome 22"
    assert "counted from the records themselves" in " ".join(result.quality.reasons)
    # By team: the police alone read the same; of the harbour project nobody said how many people there are.
    own = result_on(indicator_of(f"training-{trained.pk}-team-{teams['Police'].pk}", "own"), date(2026, 9, 30))
    assert [point.numerator for point in own.points] == [20, 20, 45]
    assert own.origin.name.endswith(", by Team one, Police")
    bare = result_on(indicator_of(f"training-{trained.pk}-team-{teams['Harbour Project'].pk}", "bare"), NOW.date())
    assert (bare.points, bare.latest) == ((), None)


def test_indicator_of_training_moves_with_the_records_and_says_when_they_are_gone(trained, teams, site_of, browser_of):
    from django.db import IntegrityError, transaction

    from upstream_web.awareness.models import Completion
    from upstream_web.performance import queries
    from upstream_web.performance.models import Indicator
    from upstream_web.records.operations import keeping

    indicator = indicator_of(f"training-{trained.pk}")
    quarter = date(2026, 9, 30)
    assert queries.results(quarter)[0].latest.numerator == 45
    more = Completion(course=trained, team=teams["Police"], on=date(2026, 9, 2), number=3)
    keeping.make(record=more, by="tests", at=NOW)
    assert queries.results(quarter)[0].latest.numerator == 48
    page = browser_of("manager").get(indicator.get_absolute_url()).content.decode()
    assert "Training held: Using outcome 22" in page
    for wrong in ({"clock": "papers_sent"}, {"counted": ""}, {"typed_as": "share"}):
        with pytest.raises(IntegrityError, match="indicator_has_one_source"), transaction.atomic():
            Indicator.objects.filter(pk=indicator.pk).update(**wrong)
    keeping.remove(record=trained, reason="Replaced", by="tests", at=NOW)
    gone = queries.results(quarter)[0]
    assert (gone.points, gone.origin.notes) == ((), ("No record tells this share any more.",))
    assert browser_of("manager").get(indicator.get_absolute_url()).status_code == 200


def test_form_of_an_indicator_offers_training_and_keeps_one_source(trained, site_of, browser_of):
    from upstream_web.organisations.models import Organisation
    from upstream_web.performance.example import _told_by_records
    from upstream_web.performance.models import Indicator

    manager, key = browser_of("manager"), f"training-{trained.pk}"
    assert f'value="{key}"' in manager.get(reverse("indicator-new")).content.decode()
    form = {
        "title": "Trained", "key": "trained", "question": "Are they?", "level": "input", "priority_number": "5",
        "priority_name": "P", "source": "records", "counted": "", "clock": "papers_sent", "typed_as": "share",
        "multiplier": "1000", "unit": "%", "decimals": "0", "polarity": "higher is better", "frequency": "quarter",
        "due_after_days": "30", "lead_role": "Head", "lead_body": Organisation.objects.first().pk, "good": "All.",
        "adopted_on": "2026-01-01", "review_on": "2027-01-01",
    }  # fmt: skip
    assert "Choose the share" in manager.post(reverse("indicator-new"), form).content.decode()
    assert manager.post(reverse("indicator-new"), form | {"counted": key}).status_code == 302
    made = Indicator.objects.get(key="trained")
    assert (made.counted, made.clock, made.typed_as) == (key, "", "")
    # The worked example names the share by its title, as keys are given when its records are loaded.
    assert _told_by_records("Training held: Using outcome 22") == key
    assert _told_by_records("Training held: Something else") == ""
