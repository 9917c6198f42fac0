"""Returns: composed from the records, checked, signed by another, frozen, sent, corrected."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from integration.web.filled_in import filled_in

from upstream.exceptions import UpstreamFailure, WrongUse

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def award(db, site_of):
    """An award of £800 of 2026-27: in the first quarter £90 of £100 labour was spent, and all of the rest."""
    from upstream_web.duty.models import FundingLine, FundingYear
    from upstream_web.duty.operations import funding

    year = FundingYear(year=2026, title="Grant", award=Decimal(800), labour=Decimal(400), source="Letter")
    funding.award(year=year, by="tests", at=NOW)
    for sort, spent, why in (("labour", "90.00", "A vacancy."), ("other", "100.00", "")):
        line = FundingLine.objects.get(year=year, quarter=1, sort=sort)
        line.actual, line.reason = Decimal(spent), why
        funding.report(line=line, by="tests", at=NOW)
    return year


TYPED = {"done": "Training.", "beneficiaries": "1,204", "definition": "Local definition"}


def begun(quarter=1):
    """A return of a quarter of 2026-27, with every answer that the records do not give."""
    from upstream_web.duty.models import DutyReturn
    from upstream_web.duty.operations import returns

    made = returns.begin(made=DutyReturn(form_key="duty-quarterly", year=2026, quarter=quarter), by="a", at=NOW)
    spent = {} if quarter == 1 else {"labour_spent": "£100", "other_spent": "100.00"}
    return returns.answer(made=made, answers=TYPED | spent, by="a", at=NOW)


def signed(quarter=1):
    """The same, checked by one person and signed by another."""
    from upstream_web.duty.operations import returns

    made = returns.check(made=begun(quarter), by="a", at=NOW)
    return returns.sign(made=made, by="b", at=NOW)


def test_return_is_composed_from_the_records(award):
    made = begun()
    drawn = {key: made.answers[key] for key in ("labour_planned", "labour_spent", "award", "underspend")}
    # 400 of labour over four quarters; 90 of 100 spent, so that 10 of the award is left as far as is known.
    assert drawn == {"labour_planned": "100.00", "labour_spent": "90.00", "award": "800.00", "underspend": "10.00"}
    assert made.answers["variance_reason"] == "Labour: A vacancy."
    assert made.answers["beneficiaries"] == "1204"
    # 30 days from 30 June 2026, the end of the quarter: 30 July 2026, a Thursday.
    assert made.due_on == date(2026, 7, 30)


def test_what_is_not_known_is_not_nothing_and_holds_the_check_up(award):
    from upstream_web.duty.models import DutyReturn
    from upstream_web.duty.operations import returns

    made = returns.begin(made=DutyReturn(form_key="duty-quarterly", year=2026, quarter=2), by="a", at=NOW)
    assert made.answers["labour_spent"] == ""
    with pytest.raises(WrongUse, match="Not answered: Labour, spent; Not labour, spent; Definition"):
        returns.check(made=made, by="a", at=NOW)


def test_composing_again_keeps_what_was_typed_over(award):
    from upstream_web.duty.models import FundingLine
    from upstream_web.duty.operations import funding, returns

    made = returns.answer(made=begun(), answers={"labour_spent": "91"}, by="a", at=NOW)
    line = FundingLine.objects.get(quarter=1, sort="other")
    line.actual = Decimal("99.00")
    funding.report(line=line, by="tests", at=NOW)
    returns.compose(made=made, by="a", at=NOW)
    assert (made.answers["labour_spent"], made.answers["other_spent"]) == ("91.00", "99.00")


def test_signed_return_does_not_change_when_the_records_do(award):
    from upstream_web.duty import comparing
    from upstream_web.duty.models import FundingLine
    from upstream_web.duty.operations import funding, returns
    from upstream_web.duty.return_forms import find_form
    from upstream_web.records.papers import file_of, papers_of

    made = signed()
    kept = papers_of(made).get()
    before, answers = file_of(kept, "pdf"), dict(made.answers)
    line = FundingLine.objects.get(quarter=1, sort="labour")
    line.actual = Decimal("70.00")
    funding.report(line=line, by="tests", at=NOW)
    made.refresh_from_db()
    assert made.answers == answers
    assert file_of(papers_of(made).get(), "pdf") == before
    assert made.fingerprint == comparing.fingerprint_of(made)
    assert [(each.field.key, each.words) for each in comparing.drift(find_form("duty-quarterly"), made)] == [
        ("labour_spent", "£20 less"), ("year_expected", "£20 less"), ("underspend", "£20 more"),
    ]  # fmt: skip
    for step in (returns.compose, returns.check, returns.sign):
        with pytest.raises(WrongUse, match="is signed off"):
            step(made=made, by="c", at=NOW)


def test_nobody_signs_what_they_checked(award, cast, browser_of):
    from upstream_web.duty.models import DutyReturn
    from upstream_web.duty.operations import returns

    made = returns.check(made=begun(), by="a", at=NOW)
    with pytest.raises(WrongUse, match="You checked this return yourself"):
        returns.sign(made=made, by="a", at=NOW)
    with pytest.raises(IntegrityError, match="duty_return_signed_by_another"), transaction.atomic():
        DutyReturn.objects.filter(pk=made.pk).update(signed_by="a")
    page = made.get_absolute_url()
    assert "Sign off and freeze" in browser_of("board").get(page).content.decode()
    DutyReturn.objects.filter(pk=made.pk).update(checked_by=cast["board"].username)
    assert "Sign off and freeze" not in browser_of("board").get(page).content.decode()  # it would be refused


def test_differences_to_the_return_before(award):
    from upstream_web.duty import comparing
    from upstream_web.duty.operations import returns
    from upstream_web.duty.return_forms import find_form

    first, second = signed(1), begun(2)
    returns.answer(made=second, answers={"beneficiaries": "1304"}, by="a", at=NOW)
    assert comparing.previous(second) == first
    assert comparing.previous(first) is None
    found = {each.field.key: each.words for each in comparing.differences(find_form("duty-quarterly"), first, second)}
    assert found == {"labour_spent": "£10 more", "variance_reason": "", "beneficiaries": "100 more"}


def test_correction_is_signed_as_the_next_version(award):
    from upstream_web.duty.operations import returns
    from upstream_web.records.papers import papers_of

    made = signed()
    first = made.fingerprint
    returns.open_again(made=made, words="Counted twice.", by="a", at=NOW)
    returns.answer(made=made, answers={"beneficiaries": "1200"}, by="a", at=NOW)
    returns.sign(made=returns.check(made=made, by="a", at=NOW), by="b", at=NOW)
    assert made.fingerprint != first
    assert [(kept.number, kept.reason) for kept in papers_of(made)] == [(2, "Counted twice."), (1, "")]


@pytest.mark.parametrize("words", ["many", "1.5", "NaN", "Infinity"])
def test_answer_that_is_no_whole_number_is_refused(award, words):
    from upstream_web.duty.operations import returns

    with pytest.raises(UpstreamFailure, match="is not a"):
        returns.answer(made=begun(), answers={"beneficiaries": words}, by="a", at=NOW)


def test_two_who_fill_in_one_return_keep_the_answers_of_each(award, browser_of):
    made = begun()
    where = reverse("duty-return-fill", args=[made.pk])
    first, second = browser_of("manager"), browser_of("manager")
    opened = second.get(where).content
    first.post(where, filled_in(opened, done="Training of two teams."))
    second.post(where, filled_in(opened, beneficiaries="1300"))  # another answer: both are kept
    made.refresh_from_db()
    assert (made.answers["done"], made.answers["beneficiaries"]) == ("Training of two teams.", "1300")
    refused = second.post(where, filled_in(opened, done="Training of three teams.")).content
    assert "it says now: “Training of two teams.”" in refused.decode()
    made.refresh_from_db()
    assert made.answers["done"] == "Training of two teams."
    second.post(where, filled_in(refused))
    made.refresh_from_db()
    assert (made.answers["done"], made.answers["beneficiaries"]) == ("Training of three teams.", "1300")


def test_whole_way_through_the_pages(award, browser_of, cast):
    from upstream_web.duty.models import DutyReturn

    manager, board, lead = browser_of("manager"), browser_of("board"), browser_of("lead")
    manager.post(reverse("duty-return-new"), {"form_key": "duty-quarterly", "year": 2026, "quarter": 1})
    made = DutyReturn.objects.get()
    page = manager.post(reverse("duty-return-fill", args=[made.pk]), {"beneficiaries": "many"}).content.decode()
    assert "“many” is not a number. Write it in figures." in page
    given = {**made.answers, **TYPED}
    assert manager.post(reverse("duty-return-fill", args=[made.pk]), given).status_code == 302
    assert lead.post(reverse("duty-return-step", args=[made.pk, "check"])).status_code == 403
    manager.post(reverse("duty-return-step", args=[made.pk, "check"]))
    assert manager.post(reverse("duty-return-sign", args=[made.pk])).status_code == 403
    assert lead.get(reverse("duty-return-send-back", args=[made.pk])).status_code == 403
    board.post(reverse("duty-return-sign", args=[made.pk]))
    manager.post(reverse("duty-return-send", args=[made.pk]), {"on": "2026-11-20", "proof": "Receipt 7"})
    made.refresh_from_db()
    assert (made.state, made.sent_on, made.sent_proof) == ("sent", date(2026, 11, 20), "Receipt 7")
    for form in ("html", "pdf", "docx"):
        assert lead.get(reverse("duty-return-file", args=[made.pk, 1, form])).status_code == 200
        assert lead.get(reverse("duty-return-preview", args=[made.pk, form])).status_code == 200
    assert "and frozen" in lead.get(made.get_absolute_url()).content.decode()


def test_form_that_says_something_impossible_is_refused_with_every_fault(tmp_path):
    from upstream_web.duty.return_forms import ReturnFormRefused, read_form

    path = tmp_path / "x.toml"
    path.write_text(
        'key = "x"\ntitle = "X"\nto = "Y"\nevery = "week"\nclock = "quarterly_return"\nsource = "Z"\n[[part]]\n'
        'heading = "A"\n[[part.field]]\nkey = "a"\nlabel = "A"\ntype = "colour"\n[[part.field]]\nkey = "a"\n'
        'label = "B"\ntype = "text"\nquery = "nothing"\n'
    )
    with pytest.raises(ReturnFormRefused) as refused:
        read_form(path)
    for fault in ("stands twice", "'colour' is none of", "no query 'nothing'", "every 'week'"):
        assert fault in str(refused.value)


def test_return_of_a_period_that_is_not_over_is_not_checked(award):
    from upstream_web.duty.operations import returns

    made = begun(quarter=3)
    with pytest.raises(WrongUse, match="Its period runs until 31 Dec 2026"):
        returns.check(made=made, by="a", at=NOW)


def test_award_of_which_nothing_is_told_is_not_said_to_be_unspent(db, site_of):
    from upstream_web.duty.funding_register import money_sentence
    from upstream_web.duty.models import FundingYear
    from upstream_web.duty.operations import funding

    year = FundingYear(year=2027, title="Grant", award=Decimal(800), labour=Decimal(400), source="Letter")
    funding.award(year=year, by="tests", at=NOW)
    assert money_sentence(year) == "Of the £800 for 2027-28, it is not known yet what is spent."
