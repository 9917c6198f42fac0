"""The worked example of governance: it loads once, and says what it should say."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from integration.web.conftest import loaded_once, put_site

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept_example(django_db_setup, django_db_blocker, pristine, tmp_path_factory):
    """The example of the partnership's folder, as on 20 November 2026."""
    from upstream_web.governance import example as governance

    with loaded_once(django_db_blocker, pristine, tmp_path_factory.mktemp("kept") / "var") as site:
        governance.load(site.folder / "records", at=NOW)
        yield site


@pytest.fixture
def loaded(kept_example, db, settings):
    """The example, which the test may change for itself."""
    return put_site(settings, kept_example)


# Counted by hand in the files: four board meetings, seven of the group, six of the audit board; each has a next one.
def test_example_holds_a_year_of_meetings(loaded):
    from upstream_web.governance import example as governance
    from upstream_web.governance.models import BEHIND, Meeting

    held = Meeting.objects.filter(state__in=BEHIND)
    counts = [held.filter(board__name__contains=name).count() for name in ("Executive", "Delivery", "Audit")]
    assert counts == [4, 7, 6]
    assert Meeting.objects.filter(state="planned").count() == 3
    assert Meeting.objects.filter(moved_from__isnull=False).count() == 1
    assert governance.load(loaded.folder / "records", at=NOW) == 0  # a second time nothing is made


def test_one_meeting_of_the_example_was_not_quorate(loaded):
    from upstream_web.governance import attendance, queries

    held = queries.meetings_held(date(2025, 11, 1), date(2026, 11, 20))
    assert [m.held_on for m in held if not attendance.quorum_of(m).is_met] == [date(2026, 4, 30)]
    found = [m for board in queries.boards() for m in attendance.not_quorate(board, held.filter(board=board))]
    assert [m.held_on for m in found] == [date(2026, 4, 30)]


def test_minutes_of_the_example_are_approved_but_for_the_last_of_each_board(loaded):
    from upstream_web.governance.models import Minutes

    assert Minutes.objects.filter(state="approved").count() == 14
    assert Minutes.objects.filter(state="sent").count() == 3


def test_example_shows_where_the_cycle_was_not_kept(loaded):
    from upstream_web.governance import queries
    from upstream_web.governance.models import Board

    board = Board.objects.get(board_kind="delivery")
    missed = [gap for gap in queries.cycle_gaps(board, date(2025, 11, 1), date(2026, 11, 20)) if not gap.is_kept]
    # From 25 June to 3 September 2026, to which the meeting of 20 August was moved, are ten weeks.
    assert [gap.words for gap in missed] == ["The gap was 10 weeks, the cycle says 6 to 8 weeks"]


def test_risks_and_escalations_of_the_example(loaded):
    from upstream_web.governance import queries
    from upstream_web.governance.models import Risk

    assert Risk.objects.count() == 14
    # Scores against the appetites of the folder: 5 x 4 and 3 x 4 over 8 in safety, 3 x 3 over 8, 4 x 3 over 6 in data.
    assert {risk.title.split()[0] for risk in queries.risks_outside_appetite()} == {
        "Trusted", "Assault", "Possession", "Waits",
    }  # fmt: skip
    assert [each.receiver for each in queries.unacknowledged()] == ["Stoke-on-Trent Safeguarding Children Partnership"]


def test_pages_of_the_example_open(loaded, browser_of):
    from upstream_web.governance.models import Board, Escalation, Meeting, Risk

    browser = browser_of("manager")
    for route in ("meeting-list", "risk-list", "escalation-list", "forward-plan", "attendance-overview",
                  "decision-list", "meeting-action-list", "board-list"):  # fmt: skip
        assert browser.get(reverse(route)).status_code == 200, route
    for model in (Board, Meeting, Risk, Escalation):
        for record in model.objects.all():
            assert browser.get(record.get_absolute_url()).status_code == 200, record


def test_papers_are_the_same_when_made_again(loaded):
    from upstream.papers import render
    from upstream_web.governance.models import Meeting
    from upstream_web.governance.papers import agenda_paper, minutes_paper

    meeting = Meeting.objects.filter(state="approved").first()
    for make in (agenda_paper, minutes_paper):
        assert render(make(meeting), "pdf") == render(make(Meeting.objects.get(pk=meeting.pk)), "pdf")
