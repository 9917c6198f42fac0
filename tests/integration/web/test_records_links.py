"""Links between records and the chain that they make, where no closed end shows its title."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from integration.web.notebook.models import Note
from integration.web.notes import AT, events, flat, make_note

from upstream_web.records import relations
from upstream_web.records.chain import chain, steps
from upstream_web.records.models import Link
from upstream_web.records.operations import links
from upstream_web.records.relations import Relation


@pytest.fixture
def note(db) -> Note:
    return make_note()


@pytest.fixture
def closed(cast) -> Note:
    return make_note("Closed to most", closed=True, lead=cast["analyst"])


@pytest.fixture
def of_notes(monkeypatch):
    """Relations among notes, so that chains can be made of the one kind that tests have."""
    own = Relation("led-to", "led to", "comes from", frozenset({"note"}), frozenset({"note"}), True)
    serves = Relation("serves", "serves", "is served by", frozenset({"note"}), frozenset({"note"}), False)
    monkeypatch.setattr(relations, "RELATIONS", (own, serves, relations.RELATIONS[-1]))
    monkeypatch.setattr("upstream_web.records.views.links.RELATIONS", relations.RELATIONS)


def link(relation: str, start: Note, end: Note, by="tests") -> Link:
    return links.make(relation=relation, start=start, end=end, by=by, at=AT)


def test_relations_read_from_both_ends_and_know_their_kinds():
    by_name = {one.name: one for one in relations.RELATIONS}
    assert len(by_name) == len(relations.RELATIONS)
    assert by_name["serves"].fits("commitment", "priority")
    assert not by_name["serves"].fits("priority", "commitment")
    assert by_name["answers"].fits("action", "recommendation")
    assert by_name["measures"].fits("indicator", "recommendation")
    assert by_name["decides-on"].fits("meeting", "anything at all")
    assert by_name["duplicates"].fits("risk", "risk")
    assert not by_name["duplicates"].fits("risk", "action")


def test_chain_of_the_plan_leads_onward_in_one_direction():
    """finding -> priority -> commitment -> action -> indicator, recommendation -> paper: the order of the plan."""
    order = ["finding", "priority", "commitment", "action", "indicator", "paper"]

    def leads(start: str, end: str) -> bool:
        return any(
            one.fits(start, end) and one.onward for one in relations.RELATIONS if one.starts and one.ends
        ) or any(one.fits(end, start) and not one.onward for one in relations.RELATIONS if one.starts)

    assert all(leads(start, end) for start, end in pairwise(order))
    assert leads("action", "recommendation")
    assert leads("recommendation", "paper")


def test_link_is_made_once_typed_and_never_to_itself(of_notes, db):
    one, other = make_note("One"), make_note("Other")
    made = link("led-to", one, other)
    with pytest.raises(links.LinkedAlready):
        link("led-to", one, other)
    with pytest.raises(links.LinkNotPossible, match="itself"):
        link("led-to", one, one)
    with pytest.raises(links.LinkNotPossible, match="led to"):
        link("threatens", one, other)
    links.remove(link=made, by="tests", at=AT)
    again = link("led-to", one, other)
    with pytest.raises(links.LinkedAlready):
        links.bring_back(link=made, by="tests", at=AT)
    assert Link.objects.present().get() == again
    assert [one.about for one in events("records linked")] == [str(one.pk)] * 2


def test_link_takes_both_records_to_be_open(of_notes, closed, note, cast):
    with pytest.raises(links.LinkNotPossible, match="not open"):
        link("led-to", note, closed, by=cast["lead"])
    assert link("led-to", note, closed, by=cast["analyst"])


def test_record_is_found_linked_and_unlinked_on_its_page(of_notes, db, browser_of):
    one, other = make_note("One"), make_note("Another thing")
    browser = browser_of("manager")
    found = flat(browser.get(f"/on/note/{one.pk}/links/found/", {"how": "led-to to note", "q": "thing"}))
    assert f'value="{other.pk}"' in found
    whole = flat(browser.get(f"/on/note/{one.pk}/links/", {"how": "led-to to note", "q": "thing"}))
    assert f'value="{other.pk}"' in whole
    assert "<h1>Link One</h1>" in whole
    page = browser.post(f"/on/note/{one.pk}/links/", {"how": "led-to to note", "other": other.pk}, follow=True)
    assert "Led to" in flat(page)
    assert "Comes from" in flat(browser.get(f"/notes/{other.pk}/"))
    made = Link.objects.get()
    undo = [message.extra_tags for message in page.context["messages"]]
    assert undo == [f"/links/{made.pk}/remove/"]
    removed = browser.post(undo[0], follow=True)
    assert Link.objects.present().count() == 0
    browser.post(next(message.extra_tags for message in removed.context["messages"]))
    assert Link.objects.present().count() == 1


def test_search_for_links_offers_nothing_that_is_closed(of_notes, note, closed, browser_of):
    given = {"how": "led-to to note", "q": "closed"}
    assert "Closed to most" not in flat(browser_of("manager").get(f"/on/note/{note.pk}/links/found/", given))
    assert browser_of("board").get(f"/on/note/{note.pk}/links/found/", given).status_code == 403  # changes nothing


def test_closed_end_of_a_link_is_shown_without_its_title(of_notes, note, closed, browser_of):
    link("led-to", note, closed)
    page = flat(browser_of("lead").get(f"/notes/{note.pk}/"))
    assert "a record that is not open to you" in page
    assert "Closed to most" not in page
    assert "Closed to most" not in flat(browser_of("lead").get(f"/on/note/{note.pk}/chain/"))
    assert "Closed to most" in flat(browser_of("analyst").get(f"/on/note/{note.pk}/chain/"))


def tree(nodes) -> list:
    return [[str(node.record) if node.record else None, tree(node.children)] for node in nodes]


def test_chain_follows_links_in_both_directions(of_notes, cast):
    a, b, c, d = (make_note(title) for title in ("Finding", "Priority", "Commitment", "Action"))
    link("led-to", a, b)
    link("serves", c, b)  # a commitment serves a priority, so it comes after it
    link("serves", d, c)
    found = chain(b, cast["manager"], 7)
    assert tree(found.back) == [["Finding", []]]
    assert tree(found.onward) == [["Commitment", [["Action", []]]]]
    assert tree(chain(d, cast["manager"], 7).back) == [["Commitment", [["Priority", [["Finding", []]]]]]]
    assert tree(chain(d, cast["manager"], 1).back) == [["Commitment", []]]


def test_chain_ends_where_it_began_and_stops_at_closed_records(of_notes, cast):
    a, b = make_note("A"), make_note("B")
    hidden = make_note("Hidden", closed=True, lead=cast["analyst"])
    behind = make_note("Behind")
    link("led-to", a, b)
    link("led-to", b, a)
    link("led-to", b, hidden)
    link("led-to", hidden, behind)
    assert tree(chain(a, cast["manager"], 7).onward) == [["B", [[None, []]]]]
    assert tree(chain(a, cast["analyst"], 7).onward) == [["B", [["Hidden", [["Behind", []]]]]]]


def test_chain_follows_a_register_s_own_ties(monkeypatch, cast):
    from integration.web.notebook.register import NOTES

    from upstream_web.records.register import Neighbour

    parent = make_note("Parent")
    child = make_note("Child", parent=parent)

    def neighbours(record):
        if record.parent_id:
            yield Neighbour(record.parent, "belongs to", onward=False)
        for each in record.children.all():
            yield Neighbour(each, "holds", onward=True)

    monkeypatch.setattr(NOTES, "neighbours", neighbours)
    assert tree(chain(child, cast["manager"]).back) == [["Parent", []]]
    assert [(words, [str(other) for _, other in found]) for words, found in steps(parent, cast["manager"])] == [
        ("holds", ["Child"])
    ]


def test_chain_asks_once_a_step_not_once_a_record(of_notes, cast, django_assert_max_num_queries):
    top = make_note("Top")
    for number in range(12):
        link("led-to", top, make_note(f"Below {number}", due_on=date(2027, 1, 1)))
    cast["manager"].grants_on()
    with django_assert_max_num_queries(8):  # two more than links need: agendas are asked once a step
        chain(top, cast["manager"])
