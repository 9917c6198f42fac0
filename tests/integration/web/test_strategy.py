"""The strategy and its yearly review: what is written, published, kept readable and carried over."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from integration.web.filled_in import filled_in
from integration.web.plan_of_two import make_plan

from upstream_web.strategy import queries
from upstream_web.strategy.models import Action, Commitment, Priority, Strategy, StrategyReview
from upstream_web.strategy.operations import reviews, strategies
from upstream_web.strategy.operations.reviews import Decided, ReviewRefused
from upstream_web.strategy.operations.strategies import StrategyIncomplete

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def plan(db):
    return make_plan()


def events(words):
    from upstream_web.audit.models import Event

    return Event.objects.filter(action=words).count()


def test_strategy_without_commitments_is_not_published(db):
    strategy = strategies.make(
        strategy=Strategy(
            title="S", aim="A", definition="D", period_from=date(2024, 1, 1), period_until=date(2029, 1, 1)
        ),
        by="tests",
        at=NOW,
    )
    strategies.write(part=Priority(strategy=strategy, number=1, title="Bare", meaning="m"), by="tests", at=NOW)
    with pytest.raises(StrategyIncomplete, match="Bare” has no commitment"):
        strategies.publish(strategy=strategy, by="tests", at=NOW)


def test_review_makes_the_next_version_beside_the_old_one(plan):
    first, second = plan.commitments
    review = reviews.begin(strategy=plan.strategy, by="tests", at=NOW)
    decided = [
        Decided(first.priority, first, "change", "Say it better.", "clearer"),
        Decided(second.priority, second, "drop", reason="met"),
        Decided(first.priority, None, "add", "Do something new."),
    ]
    reviews.decide(review=review, decided=decided, by="tests", at=NOW)
    draft = strategies.draft_next(review=review, by="tests", at=NOW)
    assert [each.words for each in Commitment.objects.filter(priority__strategy=draft)] == [
        "Say it better.",
        "Do something new.",
    ]
    assert Commitment.objects.get(words="Say it better.").came_from == first
    assert Commitment.objects.get(words="Say it better.").evidence.count() == 1
    before = events("strategy published")
    strategies.publish(strategy=draft, by="tests", at=NOW)
    plan.strategy.refresh_from_db()
    review.refresh_from_db()
    assert (plan.strategy.state, draft.state, draft.replaces) == ("replaced", "published", plan.strategy)
    assert review.finished_on == date(2026, 11, 20)
    assert events("strategy published") == before + 1


def test_open_actions_go_over_to_the_new_version_and_finished_ones_stay(plan):
    first, second = plan.commitments
    review = reviews.begin(strategy=plan.strategy, by="tests", at=NOW)
    reviews.decide(review=review, decided=[Decided(second.priority, second, "drop")], by="tests", at=NOW)
    draft = strategies.draft_next(review=review, by="tests", at=NOW)
    strategies.publish(strategy=draft, by="tests", at=NOW)
    new = Commitment.objects.get(came_from=first)
    assert Action.objects.get(pk=plan.police_action.pk).commitment == new
    assert Action.objects.get(pk=plan.done_action.pk).commitment == first
    assert Action.objects.get(pk=plan.council_action.pk).commitment == second  # dropped: it stays where it was


def test_finding_that_it_stands_restarts_the_yearly_clock(plan):
    # Published on 31 January 2025: due a year later. Reviewed on 20 November 2026: due a year after that.
    assert queries.review_clock(plan.strategy, date(2026, 11, 20)).due_on == date(2026, 1, 31)
    review = reviews.begin(strategy=plan.strategy, by="tests", at=NOW)
    reviews.stand(review=review, by="tests", at=NOW)
    assert queries.review_clock(plan.strategy, date(2026, 11, 20)).due_on == date(2027, 11, 20)


def test_review_that_changes_something_does_not_stand(plan):
    review = reviews.begin(strategy=plan.strategy, by="tests", at=NOW)
    drop = Decided(plan.commitments[0].priority, plan.commitments[0], "drop")
    reviews.decide(review=review, decided=[drop], by="tests", at=NOW)
    with pytest.raises(ReviewRefused):
        reviews.stand(review=review, by="tests", at=NOW)


def test_review_begun_twice_is_one(plan):
    once = reviews.begin(strategy=plan.strategy, by="tests", at=NOW)
    assert reviews.begin(strategy=plan.strategy, by="tests", at=NOW) == once


def is_refused(change) -> bool:
    """Tell whether the database itself refuses a change."""
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def test_database_holds_what_must_always_hold(plan):
    strategies_ = Strategy.objects.filter(pk=plan.strategy.pk)
    assert is_refused(lambda: strategies_.update(period_until=date(2020, 1, 1)))
    assert is_refused(lambda: strategies_.update(published_on=None))
    assert is_refused(lambda: strategies_.update(replaces=plan.strategy))
    commitments = Commitment.objects.filter(pk=plan.commitments[1].pk)
    assert is_refused(lambda: commitments.update(priority=plan.commitments[0].priority, number=1))


# ---- pages ----------------------------------------------------------------------------------------------------
def test_strategy_reads_as_one(plan, browser_of, example):
    page = browser_of("board").get(plan.strategy.get_absolute_url()).content.decode()
    for words in ("Test strategy", "First promise.", "Parents and carers", "1 of 2 done"):
        assert words in page
    assert "Begin the review" not in page


def test_two_who_write_one_step_of_a_review_see_the_words_of_each(plan, browser_of, example):
    first, second = browser_of("manager"), browser_of("manager")
    first.post(reverse("strategy-review-begin", args=[plan.strategy.pk]))
    review = StrategyReview.objects.get()
    step = reverse("strategy-review-step", args=[review.pk, "evidence"])
    opened = second.get(step).content  # before the first has written
    first.post(step, filled_in(first.get(step).content, words="Robbery moved.\nIt moved east."))
    refused = second.post(step, filled_in(opened, words="Knives are fewer."))
    page = refused.content.decode()
    assert "it says now: “Robbery moved.\nIt moved east.”" in page
    assert "Knives are fewer." in page
    review.refresh_from_db()
    assert "Robbery moved." in review.evidence_words
    second.post(step, filled_in(refused.content, words="Robbery moved, and knives are fewer."))
    review.refresh_from_db()
    assert review.evidence_words == "Robbery moved, and knives are fewer."


def test_wizard_keeps_each_step_and_publishes(plan, browser_of, example):
    browser = browser_of("manager")
    browser.post(reverse("strategy-review-begin", args=[plan.strategy.pk]))
    review = StrategyReview.objects.get()
    step = lambda name: reverse("strategy-review-step", args=[review.pk, name])  # noqa: E731
    assert browser.get(step("evidence")).status_code == 200
    browser.post(step("evidence"), {"words": "Robbery moved."})
    assert "Robbery moved." in browser.get(step("evidence")).content.decode()
    assert "Finished long ago" in browser.get(step("worked")).content.decode()
    browser.post(step("worked"), {"words": "The hubs did."})
    first, second = plan.commitments
    browser.post(
        step("commitments"),
        {f"verdict-{first.pk}": "keep", f"verdict-{second.pk}": "change", f"words-{second.pk}": "Second, better."},
    )
    response = browser.post(step("publish"), {"do": "draft"})
    draft = Strategy.objects.get(state="draft")
    assert response.headers["Location"] == reverse("strategy-compare", args=[draft.pk])
    beside = browser.get(reverse("strategy-compare", args=[draft.pk])).content.decode()
    assert "1 commitment stayed, 1 changed, 0 were added and 0 dropped" in beside
    browser.post(reverse("strategy-publish", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == "published"
    assert browser.get(plan.strategy.get_absolute_url()).status_code == 200  # the old one stays readable
    assert "This version was replaced" in browser.get(plan.strategy.get_absolute_url()).content.decode()


def test_refused_step_of_the_wizard_loses_nothing_that_was_typed(plan, browser_of, example):
    browser, (first, second) = browser_of("manager"), plan.commitments
    review = reviews.begin(strategy=plan.strategy, by="tests", at=NOW)
    step = reverse("strategy-review-step", args=[review.pk, "commitments"])
    given = {
        f"verdict-{first.pk}": "change", f"words-{first.pk}": "First, better.", f"reason-{first.pk}": "Shorter",
        f"verdict-{second.pk}": "change", f"words-{second.pk}": " ",
        f"add-{first.priority_id}": "A third promise.", f"add-reason-{first.priority_id}": "Asked for",
    }  # fmt: skip
    page = browser.post(step, given, follow=True).content.decode()
    assert f"{second.code}: there are no new words." in page
    for typed in ("First, better.", 'value="Shorter"', "A third promise.", 'value="Asked for"'):
        assert typed in page, typed
    assert page.count('value="change" checked') == 2
    assert not review.decisions.exists()
    browser.post(step, given | {f"words-{second.pk}": "Second, better."})
    assert sorted(review.decisions.values_list("verdict", flat=True)) == ["add", "change", "change"]


def test_words_of_a_step_are_not_lost_where_somebody_saved_at_the_same_moment(plan, browser_of, example, monkeypatch):
    from upstream_web.records.operations.keeping import ChangedMeanwhile

    def changed(**_):
        raise ChangedMeanwhile("changed")

    review = reviews.begin(strategy=plan.strategy, by="tests", at=NOW)
    monkeypatch.setattr(reviews, "write", changed)
    step = reverse("strategy-review-step", args=[review.pk, "worked"])
    page = browser_of("manager").post(step, {"words": "The hubs did."}, follow=True).content.decode()
    assert "your words are below" in page
    assert "The hubs did." in page


def test_replaced_version_says_when_it_was_published_and_replaced(plan, browser_of, example):
    from upstream_web.strategy.operations.strategies import open_to_public

    open_to_public(strategy=plan.strategy, by="tests", at=NOW)
    review = reviews.begin(strategy=plan.strategy, by="tests", at=NOW)
    draft = strategies.draft_next(review=review, by="tests", at=NOW)
    page = browser_of("manager").post(reverse("strategy-publish", args=[draft.pk]), follow=True).content.decode()
    assert "The public still reads version 1 as the one in force" in page
    draft.refresh_from_db()
    Strategy.objects.filter(pk=draft.pk).update(published_on=date(2026, 11, 20))
    old = browser_of("board").get(plan.strategy.get_absolute_url()).content.decode()
    assert "Published Friday 31 January 2025, replaced Friday 20 November 2026" in old


def test_published_words_are_closed_and_draft_ones_are_not(plan, browser_of, example):
    browser = browser_of("manager")
    first = plan.commitments[0]
    assert browser.get(reverse("commitment-edit", args=[first.pk])).status_code != 200
    review = reviews.begin(strategy=plan.strategy, by="tests", at=NOW)
    draft = strategies.draft_next(review=review, by="tests", at=NOW)
    copy = Commitment.objects.get(came_from=first)
    response = browser.post(
        reverse("commitment-edit", args=[copy.pk]), {"number": 1, "words": "In other words.", "began_from": 1}
    )
    assert response.status_code == 302
    copy.refresh_from_db()
    assert copy.words == "In other words."
    assert (
        browser.post(
            reverse("priority-new", args=[draft.pk]), {"number": 1, "title": "Again", "meaning": "m"}
        ).status_code
        == 200
    )


def test_evidence_is_added_to_a_published_commitment(plan, browser_of, example):
    where = reverse("commitment-evidence-new", args=[plan.commitments[0].pk])
    given = {
        "source": "data",
        "says": "It rose.",
        "is_from": "Assessment",
        "dated_on": "2026-05-01",
        "measure": "violence_rate",
    }
    assert browser_of("manager").post(where, given).status_code == 302
    page = browser_of("panel").get(plan.commitments[0].get_absolute_url()).content.decode()
    assert "It rose." in page
    assert reverse("measure", args=["violence_rate"]) in page
    wrong = given | {"measure": "no_such_measure"}
    assert "is no longer offered: choose again" in browser_of("manager").post(where, wrong).content.decode()
