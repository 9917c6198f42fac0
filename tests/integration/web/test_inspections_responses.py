"""Responses drafted, agreed, published, corrected and sent."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from integration.web.filled_in import filled_in
from integration.web.test_inspections import bodies, recommendation  # noqa: F401  (fixtures)

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
IN_TIME = datetime(2023, 4, 26, 9, 30, tzinfo=UTC)


@pytest.fixture
def response(recommendation, bodies, site_of):  # noqa: F811
    """Our response to the report, with words in both parts and an answer to its recommendation."""
    from upstream_web.inspections.models import Answer, ResponseRecord
    from upstream_web.inspections.operations import responses

    made = ResponseRecord(inspection=recommendation.inspection, force="Mercia", commissioner_name="A. Commissioner")
    owners = {"chief": bodies["police"], "commissioner": bodies["commissioner"]}
    responses.begin(response=made, bodies=owners, by="tests", at=IN_TIME)
    for part in made.parts.all():
        part.words = f"Words of the {part.party}."
        responses.redraft(part=part, fields=["words"], by="tests", at=IN_TIME)
    answer = Answer(part=made.part("chief"), recommendation=recommendation, stance="accepted", words="We train.")
    responses.draft_answer(answer=answer, by="tests", at=IN_TIME)
    made.refresh_from_db()
    return made


@pytest.fixture
def members(cast, bodies, response):  # noqa: F811
    """A board member of each office, who agrees for that office alone."""
    from upstream_web.access.operations import users
    from upstream_web.access.roles import BoardMember

    def member(body):
        return users.make(
            username=f"{body}@board", name=body, role=BoardMember, body=body, password="three words nobody guesses",
            by="tests", at=NOW,
        )  # fmt: skip

    return {body: member(body) for body in ("police", "commissioner")}


def agree_all(response, at=IN_TIME):
    """Agree both parts, the chief constable's first."""
    from upstream_web.inspections.operations import responses

    for party in ("chief", "commissioner"):
        responses.agree(part=response.part(party), on=at.date(), by=f"{party} office", at=at)
    response.refresh_from_db()


def publish(response, at=IN_TIME, reason=""):
    """Publish it."""
    from upstream_web.inspections.operations import publishing

    return publishing.publish(response=response, reason=reason, by="tests", at=at)


def send(response, recipient, at=IN_TIME, proof="Message 118"):
    """Record a copy."""
    from upstream_web.inspections.models import Dispatch
    from upstream_web.inspections.operations import responses

    dispatch = Dispatch(response=response, recipient=recipient, sent_on=at.date(), proof=proof)
    return responses.send(dispatch=dispatch, by="tests", at=at)


def test_a_response_goes_from_draft_to_sent_on_day_50(response, recommendation):  # noqa: F811
    from upstream_web.inspections import clocks

    assert response.state == "drafting"
    agree_all(response)
    assert response.state == "agreed"
    publish(response)
    assert response.state == "published"
    send(response, "secretary of state")
    assert response.answered_on is None
    send(response, "inspectorate")
    response.refresh_from_db()
    assert (response.state, response.answered_on) == ("sent", date(2023, 4, 26))
    recommendation.refresh_from_db()
    assert recommendation.state == "answered"
    # 8 March counts as day 1, so 26 April is day 24 + 26 = 50, and 2 May the 56th and last.
    stood = clocks.response_clock(response.inspection, response.answered_on, date(2026, 11, 20))
    assert (stood.words, stood.due_on) == ("Sent on day 50", date(2023, 5, 2))


def test_each_office_agrees_its_own_part_only(browser_of, response, members):
    from django.test import Client

    def sent_by(person, part, what="agree", **data):
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client.post(f"/account/response-parts/{part.pk}/{what}/", data, follow=True)

    chief, commissioner = response.part("chief"), response.part("commissioner")
    assert sent_by(members["commissioner"], chief).status_code == 403
    assert "comes first" in sent_by(members["commissioner"], commissioner).content.decode()
    assert sent_by(members["police"], chief).status_code == 200
    chief.refresh_from_db()
    assert (chief.agreed_by, chief.is_agreed) == ("police@board", True)
    sent_by(members["commissioner"], commissioner)
    response.refresh_from_db()
    assert response.state == "agreed"
    assert sent_by(members["commissioner"], chief, "withdraw", because="No").status_code == 403
    assert browser_of("manager").post(f"/account/response-parts/{chief.pk}/agree/").status_code == 403


def test_board_member_of_the_whole_partnership_agrees_for_neither_office(browser_of, cast, response, members):
    from upstream_web.access.models import Grant

    Grant.objects.filter(user=cast["board"]).update(body="")
    board = browser_of("board")
    for party in ("chief", "commissioner"):
        part = response.part(party)
        assert f"/response-parts/{part.pk}/agree/" not in board.get(part.get_absolute_url()).content.decode()
        refused = board.post(f"/account/response-parts/{part.pk}/agree/")
        assert refused.status_code == 403
        assert "speaks for no organisation" in refused.content.decode()
        assert not response.part(party).is_agreed


def test_nobody_agrees_words_that_were_changed_since_the_page_was_read(response, members):
    from django.test import Client

    from upstream_web.records.operations import keeping

    part = response.part("chief")
    read = part.version
    keeping.change(record=part, fields=["words"], by="lead@test", at=IN_TIME)
    police = Client()
    police.force_login(members["police"], backend="django.contrib.auth.backends.ModelBackend")
    agree = f"/account/response-parts/{part.pk}/agree/"
    assert "changed meanwhile. Read them again" in police.post(agree, {"version": read}, follow=True).content.decode()
    part.refresh_from_db()
    assert not part.is_agreed
    assert f'name="version" value="{part.version}"' in police.get(part.get_absolute_url()).content.decode()
    police.post(agree, {"version": part.version})
    part.refresh_from_db()
    assert part.is_agreed


def test_a_changed_part_loses_its_agreement_with_the_reason_and_the_other_keeps_its_own(response):
    from upstream.exceptions import WrongUse
    from upstream_web.inspections.operations import responses

    agree_all(response)
    part = response.part("chief")
    part.words = "Other words."
    with pytest.raises(WrongUse, match="Say why"):
        responses.redraft(part=part, fields=["words"], by="lead@test", at=NOW)
    part = response.part("chief")
    part.words = "Other words."
    responses.redraft(part=part, fields=["words"], because="A figure was wrong", by="lead@test", at=NOW)
    response.refresh_from_db()
    chief, commissioner = response.part("chief"), response.part("commissioner")
    assert (chief.is_agreed, chief.withdrawn_because) == (False, "A figure was wrong")
    assert commissioner.is_agreed
    assert response.state == "drafting"


def test_a_changed_answer_takes_the_agreement_of_its_part_along(response):
    from upstream_web.inspections.operations import responses

    agree_all(response)
    answer = response.part("chief").answers.get()
    answer.words = "We train all."
    responses.draft_answer(answer=answer, because="All, not some", by="lead@test", at=NOW)
    assert not response.part("chief").is_agreed
    assert response.part("commissioner").is_agreed


def test_agreed_words_are_not_edited_on_the_page_before_the_agreement_is_withdrawn(browser_of, response):
    agree_all(response)
    part = response.part("chief")
    page = browser_of("lead").post(
        f"/account/response-parts/{part.pk}/change/", {"words": "New", "began_from": part.version}, follow=True
    )
    assert "withdraw the agreement first" in page.content.decode()
    browser_of("lead").post(f"/account/response-parts/{part.pk}/withdraw/", {"because": "A figure was wrong"})
    part.refresh_from_db()
    browser_of("lead").post(f"/account/response-parts/{part.pk}/change/", {"words": "New", "began_from": part.version})
    part.refresh_from_db()
    assert (part.words, part.is_agreed) == ("New", False)


def test_a_lead_drafts_the_part_of_the_own_office_only(browser_of, response):
    lead = browser_of("lead")
    assert lead.get(f"/account/response-parts/{response.part('chief').pk}/change/").status_code == 200
    assert lead.get(f"/account/response-parts/{response.part('commissioner').pk}/change/").status_code == 403


def test_two_who_answer_one_recommendation_for_the_first_time_see_the_words_of_each(browser_of, response):
    from upstream_web.inspections.models import Answer

    part = response.part("chief")
    asked = response.inspection.recommendations.get()
    part.answers.all().delete()
    where = reverse("answer-edit", args=[part.pk, asked.pk])
    first, second = browser_of("manager"), browser_of("manager")
    opened = second.get(where).content
    first.post(where, filled_in(opened, words="Strings were bought."))
    refused = second.post(where, filled_in(opened, words="Strings are on order.")).content
    assert Answer.objects.get(part=part, recommendation=asked).words == "Strings were bought."
    assert "Strings were bought." in refused.decode()
    second.post(where, filled_in(refused, words="Strings were bought, more are on order."))
    assert Answer.objects.get(part=part, recommendation=asked).words == "Strings were bought, more are on order."


def test_nothing_is_published_before_both_agreed_and_every_recommendation_is_answered(response):
    from upstream_web.inspections.policies import StepRefused

    response.part("chief").answers.all().delete()
    with pytest.raises(StepRefused) as refused:
        publish(response)
    for said in (
        "chief constable’s office has not",
        "commissioner’s office has not",
        "1 recommendation asked of us has",
    ):
        assert said in str(refused.value)


def test_a_published_version_is_frozen_and_a_correction_stands_beside_it(response):
    from upstream.exceptions import WrongUse
    from upstream_web.inspections import papers
    from upstream_web.inspections.operations import responses
    from upstream_web.records.papers import content_of, file_of

    agree_all(response)
    first = publish(response)
    before = {form: file_of(first, form) for form in papers.FORMS}
    part = response.part("chief")
    part.words = "Corrected words."
    responses.redraft(part=part, fields=["words"], because="Wrong figure", by="tests", at=NOW)
    responses.agree(part=response.part("chief"), on=NOW.date(), by="chief office", at=NOW)
    with pytest.raises(WrongUse, match="says what it corrects"):
        publish(response, at=NOW)
    second = publish(response, at=NOW, reason="The number of officers trained")
    assert (first.number, second.number) == (1, 2)
    assert {form: file_of(first, form) for form in papers.FORMS} == before
    assert b"Words of the chief." in before["html"]
    assert b"Corrected words." in file_of(second, "html")
    # Made again from what is kept, every form is the same, byte for byte.
    assert {form: papers.file_of(content_of(first), form) for form in papers.FORMS} == before


def test_a_correction_that_changes_nothing_is_refused_and_says_what_to_do(browser_of, response):
    from upstream_web.inspections.operations import responses
    from upstream_web.records.operations.papers import NothingCorrected

    agree_all(response)
    publish(response)
    with pytest.raises(NothingCorrected, match=r"Nothing differs from version 1, published on 26 April 2023\."):
        publish(response, at=NOW, reason="A figure")
    address = f"/account/responses/{response.pk}/publish/"
    page = browser_of("manager").get(address).content.decode()
    assert "Change what is wrong, then publish the correction." in page
    part = response.part("chief")
    words, part.words = part.words, "Corrected words."
    responses.redraft(part=part, fields=["words"], because="Wrong figure", by="tests", at=NOW)
    responses.agree(part=response.part("chief"), on=NOW.date(), by="chief office", at=NOW)
    assert publish(response, at=NOW, reason="A figure").number == 2
    with pytest.raises(NothingCorrected, match="version 2"):
        publish(response, at=NOW, reason="Another reason alone corrects nothing")
    part = response.part("chief")
    part.words = words
    responses.redraft(part=part, fields=["words"], because="It was right", by="tests", at=NOW)
    responses.agree(part=response.part("chief"), on=NOW.date(), by="chief office", at=NOW)
    assert publish(response, at=NOW, reason="It was right").number == 3  # as version 1, but not as what stands


def test_page_of_a_published_response_offers_what_is_frozen_and_the_draft_to_those_who_edit(browser_of, response):
    from upstream_web.inspections.operations import responses

    own, manager = f"/account/responses/{response.pk}/", browser_of("manager")
    draft, frozen = f"{own}preview/", f"{own}versions/1.pdf"
    assert draft in manager.get(own).content.decode()
    assert browser_of("analyst").get(draft).status_code == 200  # nothing is published yet
    agree_all(response)
    publish(response)
    part = response.part("chief")
    part.words = "A draft that nobody agreed."
    responses.redraft(part=part, fields=["words"], because="New facts", by="tests", at=NOW)
    for who, may_edit in (("manager", True), ("lead", True), ("analyst", False)):
        page = browser_of(who).get(own).content.decode()
        assert frozen in page, who
        assert ("Draft as it stands now" in page) is may_edit, who
        assert (draft in page) is may_edit, who
        answers = [browser_of(who).get(each).status_code for each in (draft, f"{own}preview.pdf")]
        assert answers == ([200, 200] if may_edit else [403, 403]), who
    told = manager.get(draft).content.decode()
    assert "A draft of a correction, as it stands today." in told
    assert "A draft that nobody agreed." in told
    assert "A draft that nobody agreed." not in manager.get(f"{own}versions/1/").content.decode()


def test_the_document_has_the_form_that_offices_publish(response):
    from upstream_web.inspections import papers

    paper = papers.response_paper(response, made_at=IN_TIME)
    labels = [fact.label for block in paper.blocks() for fact in block.rows]
    assert labels == [
        "Force", "Police and Crime Commissioner", "Chief Constable", "Title of inspection", "Published date",
        "Inspectorate", "Summary of inspection", "Grade", "Recommendations", "Areas for improvement",
        "Police and Crime Commissioner’s initial response", "Chief Constable’s response",
        "Police and Crime Commissioner’s overall comments", "Recommendation 3",
    ]  # fmt: skip


def test_nothing_is_sent_before_publication_or_without_proof(response):
    from upstream.exceptions import WrongUse
    from upstream_web.inspections.policies import StepRefused

    with pytest.raises(StepRefused, match="has not been published"):
        send(response, "inspectorate")
    agree_all(response)
    publish(response)
    with pytest.raises(WrongUse, match="no proof"):
        send(response, "inspectorate", proof=" ")


def test_no_copy_is_sent_before_the_report_was_published_or_tomorrow(response):
    from upstream_web.inspections.days import DayImpossible
    from upstream_web.inspections.models import Dispatch
    from upstream_web.inspections.operations import responses

    agree_all(response)
    publish(response)
    with pytest.raises(DayImpossible, match="before the report was published"):
        send(response, "secretary of state", at=datetime(2022, 4, 26, 9, tzinfo=UTC))
    with pytest.raises(DayImpossible, match=r"25 April 2023 lies before our response was published \(26 April 2023\)"):
        send(response, "secretary of state", at=datetime(2023, 4, 25, 9, tzinfo=UTC))
    tomorrow = Dispatch(response=response, recipient="inspectorate", sent_on=date(2023, 4, 27), proof="Message 119")
    with pytest.raises(DayImpossible, match="still to come"):
        responses.send(dispatch=tomorrow, by="tests", at=IN_TIME)


def test_pages_of_a_response_through_publication(browser_of, response):
    manager = browser_of("manager")
    agree_all(response)
    page = manager.post(f"/account/responses/{response.pk}/publish/", {"checked": "on"}, follow=True)
    assert "Version 1 is published and frozen" in page.content.decode()
    response.refresh_from_db()
    sent = {"sent_on": response.published_on.isoformat(), "proof": "Message 7"}
    for recipient in ("secretary of state", "inspectorate"):
        manager.post(f"/account/responses/{response.pk}/sent/", {"recipient": recipient, **sent})
    response.refresh_from_db()
    assert response.state == "sent"
    assert b"SHA-256" in manager.get(f"/account/responses/{response.pk}/versions/1/").content
    assert manager.get(f"/account/responses/{response.pk}/versions/1.pdf").content[:5] == b"%PDF-"
    assert browser_of("lead").post(f"/account/responses/{response.pk}/publish/", {"checked": "on"}).status_code == 403


def test_a_response_hangs_together_with_what_it_answers(response, recommendation):  # noqa: F811
    from upstream_web.inspections.register import RESPONSES

    tied = {(each.record, each.words, each.onward) for each in RESPONSES.neighbours(response)}
    assert tied == {(response.inspection, "answers", False), (recommendation, "answers", False)}


def test_the_document_says_what_other_areas_print_too(response):
    from upstream_web.inspections import papers

    inspection = response.inspection
    inspection.reach, inspection.names_us = "national thematic", False
    inspection.report_address = "https://example.org/report_(2023)"
    paper = papers.response_paper(response, made_at=IN_TIME)
    said = {fact.label: fact.value for block in paper.blocks() for fact in block.rows}
    assert said["Type of inspection"] == "National, Thematic"
    assert said["Force named in the report"] == "No"
    assert "(<https://example.org/report_(2023)>)" in said["The report"]
    assert (
        paper.subtitle == "The commissioner’s and the chief constable’s response to the report of HMICFRS, 8 March 2023"
    )
    assert b"https://example.org/report_(2023)" in papers.file_of(paper, "html")


def test_part_says_who_agrees_it_or_that_nobody_may(response, browser_of, request):
    from upstream_web.access.models import Grant

    address = response.part("chief").get_absolute_url()
    manager = browser_of("manager")
    assert "agrees this part: Board member." in manager.get(address).content.decode()
    Grant.objects.filter(role="board").delete()
    assert "nobody who signs in may do so for it yet" in manager.get(address).content.decode()
    request.getfixturevalue("members")  # each of the name of its office
    assert "agrees this part: police." in manager.get(address).content.decode()


def correct(response, words="Words of a correction."):
    """Write a correction into the chief constable's part, which is not agreed."""
    from upstream_web.inspections.operations import responses

    part = response.part("chief")
    part.words = words
    return responses.redraft(part=part, fields=["words"], because="New facts", by="tests", at=NOW)


def test_words_of_a_correction_reach_nobody_but_those_who_write_it(browser_of, response):
    agree_all(response)
    publish(response)
    part = correct(response)
    own, of_part = f"/account/responses/{response.pk}/", f"/account/response-parts/{part.pk}/"
    places = {
        own: 200, f"{own}history/": 403, f"{own}?q=correction": 200, of_part: 404, f"{of_part}history/": 404,
        f"/on/response/{response.pk}/chain/": 200, f"/on/response-part/{part.pk}/chain/": 404,
    }  # fmt: skip
    for who in ("panel", "analyst"):
        for place, status in places.items():
            got = browser_of(who).get(place)
            assert got.status_code == status, (who, place)
            assert "Words of a correction." not in got.content.decode(), (who, place)
        page = browser_of(who).get(own).content.decode()
        assert "Version 1, as it was published on Wednesday 26 April 2023." in page
        assert "Words of the chief." in page
        assert "correction is being written" not in page
        assert 'id="history"' not in page
        for list_, words in (("/account/responses/", "correction"), ("/search/", "Words of a correction")):
            assert own not in browser_of(who).get(list_, {"q": words}).content.decode(), (who, list_)
    for who in ("manager", "lead"):
        for place in (own, of_part, f"{of_part}history/"):
            assert "correction" in browser_of(who).get(place).content.decode(), (who, place)
        assert own in browser_of(who).get("/account/responses/", {"q": "correction"}).content.decode(), who


def test_program_of_a_reader_is_given_no_words_of_a_correction(browser_of, response):
    def asked(who, path):
        return browser_of(who).get(f"/api/v1/{path}")

    agree_all(response)
    publish(response)
    own = f"response/{response.pk}"
    assert asked("analyst", own).json()["fields"] == {}
    assert asked("analyst", "response/").json()["records"][0]["fields"] == {}
    assert asked("analyst", f"{own}/history").status_code == 403
    assert asked("manager", own).json()["fields"]["force"] == "Mercia"
    assert asked("manager", f"{own}/history").status_code == 200


def test_same_moment_in_another_time_zone_is_no_correction(response):
    from zoneinfo import ZoneInfo

    from upstream_web.records.operations.papers import NothingCorrected

    agree_all(response)
    publish(response, at=IN_TIME.astimezone(ZoneInfo("Europe/London")))
    with pytest.raises(NothingCorrected):
        publish(response, at=NOW, reason="Nothing")


def test_copies_of_a_correction_are_still_to_be_sent_and_the_old_version_says_so(browser_of, response):
    from upstream_web.inspections.operations import responses

    agree_all(response)
    publish(response)
    for recipient in ("secretary of state", "inspectorate"):
        send(response, recipient)
    own, manager = f"/account/responses/{response.pk}/", browser_of("manager")
    assert "To send" not in manager.get(f"{own}sent/").content.decode()
    correct(response)
    responses.agree(part=response.part("chief"), on=NOW.date(), by="chief office", at=NOW)
    publish(response, at=NOW, reason="New facts")
    assert "is not sent yet to: Secretary of State, Inspectorate." in manager.get(own).content.decode()
    page = manager.get(f"{own}sent/").content.decode()
    assert page.count("Version 2; an earlier one was sent 26 Apr 2023") == 2
    send(response, "secretary of state", at=IN_TIME)  # of the first version, whenever it is written down
    assert manager.get(f"{own}sent/").content.decode().count("To send") == 2
    send(response, "secretary of state", at=NOW)
    assert "is not sent yet to: Inspectorate." in manager.get(own).content.decode()
    assert "There is a newer version." in manager.get(f"{own}versions/1/").content.decode()
    assert "There is a newer version." not in manager.get(f"{own}versions/2/").content.decode()
    response.refresh_from_db()
    assert response.answered_on == date(2023, 4, 26)  # the duty was done in time, and stays so
