"""Clocks across the site: what runs, how often time was kept, who is reminded, once, and by which letter."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from integration.web.plan_of_two import make_plan

from upstream_web.audit.models import Event
from upstream_web.core import jobs
from upstream_web.governance.models import AgendaItem, Board, Meeting, Risk, RiskReview, Seat
from upstream_web.governance.operations import agendas, meetings, risks
from upstream_web.performance.calculation import calculate_one
from upstream_web.performance.models import Indicator
from upstream_web.records import background, kept_time, reminding
from upstream_web.records.models import DigestChoice, Notice
from upstream_web.records.operations import keeping

BEGIN = date(2026, 1, 12)


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


def made(record, day=BEGIN):
    return keeping.make(record=record, by="tests", at=at(day))


@pytest.fixture
def board(cast, site_of):
    plan = make_plan()
    board = made(Board(name="Board", board_kind="delivery", purpose="p", terms="t", cycle="delivery_group_cycle",
                       quorum_members=1, usual_minutes=60))  # fmt: skip
    made(Seat(board=board, body=plan.police, role="Chair", person=cast["board"], from_on=BEGIN, is_chair=True))
    return board


def meeting(board, held_on, called_on=None):
    found = meetings.make(meeting=Meeting(board=board, held_on=held_on), by="tests", at=at(BEGIN))
    if called_on:
        agendas.add(item=AgendaItem(meeting=found, title="One"), by="tests", at=at(called_on))
        meetings.call(meeting=found, by="tests", at=at(called_on))
    return found


@pytest.fixture
def quarter(board):
    """Four meetings on Thursdays; five working days before are Thursdays too, but before Easter (3 and 6 April 2026).

    Papers in time for 12 and 26 March; a day late for 9 April, whose last day is 31 March; none for 23 April.
    """
    meeting(board, date(2026, 3, 12), date(2026, 3, 5))
    meeting(board, date(2026, 3, 26), date(2026, 3, 18))
    meeting(board, date(2026, 4, 9), date(2026, 4, 1))
    return meeting(board, date(2026, 4, 23))


def papers(on):
    clocks = kept_time.timed(None, BEGIN)
    kept = kept_time.kept_by_rule(clocks, kept_time.open_lines(clocks, on), BEGIN, on, on)
    (found,) = [each for each in kept if each.rule.name == "papers_sent"]
    return found


def test_share_in_time_counts_what_fell_due_in_the_period(quarter):
    found = papers(date(2026, 4, 20)).result
    assert (found.met, found.met_late, found.late) == (2, 1, 1)
    # Wilson's interval of 2 of 4, by hand: (0.5 + 0.4802) / 1.9604 -+ 1.96 sqrt(0.0625 + 0.0600) / 1.9604.
    assert (round(found.rate, 3), round(found.lower, 2), round(found.upper, 2)) == (0.5, 0.15, 0.85)


@pytest.fixture
def command(quarter, site_of, monkeypatch, capsys):
    """Ask `upstream clocks --kept` as on 20 April 2026; gives the exit code and what was printed."""
    from upstream_cli.commands import clocks
    from upstream_cli.main import main

    monkeypatch.setattr(clocks, "today", lambda: date(2026, 4, 20))
    for name in ("UPSTREAM_PARTNERSHIP", "UPSTREAM_DATA"):  # the command sets them, for the processes it starts
        monkeypatch.setenv(name, "")
    where = ["--partnership", str(site_of.folder), "--data", str(site_of.data.root.parent)]

    def asked(*words):
        return main(["clocks", "--kept", *words, *where]), capsys.readouterr().out

    return asked


def test_command_says_how_often_time_was_kept(command):
    code, said = command("papers_sent", "--since", "2026-01-12")
    heads, line = (each.split("\t") for each in said.splitlines())
    assert (code, heads[-1]) == (0, "kept, 2026-01-12 to 2026-04-20")
    # As in the quarter above: two in time of four that fell due; what is late was never sent, and runs.
    assert line[:5] == ["papers_sent", "4", "2", "1", "1"]
    assert line[5] == "2 of 4 in time (50%, likely between 15% and 85%)"
    assert {each.split("\t")[0] for each in command()[1].splitlines()} >= {"clock", "papers_sent"}
    # In March three fell due; nobody is told of the fourth.
    code, said = command("papers_sent", "--since", "2026-03-01", "--until", "2026-03-31", "--json")
    (found,) = json.loads(said)
    assert (code, found["clock"], found["since"], found["until"]) == (0, "papers_sent", "2026-03-01", "2026-03-31")
    assert (found["met"], found["met_late"] + found["late"], found["late_now"]) == (2, 1, 1)
    assert found["rate"] == pytest.approx(2 / 3)
    # A rule under which no record stands.
    assert command("subject_access")[1].splitlines()[1:] == ["No record is under this time limit yet."]
    assert json.loads(command("subject_access", "--json")[1]) == []


def test_a_past_period_reads_the_same_whatever_happens_later(quarter):
    before = kept_time.compliance_of(kept_time.timed(None, BEGIN), date(2026, 3, 1), date(2026, 3, 31))
    assert (before.met, before.counted) == (2, 3)  # the papers for 9 April were due on the last of March
    again = kept_time.compliance_of(kept_time.timed(None, BEGIN), date(2026, 3, 1), date(2026, 3, 31))
    assert again == before


def test_indicator_follows_a_time_limit(quarter, board):
    indicator = made(Indicator(
        key="papers", title="Papers in time", question="In time?", level="input", priority_number=1, priority_name="P",
        source="clock", clock="papers_sent", unit="%", polarity="higher is better", frequency="month", lead_role="Lead",
        lead_body=Seat.objects.get().body, good="All.", adopted_on=BEGIN, review_on=date(2027, 1, 1),
    ))  # fmt: skip
    result = calculate_one(indicator, until=date(2026, 4, 30), today=date(2026, 4, 30))
    points = {point.start.month: (point.numerator, point.denominator) for point in result.points}
    assert points == {3: (2, 3), 4: (0, 1)}
    assert "Wilson" in result.origin.method
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.filter(pk=indicator.pk).update(measure="violence_rate")


def risk_of(cast, board, raised=date(2026, 1, 14)):
    body = Seat.objects.get().body
    return risks.make(risk=Risk(
        title="It may fail", category="safety", cause="c", event="e", effect="f", owner_role="Owner", owner_body=body,
        owner=cast["lead"], board=board, likelihood_before=3, impact_before=3, likelihood=3, impact=3,
        likelihood_target=1, impact_target=3, raised_on=raised,
    ), by="tests", at=at(raised))  # fmt: skip


def told(person):
    found = Notice.objects.filter(person=person).exclude(reason="assigned").order_by("at", "pk")
    return [(each.reason, each.record_kind) for each in found]


def morning(day):
    job = jobs.enqueue("morning", title="Morning", by="tests", at=at(day, 7))
    return background.morning(jobs.Run(job=job, at=at(day, 7), claimed_by="tests", clock=lambda: at(day, 7)))


def test_owner_is_reminded_before_and_after_and_the_chair_when_the_rule_says(cast, board):
    """Raised on 14 January: due 14 April. Reminders 14 days and 1 day before, late on the 15th, above on the 28th."""
    risk_of(cast, board)
    for day in (date(2026, 3, 20), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 13), date(2026, 4, 15)):
        morning(day)
    assert told(cast["lead"]) == [("waiting", "risk"), ("waiting", "risk"), ("late", "risk")]
    assert [each for each in told(cast["board"]) if each[1] == "risk"] == []
    morning(date(2026, 4, 28))
    assert [each for each in told(cast["board"]) if each[1] == "risk"] == [("escalated", "risk")]
    assert "taken to the chair of the delivery group" in Notice.objects.get(reason="escalated").words


def test_reviewed_in_time_reminds_nobody_any_more(cast, board):
    risk = risk_of(cast, board)
    risks.review(
        review=RiskReview(risk=risk, reviewed_on=date(2026, 3, 20), likelihood=3, impact=3, words="As before."),
        by="tests", at=at(date(2026, 3, 20)),
    )  # fmt: skip
    assert [each for each in reminding.told_on(date(2026, 4, 13)) if each.name[0] == "risk"] == []
    assert [each.person for each in reminding.told_on(date(2026, 6, 6)) if each.name[0] == "risk"] == [cast["lead"].pk]


def test_where_nobody_answers_those_who_keep_the_register_are_told(cast, board, quarter):
    receivers = {each.person for each in reminding.told_on(date(2026, 4, 16)) if each.name == ("meeting", quarter.pk)}
    assert receivers == {cast["manager"].pk}


def test_a_letter_goes_out_once_and_waits_when_the_server_is_away(cast, board, settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    risk_of(cast, board)
    cast["lead"].email = "lead@example.org"
    cast["lead"].save(update_fields=["email"])

    def fails(self):
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", fails)
        assert morning(date(2026, 3, 31))["letters"] == 0
    assert morning(date(2026, 4, 1))["letters"] == 1
    assert morning(date(2026, 4, 1))["letters"] == 0
    (letter,) = mail.outbox
    assert letter.to == ["lead@example.org"]
    assert "It may fail" in letter.body
    assert "Review of the risk" in letter.body
    assert Event.objects.filter(action="reminders not sent").count() == 1


def test_who_refuses_reminders_gets_notices_and_no_letter(cast, board, settings, browser_of):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    risk_of(cast, board)
    cast["lead"].email = "lead@example.org"
    cast["lead"].save(update_fields=["email"])
    browser_of("lead").post(reverse("digest-choose"), {"often": "never"})
    assert DigestChoice.objects.get().reminders is False
    assert morning(date(2026, 3, 31))["letters"] == 0
    assert told(cast["lead"]) == [("waiting", "risk")]


def test_list_of_clocks_shows_what_a_person_may_see(board, quarter, browser_of):
    page = browser_of("manager").get(reverse("clock-list"), {"period": "earlier"}).content.decode()
    assert "Papers of" in page
    assert "Papers sent before a meeting" in page
    assert "Papers of" not in browser_of("navigator").get(reverse("clock-list")).content.decode()
    table = browser_of("manager").get(reverse("clock-export")).content.decode()
    assert table.startswith("\ufeffRule,Limit,First day")
    assert Event.objects.filter(action="list of clocks downloaded").count() == 1


def test_reminders_missed_over_a_weekend_are_given_after_it(cast, board):
    risk_of(cast, board)
    fell_on = date(2026, 3, 31)
    told_later = reminding.told_on(fell_on + timedelta(days=2))
    assert [each.person for each in told_later if each.name[0] == "risk"] == [cast["lead"].pk]
    assert not [each for each in reminding.told_on(fell_on + timedelta(days=4)) if each.name[0] == "risk"]
