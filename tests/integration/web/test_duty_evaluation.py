"""Self-evaluation, disclosures under the gateway, and letters, against a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from integration.web.conftest import loaded_once, put_site

from upstream.exceptions import WrongUse
from upstream.papers import State

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def kept_example(django_db_setup, django_db_blocker, pristine, tmp_path_factory):
    """The example of the partnership's folder, as on 20 November 2026."""
    from upstream_web.duty import example as duty

    with loaded_once(django_db_blocker, pristine, tmp_path_factory.mktemp("kept") / "var") as site:
        duty.load(site.folder / "records", at=NOW)
        yield site


@pytest.fixture
def loaded(kept_example, db, settings):
    """The example, which the test may change for itself."""
    return put_site(settings, kept_example)


def refused(act, words):
    with pytest.raises(WrongUse, match=words):
        act()


def body_named(words):
    from upstream_web.duty.models import DutyBody

    return DutyBody.objects.get(organisation__name__contains=words)


# ---- the gateway on writing ----------------------------------------------------------------------------------
# Section 16(4) of the Act: no patient information from anybody; no personal information from health or social care.
REFUSED = (("Integrated Care Board", "personal information"), ("Integrated Care Board", "patient information"),
           ("Staffordshire Police", "patient information"))  # fmt: skip
CARRIED = (("Integrated Care Board", "counts without identity"), ("Fire and Rescue Service", "personal information"))


def disclosure_of(name, information, **more):
    from upstream_web.duty.models import Disclosure

    said = {"basis": "section-16", "from_on": TODAY} | more
    return Disclosure(
        body=body_named(name), title="T", information=information, receiver="R", purpose="P", **said
    )  # fmt: skip


def test_gateway_refuses_where_a_disclosure_is_recorded(loaded):
    from upstream_web.duty.models import Disclosure
    from upstream_web.duty.operations import disclosures

    before = Disclosure.objects.count()
    for name, information in REFUSED:
        made = disclosure_of(name, information)
        refused(lambda made=made: disclosures.record(disclosure=made, by="t", at=NOW), "counts without identity")
    assert Disclosure.objects.count() == before
    for name, information in CARRIED:
        disclosures.record(disclosure=disclosure_of(name, information), by="tests", at=NOW)
    other = {"basis": "other", "basis_words": "Consent, on the form of the service"}
    kept = disclosures.record(disclosure=disclosure_of(*REFUSED[1], **other), by="tests", at=NOW)
    kept.basis = "section-16"
    refused(lambda: disclosures.change(disclosure=kept, fields=["basis"], by="t", at=NOW), "patient")
    made = disclosure_of(*REFUSED[1], basis="other")
    refused(lambda: disclosures.record(disclosure=made, by="t", at=NOW), "No basis")


def test_an_earlier_version_is_asked_again_before_it_stands(loaded, browser_of):
    from upstream_web.duty.operations import disclosures
    from upstream_web.records.operations import keeping

    kept = disclosures.record(
        disclosure=disclosure_of("Fire and Rescue Service", "personal information"), by="tests", at=NOW
    )
    kept.information = "counts without identity"
    disclosures.change(disclosure=kept, fields=["information"], by="tests", at=NOW)
    browser, restore = browser_of("manager"), reverse("disclosure-restore", args=[kept.pk, 1])
    browser.post(restore)
    kept.refresh_from_db()
    assert (kept.version, kept.information) == (3, "personal information")
    kept.information = "counts without identity"
    disclosures.change(disclosure=kept, fields=["information"], by="tests", at=NOW)

    kept.body.is_health_or_care = True  # since then the body became one from which the section carries counts only
    kept.body.save()
    told = browser.post(restore, follow=True).content.decode()
    assert "Version 1 cannot be restored." in told
    assert "Ask for counts without identity" in told
    undone = browser.post(f"{reverse('disclosure-restore', args=[kept.pk, 3])}?after=4", follow=True)
    assert "Version 3 cannot be restored." in undone.content.decode()
    kept.refresh_from_db()
    assert (kept.version, kept.information) == (4, "counts without identity")

    flow = disclosures.record(disclosure=disclosure_of("Probation", "personal information"), by="tests", at=NOW)
    keeping.remove(record=flow, reason="Ended", by="tests", at=NOW)
    flow.body.is_health_or_care = True
    flow.body.save()
    told = browser.post(reverse("disclosure-remove", args=[flow.pk]), follow=True).content.decode()
    assert "This disclosure cannot be brought back." in told
    flow.refresh_from_db()
    assert flow.removed_at is not None


def test_the_form_says_what_to_do_instead(loaded, browser_of):
    from upstream_web.duty.models import Disclosure

    before = Disclosure.objects.count()
    answer = browser_of("manager").post(
        reverse("disclosure-new"),
        {"body": body_named("Integrated Care Board").pk, "title": "T", "information": "personal information",
         "receiver": "R", "purpose": "P", "basis": "section-16", "from_on": "2026-11-20"},
    )  # fmt: skip
    assert "Ask for counts without identity" in answer.content.decode()
    assert Disclosure.objects.count() == before


def test_a_body_that_becomes_a_care_authority_is_seen(loaded, browser_of):
    from upstream_web.duty.disclosure_register import disclosure_tag
    from upstream_web.duty.models import Disclosure

    flow = Disclosure.objects.get(title__startswith="Young people in the cohort")
    assert str(disclosure_tag(flow)) == "Flows"
    flow.body.is_health_or_care = True
    flow.body.save()
    assert str(disclosure_tag(flow)) == "No longer carried by its basis"
    page = browser_of("analyst").get(reverse("gateway-table")).content.decode()
    assert "No longer carried" in page
    assert "Consent of the young person" in page


def test_database_refuses_a_disclosure(loaded):
    from upstream_web.records.operations import keeping

    wrong = [
        disclosure_of("Staffordshire Police", "patient information"),
        disclosure_of("Staffordshire Police", "personal information", basis="other"),
        disclosure_of("Staffordshire Police", "personal information", until_on=date(2026, 11, 1)),
    ]
    for made in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            keeping.make(record=made, by="tests", at=NOW)


# ---- self-evaluation -----------------------------------------------------------------------------------------
def test_rounds_of_the_example(loaded):
    from upstream_web.duty import evaluations
    from upstream_web.duty.models import EvaluationRound
    from upstream_web.records.papers import papers_of

    now, before = EvaluationRound.objects.order_by("-year")
    assert (before.state, now.state) == ("signed", "open")
    assert set(papers_of(before).get().files) == {"html", "pdf", "docx"}
    # Counted in the file: 7 of 14 judged this year, three of them "developing"; against 2025 "learning" went from
    # developing to secure and "growing-up" from weak to developing, the other five stayed.
    said = evaluations.sentence(now, evaluations.rows(now))
    assert said == "7 of 14 criteria judged, 3 with a gap; 2 better and none worse than in the round before."
    # Of this year's gaps one was to be closed by 20 November, and is late from the next day on.
    assert [each.criterion for each in evaluations.late_gaps(date(2026, 11, 21))] == ["growing-up"]
    assert evaluations.late_gaps(TODAY) == []


@pytest.mark.usefixtures("rendering_holds_nobody")
def test_board_reads_the_last_signed_round(loaded):
    from upstream_web.duty import evaluations, queries
    from upstream_web.reports.board_pack import deck, other_parts

    def asked(today):
        return other_parts.duty(queries, other_parts.Period(date(2026, 7, 1), date(2026, 9, 30), today))

    told = asked(date(2026, 11, 21))
    (section,) = told.sections
    said, judged, gaps = section.blocks
    assert section.heading == "Self-evaluation 2025"
    assert said.markdown.startswith("14 of 14 criteria judged, 7 with a gap")
    assert said.markdown.endswith("The round of 2026 is being judged.")
    # Counted in the file: 2 strong, 5 secure, 6 developing, 1 weak of the fourteen.
    framework = evaluations.framework_of(evaluations.last_signed(TODAY))
    assert [column.name for column in judged.columns[1:]] == [level.title for level in framework.levels]
    sums = {level.key: sum(row[place] for row in judged.rows) for place, level in enumerate(framework.levels, start=1)}
    assert sums == {"strong": 2, "secure": 5, "developing": 6, "weak": 1}
    # The seven gaps, the open ones first in the order of their days, each with its owner and body.
    assert len(gaps.rows) == 7
    first = gaps.rows[0]
    assert (first[0].text, first[1].text) == ("No way on at 18", "Commissioner of youth services")
    assert first[1].note.startswith("Staffordshire County Council")
    # What the round of 2026 judged again has its new day there; what it has not is late here.
    assert [(row[2].text, row[2].note) for row in gaps.rows] == [
        ("31 Mar 2026", "judged again in 2026"), ("30 Jun 2026", "judged again in 2026"),
        ("30 Jun 2026", "judged again in 2026"), ("30 Sep 2026", ""), ("31 Oct 2026", ""),
        ("Closed 28 Apr 2026", ""), ("Closed 9 Jun 2026", ""),
    ]  # fmt: skip
    assert [row[2].text for row in gaps.rows if row[2].state == State.LATE] == ["30 Sep 2026", "31 Oct 2026"]
    # And one of the round under way, as on the front page of the duty from the 21st on.
    assert told.late == ("3 gaps of the self-evaluation past the day to close.",)
    assert asked(date(2026, 10, 1)).late == ("1 gap of the self-evaluation past the day to close.",)
    # On the slides too.
    assert [len(each.blocks) for each in deck.deck_of([], [told]) if each.heading == section.heading] == [2]
    # Before any was signed there is nothing to tell.
    assert asked(date(2025, 11, 23)) == other_parts.Told()


def waits_for(person, made):
    from upstream_web.duty.register import ROUNDS

    return [each.record for each in ROUNDS.waiting_for(person, made.due_on)] == [made]


def test_judged_moderated_and_signed_by_three(loaded, cast, browser_of):
    from upstream_web.duty.models import EvaluationRound, Judgement
    from upstream_web.duty.operations import evaluations
    from upstream_web.records.papers import content_of, papers_of

    made = EvaluationRound.objects.get(year=2026)
    refused(lambda: evaluations.moderate(made=made, words="W", by=cast["lead"], at=NOW), "Not judged yet")
    moderate = reverse("duty-evaluation-moderate", args=[made.pk])
    assert moderate not in browser_of("board").get(made.get_absolute_url()).content.decode()
    gap = Judgement.objects.get(round=made, criterion="groups")
    gap.level, gap.why = "weak", "Nobody knows."
    refused(lambda: evaluations.judge(judgement=gap, by=cast["manager"], at=NOW), "is a gap")
    sent = {"level": "weak", "why": "Nobody knows.", "began_from": gap.version}
    words = browser_of("manager").post(reverse("duty-judgement-edit", args=[gap.pk]), sent).content.decode()
    for asked in ("say what is missing.", "say who puts it right.", "say by when it is put right."):
        assert words.count(f"There is a gap: {asked}") == 2, asked  # at the top of the page and beside its field
    gap.level = "splendid"
    refused(lambda: evaluations.judge(judgement=gap, by=cast["manager"], at=NOW), "not on the scale")
    for each in Judgement.objects.filter(round=made, level=""):
        each.level, each.why = "secure", "Because."
        evaluations.judge(judgement=each, by=cast["manager"], at=NOW)
    refused(lambda: evaluations.moderate(made=made, words="W", by=cast["manager"], at=NOW), "does not moderate")
    assert moderate in browser_of("board").get(made.get_absolute_url()).content.decode()
    assert browser_of("board").post(moderate, {"words": "Two lowered."}).status_code == 302
    made.refresh_from_db()
    refused(lambda: evaluations.sign(made=made, by=cast["board"], at=NOW), "does not sign")
    page = browser_of("board").get(made.get_absolute_url()).content.decode()
    assert "Sign off and freeze" not in page  # it would be refused
    assert "Another board member signs it off" in page
    assert not waits_for(cast["board"], made)
    evaluations.open_again(made=made, words="Somebody else moderates.", by=cast["manager"], at=NOW)
    evaluations.moderate(made=made, words="Two lowered.", by=cast["lead"], at=NOW)
    assert "Sign off and freeze" in browser_of("board").get(made.get_absolute_url()).content.decode()
    assert waits_for(cast["board"], made)
    assert browser_of("board").post(reverse("duty-evaluation-sign", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.signed_by) == ("signed", "board@test")
    paper = content_of(papers_of(made).get())
    assert (paper.status, paper.sections[-1].blocks[-1].lines[1].name) == ("", "Board member")
    gap.refresh_from_db()
    refused(lambda: evaluations.judge(judgement=gap, by=cast["manager"], at=NOW), "signed off")
    assert browser_of("lead").get(reverse("duty-evaluation-file", args=[made.pk, 1, "pdf"])).status_code == 200


def test_a_gap_is_closed_by_itself_after_its_round_was_signed(loaded, cast, browser_of):
    from upstream_web.duty.evaluations import late_gaps
    from upstream_web.duty.models import Judgement

    # As the records of the example tell it: two of the seven gaps of 2025 are closed.
    assert set(Judgement.objects.exclude(gap_closed_on=None).values_list("criterion", flat=True)) == {
        "learning", "heard"
    }  # fmt: skip
    judgement = Judgement.objects.get(round__year=2026, criterion="growing-up")  # to be closed on the 20th
    assert late_gaps(date(2026, 11, 21)) == [judgement]
    close = reverse("duty-judgement-close-gap", args=[judgement.pk])
    assert browser_of("board").get(close).status_code == 403
    assert browser_of("manager").post(close, {"words": " "}).status_code == 200  # the question once more
    assert browser_of("manager").post(close, {"words": "Care leavers’ teams refer."}).status_code == 302
    judgement.refresh_from_db()
    assert (judgement.gap_closing, judgement.gap_closed_by) == ("Care leavers’ teams refer.", "manager@test")
    assert late_gaps(date(2026, 11, 21)) == []
    page = browser_of("lead").get(judgement.get_absolute_url()).content.decode()
    assert "Care leavers’ teams refer." in page
    assert "Close the gap" not in page
    refused(lambda: evaluations_of().close_gap(judgement=judgement, words="W", by="x", at=NOW), "no open gap")
    open_again = reverse("duty-judgement-open-gap", args=[judgement.pk])
    assert browser_of("manager").post(open_again, {"words": "Nobody came."}).status_code == 302
    judgement.refresh_from_db()
    assert late_gaps(date(2026, 11, 21)) == [judgement]
    refused(lambda: evaluations_of().open_gap(judgement=judgement, words="W", by="x", at=NOW), "not closed")
    # Judged anew, a closed gap is open again; what is listed as open and as closed are all of them.
    evaluations_of().close_gap(judgement=judgement, words="W", by="x", at=NOW)
    assert evaluations_of().judge(judgement=judgement, by="x", at=NOW).has_open_gap
    listed = reverse("duty-judgement-list")
    gaps = [browser_of("manager").get(listed, {"closed": which, "size": 100}) for which in ("open", "closed")]
    assert [each.context["page"].paginator.count for each in gaps] == [
        Judgement.objects.exclude(gap="").count() - 2, 2
    ]  # fmt: skip


def evaluations_of():
    from upstream_web.duty.operations import evaluations

    return evaluations


def test_a_later_edition_changes_nothing_of_a_round(loaded):
    from upstream_web.duty.evaluation_frameworks import frameworks
    from upstream_web.duty.evaluations import framework_of
    from upstream_web.duty.models import EvaluationRound

    made = EvaluationRound.objects.get(year=2025)
    assert framework_of(made) == frameworks()["serious-youth-violence"]
    made.asked["edition"] = "0"
    made.asked["level"][0]["title"] = "Splendid"
    assert framework_of(made).levels[0].title == "Splendid"  # what the round kept, not what the file says


BROKEN = {
    "evaluation_due_after_it_began": ("EvaluationRound", {"due_on": date(2020, 1, 1)}),
    "evaluation_moderated_says_who_and_what": ("EvaluationRound", {"state": "moderated"}),
    "evaluation_signed_by_another": ("EvaluationRound", {"signed_by": "x"}),
    "evaluation_once_a_year": ("EvaluationRound", {"year": 2025}),
    "judgement_once_a_round": ("Judgement", {"criterion": "groups"}),
    "judgement_says_why": ("Judgement", {"why": "", "level": "weak"}),
    "judgement_gap_closed_says_who_and_what": ("Judgement", {"gap_closed_on": TODAY}),
    "judgement_gap_has_owner_and_day": ("Judgement", {"gap": "x", "gap_owner": ""}),
}


def test_database_refuses_a_faulty_round(loaded):
    from django.apps import apps

    for model, values in BROKEN.values():
        rows = apps.get_model("duty", model).objects
        rows = rows.filter(year=2026) if model == "EvaluationRound" else rows.filter(round__year=2026)
        first = rows.filter(pk=rows.order_by("pk")[0].pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            first.update(**values)


# ---- pages and letters ---------------------------------------------------------------------------------------
def test_letters_and_front_page(loaded, browser_of):
    from upstream_web.duty.models import Consultation, Contribution

    manager = browser_of("manager")
    silent = Consultation.objects.filter(replied_on=None).first()
    owed = Contribution.objects.filter(given_on=None).first()
    for name, record in (("consultation-letter", silent), ("contribution-letter", owed)):
        for form, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
            assert manager.get(reverse(name, args=[record.pk, form])).content.startswith(begins)
        assert manager.get(reverse(name, args=[record.pk, "csv"])).status_code == 404
    replied = Consultation.objects.exclude(replied_on=None).first()
    assert manager.get(reverse("consultation-letter", args=[replied.pk, "pdf"])).status_code == 404
    page = manager.get(reverse("duty")).content.decode()
    assert "7 of 14 criteria judged" in page
