"""The public site: everybody reads what was published and frozen, and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from integration.web.plan_of_two import make_plan
from integration.web.test_inspections import NOW, bodies, climb, close_again, recommendation  # noqa: F401  (fixtures)
from integration.web.test_inspections_responses import IN_TIME, agree_all, publish, response  # noqa: F401  (fixture)

LATER = IN_TIME + timedelta(days=30)


def seen(address: str, status: int = 200) -> str:
    """What somebody who is not signed in reads at an address."""
    answer = Client().get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def corrected(of, words="Corrected words."):
    """Publish a correction of the chief constable's words."""
    from upstream_web.inspections.operations import responses

    part = of.part("chief")
    part.refresh_from_db()
    part.words = words
    responses.redraft(part=part, fields=["words"], because="A figure was wrong", by="tests", at=LATER)
    responses.agree(part=part, on=LATER.date(), by="chief office", at=LATER)
    of.refresh_from_db()
    return publish(of, LATER, reason="The figure on page two")


def test_an_unpublished_response_is_nowhere(response):  # noqa: F811
    for address in ("/public/", "/public/responses/", "/public/feed/", "/public/sitemap.xml"):
        assert "Serious youth violence" not in seen(address)
    seen(f"/public/responses/{response.pk}/", 404)
    seen(f"/public/responses/{response.pk}/version-1.pdf", 404)


def test_a_response_is_public_as_it_was_frozen_and_shows_no_later_draft(response):  # noqa: F811
    from upstream_web.inspections.operations import responses
    from upstream_web.records.papers import file_of

    agree_all(response)
    kept = publish(response)
    address = f"/public/responses/{response.pk}/"
    part = response.part("chief")
    part.words = "A draft that nobody agreed."
    responses.redraft(part=part, fields=["words"], because="New facts", by="tests", at=LATER)
    page = seen(address)
    assert "Words of the chief." in page
    assert "A draft that nobody agreed." not in page
    assert "<title>Serious youth violence – Responses to inspections – " in page
    assert page.count("<h1>") == 1
    assert "<script" not in page
    for where in ("/public/", "/public/responses/", "/public/feed/", "/public/sitemap.xml"):
        assert f"/public/responses/{response.pk}/" in seen(where)
    for form in ("pdf", "docx"):
        assert Client().get(f"{address}version-1.{form}").content == file_of(kept, form)
    seen(f"{address}version-1.pptx", 404)  # was not kept
    seen(f"{address}version-2/", 404)


def test_papers_are_rendered_before_the_operation_that_keeps_them(response, monkeypatch):  # noqa: F811
    """On SQLite nobody else can write while a transaction is open, and rendering takes seconds."""
    from upstream_web.core import operations
    from upstream_web.records.operations import papers

    agree_all(response)
    real, within = papers.render, []
    monkeypatch.setattr(papers, "render", lambda *given: within.append(operations._under_way.get()) or real(*given))
    publish(response)
    assert within == [None] * 3  # page, PDF and Word, none of them within the operation


def test_an_answer_sets_no_cookie_and_is_not_sent_twice(response):  # noqa: F811
    agree_all(response)
    publish(response)
    for address in ("/public/", f"/public/responses/{response.pk}/", f"/public/responses/{response.pk}/version-1.pdf"):
        answer = Client().get(address)
        assert not answer.cookies, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        again = Client().get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        since = Client().get(address, headers={"If-Modified-Since": answer.headers["Last-Modified"]})
        assert since.status_code == 304
    assert Client().post("/public/").status_code == 405


def test_a_correction_stands_first_and_leaves_the_earlier_version_readable(response):  # noqa: F811
    agree_all(response)
    publish(response)
    before = Client().get(f"/public/responses/{response.pk}/").headers["ETag"]
    corrected(response)
    address = f"/public/responses/{response.pk}/"
    assert Client().get(address, headers={"If-None-Match": before}).status_code == 200
    page, earlier = seen(address), seen(f"{address}version-1/")
    assert "Corrected words." in page
    assert "The figure on page two" in page
    assert f'href="{address}version-1/"' in page
    assert "Words of the chief." in earlier
    assert "There is a newer version." in earlier
    assert seen("/public/responses/").count("title-link") == 1  # one document, however many versions


def test_a_withdrawn_version_says_so_at_once_with_the_reason(browser_of, response):  # noqa: F811
    from upstream_web.audit.models import Event

    agree_all(response)
    publish(response)
    corrected(response)
    manager, address = browser_of("manager"), f"/public/responses/{response.pk}/"
    inside = manager.get(f"/account/responses/{response.pk}/").content.decode()
    assert f"testserver{address}version-2/" in inside
    withdraw = re.search(r"/published/\d+/withdraw/", inside).group()  # the newest version's stands first
    assert browser_of("lead").get(withdraw).status_code == 403
    assert "Say why it is withdrawn" in manager.post(withdraw, {"because": " "}).content.decode()
    manager.post(withdraw, {"because": "It named a school."})
    page = seen(address, 410)
    assert "This version was withdrawn on" in page
    assert "It named a school." in page
    assert "Corrected words." not in page
    assert "It named a school." in seen(f"{address}version-2.pdf", 410)
    assert "Words of the chief." in seen(f"{address}version-1/")
    assert "It named a school." in seen("/public/responses/")
    assert f"<loc>http://testserver{address}</loc>" not in seen("/public/sitemap.xml")
    assert "It named a school." in manager.get(f"/account/responses/{response.pk}/").content.decode()
    assert "was withdrawn already" in manager.post(withdraw, {"because": "Again"}, follow=True).content.decode()
    assert Event.objects.filter(action="publication withdrawn").count() == 1


def test_a_withdrawn_version_may_be_put_out_again_as_it_was(response):  # noqa: F811
    from upstream_web.records.operations import publications

    agree_all(response)
    publications.withdraw(publication=publish(response).publication, because="By mistake", by="tests", at=LATER)
    assert publish(response, LATER, reason="It was withdrawn by mistake").number == 2
    assert "Words of the chief." in seen(f"/public/responses/{response.pk}/")


def test_a_withdrawal_without_its_reason_is_refused_by_the_database(response):  # noqa: F811
    from upstream_web.records.models import Publication

    agree_all(response)
    publish(response)
    with pytest.raises(IntegrityError, match="publication_withdrawn_with_reason"), transaction.atomic():
        Publication.objects.update(withdrawn_at=LATER, withdrawn_by="somebody")


def test_public_rows_are_the_words_that_were_approved(browser_of, recommendation):  # noqa: F811
    from upstream_web.records.papers import papers_of

    address = f"/account/inspections/for-the-public/{recommendation.pk}/"
    words = {"inspectors_said": "Know the rule.", "we_did": "We <b>trained</b>.", "did_it_work": "Not known."}
    manager = browser_of("manager")
    manager.post(address, words)
    assert "Know the rule." not in seen("/public/you-said/")
    assert browser_of("board").post(f"{address}approve/").status_code == 403
    manager.post(f"{address}approve/")
    assert "We &lt;b&gt;trained&lt;/b&gt;." in seen("/public/you-said/")
    manager.post(address, words | {"we_did": "We trained all.", "began_from": 2})
    assert "We trained all." not in seen("/public/you-said/")  # changed words are not approved words
    assert "Know the rule." in seen("/public/you-said/")  # what was approved stays until they are
    manager.post(f"{address}approve/")
    assert "We trained all." in seen("/public/you-said/")
    manager.post(f"{address}approve/")  # approved again as they stand, the words make no new version
    assert [kept.number for kept in papers_of(recommendation.public_row)] == [2, 1]
    manager.post(f"{address}approve/", {"take_back": "1"})
    assert "Know the rule." not in seen("/public/you-said/")
    assert "It was taken off the page." in seen("/public/you-said/")


def test_words_that_wait_for_approval_are_read_by_those_who_write_them(browser_of, recommendation):  # noqa: F811
    manager = browser_of("manager")
    own, rows = recommendation.get_absolute_url(), "/account/inspections/for-the-public/"
    address = f"{rows}{recommendation.pk}/"
    words = {"inspectors_said": "Know the rule.", "we_did": "We trained some.", "did_it_work": "Not known."}
    manager.post(address, words)
    manager.post(f"{address}approve/")
    for place in (own, rows):
        assert "We trained some." in browser_of("panel").get(place).content.decode(), place
    manager.post(address, words | {"we_did": "We trained all.", "began_from": 2})
    for place in (own, rows):
        assert "We trained all." in manager.get(place).content.decode(), place
        for who in ("panel", "analyst"):
            assert "We trained all." not in browser_of(who).get(place).content.decode(), (who, place)


def test_public_words_that_changed_since_they_were_read_are_not_approved(browser_of, recommendation):  # noqa: F811
    manager, rows = browser_of("manager"), "/account/inspections/for-the-public/"
    address = f"{rows}{recommendation.pk}/"
    words = {"inspectors_said": "Know the rule.", "we_did": "We trained some.", "did_it_work": "Not known."}
    manager.post(address, words)
    assert 'name="version" value="1"' in manager.get(rows).content.decode()
    manager.post(address, words | {"we_did": "We trained all.", "began_from": 1})
    refused = manager.post(f"{address}approve/", {"version": "1"}, follow=True).content.decode()
    assert "changed by somebody else" in refused
    assert "We trained" not in seen("/public/you-said/")
    manager.post(f"{address}approve/", {"version": "2"})
    assert "We trained all." in seen("/public/you-said/")


def test_a_reopened_recommendation_is_not_told_to_the_public_as_done(browser_of, recommendation, bodies):  # noqa: F811
    from upstream_web.audit.models import Event
    from upstream_web.inspections.models import PublicRow
    from upstream_web.inspections.operations import ladder, public_rows

    own, told = recommendation.get_absolute_url(), "/public/you-said/"
    row = PublicRow(recommendation=recommendation, inspectors_said="Know it.", we_did="We trained.", did_it_work="Yes.")
    public_rows.write(row=row, by="tests", at=IN_TIME)

    def approve(at):
        public_rows.approve(row=PublicRow.objects.get(), on=at.date(), by="tests", at=at)

    def says(place):
        return browser_of("manager").get(place).content.decode()

    approve(IN_TIME)
    climb(recommendation, bodies)
    assert "approved before this was closed" in says(own)
    recheck, before = recommendation.rechecks.order_by("due_on").first(), Event.objects.count()
    found = {"checked_on": date(2025, 3, 3), "lasted": "no", "words": "Use has fallen"}
    ladder.record_recheck(recheck=recheck, **found, by="tests", at=NOW)
    assert Event.objects.count() == before + 1
    assert "We trained." not in seen(told)
    assert recommendation.title in seen(told)
    for place in (told, own, "/account/inspections/for-the-public/"):
        assert "We took this up again on 3 March 2025." in says(place), place
    recommendation.refresh_from_db()
    close_again(recommendation, bodies)
    assert "We took this up again on 3 March 2025." in seen(told)  # until somebody approves what is to be said now
    approve(NOW)
    assert "We trained." in seen(told)
    assert "took this up again" not in seen(told)
    assert "approved before this was closed" not in says(own)


def test_the_strategy_is_told_in_counts_without_names(browser_of, db, site_of):
    from upstream_web.strategy.operations.strategies import StrategyNotInForce, open_to_public

    plan = make_plan()
    strategy = plan.strategy
    address = f"/act/strategies/{strategy.pk}/public/"
    assert browser_of("board").get(address).status_code == 403
    manager = browser_of("manager")
    preview = manager.get(address).content.decode()
    assert "Progress by" in preview
    assert "Progress by" not in seen("/public/strategy/")
    manager.post(address)
    page = seen(f"/public/strategy/{strategy.pk}/")
    for commitment in plan.commitments:
        assert commitment.words in page
    assert strategy.published_by not in page
    manager.post(address)
    assert "Progress told anew, as it stood on" in seen(f"/public/strategy/{strategy.pk}/")
    strategy.state = "replaced"
    with pytest.raises(StrategyNotInForce):
        open_to_public(strategy=strategy, by="tests", at=datetime(2026, 11, 20, tzinfo=UTC))


def published_one_after_another():
    """Publish a strategy for the public, then put the next version in force, of which the public is not told."""
    from upstream_web.strategy.models import Strategy
    from upstream_web.strategy.operations import reviews, strategies

    old = make_plan().strategy
    strategies.open_to_public(strategy=old, by="tests", at=IN_TIME)
    review = reviews.begin(strategy=old, by="tests", at=LATER)
    new = strategies.draft_next(review=review, by="tests", at=LATER)
    strategies.publish(strategy=new, by="tests", at=LATER)
    return old, Strategy.objects.get(pk=new.pk)


def test_a_replaced_strategy_says_what_took_its_place(db, site_of):
    from upstream_web.records.operations import publications
    from upstream_web.records.papers import papers_of
    from upstream_web.strategy.operations import strategies

    old, new = published_one_after_another()
    first, second = f"/public/strategy/{old.pk}/", f"/public/strategy/{new.pk}/"
    assert "Another has taken its place." not in seen(first)  # nobody has told the public of it yet
    strategies.open_to_public(strategy=new, by="tests", at=LATER)
    assert "Another has taken its place." in seen(first)
    assert second in seen(first)
    assert "Another has taken its place." not in seen(second)
    shelf = seen("/public/strategy/")
    assert shelf.count("Replaced") == 1
    assert shelf.count("In force since") == 1
    publications.withdraw(publication=papers_of(old).first().publication, because="A name", by="tests", at=LATER)
    assert "Another has taken its place." not in seen(first, 410)
    assert "Replaced" not in seen("/public/strategy/")


def test_a_strategy_whose_successor_was_withdrawn_is_not_called_replaced(db, site_of):
    from upstream_web.records.operations import publications
    from upstream_web.strategy.operations import strategies

    old, new = published_one_after_another()
    kept = strategies.open_to_public(strategy=new, by="tests", at=LATER)
    assert "Another has taken its place." in seen(f"/public/strategy/{old.pk}/")
    publications.withdraw(publication=kept.publication, because="By mistake", by="tests", at=LATER)
    assert "Another has taken its place." not in seen(f"/public/strategy/{old.pk}/")


def test_papers_that_are_not_for_the_public_have_no_address(db):
    from upstream_web.public.shelves import ShelfConverter

    assert reverse("public-shelf", args=["response"]) == "/public/responses/"
    with pytest.raises(ValueError, match="stand on no shelf"):
        ShelfConverter().to_url("board-pack")


def test_search_engines_are_asked_to_stay_outside(db):
    assert seen("/robots.txt").splitlines()[:3] == ["User-agent: *", "Allow: /public/", "Disallow: /"]
