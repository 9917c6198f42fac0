"""The delivery plan: what is done to actions, who may do it, and what pages and lists show of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from integration.web.plan_of_two import make_plan

from upstream_web.strategy import queries
from upstream_web.strategy.models import Action, ActionDependency, Milestone, ProgressNote, Rebaseline, Standing
from upstream_web.strategy.operations import actions, milestones, standings
from upstream_web.strategy.operations.actions import Report, ReportIncomplete
from upstream_web.strategy.policies import DependencyRefused, MoveRefused

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
def plan(db):
    return make_plan()


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def events():
    from upstream_web.audit.models import Event

    return Event.objects.count()


# ---- operations -----------------------------------------------------------------------------------------------
def test_report_adds_a_note_and_moves_the_action(plan):
    before = events()
    said = Report(done="Walked it.", percent=40, confidence="medium", spent=120)
    actions.report(action=fresh(plan.police_action), said=said, by="tests", at=NOW)
    action = fresh(plan.police_action)
    assert (action.percent, action.cost_spent, action.state) == (40, 120, "under_way")
    assert action.notes.get().period_from == date(2026, 1, 5)  # the first note reports from the start on
    assert events() == before + 1


def test_first_report_starts_an_action(plan):
    actions.report(action=fresh(plan.later_action), said=Report("Begun early.", 5, "high"), by="tests", at=NOW)
    assert fresh(plan.later_action).state == "under_way"


def test_action_opened_again_stands_where_it_was_last_reported(plan):
    actions.report(action=fresh(plan.police_action), said=Report("Some.", 40, "high"), by="tests", at=NOW)
    actions.move(action=fresh(plan.police_action), to="done", by="tests", at=NOW)
    assert fresh(plan.police_action).percent == 100
    actions.move(action=fresh(plan.police_action), to="under_way", words="Too early.", by="tests", at=NOW)
    assert fresh(plan.police_action).percent == 40


def test_late_action_is_not_reported_on_without_a_reason(plan):
    late = fresh(plan.council_action)  # due on 30 October
    with pytest.raises(ReportIncomplete, match="why it is late"):
        actions.report(action=late, said=Report("Some.", 50, "low"), by="tests", at=NOW)
    actions.report(action=late, said=Report("Some.", 50, "low", slip_reason="No builder."), by="tests", at=NOW)
    assert fresh(late).slip_reason == "No builder."


def test_moved_day_stays_in_the_log_beside_the_first(plan):
    action = fresh(plan.council_action)
    actions.rebaseline(
        action=action, due_on=date(2027, 2, 26), reason="No builder.", agreed_by="Delivery group", by="tests", at=NOW
    )
    action = fresh(action)
    assert (action.due_on, action.baseline_due_on) == (date(2027, 2, 26), date(2026, 10, 30))
    log = Rebaseline.objects.get()
    assert (log.old_due_on, log.new_due_on, log.agreed_by) == (date(2026, 10, 30), date(2027, 2, 26), "Delivery group")


def test_action_with_open_milestone_is_done_only_when_it_is_reached(plan):
    action = fresh(plan.police_action)
    step = milestones.make(
        milestone=Milestone(action=action, title="Half", due_on=date(2026, 12, 1)), by="tests", at=NOW
    )
    with pytest.raises(MoveRefused):
        actions.move(action=action, to="done", by="tests", at=NOW)
    milestones.reach(milestone=step, on=TODAY, by="tests", at=NOW)
    actions.move(action=fresh(action), to="done", by="tests", at=NOW)
    action = fresh(action)
    assert (action.done_on, action.percent, action.standing.rag) == (TODAY, 100, "blue")


def test_circle_of_dependencies_is_refused(plan):
    a, b, c = plan.police_action, plan.council_action, plan.later_action
    milestones.need(action=a, needs=b, by="tests", at=NOW)
    milestones.need(action=b, needs=c, by="tests", at=NOW)
    with pytest.raises(DependencyRefused, match="waits for"):
        milestones.need(action=c, needs=a, by="tests", at=NOW)
    with pytest.raises(DependencyRefused):
        milestones.need(action=a, needs=a, by="tests", at=NOW)
    with pytest.raises(DependencyRefused, match="already"):
        milestones.need(action=a, needs=b, by="tests", at=NOW)


def test_lateness_is_felt_by_what_waits_for_it(plan):
    needing = fresh(plan.police_action)
    actions.report(action=needing, said=Report("Some.", 90, "high"), by="tests", at=NOW)
    assert fresh(needing).standing.rag == "green"
    kept = milestones.need(action=fresh(needing), needs=plan.council_action, by="tests", at=NOW)
    assert fresh(needing).standing.rag == "amber"
    actions.move(action=fresh(plan.council_action), to="done", by="tests", at=NOW)
    assert fresh(needing).standing.rag == "green"
    milestones.need_no_more(dependency=fresh(kept), by="tests", at=NOW)
    assert not ActionDependency.objects.present().exists()


def test_time_alone_turns_the_colour_on_its_day(plan):
    action = fresh(plan.police_action)  # due on 31 December
    actions.report(action=action, said=Report("Some.", 90, "high"), by="tests", at=NOW)
    assert fresh(action).standing.rag == "green"
    later = datetime(2027, 1, 5, 9, tzinfo=UTC)
    assert standings.bring_up_to_date(later) >= 1
    standing = fresh(action).standing
    # Red since the day after it was due, and not since the day on which somebody looked.
    assert (standing.rag, standing.since, standing.before) == ("red", date(2027, 1, 1), "green")
    assert standing.reasons_on(date(2027, 1, 5))[0] == "Due 5 days ago"
    assert standings.bring_up_to_date(later) == 0


def test_long_red_asks_for_escalation(plan):
    standings.refresh(by="tests", at=datetime(2026, 11, 26, 9, tzinfo=UTC))
    assert plan.council_action in queries.actions_to_escalate()
    assert (
        plan.police_action not in queries.actions_to_escalate()
        or Standing.objects.get(pk=plan.police_action.pk).escalates
    )
    actions.ask_to_escalate(action=fresh(plan.later_action), reason="No money.", by="tests", at=NOW)
    assert plan.later_action in queries.actions_to_escalate()
    actions.ask_to_escalate(action=fresh(plan.later_action), reason="", by="tests", at=NOW)
    assert plan.later_action not in queries.actions_to_escalate()


def is_refused(change) -> bool:
    """Tell whether the database itself refuses a change."""
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def test_database_holds_what_must_always_hold(plan):
    action = Action.objects.filter(pk=plan.police_action.pk)
    assert is_refused(lambda: action.update(percent=101))
    assert is_refused(lambda: action.update(due_on=date(2020, 1, 1)))
    assert is_refused(lambda: action.update(state="done"))
    assert is_refused(lambda: action.update(state="blocked"))
    assert is_refused(lambda: action.update(state="stopped"))
    assert is_refused(lambda: action.update(cost_spent=-1))
    assert is_refused(lambda: action.update(number=plan.done_action.number))
    assert is_refused(lambda: Standing.objects.filter(pk=plan.police_action.pk).update(rank=4))


def test_what_others_ask_of_the_plan(plan):
    assert list(queries.late_actions(TODAY)) == [plan.council_action]
    assert list(queries.due_actions(date(2026, 12, 1), date(2026, 12, 31))) == [plan.police_action]
    counts = queries.plan_counts(queries.actions(), TODAY)
    assert (counts.total, counts.under_way, counts.done, counts.late, counts.not_started) == (4, 2, 1, 1, 1)
    assert counts.sentence == "2 of 4 actions are under way; 1 late. 1 done."
    (progress,) = queries.progress_per_priority(date(2025, 6, 1), date(2025, 6, 30))
    assert [action.title for action in progress.done] == ["Finished long ago"]


def test_list_is_one_query_however_long(plan, django_assert_num_queries):
    with django_assert_num_queries(1):
        for action in queries.open_actions():
            assert action.standing.rag
            assert action.commitment.priority.title
            assert action.lead_words


# ---- pages and who may ----------------------------------------------------------------------------------------
def report_data(**more):
    return {"done": "Walked it.", "percent": "40", "confidence": "high", "slip_reason": "Why"} | more


def test_lead_reports_on_the_actions_of_their_own_body_only(plan, browser_of, example):
    lead = browser_of("lead")  # of the police
    assert lead.post(reverse("action-report", args=[plan.police_action.pk]), report_data()).status_code == 302
    assert lead.post(reverse("action-report", args=[plan.council_action.pk]), report_data()).status_code == 403
    assert ProgressNote.objects.get().action == plan.police_action
    for name in ("action-move", "action-comment", "action-escalate"):
        assert lead.post(reverse(name, args=[plan.council_action.pk]), {"to": "done", "words": "x"}).status_code == 403


def test_named_person_reports_whatever_their_body(plan, browser_of, cast, example):
    where = reverse("action-report", args=[plan.council_action.pk])
    assert browser_of("analyst").post(where, report_data()).status_code == 403
    action = fresh(plan.council_action)
    action.lead = cast["analyst"]
    actions.change(action=action, fields=["lead"], by="tests", at=NOW)
    assert browser_of("analyst").post(where, report_data()).status_code == 302


def test_lead_neither_stops_nor_moves_days_nor_edits(plan, browser_of, example):
    lead = browser_of("lead")
    key = plan.police_action.pk
    assert lead.post(reverse("action-move", args=[key]), {"to": "stopped", "words": "x"}).status_code == 403
    assert lead.post(reverse("action-rebaseline", args=[key]), {}).status_code == 403
    assert lead.get(reverse("action-edit", args=[key])).status_code == 403
    assert lead.post(reverse("action-move", args=[key]), {"to": "blocked", "words": "Rain."}).status_code == 302
    assert fresh(plan.police_action).blocked_by == "Rain."


def test_move_that_needs_words_asks_for_them(plan, browser_of, example):
    browser = browser_of("manager")
    where = reverse("action-move", args=[plan.police_action.pk])
    asked = browser.post(where, {"to": "blocked", "from": "board"}).content.decode()
    assert "What blocks it?" in asked
    assert 'name="to" value="blocked"' in asked
    empty = browser.post(where, {"to": "blocked", "words": ""}).content.decode()
    assert "Answer “What blocks it?”" in empty  # the question is known only when the page is made
    response = browser.post(where, {"to": "blocked", "from": "board", "words": "Rain."})
    assert response.headers["Location"] == reverse("action-board")
    assert fresh(plan.police_action).state == "blocked"


def test_refused_move_keeps_the_words_that_were_typed(plan, browser_of, example):
    actions.move(action=fresh(plan.police_action), to="blocked", words="Rain.", by="tests", at=NOW)
    where = reverse("action-move", args=[plan.police_action.pk])  # open since before it was blocked
    response = browser_of("manager").post(where, {"to": "blocked", "words": "A second reason, typed at length"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "cannot become “Blocked”" in page
    assert 'value="A second reason, typed at length"' in page
    assert fresh(plan.police_action).blocked_by == "Rain."


def test_milestones_are_added_and_reached_by_the_body_that_leads(plan, browser_of, example):
    lead = browser_of("lead")
    given = {"title": "Half", "due_on": "2026-12-01"}
    assert lead.post(reverse("milestone-new", args=[plan.police_action.pk]), given).status_code == 302
    assert lead.post(reverse("milestone-new", args=[plan.council_action.pk]), given).status_code == 403
    step = Milestone.objects.get()
    assert lead.post(reverse("milestone-reach", args=[step.pk])).status_code == 302
    assert fresh(step).done_on == timezone.localdate()


def test_action_page_says_why_and_shows_the_whole(plan, browser_of, example):
    page = browser_of("board").get(plan.council_action.get_absolute_url()).content.decode()
    for words in ("Open a hub", "1.2 Second promise.", "Due ", "By rule; nobody sets it", "No progress note"):
        assert words in page
    assert "Send report" not in page
    assert "Move the day it is due" not in page


@pytest.mark.parametrize("view", ["action-list", "action-board", "action-timeline"])
def test_views_of_the_plan_show_its_actions(plan, view, browser_of, example):
    page = browser_of("panel").get(reverse(view)).content.decode()
    assert "Open a hub" in page
    assert "2 of 4 actions are under way" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("window=late", {"Open a hub"}),
        ("window=done", {"Finished long ago"}),
        ("window=open", {"Patrol the park", "Open a hub", "Not yet begun"}),
        ("lead_body=council", {"Open a hub", "Not yet begun"}),
        ("source=parents", {"Patrol the park", "Finished long ago"}),
        ("source=data", set()),
        ("priority=1&rag=blue", {"Finished long ago"}),
        ("mine=1", set()),
        ("window=nonsense", set()),
    ],
)
def test_list_is_narrowed_as_asked(plan, query, titles, browser_of, example):
    page = browser_of("manager").get(f"{reverse('action-list')}?{query}")
    assert {action.title for action, _ in page.context["rows"]} == titles


@pytest.mark.parametrize(
    "query", ["zoom=quarter", "zoom=whole&by=lead", "zoom=year&from=2025-01-01", "zoom=no&from=no"]
)
def test_timeline_draws_any_span_and_says_it_in_words(plan, query, browser_of, example):
    page = browser_of("board").get(f"{reverse('action-timeline')}?{query}").content.decode()
    assert 'style="' not in page  # the content policy refuses it
    assert "5 Jan 2026 to 31 Dec 2026" in page or "No action runs" in page or "2025" in query


def test_restored_action_is_judged_anew_and_keeps_its_state_and_day(plan, browser_of, example):
    action = fresh(plan.later_action)  # starts on 4 January 2027
    action.starts_on = date(2026, 3, 2)
    actions.change(action=action, fields=["starts_on"], by="tests", at=NOW)
    moved = {"due_on": date(2027, 9, 30), "reason": "More time."}
    actions.rebaseline(action=fresh(action), by="tests", at=NOW, **moved)
    assert fresh(action).standing.rag == "amber"  # it should have started in March
    browser = browser_of("manager")
    browser.post(reverse("action-restore", args=[action.pk, 1]))
    browser.get(action.get_absolute_url())
    action = fresh(action)
    assert (action.starts_on, action.due_on) == (date(2027, 1, 4), date(2027, 9, 30))
    assert action.standing.rag == "grey"


def test_example_loads_once_and_tells_its_story(example, db):
    from upstream_web.organisations.operations.organisations import ensure_members
    from upstream_web.strategy import example as loader

    ensure_members(example.config.members, at=NOW)
    assert loader.load(example.folder / "records", at=NOW) == 95
    assert loader.load(example.folder / "records", at=NOW) == 0
    counts = queries.plan_counts(queries.actions(), TODAY)
    assert (counts.done, counts.blocked, counts.stopped) == (38, 2, 2)
    assert (
        sum(len(told) for told in queries.commitments_of(queries.get_current_strategy()).values()) == 51
    )  # 46 of the strategy, and 5 of ours that are contextual
    assert queries.review_clock(queries.get_current_strategy(), TODAY).due_on == date(2027, 1, 21)
    assert ProgressNote.objects.filter(noted_on__gt=TODAY + timedelta(days=1)).count() == 0
