"""Reviews against a real database: who sees them, clocks, learning, actions that last, briefs that name nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from integration.web.conftest import loaded_once, put_site

from upstream.exceptions import WrongUse

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LOOKED = datetime(2027, 5, 17, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def kept_example(django_db_setup, django_db_blocker, pristine, tmp_path_factory):
    """The example of the partnership's folder, as on 20 November 2026, with its people."""
    from upstream_web.access.operations import users
    from upstream_web.reviews import example

    with loaded_once(django_db_blocker, pristine, tmp_path_factory.mktemp("kept") / "var") as site:
        users.ensure_example_users(site.data, at=NOW)
        example.load(site.folder / "records", at=NOW)
        yield site


@pytest.fixture
def loaded(kept_example, db, settings):
    """The example, which the test may change for itself."""
    return put_site(settings, kept_example)


@pytest.fixture
def body(db):
    """The police, under whose key the lead of the cast works."""
    from upstream_web.organisations.models import Organisation

    return Organisation.objects.create(
        key="police", name="A police force", type="specified", authority="police", made_at=NOW, made_by="tests",
        changed_at=NOW, changed_by="tests",
    )  # fmt: skip


@pytest.fixture
def other(db):
    """A council that takes no part."""
    from upstream_web.organisations.models import Organisation

    return Organisation.objects.create(
        key="council", name="A council", type="other", made_at=NOW, made_by="tests", changed_at=NOW, changed_by="tests"
    )


@pytest.fixture
def review(db, cast, other):
    """A child safeguarding review, aware on Monday 2 November 2026, kept by the manager; nobody else is named."""
    from upstream_web.reviews.models import IncidentReview
    from upstream_web.reviews.operations import reviews

    made = IncidentReview(
        title="Review T", sort="child", happened_on=date(2026, 11, 1), aware_on=date(2026, 11, 2), area="A district",
        commissioned_by=other, lead=cast["manager"],
    )  # fmt: skip
    return reviews.begin(review=made, by=cast["manager"], at=NOW)


def read_by(review, person):
    from upstream_web.records.operations import keeping
    from upstream_web.reviews.models import ReviewReader

    return keeping.make(record=ReviewReader(review=review, person=person, why="Chairs it"), by="tests", at=NOW)


def point_of(review, theme="information", words="Nobody asked twice."):
    from upstream_web.reviews.models import LearningPoint
    from upstream_web.reviews.operations import learning

    made = LearningPoint(review=review, theme=theme, words=words, evidence="Two chronologies.", for_whom="Front doors")
    return learning.find(point=made, by="tests", at=NOW)


def step_of(review, key):
    from upstream_web.reviews.models import ReviewStep

    return ReviewStep.objects.get(review=review, key=key)


def refused(act, words):
    with pytest.raises(WrongUse, match=words):
        act()


# ---- clocks --------------------------------------------------------------------------------------------------
def test_steps_count_from_becoming_aware(review):
    # Working Together 2023: 5 and 15 working days. From Monday 2 November 2026 (day 0), without bank holidays in
    # November, these end on Monday 9 and Monday 23 November, counted on the calendar.
    due = {step.key: step.due_on for step in review.steps.all()}
    assert due == {
        "notified": date(2026, 11, 9),
        "rapid-review": date(2026, 11, 23),
        "decided": None,
        "published": None,
    }


def test_a_step_starts_those_that_count_from_it(review):
    from upstream_web.reviews.operations import reviews

    refused(lambda: reviews.take_step(step=step_of(review, "notified"), on=date(2026, 11, 1), by="t", at=NOW), "aware")
    reviews.take_step(step=step_of(review, "decided"), on=date(2026, 11, 18), by="tests", at=NOW)
    assert step_of(review, "published").due_on == date(2027, 5, 18)  # six months, to the day
    reviews.leave_step_out(step=step_of(review, "decided"), words="No review follows.", by="tests", at=NOW)
    assert step_of(review, "published").due_on is None
    refused(lambda: reviews.leave_step_out(step=step_of(review, "notified"), words=" ", by="t", at=NOW), "missing")


def test_a_corrected_day_counts_again(review):
    from upstream_web.reviews.operations import reviews

    review.aware_on = date(2026, 11, 3)
    reviews.change(review=review, fields=["aware_on"], by="tests", at=NOW)
    assert step_of(review, "notified").due_on == date(2026, 11, 10)


# ---- who sees what -------------------------------------------------------------------------------------------
def test_restricted_review_opens_to_named_people_only(review, browser_of, cast):
    from upstream_web.access.authorisation import may
    from upstream_web.access.permissions import Permission
    from upstream_web.reviews.models import IncidentReview, LearningPoint

    point = point_of(review)
    pages = [review.get_absolute_url(), point.get_absolute_url()]
    assert [browser_of("manager").get(page).status_code for page in pages] == [200, 200]
    assert [browser_of("board").get(page).status_code for page in pages] == [404, 404]
    assert b"Review T" not in browser_of("board").get(reverse("incident-review-list")).content
    assert b"Nobody asked twice" not in browser_of("board").get(reverse("review-themes")).content
    reader = read_by(review, cast["board"])
    assert [browser_of("board").get(page).status_code for page in pages] == [200, 200]
    # The list and the page are one rule: whoever `may` see it has it in the list, once.
    for who, person in cast.items():
        listed = IncidentReview.objects.visible_to(person, Permission.REVIEW_VIEW).filter(pk=review.pk).count()
        assert listed == int(may(person, Permission.REVIEW_VIEW, about=review)), who
        inner = LearningPoint.objects.visible_to(person, Permission.REVIEW_VIEW).filter(pk=point.pk).count()
        assert inner == int(may(person, Permission.REVIEW_VIEW, about=point)), who
    from upstream_web.records.operations import keeping

    keeping.remove(record=reader, reason="left", by="tests", at=NOW)
    assert [browser_of("board").get(page).status_code for page in [*pages, reader.get_absolute_url()]] == [404] * 3


def test_another_manager_comes_to_the_gate(review, cast):
    from django.test import Client

    from upstream_web.access.operations import users
    from upstream_web.access.roles import Manager

    other = users.make(username="other@test", name="Other", role=Manager, body="", password="long words here",
                       by="tests", at=NOW)  # fmt: skip
    client = Client()
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(review.get_absolute_url())
    assert answer.status_code in (302, 403)
    assert "Review T" not in answer.content.decode()
    address = reverse("review-step-done", args=[review.pk, 1])
    assert client.post(address, {"on": "2026-11-05"}).status_code in (302, 403)
    assert step_of(review, "notified").done_on is None


def test_lead_sees_open_reviews_in_which_their_body_takes_part(review, browser_of, body):
    from upstream_web.records.operations import keeping
    from upstream_web.reviews.models import ReviewPart

    review.restricted = False
    review.save()
    lead = browser_of("lead")
    assert lead.get(review.get_absolute_url()).status_code == 404
    part = ReviewPart(review=review, body=body, sort="summary", asked_on=date(2026, 11, 3), owed_on=date(2026, 11, 10))
    keeping.make(record=part, by="tests", at=NOW)
    assert lead.get(review.get_absolute_url()).status_code == 200
    assert lead.get(point_of(review).get_absolute_url()).status_code == 200
    keeping.remove(record=part, reason="not needed", by="tests", at=NOW)
    assert lead.get(review.get_absolute_url()).status_code == 404


def test_nobody_hangs_something_on_a_review_that_they_do_not_see(review, browser_of, cast, other):
    review.lead = cast["board"]  # the manager is no longer named
    review.save()
    answer = browser_of("manager").post(
        reverse("learning-point-new"),
        {"review": review.pk, "theme": "information", "words": "W", "evidence": "E", "for_whom": "F"},
    )
    assert answer.status_code == 200
    assert review.learning.count() == 0


def test_whoever_begins_a_review_keeps_it(cast, browser_of, other):
    from upstream_web.reviews.models import IncidentReview

    answer = browser_of("manager").post(
        reverse("incident-review-new"),
        {"sort": "debrief", "title": "Debrief T", "happened_on": "2026-11-02", "area": "A town",
         "aware_on": "2026-11-03", "commissioned_by": other.pk, "restricted": "on"},
    )  # fmt: skip
    made = IncidentReview.objects.get()
    assert answer.status_code == 302
    assert (made.lead, made.restricted, made.steps.count()) == (cast["manager"], True, 1)


# ---- learning, actions, closing ------------------------------------------------------------------------------
def test_agreed_learning_stays(review):
    from upstream_web.reviews.operations import learning, reviews

    refused(lambda: reviews.agree_learning(review=review, on=TODAY, by="t", at=NOW), "No learning point")
    point = point_of(review)
    reviews.agree_learning(review=review, on=TODAY, by="tests", at=NOW)
    refused(lambda: point_of(review), "agreed")
    refused(lambda: learning.change(point=point, fields=["words"], by="t", at=NOW), "stays")
    point.brief_words = "Words for the brief"
    learning.change(point=point, fields=["brief_words"], by="tests", at=NOW)
    point.refresh_from_db()
    assert point.brief_words == "Words for the brief"
    assert review.learning.count() == 1


def test_an_action_that_does_not_last_is_open_again(review, other):
    from upstream_web.records.operations import keeping
    from upstream_web.reviews.models import ReviewAction
    from upstream_web.reviews.operations import actions

    action = ReviewAction(review=review, title="Do", body=other, owner_role="Head", due_on=date(2026, 11, 30))
    keeping.make(record=action, by="tests", at=NOW)
    finish = {"action": action, "on": date(2026, 11, 16), "words": "Done", "by": "tests", "at": NOW}
    refused(lambda: actions.finish(**finish, effect=""), "missing")
    actions.finish(**finish, effect="9 of 31 were new")
    first, second = action.rechecks.all()
    # Six months from 16 November 2026 is Sunday 16 May 2027, so Monday 17; twelve months is Tuesday 16 November 2027.
    assert (first.due_on, second.due_on) == (date(2027, 5, 17), date(2027, 11, 16))
    look = {"check": first, "on": date(2027, 5, 17), "lasts": False, "words": "It stopped.", "by": "t", "at": LOOKED}
    refused(lambda: actions.recheck(**look), "did not last")
    actions.recheck(**look, due_on=date(2027, 7, 1))
    action.refresh_from_db()
    assert (action.done_on, action.due_on, action.not_lasting) == (None, date(2027, 7, 1), "It stopped.")
    assert action.rechecks.present().filter(checked_on=None).count() == 0


def test_closing_says_what_is_left(review):
    from upstream_web.reviews.operations import reviews

    point_of(review)
    close = {"review": review, "on": TODAY, "words": "More calls.", "by": "tests", "at": NOW}
    with pytest.raises(WrongUse) as left:
        reviews.close(**close)
    assert all(words in str(left.value) for words in ("not agreed", "Panel notified", "what is published"))
    reviews.agree_learning(review=review, on=TODAY, by="tests", at=NOW)
    decide = {"review": review, "publication": "nothing", "on": TODAY, "by": "tests", "at": NOW}
    refused(lambda: reviews.decide_publication(**decide, reason=""), "missing")
    reviews.decide_publication(**decide, reason="A trial is to come.")
    for step in review.steps.all():
        reviews.leave_step_out(step=step_of(review, step.key), words="Not needed.", by="tests", at=NOW)
    reviews.close(**close)
    refused(lambda: reviews.take_step(step=step_of(review, "notified"), on=TODAY, by="t", at=NOW), "closed")
    reviews.open_again(review=review, words="Something new.", by="tests", at=NOW)
    assert review.closed_on is None


# ---- briefs --------------------------------------------------------------------------------------------------
@pytest.fixture
def brief(review, cast):
    from upstream_web.reviews.models import BriefDraft
    from upstream_web.reviews.operations import briefs, reviews

    point_of(review)
    reviews.agree_learning(review=review, on=TODAY, by="tests", at=NOW)
    made = BriefDraft(review=review, title="Ask twice", background="A young person was hurt.", asks="Who asks?\nWhen?")
    return briefs.begin(brief=made, by=cast["manager"], at=NOW)


def everything():
    from upstream_web.reviews import codes

    return [check.key for check in codes.checklist()]


@pytest.mark.usefixtures("rendering_holds_nobody")
def test_brief_goes_out_only_after_a_second_person_looked(brief, cast):
    from upstream.papers import Fact
    from upstream_web.records.papers import content_of, papers_of
    from upstream_web.reviews.operations import briefs

    check = {"brief": brief, "at": NOW}
    refused(lambda: briefs.issue(brief=brief, on=TODAY, by=cast["manager"], at=NOW), "Draft|draft")
    refused(lambda: briefs.check(**check, confirmed=everything(), by=cast["manager"]), "wrote")
    refused(lambda: briefs.check(**check, confirmed=everything()[1:], by=cast["board"]), "Not confirmed")
    brief.background = "On 1 November a 15-year-old was hurt in Long Lane."
    refused(lambda: briefs.check(**check, confirmed=everything(), by=cast["board"]), "a street .“Long Lane”")
    brief.background = "A young person was hurt."
    briefs.check(**check, confirmed=everything(), by=cast["board"])
    briefs.change(brief=brief, fields=["title"], by=cast["manager"], at=NOW)
    assert (brief.state, brief.checked_by) == ("draft", "")  # written again, it is checked again
    briefs.check(**check, confirmed=everything(), by=cast["board"])
    briefs.issue(brief=brief, on=TODAY, by=cast["manager"], at=NOW)
    assert set(papers_of(brief.brief).get().files) == {"html", "pdf", "docx", "pptx"}
    assert Fact("Issued", "20 Nov 2026") in content_of(papers_of(brief.brief).get()).facts
    refused(lambda: briefs.change(brief=brief, fields=["title"], by=cast["manager"], at=NOW), "frozen")


def test_issued_brief_is_read_by_practitioners_and_tells_nothing_of_the_review(brief, cast, browser_of):
    from upstream_web.reviews.operations import briefs

    navigator, draft = browser_of("navigator"), brief.get_absolute_url()
    brief.background = "A pupil of Weston High School was hurt."
    briefs.change(brief=brief, fields=["background"], by=cast["manager"], at=NOW)
    brief.background = "A young person was hurt."
    briefs.change(brief=brief, fields=["background"], by=cast["manager"], at=NOW)
    briefs.check(brief=brief, confirmed=everything(), by=cast["board"], at=NOW)
    briefs.issue(brief=brief, on=TODAY, by=cast["manager"], at=NOW)
    out = brief.brief
    for page in (
        out.get_absolute_url(),
        reverse("learning-brief-history", args=[out.pk]),  # no earlier draft either
        reverse("record-chain", args=[out.kind, out.pk]),
        reverse("brief-file", args=[out.pk, 1, "html"]),
    ):
        answer = navigator.get(page)
        assert answer.status_code == 200, page
        told = answer.content.decode()
        assert not [words for words in ("Review T", "A district", "1 November", "Weston") if words in told], page
    assert navigator.get(draft).status_code == 403
    briefs.open_again(brief=brief, words="A place can be guessed.", by=cast["manager"], at=NOW)
    out.refresh_from_db()
    assert out.removed_at is not None
    taken_back = (out.get_absolute_url(), reverse("brief-file", args=[out.pk, 1, "html"]))
    assert [navigator.get(page).status_code for page in taken_back] == [404, 404]
    briefs.check(brief=brief, confirmed=everything(), by=cast["board"], at=NOW)
    briefs.issue(brief=brief, on=TODAY, by=cast["manager"], at=NOW)
    out.refresh_from_db()
    assert out.removed_at is None
    assert navigator.get(reverse("brief-file", args=[out.pk, 2, "pdf"])).status_code == 200


def test_board_checks_a_brief_on_its_page(brief, cast, browser_of):
    address = reverse("brief-check", args=[brief.pk])
    assert browser_of("board").get(address).status_code == 404
    read_by(brief.review, cast["board"])
    assert browser_of("board").post(address, dict.fromkeys(everything(), "on")).status_code == 302
    brief.refresh_from_db()
    assert (brief.state, brief.checked_by) == ("checked", "board@test")


# ---- the example, the board pack, what waits -----------------------------------------------------------------
def test_pages_of_the_example_open(loaded, browser_of):
    from django.test import Client

    from upstream_web.access.models import User
    from upstream_web.records.register import Register
    from upstream_web.reviews import example, register

    client = Client()
    manager = User.objects.get(username="manager@example")
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    for kind in [each for each in vars(register).values() if isinstance(each, Register)]:
        assert client.get(kind.address()).status_code == 200, kind
        assert client.get(f"{kind.address()}export.xlsx").status_code == 200, kind
        records = list(kind.model.objects.all())
        assert records, kind
        for record in records:
            assert client.get(record.get_absolute_url()).status_code == 200, record
        assert not kind.can_be_made or client.get(reverse(f"{kind.kind}-new")).status_code == 200, kind
    assert example.load(loaded.folder / "records", at=NOW) == 0


def test_themes_say_what_keeps_coming_back(loaded):
    from upstream_web.reviews import queries

    # In the file, "information" stands in all three reviews, every other theme in one.
    rows = queries.themes_across()
    assert (rows[0].theme.key, rows[0].reviews) == ("information", 3)
    said = queries.themes_sentence(rows, 3)
    assert said == "“Information not shared, or shared too late” keeps coming back: in 3 of 3 reviews."


def test_counts_and_board_pack(loaded):
    from upstream_web.reports.board_pack import other_parts
    from upstream_web.reviews import queries

    # On 20 November 2026: A and B followed up, C under way; one action of B was due on 13 November; the fire service
    # owed a summary by 9 September. C's rapid review runs until 7 December.
    counts = queries.counts(TODAY)
    assert (counts.under_way, counts.follow_up, counts.closed) == (1, 2, 0)
    assert (counts.late_steps, counts.late_parts, counts.late_actions) == (0, 1, 1)
    told = other_parts.reviews(queries, other_parts.Period(date(2026, 7, 1), date(2026, 9, 30), TODAY))
    assert told.late[0] == "1 action from an incident review past the last day."
    assert "Review A" not in repr(told)


def test_what_waits_for_whoever_keeps_a_review(loaded):
    from upstream_web.access.models import User
    from upstream_web.reviews.register import ACTIONS, DRAFTS, REVIEWS

    manager = User.objects.get(username="manager@example")
    board = User.objects.get(username="board@example")
    steps = {each.title: (each.on, each.state) for each in REVIEWS.waiting_for(manager, date(2026, 12, 1))}
    assert steps == {"Rapid review sent: Review C, 2026 (invented)": (date(2026, 12, 7), "soon")}
    assert [each.title for each in DRAFTS.waiting_for(board, date(2026, 11, 27))] == [
        "A place that is named twice needs one owner"
    ]
    assert list(DRAFTS.waiting_for(manager, date(2026, 11, 27))) == []  # who wrote it does not check it
    assert any(each.state == "late" for each in ACTIONS.waiting_for(manager, TODAY))


# ---- constraints, each broken once ---------------------------------------------------------------------------
BROKEN = {
    "review_aware_after_it_happened": ("IncidentReview", {"aware_on": date(2026, 10, 1)}),
    "review_publication_says_why": ("IncidentReview", {"publication": "whole"}),
    "review_closed_once_learnt": ("IncidentReview", {"closed_on": TODAY}),
    "review_step_done_or_left_out": ("ReviewStep", {"done_on": TODAY, "left_out": "x"}),
    "review_step_last_day_counts_from": ("ReviewStep", {"began_on": None}),
    "learning_point_has_evidence": ("LearningPoint", {"evidence": ""}),
    "brief_checked_by_another": ("BriefDraft", {"checked_by": "manager@test"}),
    "brief_checked_before_it_goes_out": ("BriefDraft", {"state": "checked"}),
    "brief_issued_says_when": ("BriefDraft", {"issued_on": TODAY}),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_database_refuses(name, brief):
    from django.apps import apps

    model, values = BROKEN[name]
    row = apps.get_model("reviews", model).objects.order_by("pk")[:1]
    with pytest.raises(IntegrityError), transaction.atomic():
        apps.get_model("reviews", model).objects.filter(pk=row[0].pk).update(**values)


def test_database_refuses_what_hangs_on_a_review(review, other, cast):
    from upstream_web.records.operations import keeping
    from upstream_web.reviews.models import Recheck, ReviewAction, ReviewPart, ReviewReader, ReviewStep

    action = ReviewAction(review=review, title="Do", body=other, owner_role="Head", due_on=TODAY)
    part = {"review": review, "body": other, "sort": "summary", "asked_on": TODAY, "owed_on": TODAY}
    keeping.make(record=action, by="tests", at=NOW)
    keeping.make(record=ReviewPart(**part), by="tests", at=NOW)
    read_by(review, cast["board"])
    check = {"action": action, "clock": "a", "began_on": TODAY, "due_on": TODAY}
    keeping.make(record=Recheck(**check), by="tests", at=NOW)
    broken = [
        ReviewPart(**part),
        ReviewPart(**part | {"sort": "panel", "owed_on": date(2026, 11, 1)}),
        ReviewReader(review=review, person=cast["board"], why="again"),
        ReviewStep(review=review, key="notified", title="again", place=9),
        Recheck(**check),
        Recheck(**check | {"clock": "b", "checked_on": TODAY}),
    ]
    for record in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            keeping.make(record=record, by="tests", at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewAction.objects.update(done_on=TODAY)
