"""The chain from finding to paper: followed from either end, over ties that only one kind of record knows of."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from integration.web.plan_of_two import make_body, make_plan

from upstream_web.access.operations import users
from upstream_web.access.roles import Lead
from upstream_web.audit.models import Event
from upstream_web.governance.models import AgendaItem, Board, Decision, Meeting
from upstream_web.governance.operations import agendas, days, meetings
from upstream_web.inspections.models import Inspection, Recommendation
from upstream_web.panel_updates.models import PanelUpdate
from upstream_web.panel_updates.operations import panel_updates
from upstream_web.performance.models import Indicator
from upstream_web.records.chain import chain, node_of
from upstream_web.records.operations import keeping, links
from upstream_web.strategy.models import Action, ActionBody

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def made(record):
    return keeping.make(record=record, by="tests", at=NOW)


def link(relation, start, end):
    links.make(relation=relation, start=start, end=end, by="tests", at=NOW)


@pytest.fixture
def path(cast, site_of):
    """One whole path: finding, priority, commitment, action, indicator, recommendation, decision and update."""
    plan = make_plan()
    action = plan.police_action
    inspection = made(Inspection(
        title="Report", source="inspection", inspectorates="hmicfrs", published_on=date(2026, 1, 8), names_us=True,
    ))  # fmt: skip
    asked = made(Recommendation(
        inspection=inspection, number="1", title="Patrol parks", words="Do it.", asked_of="force",
        due_on=date(2026, 12, 1),
    ))  # fmt: skip
    indicator = made(Indicator(
        key="parks", title="Fights in parks", question="Fewer?", level="outcome", priority_number=1,
        priority_name="Prevention", source="typed", typed_as="count", unit="fights", polarity="lower is better",
        frequency="month", lead_role="Lead", lead_body=plan.police, good="Fewer.", adopted_on=date(2026, 1, 1),
        review_on=date(2027, 1, 1),
    ))  # fmt: skip
    link("answers", action, asked)
    link("measures", indicator, action)
    board = made(Board(name="Board", board_kind="delivery", purpose="p", terms="t", cycle="delivery_group_cycle",
                       quorum_members=1, usual_minutes=60))  # fmt: skip
    meeting = meetings.make(meeting=Meeting(board=board, held_on=date(2026, 11, 19)), by="tests", at=NOW)
    item = agendas.add(
        item=AgendaItem(meeting=meeting, title="Parks", about_kind="action", about_key=str(action.pk)),
        by="tests",
        at=NOW,
    )
    meetings.call(meeting=meeting, by="tests", at=NOW)
    decision = days.decide(
        decision=Decision(meeting=meeting, item=item, words="go on with patrols", owner_role="Lead"), by="tests", at=NOW
    )
    link("decides-on", decision, action)
    update = panel_updates.begin(
        update=PanelUpdate(title="Update", panel="Panel", panel_on=date(2026, 12, 7), since=date(2026, 4, 1),
                           until=date(2026, 9, 30)), by="tests", at=NOW,
    )  # fmt: skip
    return {"plan": plan, "action": action, "asked": asked, "indicator": indicator, "meeting": meeting,
            "decision": decision, "update": update, "finding": plan.commitments[0].evidence.get()}  # fmt: skip


def kinds(nodes) -> set[str]:
    return {node.name[0] for node in nodes} | {kind for node in nodes for kind in kinds(node.children)}


ONWARD = {
    "commitment",
    "action",
    "indicator",
    "recommendation",
    "decision",
    "meeting",
    "update-section",
    "panel-update",
}


def test_chain_leads_from_a_finding_to_number_recommendation_and_paper(path, cast):
    found = chain(path["finding"], cast["manager"])
    assert found.back == []
    assert kinds(found.onward) == ONWARD | {"priority"}


def test_chain_leads_from_recommendation_back_to_the_finding(path, cast):
    found = chain(path["asked"], cast["manager"])
    assert kinds(found.back) == {"inspection", "action", "commitment", "commitment-evidence", "priority"}
    assert kinds(found.onward) == {"update-section", "panel-update"}


@pytest.mark.parametrize("end", ["indicator", "decision"])
def test_chain_leads_back_to_the_finding_from_every_end(path, cast, end):
    found = kinds(chain(path[end], cast["manager"]).back)
    assert {"commitment-evidence", "priority", "commitment", "action"} <= found


def test_update_tells_of_priorities_and_of_recommendations_with_their_actions(path, cast):
    found = kinds(chain(path["update"], cast["manager"]).back)
    assert {"update-section", "priority", "recommendation", "action", "commitment", "commitment-evidence"} <= found


def test_track_names_every_step_and_says_where_nothing_stands(path, cast):
    action = path["action"]
    track = dict(chain(action, cast["manager"]).track(node_of(action)))
    assert {step: len(nodes) for step, nodes in track.items()} == {
        "Found": 1, "Priority": 1, "Promised": 1, "Done": 1, "Did the number move?": 1, "Asked by inspectors": 1,
        "Told and decided": 4,  # decision, meeting, section and update
    }  # fmt: skip
    assert not dict(chain(path["plan"].later_action, cast["manager"]).track(node_of(path["plan"].later_action)))[
        "Found"
    ]


def test_chain_page_shows_the_track_and_how_each_record_stands(path, browser_of):
    page = browser_of("manager").get(reverse("record-chain", args=["action", path["action"].pk])).content.decode()
    for said in ("Did the number move?", "Fights in parks", "They asked.", "Parents and carers, September 2024",
                 "go on with patrols", "Patrol parks", "is told to the panel in"):  # fmt: skip
        assert said in page, said


def test_finding_has_a_page_of_its_own_for_those_who_see_the_plan(path, browser_of):
    address = path["finding"].get_absolute_url()
    assert "They asked." in browser_of("board").get(address).content.decode()
    assert browser_of("administrator").get(address).status_code == 403


# ---- papers, parts and agendas, on the same path ---------------------------------------------------------------
def test_papers_of_a_meeting_are_one_document_and_stay_as_they_went_out(path, browser_of):
    meeting, manager = path["meeting"], browser_of("manager")
    address = reverse("meeting-paper", args=[meeting.pk, "papers", "html"])
    before = manager.get(address).content.decode()
    for said in ("Order of business", "Action: Patrol the park", "Actions still open", "Risks", "Contents"):
        assert said in before, said
    assert manager.get(address).content.decode() == before
    manager.post(reverse("meeting-papers-keep", args=[meeting.pk]))
    Action.objects.filter(pk=path["action"].pk).update(title="Another title")
    assert "Patrol the park" in manager.get(address).content.decode()
    manager.post(reverse("meeting-papers-keep", args=[meeting.pk]))
    assert "Another title" in manager.get(address).content.decode()
    assert Event.objects.filter(action="papers of a meeting kept").count() == 2


@pytest.fixture
def part(path):
    """The council contributes to an action that the police lead."""
    return keeping.make(record=ActionBody(action=path["action"], body=path["plan"].council), by="tests", at=NOW)


@pytest.fixture
def lead_of(cast):
    """Give the browser of a lead of some body."""

    def browser(body):
        person = users.make(
            username=f"{body}@lead", name=f"Lead of {body}", role=Lead, body=body, password="a-long-one-1", by="tests",
            at=NOW,
        )  # fmt: skip
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


def test_contributing_body_reports_on_its_part_and_on_nothing_else(path, part, lead_of, browser_of):
    helper = lead_of("council")
    address = reverse("action-part-report", args=[part.pk])
    assert helper.post(address, {"done": "We gave the room.", "percent": 40}).status_code == 302
    part.refresh_from_db()
    assert (part.said, part.percent) == ("We gave the room.", 40)
    assert Action.objects.get(pk=path["action"].pk).percent == path["action"].percent
    assert helper.post(reverse("action-report", args=[path["action"].pk]), {}).status_code == 403
    assert "We gave the room." in browser_of("manager").get(path["action"].get_absolute_url()).content.decode()
    assert Event.objects.filter(action="progress on a part reported").count() == 1


def test_third_body_does_not_report_on_a_part(part, lead_of):
    make_body("health", "Testshire Health")
    assert lead_of("health").post(reverse("action-part-report", args=[part.pk]), {}).status_code == 403


def test_database_refuses_half_a_report_on_a_part(part):
    with pytest.raises(IntegrityError, match="action_body_reports_whole"), transaction.atomic():
        ActionBody.objects.filter(pk=part.pk).update(said="Words without a day")


def test_action_that_a_lead_asks_to_escalate_is_proposed_until_the_board_had_it(path, cast):
    from upstream_web.governance import agenda
    from upstream_web.strategy.operations import actions

    other = path["plan"].council_action
    actions.ask_to_escalate(action=other, reason="The landlord does not answer.", by="tests", at=NOW)
    later = meetings.make(meeting=Meeting(board=path["meeting"].board, held_on=date(2027, 1, 14)), by="tests", at=NOW)
    (found,) = [each for each in agenda.proposals(later, cast["manager"]) if each.key == str(other.pk)]
    assert (found.title, found.asks, found.words) == (
        "For the board: Open a hub", "decide", "The landlord does not answer.",
    )  # fmt: skip
    agendas.take(meeting=later, proposal=found, by="tests", at=NOW)
    after = meetings.make(meeting=Meeting(board=path["meeting"].board, held_on=date(2027, 3, 4)), by="tests", at=NOW)
    again = [each for each in agenda.proposals(after, cast["manager"]) if each.key == str(other.pk)]
    assert [each.came_from for each in again] != ["escalated"]
