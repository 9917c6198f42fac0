"""The plan update: drafted from the plan, edited by people, frozen when published."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from integration.web.test_commissioning import agreed  # noqa: F401  (fixture)

from upstream.papers import render
from upstream_web.audit.models import Event
from upstream_web.organisations.models import Organisation
from upstream_web.panel_updates import papers
from upstream_web.panel_updates.models import PanelUpdate, UpdateState
from upstream_web.panel_updates.operations import panel_updates
from upstream_web.records import papers as kept_papers
from upstream_web.records.operations import keeping
from upstream_web.records.operations.papers import CorrectionUnexplained, NothingCorrected
from upstream_web.strategy.models import Action, Commitment, Priority, Strategy, StrategyState

AT = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
STAMP = {"made_at": AT, "made_by": "tests", "changed_at": AT, "changed_by": "tests"}


@pytest.fixture
def plan(db, example):
    """One priority with three actions: one done in the period, one late, one not begun."""
    body = Organisation.objects.create(key="some-council", name="Some Council", type="other", **STAMP)
    strategy = Strategy.objects.create(
        title="Strategy", aim="Less violence.", definition="Home Office", period_from=date(2024, 1, 1),
        period_until=date(2029, 1, 1), state=StrategyState.PUBLISHED, published_on=date(2024, 1, 31), **STAMP,
    )  # fmt: skip
    priority = Priority.objects.create(
        strategy=strategy, number=1, title="Changing attitudes", meaning="At home and at school.", **STAMP
    )
    commitment = Commitment.objects.create(priority=priority, number=1, words="Speak up.", **STAMP)
    days = {"starts_on": date(2026, 1, 1), "due_on": date(2026, 8, 1), "baseline_due_on": date(2026, 8, 1)}
    common = {"commitment": commitment, "lead_body": body, **days, **STAMP}
    Action.objects.create(
        number=1, title="Hold a conference", state="done", done_on=date(2026, 7, 1), percent=100,
        outcome_seen="120 people came.", **common,
    )  # fmt: skip
    Action.objects.create(number=2, title="Write to *every* parent", state="under_way", **common)
    Action.objects.create(
        number=3, title="Ask the [press]", state="not_started", **common | {"due_on": date(2027, 1, 1)}
    )
    return priority


def update(**given):
    days = {"panel_on": date(2026, 10, 12), "since": date(2026, 4, 1), "until": date(2026, 9, 30)}
    return PanelUpdate(title="Update", panel="The panel", asks="That it note the update.", **days | given)


@pytest.fixture
def begun(plan, cast):
    return panel_updates.begin(update=update(), by=cast["manager"], at=AT)


def test_draft_says_what_was_done_and_what_is_late(begun):
    section = begun.sections.get(subject="priority 1")
    assert section.text.startswith("Of 3 actions, 1 is done, 1 under way and 1 not started. 1 past its day.")
    assert "**Hold a conference**, done on 1 July 2026 by Some Council. 120 people came." in section.text
    assert section.text == section.drafted


def test_draft_counts_every_action_once(plan, cast):
    Action.objects.filter(number=3).update(state="blocked", blocked_by="No money", blocked_on=date(2026, 9, 1))
    section = panel_updates.begin(update=update(), by=cast["manager"], at=AT).sections.get(subject="priority 1")
    assert section.text.startswith("Of 3 actions, 1 is done, 1 under way and 1 blocked. 1 past its day.")


def test_draft_tells_what_was_paid_for_services_under_the_priority(plan, agreed, cast):  # noqa: F811
    """£800 in four payments of £200, of which those of 21 July and 21 October 2026 are told here, one by one."""
    from upstream_web.commissioning.operations import grants, payments
    from upstream_web.records.operations import links

    served = panel_updates.begin(update=update(), by=cast["manager"], at=AT).sections.get(subject="priority 1")
    assert "was paid in the period" not in served.text  # no agreement serves it yet
    links.make(relation="serves", start=agreed, end=plan, by="tests", at=AT)
    in_draft = panel_updates.begin(update=update(), by=cast["manager"], at=AT).sections.get(subject="priority 1")
    assert "was paid in the period" not in in_draft.text  # and what is being drawn up serves nobody
    grants.sign(grant=agreed, on=date(2026, 3, 20), by="keeper", at=AT)
    first = agreed.payments.select_related("grant", "needs").first()
    at = {"at": datetime(2026, 9, 3, 9, 0, tzinfo=UTC)}
    payments.ask(payment=first, override="Wages", by="keeper", **at)
    payments.approve(payment=first, by="approver", **at)
    payments.pay(payment=first, on=date(2026, 9, 3), paid=Decimal(150), reason="Agreed", by="keeper", **at)

    def told(since, until):
        made = panel_updates.begin(update=update(since=since, until=until), by=cast["manager"], at=AT)
        paragraphs = made.sections.get(subject="priority 1").text.split("\n\n")
        return [each for each in paragraphs if "was paid in the period" in each]

    services = "Help (Harbour). A service that serves several is told under each."
    assert told(date(2026, 4, 1), date(2026, 9, 30)) == [
        f"£150 was paid in the period for services that serve this priority, of £200 planned: {services}"
    ]
    assert told(date(2026, 9, 4), date(2026, 12, 31)) == [
        f"£0 was paid in the period for services that serve this priority, of £200 planned: {services}"
    ]
    assert told(date(2026, 9, 4), date(2026, 9, 30)) == []  # nothing was planned or paid in these days


def test_drafting_leaves_one_line_in_the_trail(begun):
    assert [event.action for event in Event.objects.filter(kind="panel-update")] == ["plan update begun"]


def test_drafting_again_keeps_what_a_person_wrote(begun, plan, cast):
    section = begun.sections.get(subject="priority 1")
    section.text = "In our own words."
    section.save()
    Action.objects.filter(number=3).update(state="under_way")
    panel_updates.draft_again(update=begun, by=cast["manager"], at=AT)
    section.refresh_from_db()
    assert section.text == "In our own words."
    assert "2 under way" in section.drafted
    panel_updates.take_draft(section=section, by=cast["manager"], at=AT)
    assert section.text == section.drafted


def test_drafted_words_are_not_taken_over_what_somebody_wrote_meanwhile(begun, cast, browser_of):
    section = begun.sections.get(subject="priority 1")
    shown = section.version
    section.text = "In our own words."
    keeping.change(record=section, fields=["text"], by=cast["manager"], at=AT)
    take = reverse("update-section-take", args=[section.pk])
    page = browser_of("manager").post(take, {"version": shown}, follow=True).content.decode()
    assert "Somebody else saved this at the same moment" in page
    section.refresh_from_db()
    assert section.text == "In our own words."
    assert f'name="version" value="{section.version}"' in page
    browser_of("manager").post(take, {"version": section.version})
    section.refresh_from_db()
    assert section.is_as_drafted


def test_drafting_again_without_news_changes_nothing(begun, cast):
    versions = list(begun.sections.values_list("version", flat=True))
    panel_updates.draft_again(update=begun, by=cast["manager"], at=AT)
    assert list(begun.sections.values_list("version", flat=True)) == versions


def test_published_paper_stays_what_it_was(begun, cast):
    kept = panel_updates.publish(update=begun, by=cast["manager"], at=AT)
    first = kept_papers.file_of(kept, "pdf")
    Action.objects.all().update(title="Something else")
    panel_updates.draft_again(update=begun, by=cast["manager"], at=AT)
    assert begun.state == UpdateState.PUBLISHED
    assert kept_papers.file_of(kept, "pdf") == first
    assert render(kept_papers.content_of(kept), "pdf") == first


def test_correction_says_what_it_corrects(begun, cast):
    panel_updates.publish(update=begun, by=cast["manager"], at=AT)
    again = {"update": begun, "by": cast["manager"], "at": AT + timedelta(days=3), "reason": "a wrong date"}
    with pytest.raises(NothingCorrected, match="Nothing differs from version 1, published on 1 October 2026"):
        panel_updates.publish(**again)
    begun.contact = "The director"
    keeping.change(record=begun, fields=["contact"], by="tests", at=AT)
    with pytest.raises(CorrectionUnexplained, match="earlier version"):
        panel_updates.publish(update=begun, by=cast["manager"], at=AT)
    assert panel_updates.publish(**again).number == 2


def test_words_that_people_typed_are_shown_as_typed(begun):
    page = render(papers.update_paper(begun, made_at=AT, is_draft=True), "html").decode()
    assert "Write to *every* parent" not in page  # nothing was reported on it, so nothing is said
    section = begun.sections.get(subject="priority 1")
    assert "<script>" not in page
    assert section.text.count("**") == 2


def test_panel_sees_published_updates_only(begun, cast, browser_of):
    panel = browser_of("panel")
    assert panel.get(begun.get_absolute_url()).status_code == 404
    panel_updates.publish(update=begun, by=cast["manager"], at=AT)
    page = panel.get(begun.get_absolute_url())
    assert page.status_code == 200
    assert "/publish/" not in page.content.decode()


def test_panel_reads_what_was_published_and_no_draft_of_a_correction(begun, cast, browser_of):
    panel_updates.publish(update=begun, by=cast["manager"], at=AT)
    section = begun.sections.get(subject="priority 1")
    panel, manager = browser_of("panel"), browser_of("manager")
    assert panel.get(section.get_absolute_url()).status_code == 200
    section.text = "Words of a correction."
    later = AT + timedelta(hours=1)
    keeping.change(record=section, fields=["text"], by=cast["manager"], at=later)
    page = panel.get(begun.get_absolute_url()).content.decode()
    assert "version 1, as it was published" in page
    assert "Words of a correction." not in page
    assert panel.get(section.get_absolute_url()).status_code == 404
    assert "Words of a correction." in manager.get(begun.get_absolute_url()).content.decode()
    panel_updates.publish(update=begun, by=cast["manager"], at=later, reason="A word")
    assert "Words of a correction." in panel.get(begun.get_absolute_url()).content.decode()
    assert panel.get(section.get_absolute_url()).status_code == 200


def test_readers_are_told_nothing_of_how_an_update_was_written(begun, cast, browser_of):
    section = begun.sections.get(subject="priority 1")
    section.text = "Words before publication."
    keeping.change(record=section, fields=["text"], by=cast["manager"], at=AT)
    begun.background = "A background before publication."
    keeping.change(record=begun, fields=["background"], by=cast["manager"], at=AT)
    section.text, begun.background = "Words as published.", ""
    keeping.change(record=section, fields=["text"], by=cast["manager"], at=AT)
    keeping.change(record=begun, fields=["background"], by=cast["manager"], at=AT)
    panel_updates.publish(update=begun, by=cast["manager"], at=AT)
    own, of_section = begun.get_absolute_url(), section.get_absolute_url()
    for who in ("panel", "lead", "analyst"):
        reader = browser_of(who)
        for page in (own, of_section):
            got = reader.get(page)
            assert (got.status_code, b'id="history"' in got.content) == (200, False), (who, page)
            assert reader.get(f"{page}history/").status_code == 403, (who, page)
        assert own in reader.get("/account/plan-updates/", {"q": "published"}).content.decode()
    for path in (f"panel-update/{begun.pk}", f"update-section/{section.pk}"):
        assert browser_of("lead").get(f"/api/v1/{path}").json()["fields"] == {}
        assert browser_of("lead").get(f"/api/v1/{path}/history").status_code == 403
    history = browser_of("manager").get(f"{of_section}history/").content.decode()
    assert "Words before publication." in history


def test_words_of_a_correction_are_found_by_those_who_write_it_alone(begun, cast, browser_of):
    panel_updates.publish(update=begun, by=cast["manager"], at=AT)
    section = begun.sections.get(subject="priority 1")
    section.text = "Unheard of."
    keeping.change(record=section, fields=["text"], by=cast["manager"], at=AT + timedelta(hours=1))
    own = begun.get_absolute_url()
    for list_ in ("/account/plan-updates/", "/search/"):
        assert own not in browser_of("panel").get(list_, {"q": "Unheard"}).content.decode()
        assert own in browser_of("manager").get(list_, {"q": "Unheard"}).content.decode()


def test_published_update_is_not_removed(begun, cast, browser_of):
    manager, own = browser_of("manager"), begun.get_absolute_url()
    assert f"{own}remove/" in manager.get(own).content.decode()
    panel_updates.publish(update=begun, by=cast["manager"], at=AT)
    assert f"{own}remove/" not in manager.get(own).content.decode()
    said = manager.post(f"{own}remove/", {"reason": "No longer wanted"}, follow=True).content.decode()
    assert "A plan update that was published is not removed." in said
    begun.refresh_from_db()
    assert begun.removed_at is None


def test_manager_makes_publishes_and_downloads(plan, browser_of):
    manager = browser_of("manager")
    given = {
        "title": "Autumn", "panel": "The panel", "panel_on": "2026-10-12", "since": "2026-04-01", "until": "2026-09-30",
    }  # fmt: skip
    made = manager.post("/account/plan-updates/new/", given)
    page = made.headers["Location"]
    assert "Hold a conference" in manager.get(page).content.decode()
    assert manager.post(f"{page}publish/").status_code == 302
    paper = manager.get(f"{page}1.pdf")
    assert paper.content.startswith(b"%PDF")
    assert Event.objects.filter(action="paper downloaded", kind="panel-update").count() == 1
