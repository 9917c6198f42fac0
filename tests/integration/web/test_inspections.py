"""The closure ladder, evidence and ratings against a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from integration.web.conftest import loaded_once, put_site

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PUBLISHED = date(2023, 3, 8)


@pytest.fixture
def bodies(db, cast):
    """The police, for whom the lead of the cast works, and the commissioner's office."""
    from upstream_web.organisations.models import Organisation
    from upstream_web.records.operations import keeping

    made = {}
    for key, name, kind, authority in (
        ("police", "Police", "specified", "police"),
        ("commissioner", "Commissioner", "local_policing_body", ""),
        ("council", "Council", "specified", "local_authority"),
    ):
        body = Organisation(key=key, name=name, type=kind, authority=authority)
        made[key] = keeping.make(record=body, by="tests", at=NOW)
    return made


@pytest.fixture
def recommendation(bodies):
    """One that is asked of all chief constables and owned by the police."""
    from upstream_web.inspections.models import Inspection, Recommendation
    from upstream_web.records.operations import keeping

    inspection = Inspection(title="Serious youth violence", inspectorates="hmicfrs", published_on=PUBLISHED)
    keeping.make(record=inspection, by="tests", at=NOW)
    made = Recommendation(
        inspection=inspection, number="3", title="Training in outcome 22", words="Train.", addressee="chief constables",
        due_on=date(2024, 3, 31), body=bodies["police"], theme="investigation",
    )  # fmt: skip
    return keeping.make(record=made, by="tests", at=NOW)


def climb(recommendation, bodies, *, to="", level="3"):
    """Take the steps of the ladder in their order, up to and including the one named; everything without a name."""
    from upstream_web.inspections.models import EvidenceItem
    from upstream_web.inspections.operations import evidence, ladder

    common = {"recommendation": recommendation, "by": "manager@test", "at": NOW}

    def prove():
        item = EvidenceItem(
            recommendation=recommendation, title="Audit", words="37 of 40 as asked.", dated=date(2024, 3, 1),
            source="Registrar", proves="supports", found=37, looked_at=40,
        )  # fmt: skip
        evidence.add(item=item, by="lead@test", at=NOW)
        evidence.review(item=item, proves="supports", words="Better.", on=date(2024, 3, 5), by="manager@test", at=NOW)

    steps = {
        "answer": lambda: ladder.answer(on=date(2023, 4, 26), **common),
        "hold-plenary": lambda: ladder.hold_plenary(
            held_on=date(2023, 5, 17), attended="All", outcome="Three actions", **common
        ),
        "state-position": lambda: ladder.state_position(
            stated_on=date(2023, 6, 1), standing="Part", work_needed="Train", **common
        ),
        "name-owner": lambda: ladder.name_owner(
            on=date(2023, 6, 2), owner=None, owner_role="Head", sponsor="Deputy", body=bodies["police"], **common
        ),
        "approve-plan": lambda: ladder.approve_plan(on=date(2023, 6, 28), who="Deputy", plan="Train", **common),
        "review": lambda: ladder.review(
            reviewed_on=date(2023, 8, 28), group="Group", pace="on time", words="Well", **common
        ),
        "evidence": prove,
        "audit-satisfied": lambda: ladder.record_audit_view(
            given_on=date(2024, 6, 1), committee="Committee", satisfied=True, words="Good", **common
        ),
        "request-closure": lambda: ladder.request_closure(
            requested_on=date(2024, 7, 1), level=level, who="Deputy", words="Shown", **common
        ),
        "give-level": lambda: ladder.give_level(
            decided_on=date(2024, 9, 1), level=level, decided_by="HMICFRS", words="Verified", **common
        ),
        "close": lambda: ladder.close(on=date(2024, 9, 2), words="Met", **common),
    }
    for name, take in steps.items():
        take()
        if name == to:
            break
    return recommendation


def close_again(recommendation, bodies):
    """Take one that was reopened in March 2025 to its closure, where its evidence must be reviewed anew."""
    from upstream_web.inspections.operations import evidence, ladder
    from upstream_web.inspections.policies import StepRefused

    common = {"recommendation": recommendation, "by": "manager@test", "at": NOW}
    ladder.name_owner(on=date(2025, 4, 1), owner=None, owner_role="Head", sponsor="", body=bodies["police"], **common)
    ladder.approve_plan(on=date(2025, 4, 2), who="Deputy", plan="Train again", **common)
    ladder.review(reviewed_on=date(2025, 6, 2), group="Group", pace="on time", words="Well", **common)
    views = {"committee": "Committee", "satisfied": True, "words": "Good"}
    ladder.record_audit_view(given_on=date(2025, 7, 1), **views, **common)
    asked = {"requested_on": date(2025, 7, 2), "level": "3", "who": "Deputy", "words": "Shown"}
    with pytest.raises(StepRefused, match="1 of 1 pieces of evidence were not reviewed for their effect"):
        ladder.request_closure(**asked, **common)
    item = recommendation.evidenceitems.get()
    evidence.review(item=item, proves="supports", words="Again", on=date(2025, 7, 2), by="manager@test", at=NOW)
    ladder.request_closure(**asked, **common)
    ladder.give_level(decided_on=date(2025, 7, 3), level="3", decided_by="HMICFRS", words="Verified", **common)
    ladder.close(on=date(2025, 7, 4), words="Met", **common)


def test_a_recommendation_climbs_from_receipt_to_closure(recommendation, bodies):
    climb(recommendation, bodies)
    recommendation.refresh_from_db()
    assert (recommendation.state, recommendation.level, recommendation.review_due_on) == ("closed", "3", None)
    # Six and twelve months after 2 September 2024; both last days are working days (Monday and Tuesday).
    assert [recheck.due_on for recheck in recommendation.rechecks.all()] == [date(2025, 3, 3), date(2025, 9, 2)]
    assert [step.state for step in recommendation.steps.order_by("pk")] == [
        "answered", "plenary held", "position stated", "owned", "plan approved", "monitored", "audited",
        "closure requested", "level given", "closed",
    ]  # fmt: skip


def test_each_step_leaves_one_line_in_the_trail(recommendation, bodies):
    from upstream_web.audit.models import Event

    before = Event.objects.count()
    climb(recommendation, bodies, to="hold-plenary")
    assert Event.objects.count() == before + 2


def test_a_step_out_of_turn_says_what_it_follows(recommendation):
    from upstream_web.inspections.operations import ladder
    from upstream_web.inspections.policies import StepRefused

    with pytest.raises(StepRefused, match=r"stands at “Received”.*follows “Owner named”"):
        ladder.approve_plan(
            recommendation=recommendation, on=date(2023, 6, 28), who="D", plan="P", by="manager@test", at=NOW
        )
    recommendation.refresh_from_db()
    assert recommendation.state == "received"


def test_closure_is_not_requested_without_evidence_reviewed_for_effect(recommendation, bodies):
    from upstream_web.inspections.models import EvidenceItem
    from upstream_web.inspections.operations import evidence, ladder
    from upstream_web.inspections.policies import StepRefused

    climb(recommendation, bodies, to="review")
    asked = {
        "recommendation": recommendation, "requested_on": date(2024, 7, 1), "level": "1", "who": "D", "words": "W",
        "by": "manager@test", "at": NOW,
    }  # fmt: skip
    with pytest.raises(StepRefused, match="no evidence yet"):
        ladder.request_closure(**asked)
    item = EvidenceItem(
        recommendation=recommendation, title="Card", words="Offered.", dated=date(2023, 12, 4), source="Two files",
        proves="supports",
    )  # fmt: skip
    evidence.add(item=item, by="lead@test", at=NOW)
    with pytest.raises(StepRefused, match="1 of 1 pieces of evidence were not reviewed"):
        ladder.request_closure(**asked)
    evidence.review(item=item, proves="effort", words="Offered only", on=date(2024, 1, 5), by="manager@test", at=NOW)
    with pytest.raises(StepRefused, match="Effort alone does not close"):
        ladder.request_closure(**asked)


def test_closure_at_a_level_that_asks_for_it_needs_a_satisfied_audit_committee(recommendation, bodies):
    from upstream_web.inspections.operations import ladder
    from upstream_web.inspections.policies import StepRefused

    climb(recommendation, bodies, to="evidence")
    asked = {
        "recommendation": recommendation, "requested_on": date(2024, 7, 1), "who": "D", "words": "W",
        "by": "manager@test", "at": NOW,
    }  # fmt: skip
    with pytest.raises(StepRefused, match="has not given its view"):
        ladder.request_closure(level="3", **asked)
    ladder.record_audit_view(
        recommendation=recommendation, given_on=date(2024, 6, 1), committee="C", satisfied=False, words="Not yet",
        by="manager@test", at=NOW,
    )  # fmt: skip
    with pytest.raises(StepRefused, match="is not satisfied"):
        ladder.request_closure(level="2", **asked)
    ladder.request_closure(level="1", **asked)  # the owning body signs level 1 off itself
    assert recommendation.state == "closure requested"


def test_evidence_is_not_reviewed_by_whoever_added_it(recommendation, bodies):
    from upstream_web.inspections.models import EvidenceItem
    from upstream_web.inspections.operations import evidence
    from upstream_web.inspections.operations.evidence import ReviewedByItsAdder

    climb(recommendation, bodies, to="review")
    item = EvidenceItem(
        recommendation=recommendation, title="T", words="W", dated=date(2024, 1, 1), source="S", proves="supports"
    )
    evidence.add(item=item, by="lead@test", at=NOW)
    with pytest.raises(ReviewedByItsAdder):
        evidence.review(item=item, proves="supports", words="W", on=date(2024, 1, 2), by="lead@test", at=NOW)
    with pytest.raises(IntegrityError, match="evidence_reviewed_by_another"), transaction.atomic():
        EvidenceItem.objects.filter(pk=item.pk).update(reviewed_by="lead@test", reviewed_on=date(2024, 1, 2))


def test_changed_evidence_must_be_reviewed_again(recommendation, bodies):
    from upstream_web.inspections.operations import evidence

    climb(recommendation, bodies, to="evidence")
    item = recommendation.evidenceitems.get()
    item.words = "38 of 40"
    evidence.change(item=item, fields=["words"], by="lead@test", at=NOW)
    assert (item.is_reviewed, item.review) == (False, "")


def test_a_refused_closure_goes_back_to_monitoring(recommendation, bodies):
    from upstream_web.inspections.operations import ladder

    climb(recommendation, bodies, to="request-closure")
    ladder.refuse_closure(
        recommendation=recommendation, decided_on=date(2024, 9, 1), decided_by="HMICFRS", words="Not seen in use",
        by="manager@test", at=NOW,
    )  # fmt: skip
    assert recommendation.state == "monitored"
    assert recommendation.closuredecisions.get().granted is False


def test_a_recheck_that_failed_reopens_and_drops_the_later_one(recommendation, bodies):
    from upstream_web.inspections.operations import ladder

    climb(recommendation, bodies)
    recheck = recommendation.rechecks.order_by("due_on").first()
    ladder.record_recheck(
        recheck=recheck, checked_on=date(2025, 3, 3), lasted="no", words="Use has fallen", by="manager@test", at=NOW
    )
    recommendation.refresh_from_db()
    assert (recommendation.state, recommendation.level) == ("reopened", "")
    assert recommendation.rechecks.present().filter(checked_on__isnull=True).count() == 0
    assert recommendation.steps.first().words == "Use has fallen"


def test_work_on_a_reopened_recommendation_does_not_begin_before_it_was_reopened(recommendation, bodies):
    from upstream_web.inspections.days import DayImpossible
    from upstream_web.inspections.operations import ladder

    climb(recommendation, bodies)
    common = {"recommendation": recommendation, "by": "manager@test", "at": NOW}
    ladder.reopen(on=date(2025, 3, 3), reason="Use has fallen", **common)
    with pytest.raises(DayImpossible):
        ladder.hold_plenary(held_on=date(2025, 3, 2), attended="All", outcome="Train again", **common)
    ladder.hold_plenary(held_on=date(2025, 3, 3), attended="All", outcome="Train again", **common)


def test_reopening_needs_a_reason(recommendation, bodies):
    from upstream.exceptions import WrongUse
    from upstream_web.inspections.operations import ladder

    climb(recommendation, bodies)
    with pytest.raises(WrongUse, match="Give the reason"):
        ladder.reopen(recommendation=recommendation, on=date(2025, 1, 1), reason=" ", by="manager@test", at=NOW)


@pytest.mark.parametrize(
    ("on", "said"), [(date(2023, 3, 7), "before the report was published"), (date(2026, 11, 21), "still to come")]
)
def test_steps_happen_between_publication_and_today(recommendation, on, said):
    from upstream_web.inspections.days import DayImpossible
    from upstream_web.inspections.operations import ladder

    with pytest.raises(DayImpossible, match=said):
        ladder.hold_plenary(recommendation=recommendation, held_on=on, attended="A", outcome="O", by="x", at=NOW)


def test_reviews_come_every_two_months(recommendation, bodies):
    climb(recommendation, bodies, to="review")
    # Two months after Monday 28 August 2023 is Saturday 28 October; the working day before is Friday 27.
    assert recommendation.review_due_on == date(2023, 10, 27)


def test_two_people_taking_a_step_at_once_lose_nothing(recommendation, bodies):
    from upstream_web.inspections.models import Recommendation
    from upstream_web.inspections.operations import ladder
    from upstream_web.records.operations.keeping import ChangedMeanwhile

    other = Recommendation.objects.get(pk=recommendation.pk)
    climb(recommendation, bodies, to="hold-plenary")
    with pytest.raises(ChangedMeanwhile):
        ladder.hold_plenary(
            recommendation=other, held_on=date(2023, 5, 18), attended="A", outcome="O", by="lead@test", at=NOW
        )
    assert recommendation.plenarys.count() == 1


def test_what_is_asked_of_others_has_no_ladder(recommendation):
    from upstream_web.inspections.operations import ladder
    from upstream_web.inspections.policies import StepRefused

    recommendation.asked_of = "others"
    with pytest.raises(StepRefused, match="asked of others"):
        ladder.hold_plenary(
            recommendation=recommendation, held_on=date(2023, 5, 18), attended="A", outcome="O", by="x", at=NOW
        )


# ---- Pages -----------------------------------------------------------------------------------------------------------
STEP = {"attended": "All concerned", "outcome": "Three actions", "on": "2023-05-17"}


def test_lead_of_the_owning_body_takes_a_step(browser_of, recommendation):
    address = f"/account/recommendations/{recommendation.pk}/steps/hold-plenary/"
    answer = browser_of("lead").post(address, STEP, follow=True)
    assert "It stands at “Plenary held”" in answer.content.decode()


def test_lead_of_another_body_is_refused(browser_of, recommendation, bodies):
    recommendation.body = bodies["council"]
    recommendation.save()
    address = f"/account/recommendations/{recommendation.pk}/steps/hold-plenary/"
    assert browser_of("lead").get(address).status_code == 403
    assert browser_of("lead").post(address, STEP).status_code == 403


def test_analyst_sees_and_takes_no_step(browser_of, recommendation):
    page = browser_of("analyst").get(f"/account/recommendations/{recommendation.pk}/")
    assert "There is no step for you to take here" in page.content.decode()
    assert browser_of("analyst").post(f"{page.request['PATH_INFO']}steps/hold-plenary/", STEP).status_code == 403


def test_a_step_out_of_turn_shows_the_reason_instead_of_a_form(browser_of, recommendation):
    page = browser_of("manager").get(f"/account/recommendations/{recommendation.pk}/steps/close/")
    assert "This step cannot be taken yet" in page.content.decode()


def test_evidence_of_another_bodys_recommendation_is_refused(browser_of, recommendation, bodies):
    from upstream_web.inspections.models import EvidenceItem

    recommendation.body = bodies["council"]
    recommendation.save()
    sent = {
        "recommendation": recommendation.pk, "title": "T", "words": "W", "dated": "2024-01-01", "source": "S",
        "proves": "supports",
    }  # fmt: skip
    browser_of("lead").post("/account/evidence/new/", sent)
    assert EvidenceItem.objects.count() == 0
    browser_of("manager").post("/account/evidence/new/", sent)
    assert EvidenceItem.objects.get().label == "E1"


def test_restoring_an_earlier_version_does_not_move_the_ladder(browser_of, recommendation, bodies):
    climb(recommendation, bodies, to="name-owner")
    browser_of("manager").post(f"/account/recommendations/{recommendation.pk}/restore/1/")
    recommendation.refresh_from_db()
    assert recommendation.state == "owned"


def test_two_editors_of_one_recommendation_keep_both_their_words(browser_of, recommendation):
    first, second = browser_of("manager"), browser_of("manager")
    address = f"/account/recommendations/{recommendation.pk}/change/"
    base = {
        "inspection": recommendation.inspection_id, "sort": "recommendation", "number": "3", "words": "Train.",
        "addressee": "chief constables", "asked_of": "national", "due_on": "2024-03-31", "theme": "investigation",
        "title": recommendation.title, "intent": "", "body": recommendation.body_id, "duplicate_of": "", "measure": "",
        "measure_doubt": "", "finding": "", "began_from": 1,
    }  # fmt: skip
    first.post(address, base | {"intent": "Children are diverted"})
    second.post(address, base | {"finding": "Not known yet."})
    recommendation.refresh_from_db()
    assert (recommendation.intent, recommendation.finding) == ("Children are diverted", "Not known yet.")


def test_lists_say_how_many_are_open_and_late(browser_of, recommendation, site_of):
    page = browser_of("board").get("/account/inspections/").content.decode()
    # Its deadline, 31 March 2024, has passed on any day on which this test can run.
    assert "1 recommendation is open: 1 past the published deadline" in page
    for query in ("state=open", "deadline=late", "by=hmicfrs", "theme=investigation", "sort=recommendation"):
        found = browser_of("board").get(f"/account/recommendations/?{query}").content.decode()
        assert "Training in outcome 22" in found, query
    assert (
        "Training in outcome 22" not in browser_of("board").get("/account/recommendations/?by=ofsted").content.decode()
    )
    assert browser_of("board").get("/account/inspections/summary/").status_code == 200
    assert browser_of("board").get("/account/inspections/summary.csv").content.count(b"Training in outcome 22") == 1


def test_levels_are_the_partnerships_own_where_it_has_some(settings, tmp_path, example):
    import shutil

    from upstream_web.inspections.levels import LevelsIncomplete, levels

    folder = tmp_path / "here"
    shutil.copytree(example.folder, folder, ignore=shutil.ignore_patterns("open_data"))
    settings.PARTNERSHIP_FOLDER = str(folder)
    assert [level.code for level in levels()] == ["1", "2", "3"]
    own = folder / "records" / "inspections" / "closure_levels.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('[[level]]\ncode = "A"\ntitle = "Verified"\nmeaning = "Seen"\ngiven_by = "the inspectorate"\n')
    assert [level.code for level in levels()] == ["A"]
    own.write_text('[[level]]\ncode = "A"\ntitle = ""\n')
    with pytest.raises(LevelsIncomplete, match=r"given_by is missing.*meaning is missing.*title is missing"):
        levels()


# ---- The worked example ----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def kept_example(django_db_setup, django_db_blocker, pristine, tmp_path_factory):
    """The worked example of this part, with its organisations."""
    from upstream_web.inspections.example import load

    with loaded_once(django_db_blocker, pristine, tmp_path_factory.mktemp("kept") / "var") as site:
        assert load(site.folder / "records", by="set-up", at=NOW) == 3
        assert load(site.folder / "records", by="set-up", at=NOW) == 0  # a second time changes nothing
        yield site


@pytest.fixture
def loaded(kept_example, db, settings):
    """The example, which the test may change for itself."""
    return put_site(settings, kept_example)


def test_the_worked_example_tells_a_whole_ladder(browser_of, loaded):
    from upstream_web.inspections.models import Practice, Recommendation

    # The four recommendations of the report of 8 March 2023 (two to the Home Office, two to chief constables).
    real = Recommendation.objects.filter(inspection__published_on=PUBLISHED).order_by("number")
    assert [(each.number, each.is_ours, each.due_on) for each in real] == [
        ("1", False, date(2024, 3, 31)), ("2", False, date(2024, 3, 31)), ("3", True, date(2024, 3, 31)),
        ("4", True, date(2024, 3, 31)),
    ]  # fmt: skip
    assert Practice.objects.count() == 10
    page = browser_of("manager").get(real[2].get_absolute_url()).content.decode()
    for said in (
        "Sent on day 50", "Met, 9 days early", "9 of 40 records", "22%, likely between 12% and 38%", "Cleveland",
        "We cannot say yet: the months before are not held",
    ):  # fmt: skip
        assert said in page, said


def test_pages_of_the_worked_example_open_for_those_who_read(browser_of, cast, loaded):
    from upstream_web.records.register import get_register

    kinds = ("inspection", "recommendation", "response", "response-part", "evidence", "practice", "benchmark")
    for kind in kinds:
        register = get_register(kind)
        assert browser_of("analyst").get(register.address()).status_code == 200
        first = register.visible_to(cast["analyst"]).first()
        assert browser_of("analyst").get(first.get_absolute_url()).status_code == 200
    for address in ("summary/", "for-the-public/"):
        assert browser_of("panel").get(f"/account/inspections/{address}").status_code == 200


def test_lists_do_not_ask_once_a_row(browser_of, loaded, django_assert_max_num_queries):
    client = browser_of("manager")
    for address in ("/account/recommendations/", "/account/inspections/", "/account/practice/"):
        client.get(address)
        with django_assert_max_num_queries(20):
            client.get(address)


def test_practice_is_tabled_at_a_meeting(browser_of, loaded):
    from upstream_web.inspections.models import Practice

    waiting = list(Practice.objects.filter(tabled_on__isnull=True))
    sent = {"practice": [each.pk for each in waiting], "on": "2026-11-18"}
    assert browser_of("board").post("/account/practice/to-table/", sent).status_code == 403
    browser_of("manager").post("/account/practice/to-table/", sent)
    assert Practice.objects.filter(tabled_on=date(2026, 11, 18)).count() == len(waiting) == 3


def test_a_lead_compares_for_the_own_body_only(browser_of, loaded, bodies):
    from upstream_web.inspections.models import Benchmark, Practice

    practice = Practice.objects.get(title__startswith="Parents trained")
    sent = {"practice": practice.pk, "lead_role": "Head", "what_we_do": "Nothing yet.", "decision": "adopt"}
    lead = browser_of("lead")
    lead.post("/account/comparisons/new/", sent | {"body": bodies["council"].pk, "because": "B"})
    assert (
        "Say why this was decided"
        in lead.post("/account/comparisons/new/", sent | {"body": bodies["police"].pk}).content.decode()
    )
    assert not Benchmark.objects.filter(practice=practice).exists()
    lead.post("/account/comparisons/new/", sent | {"body": bodies["police"].pk, "because": "Parents trust parents"})
    assert Benchmark.objects.get(practice=practice).body == bodies["police"]


def test_a_recheck_before_the_closure_is_refused_and_hides_no_page(recommendation, bodies, browser_of):
    """One day typed wrongly took this page, Today and the time limits away from everybody."""
    from django.urls import reverse

    from upstream_web.inspections.models import Recheck

    climb(recommendation, bodies)
    recheck = recommendation.rechecks.order_by("due_on").first()
    manager, address = browser_of("manager"), f"/account/recommendations/{recommendation.pk}/"
    sent = {"recheck": recheck.pk, "lasted": "no", "words": "Use has fallen", "on": "2024-09-01"}
    answer = manager.post(f"{address}steps/recheck/", sent)
    assert "lies before it came to stand at “Closed” (2 Sep 2024)" in answer.content.decode()
    recommendation.refresh_from_db()
    assert recommendation.state == "closed"
    # What was kept with such a day before is still shown.
    Recheck.objects.filter(pk=recheck.pk).update(checked_on=date(2024, 9, 1), lasted="yes", words="Lasts")
    assert [manager.get(where).status_code for where in (address, "/", reverse("clock-list"))] == [200, 200, 200]


def test_what_happened_on_one_day_is_told_in_the_order_in_which_it_was_entered(recommendation):
    from datetime import timedelta

    from upstream_web.inspections.operations import ladder
    from upstream_web.inspections.story import story_of

    day, common = date(2023, 6, 28), {"recommendation": recommendation, "by": "manager@test"}
    ladder.hold_plenary(held_on=day, attended="All", outcome="Agreed", at=NOW, **common)
    ladder.state_position(stated_on=day, standing="Part", work_needed="Train", at=NOW + timedelta(hours=1), **common)
    ladder.name_owner(
        on=day, owner=None, owner_role="Head", sponsor="Deputy", body=None, at=NOW + timedelta(hours=2), **common
    )
    told = [event.title for event in story_of(recommendation) if event.on == day]
    assert told == ["Owner named", "Position stated", "Plenary held"]
