"""Risks, their reviews and appetite; escalations up the ladder."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
def police(db):
    """The police."""
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations import organisations

    made = Organisation(key="police", name="Police", type="specified", authority="police")
    return organisations.make(organisation=made, by="tests", at=NOW)


@pytest.fixture
def boards(db):
    """A delivery group beneath an executive board."""
    from upstream_web.governance.models import Board
    from upstream_web.records.operations import keeping

    upper = keeping.make(record=Board(name="Executive Board", purpose="Steers"), by="tests", at=NOW)
    lower = Board(name="Delivery Group", purpose="Delivers", parent=upper)
    return upper, keeping.make(record=lower, by="tests", at=NOW)


def risk_of(police, **more):
    from upstream_web.governance.models import Risk
    from upstream_web.governance.operations import risks

    made = Risk(
        title="Posts end", category="delivery", cause="c", event="e", effect="f", owner_role="Head", owner_body=police,
        likelihood_before=5, impact_before=4, raised_on=date(2026, 9, 1), likelihood_target=2, impact_target=3,
        **{"likelihood": 3, "impact": 4, **more},
    )  # fmt: skip
    return risks.make(risk=made, by="tests", at=NOW)


def reviewed(risk, likelihood, impact, on=TODAY):
    from upstream_web.governance.models import RiskReview
    from upstream_web.governance.operations import risks

    review = RiskReview(risk=risk, reviewed_on=on, likelihood=likelihood, impact=impact, words="looked")
    return risks.review(review=review, by="tests", at=NOW)


# The product's default accepts at most 10 in delivery: 10 is within, 12 is not.
@pytest.mark.parametrize(
    ("likelihood", "impact", "outside"), [(2, 5, False), (3, 4, True), (5, 5, True), (1, 1, False)]
)
def test_risk_lies_outside_appetite_by_rule(police, likelihood, impact, outside, settings, tmp_path):
    from upstream_web.governance import appetite, queries

    risk = risk_of(police, likelihood=likelihood, impact=impact)
    settings.PARTNERSHIP_FOLDER = tmp_path  # has no appetites of its own
    assert appetite.is_outside(risk) is outside
    assert appetite.reason(risk).startswith("Outside" if outside else "Within")
    assert queries.risks_outside_appetite() == ([risk] if outside else [])


def test_review_gives_the_risk_its_steps_and_the_next_day(police):
    from upstream_web.governance import queries

    risk = risk_of(police)
    assert risk.review_due_on == date(2026, 12, 1)  # three months after it was raised
    reviewed(risk, 2, 4)
    assert (risk.score, risk.reviewed_on, risk.review_due_on) == (8, TODAY, date(2027, 2, 19))  # the 20th is a Saturday
    assert queries.scores_of(risk) == [(TODAY, 8)]


def test_review_is_neither_in_the_future_nor_before_the_last(police):
    from upstream_web.governance.policies import MoveRefused

    risk = risk_of(police)
    reviewed(risk, 2, 4)
    for day in (date(2026, 11, 21), date(2026, 11, 19)):
        with pytest.raises(MoveRefused):
            reviewed(risk, 1, 1, day)


def test_owner_reviews_and_another_lead_does_not(police, cast, browser_of):
    risk = risk_of(police, owner=cast["lead"])
    other = risk_of(police)
    browser = browser_of("lead")
    said = {"reviewed_on": TODAY.isoformat(), "likelihood": 2, "impact": 2, "words": "better"}
    assert browser.post(reverse("risk-review", args=[risk.pk]), said).status_code == 302
    assert browser.post(reverse("risk-review", args=[other.pk]), said).status_code == 403
    risk.refresh_from_db()
    assert risk.score == 4


def test_forms_begin_with_today_and_with_the_steps_of_the_risk(police, cast, browser_of, example):
    browser = browser_of("manager")
    form = browser.get(reverse("risk-review", args=[risk_of(police).pk])).context["form"]
    assert (form["likelihood"].value(), form["impact"].value()) == (3, 4)
    assert form["reviewed_on"].value() == timezone.localdate()
    for route in ("risk-new", "escalation-new"):
        assert browser.get(reverse(route)).context["form"]["raised_on"].value() == timezone.localdate()


def test_heat_map_counts_every_open_risk_once(police, browser_of):
    from upstream_web.governance import queries
    from upstream_web.governance.risk_register import heat_map

    risk_of(police), risk_of(police), risk_of(police, likelihood=1, impact=5)
    rows = heat_map(queries.open_risks())
    assert sum(len(cell.risks) for _, cells in rows for cell in cells) == 3
    assert next(label for label, _ in rows) == "5 Almost certain"
    page = browser_of("board").get(reverse("risk-list")).content.decode()
    assert "?at=3-4" in page
    narrowed = browser_of("board").get(reverse("risk-list"), {"at": "1-5"}).content.decode()
    assert "1 risk" in narrowed


def test_closed_risk_stays_closed_until_opened_again(police, browser_of):
    from upstream_web.governance.operations import risks

    risk = risk_of(police)
    risks.set_state(risk=risk, state="closed", words="gone", by="tests", at=NOW)
    assert browser_of("manager").get(reverse("risk-edit", args=[risk.pk])).status_code == 302
    risks.set_state(risk=risk, state="open", words="back", by="tests", at=NOW)
    assert (risk.closed_on, risk.closed_because, risk.review_due_on) == (None, "", TODAY)


def test_risk_pages_and_form(police, browser_of):
    browser = browser_of("manager")
    risk = risk_of(police)
    for route in ("risk", "risk-edit", "risk-review", "risk-state", "risk-history"):
        assert browser.get(reverse(route, args=[risk.pk])).status_code == 200, route
    sent = {
        "title": "New", "sort": "risk", "category": "money", "cause": "c", "event": "e", "effect": "f",
        "owner_role": "Head", "owner_body": police.pk, "likelihood_before": 4, "impact_before": 4, "likelihood": 2,
        "impact": 3, "likelihood_target": 1, "impact_target": 2, "response": "treat", "raised_on": "2026-11-20",
    }  # fmt: skip
    assert browser.post(reverse("risk-new"), sent).status_code == 302
    from upstream_web.governance.models import Risk

    assert Risk.objects.get(title="New").score == 6


def raised(boards, **more):
    from upstream_web.governance.models import Escalation
    from upstream_web.governance.operations import escalations

    upper, lower = boards
    given = {"to_board": upper, "from_board": lower, "raised_on": date(2026, 11, 11), **more}
    made = Escalation(title="No worker", reason="r", asked="a", **given)
    return escalations.make(escalation=made, by="tests", at=NOW)


def test_escalation_of_a_risk_from_its_page(police, boards, browser_of):
    from upstream_web.governance import queries

    upper, lower = boards
    risk = risk_of(police, board=lower)
    browser = browser_of("manager")
    address = f"{reverse('escalation-new')}?kind=risk&key={risk.pk}"
    form = browser.get(address).context["form"]
    assert (form.initial["title"], form.initial["to_board"]) == ("Posts end", upper.pk)
    said = {"title": "Posts end", "from_board": lower.pk, "to_board": upper.pk, "reason": "r", "asked": "a",
            "raised_on": "2026-11-11", "kind": "risk", "key": risk.pk}  # fmt: skip
    assert browser.post(address, said).status_code == 302
    [made] = queries.escalations_of("risk", risk.pk)
    assert made.title in browser.get(risk.get_absolute_url()).content.decode()
    assert "It is about" in browser.get(made.get_absolute_url()).content.decode()
    both = said | {"to_name": "Safeguarding partnership"}
    assert "Choose one receiver" in browser.post(address, both).content.decode()


def test_acknowledgement_is_late_after_five_working_days(boards):
    from upstream_web.governance.clocks import acknowledgement_clock

    made = raised(boards)  # on Wednesday 11 November 2026: the fifth working day is Wednesday the 18th
    assert acknowledgement_clock(made, date(2026, 11, 18)).state == "due today"
    assert acknowledgement_clock(made, date(2026, 11, 19)).state == "late"


def test_escalation_is_acknowledged_answered_and_closed_in_words(boards):
    from upstream_web.governance.operations import escalations
    from upstream_web.governance.policies import MoveRefused

    made = raised(boards)

    def move(name, words):
        return escalations.move(escalation=made, name=name, words=words, by="tests", at=NOW)

    with pytest.raises(MoveRefused):
        move("answer", "too soon")
    with pytest.raises(MoveRefused, match="needs words"):
        move("record-acknowledgement", " ")
    move("record-acknowledgement", "The chair, by e-mail")
    move("answer", "A worker is found")
    move("close", "She began on Monday")
    assert (made.state, made.acknowledged_by, made.ended_words) == (
        "closed", "The chair, by e-mail (recorded by tests)", "She began on Monday",
    )  # fmt: skip


def seated(board, body, person=None, **more):
    from upstream_web.governance.models import Seat
    from upstream_web.records.operations import keeping

    given = {"role": "Member", "from_on": date(2026, 1, 1), **more}
    return keeping.make(record=Seat(board=board, body=body, person=person, **given), by="tests", at=NOW)


@pytest.fixture
def council(db):
    """A council, for which nobody of the cast acts."""
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations import organisations

    made = Organisation(key="council", name="Council", type="specified", authority="local_authority")
    return organisations.make(organisation=made, by="tests", at=NOW)


def acknowledged_by(browser_of, made, who):
    """Press the button as one of the cast, and give the status with what is written then."""
    status = browser_of(who).post(reverse("escalation-acknowledge", args=[made.pk])).status_code
    made.refresh_from_db()
    return status, made.acknowledged_by


def test_member_whose_organisation_sits_on_the_receiving_board_acknowledges(police, boards, browser_of):
    made = raised(boards)
    assert acknowledged_by(browser_of, made, "board") == (403, "")  # the police have no seat there yet
    seated(boards[0], police)
    page = browser_of("board").get(made.get_absolute_url()).content.decode()
    assert reverse("escalation-acknowledge", args=[made.pk]) in page
    assert "Record an acknowledgement" not in page  # what the raisers do is not offered to the receivers
    assert acknowledged_by(browser_of, made, "board") == (302, "Board member")
    assert made.state == "acknowledged"
    again = browser_of("lead").post(reverse("escalation-acknowledge", args=[made.pk]), follow=True).content.decode()
    assert "is: acknowledged" in again


def test_observer_former_member_and_raiser_do_not_acknowledge(police, council, boards, browser_of):
    upper, _ = boards
    seated(upper, police, votes=False)
    seated(upper, police, until_on=date(2026, 1, 31))
    assert acknowledged_by(browser_of, raised(boards), "board") == (403, "")
    seated(upper, police)
    own = raised(boards, from_board=None, from_body=police)
    assert acknowledged_by(browser_of, own, "board") == (403, "")
    assert acknowledged_by(browser_of, raised(boards), "manager") == (403, "")  # who records it, and says by what way


def test_board_member_of_the_whole_partnership_acknowledges_where_they_sit(council, boards, cast, browser_of):
    from upstream_web.access.models import Grant

    Grant.objects.filter(user=cast["board"]).update(body="")
    seated(boards[0], council)
    made = raised(boards)
    assert acknowledged_by(browser_of, made, "board") == (403, "")
    seated(boards[0], council, person=cast["board"], role="Chair", is_chair=True)
    assert acknowledged_by(browser_of, made, "board") == (302, "Board member")


def test_organisation_acknowledges_what_was_escalated_to_it(police, council, boards, browser_of):
    made = raised(boards, to_board=None, to_body=police)
    assert acknowledged_by(browser_of, made, "lead") == (302, "Lead in a member body")
    other = raised(boards, to_board=None, to_body=council)
    assert acknowledged_by(browser_of, other, "lead") == (403, "")


def notices_of(person, made):
    from upstream_web.records.models import Notice

    found = Notice.objects.on(made).filter(person=person)
    return list(found.values_list("reason", "words", "to_mail"))


def test_receivers_are_told_and_asked_until_somebody_acknowledges(police, boards, cast, browser_of):
    from upstream_web.governance.operations import escalations
    from upstream_web.governance.register import ESCALATIONS

    seated(boards[0], police)
    made = raised(boards)
    escalations_told = ("waiting", "Handed to Executive Board. Acknowledge it by 18 November 2026", True)
    assert notices_of(cast["board"], made) == notices_of(cast["lead"], made) == [escalations_told]
    assert notices_of(cast["manager"], made) == []
    [waits] = ESCALATIONS.waiting_for(cast["board"], TODAY)
    assert waits.title == "Acknowledge for Executive Board: No worker"
    [timed] = ESCALATIONS.clocks(None, date(2026, 1, 1))
    assert set(timed.people) == {cast["board"].pk, cast["lead"].pk}
    escalations.acknowledge(escalation=made, by=cast["board"], at=NOW)
    assert notices_of(cast["lead"], made) == []  # no letter asks for what was done
    assert not list(ESCALATIONS.waiting_for(cast["board"], TODAY))


def test_receivers_are_reminded_and_then_those_who_keep_the_register(police, boards, cast):
    """Raised on 11 November: due on the 18th; three working days after that it goes further."""
    from upstream_web.records import reminding

    seated(boards[0], police)
    raised(boards)

    def told_on(day):
        told = [each for each in reminding.told_on(day) if each.name[0] == "escalation"]
        return {each.reason for each in told}, {each.person for each in told}

    receivers = {cast["board"].pk, cast["lead"].pk}
    assert told_on(date(2026, 11, 16)) == (set(), set())
    assert told_on(date(2026, 11, 17)) == ({"waiting"}, receivers)
    assert told_on(date(2026, 11, 19)) == ({"late"}, receivers)
    reasons, people = told_on(date(2026, 11, 23))
    assert "escalated" in reasons
    assert cast["manager"].pk in people


def test_raiser_is_told_of_the_acknowledgement(police, boards, cast, browser_of):
    seated(boards[0], police)
    said = {"title": "No worker", "to_board": boards[0].pk, "from_board": boards[1].pk, "reason": "r", "asked": "a",
            "raised_on": "2026-11-11"}  # fmt: skip
    browser_of("manager").post(reverse("escalation-new"), said)
    from upstream_web.governance.models import Escalation

    made = Escalation.objects.get()
    assert acknowledged_by(browser_of, made, "board")[0] == 302
    assert notices_of(cast["manager"], made) == [("changed", "Board member acknowledged it", False)]


def test_another_receiver_is_told_and_the_first_no_longer(police, council, boards, cast, browser_of):
    made = raised(boards, to_board=None, to_body=council)
    said = {"title": "No worker", "from_board": boards[1].pk, "to_body": police.pk, "reason": "r", "asked": "a",
            "raised_on": "2026-11-11", "began_from": made.version}  # fmt: skip
    address = reverse("escalation-edit", args=[made.pk])
    assert browser_of("manager").post(address, said).status_code == 302
    assert [reason for reason, *_ in notices_of(cast["lead"], made)] == ["waiting"]
    said |= {"to_body": council.pk, "began_from": made.version + 1}
    assert browser_of("manager").post(address, said).status_code == 302
    assert notices_of(cast["lead"], made) == []


def test_withdrawn_escalation_owes_no_acknowledgement(boards):
    from upstream_web.governance.operations import escalations
    from upstream_web.governance.register import ESCALATIONS

    made = raised(boards)
    assert len(list(ESCALATIONS.clocks(None, date(2026, 1, 1)))) == 1
    escalations.move(escalation=made, name="withdraw", words="settled below", by="tests", at=NOW)
    assert list(ESCALATIONS.clocks(None, date(2026, 1, 1))) == []


def test_words_that_do_not_fit_are_refused_and_not_cut(boards, browser_of):
    made = raised(boards)
    address = reverse("escalation-move", args=[made.pk, "record-acknowledgement"])
    said = browser_of("manager").post(address, {"words": "by e-mail " * 20}).content.decode()
    assert "The words have 199 signs" in said
    made.refresh_from_db()
    assert made.state == "raised"


def test_escalation_goes_up_the_ladder_and_out(boards, browser_of):
    from upstream_web.governance.escalation_register import ladder
    from upstream_web.governance.models import Escalation
    from upstream_web.governance.operations import escalations

    made = raised(boards)
    outside = Escalation(title="No worker", to_name="Safeguarding partnership", reason="r", asked="a", raised_on=TODAY)
    escalations.take_further(escalation=made, higher=outside, by="tests", at=NOW)
    assert ladder(made) == ladder(outside) == [made, outside]
    assert outside.from_board == boards[0]
    assert outside.is_outside
    page = browser_of("manager").get(outside.get_absolute_url()).content.decode()
    assert "Executive Board" in page
    assert browser_of("manager").get(reverse("escalation-further", args=[outside.pk])).status_code == 200


def test_who_is_reminded_of_what_nobody_acknowledged(boards, cast):
    from upstream_web.governance.register import ESCALATIONS

    raised(boards)
    assert [each.state for each in ESCALATIONS.waiting_for(cast["manager"], TODAY)] == ["late"]
    assert list(ESCALATIONS.waiting_for(cast["board"], TODAY)) == []


def test_database_holds_an_escalation_to_one_receiver(boards):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        raised(boards, to_name="Somebody else too")
