"""Education and awareness against a real database: the worked example, sessions, charters, rights."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from integration.web.conftest import loaded_once, put_site

from upstream.exceptions import WrongUse

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ON = date(2026, 11, 20)
RECORDS = Path(__file__).resolve().parents[3] / "partnerships" / "staffordshire" / "records"


@pytest.fixture
def bodies(db):
    """The bodies of the partnership by their keys."""
    from upstream_web.core.workbench import get_partnership
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations.organisations import ensure_members

    ensure_members(get_partnership().config.members, at=NOW)
    return {each.key: each for each in Organisation.objects.all()}


@pytest.fixture(scope="module")
def kept_example(django_db_setup, django_db_blocker, pristine, tmp_path_factory):
    """The example of the partnership's folder, as on 20 November 2026."""
    from upstream_web.awareness import example

    with loaded_once(django_db_blocker, pristine, tmp_path_factory.mktemp("kept") / "var") as site:
        assert example.load(RECORDS, at=NOW) == 179  # lines of sessions.toml
        yield site


@pytest.fixture
def loaded(kept_example, db, settings):
    """The bodies by their keys, with the example, which the test may change for itself."""
    from upstream_web.organisations.models import Organisation

    put_site(settings, kept_example)
    return {each.key: each for each in Organisation.objects.all()}


@pytest.fixture
def school(bodies):
    """A package that is in use, and a school."""
    from upstream_web.awareness.criteria import PACKAGE_CRITERIA
    from upstream_web.awareness.models import Package, Setting
    from upstream_web.awareness.operations import packages
    from upstream_web.records.operations import keeping

    package = Package(
        title="Walk away", theme="conflict", sort="series", summary="Six lessons", key_stages="ks3", age_from=11,
        age_to=14, lessons=6, minutes=50, owner=bodies["staffordshire-county-council"], edition="1",
        criteria=" ".join(code for code, _ in PACKAGE_CRITERIA),
    )  # fmt: skip
    keeping.make(record=package, by="tests", at=NOW)
    setting = Setting(name="A school", phase="secondary", district="E06000021", on_roll=700, roll_on=ON)
    keeping.make(record=setting, by="tests", at=NOW)
    packages.approve(package=package, by="tests", at=NOW)
    return package, setting


def planned(school, body, on=date(2026, 11, 10)):
    """A session that is planned."""
    from upstream_web.awareness.models import Session
    from upstream_web.awareness.operations import sessions

    package, setting = school
    made = Session(package=package, setting=setting, provider=body, on=on, year_groups="y7")
    return sessions.plan(session=made, by="tests", at=NOW)


# The figures are those of the inspection record and the plan in the same folder: 1,712 of 1,846 officers on 22 March
# 2024 with three teams short; 1,731 of 1,846 at the end of September 2026; 6,420 of 9,200 staff on 13 October 2026.
# On 20 November: 404 + 300 + 206 + 218 + 179 + 201 + 70 + 19 = 1,597, by hand from training.toml.
def check_training():
    """The training of the example agrees with the other records."""
    from upstream_web.awareness import queries
    from upstream_web.awareness.models import Course

    course = queries.find_outcome_22_course(ON)
    before = queries.coverage_of(course, date(2024, 3, 31))
    assert (before.held, before.people) == (1712, 1846)
    after = queries.coverage_of(course, date(2024, 4, 1))
    assert {team.team for team in after.short} == {
        "Response, Burton and Tamworth", "Neighbourhood policing, county", "Roads and operations",
    }  # fmt: skip
    autumn = queries.coverage_of(course, date(2026, 9, 30))
    assert (autumn.held, autumn.people) == (1731, 1846)
    now = queries.coverage_of(course, ON)
    assert (now.held, now.people, [team.team for team in now.unknown]) == (1597, 1846, ["Special constabulary"])
    trauma = queries.coverage_of(Course.objects.get(title__startswith="Trauma"), ON)
    assert (trauma.held, trauma.people) == (6420, 9200)


def reach(year):
    """The reach of a school year as it is known on the day of the tests."""
    from upstream_web.awareness import queries

    return queries.reach_by_district(queries.settings_to_reach(year, ON), year, ON)


def check_reach():
    """The districts add up, and what is not known stays so."""
    from upstream_web.awareness import queries
    from upstream_web.awareness.school_year import SchoolYear

    rows = reach(SchoolYear(2025))
    total = rows.pop()
    # 53 secondary schools, six settings of alternative provision, and three others have a session held in the file.
    assert (total.settings, total.reached, total.unknown) == (88, 62, 0)
    for name in ("settings", "reached", "unknown", "missed", "on_roll", "without_roll"):
        assert sum(getattr(row, name) for row in rows) == getattr(total, name), name
    assert total.pupils.at_least < total.pupils.contacts
    assert total.pupil_range == (None, None)  # some rolls are not known, and so is the share of pupils
    this_year = reach(SchoolYear(2026))[-1]
    assert (this_year.reached, this_year.unknown) == (34, 4)
    assert queries.unreported_sessions(ON).count() == 4


def check_lists_and_pages(browser):
    """Every list, filter, page, form and file opens."""
    from upstream_web.awareness import register
    from upstream_web.records.register import Register

    kinds = [each for each in vars(register).values() if isinstance(each, Register)]
    assert len(kinds) == 15
    for kind in kinds:
        assert browser.get(kind.address()).status_code == 200, kind
        for each in kind.filters:
            for key, _ in each.options()[:4]:
                assert browser.get(f"{kind.address()}?{each.name}={key}").status_code == 200, (kind, each.name, key)
        assert browser.get(f"{kind.address()}export.xlsx").status_code == 200, kind
        for record in (kind.model.objects.first(), kind.model.objects.last()):
            assert browser.get(record.get_absolute_url()).status_code == 200, record
        assert browser.get(reverse(f"{kind.kind}-edit", args=[record.pk])).status_code == 200, kind


def check_front_page(browser):
    """The front page answers in sentences, for a year and a district."""
    page = browser.get(reverse("awareness"), {"year": "2025"}).content.decode()
    assert "62 of 88 schools and settings were reached in 2025/26 (70%)." in page
    assert "1,597 of 1,846 people hold it (87%); the target is 95%." in page
    assert "4 sessions passed and not reported" in page
    assert "without a headcount: Using outcome 22" in page
    narrowed = browser.get(reverse("awareness"), {"year": "2026", "district": "E07000199"}).content.decode()
    assert "of 6 schools and settings of" in narrowed  # five secondary schools and one other in Tamworth
    nowhere = browser.get(reverse("awareness"), {"year": "once", "district": "nowhere"})
    assert nowhere.status_code == 200


def check_coverage_file(browser):
    """Coverage goes out as a file, and the trail keeps it."""
    from upstream_web.audit.models import Event
    from upstream_web.awareness import queries

    course, before = queries.find_outcome_22_course(ON), Event.objects.count()
    answer = browser.get(reverse("coverage-export", args=[course.pk, "csv"]))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 9
    assert any(line.startswith("Special constabulary,Staffordshire Police,,,31,,95,") for line in lines)
    assert Event.objects.count() == before + 1


def check_papers():
    """What leaves is totals; how many sessions that were is counted in the file itself."""
    import tomllib

    from upstream_web.awareness import queries, telling
    from upstream_web.panel_updates import drafting
    from upstream_web.reports.board_pack.other_parts import Period, awareness

    since, until = date(2026, 7, 1), date(2026, 9, 30)
    lines = tomllib.loads((RECORDS / "awareness" / "sessions.toml").read_text(encoding="utf-8"))["session"]
    held = [counts for on, _, _, _, state, _, counts in lines if state == "held" and since <= on <= until]
    contacts = sum(counts[0] or 0 for counts in held)
    said = telling.sentences(since, until)
    assert f"{len(held)} sessions of education on violence took place, with {contacts:,} pupil contacts" in said[0]
    assert said[1].startswith("1,731 people of 1,846 in the teams that must have it hold training in outcome 22 (94%")
    told = awareness(queries, Period(since, until, ON))
    assert [section.heading for section in told.sections] == ["Education and awareness"]
    # Burton and Tamworth 281 of 322, county 204 of 233, roads 23 of 56; no team is named.
    assert told.late == ("Training in outcome 22 is below its target in 3 teams.",)
    drafted = {each.subject: each.text for each in drafting.draft(since, until)}
    assert f"{contacts:,} pupil contacts" in drafted["awareness"]
    assert telling.sentences(date(2020, 1, 1), date(2020, 3, 31)) == ()


def check_reminders(cast):
    """Dates and reminders reach those who keep them."""
    from upstream_web.awareness.register import CAMPAIGNS, COURSES, OBSERVATIONS, SESSIONS, SIGN_UPS

    manager, board = cast["manager"], cast["board"]
    assert len(list(SESSIONS.waiting_for(manager, ON))) == 4
    assert list(SESSIONS.waiting_for(board, ON)) == []
    assert {each.state for each in OBSERVATIONS.waiting_for(manager, ON)} == {"late"}
    assert [str(each.record) for each in CAMPAIGNS.waiting_for(manager, ON)] == ["Talk to them before summer"]
    lapsed = {str(each.record) for each in SIGN_UPS.waiting_for(manager, ON) if each.state == "late"}
    # Signed or renewed last on 10 July, 15 September 2025 and 11 September 2025, each for twelve months.
    assert lapsed == {"Club Saggar (invented)", "Ironmarket Taproom (invented)", "Hednesford Arms (invented)"}
    assert {str(each.record) for each in COURSES.waiting_for(manager, ON)} >= {"Using outcome 22"}
    assert len(list(SESSIONS.dates(board, ON, date(2027, 3, 1)))) == 18  # planned lines of sessions.toml


def test_pages_and_files_of_the_example(loaded, browser_of):
    browser, reader = browser_of("manager"), browser_of("board")
    check_lists_and_pages(browser)
    check_front_page(reader)
    check_coverage_file(reader)


def test_figures_and_reminders_of_the_example(loaded, cast):
    check_training()
    check_reach()
    check_papers()
    check_reminders(cast)


def test_front_page_of_an_empty_partnership(db, browser_of):
    page = browser_of("manager").get(reverse("awareness")).content.decode()
    assert "No school or setting is written down" in page
    assert "No course yet" in page


def test_session_from_plan_to_report(school, bodies):
    from upstream_web.audit.models import Event
    from upstream_web.awareness.models import SessionMove
    from upstream_web.awareness.operations import sessions

    session, before = planned(school, bodies["staffordshire-county-council"]), Event.objects.count()
    sessions.move(session=session, to=date(2026, 11, 17), reason="Tutor ill", by="tests", at=NOW)
    said = sessions.Report(pupils=90, staff=2, asked_before=80, understood_before=30, asked_after=78,
                           understood_after=60)  # fmt: skip
    sessions.report(session=session, said=said, by="tests", at=NOW)
    sessions.report(session=session, said=sessions.Report(pupils=88), by="tests", at=NOW)  # corrected
    session.refresh_from_db()
    assert (session.state, session.on, session.pupils, session.asked_before) == ("held", date(2026, 11, 17), 88, None)
    move = SessionMove.objects.get()
    assert (move.old_on, move.new_on) == (date(2026, 11, 10), date(2026, 11, 17))
    assert Event.objects.count() == before + 3
    with pytest.raises(WrongUse, match="It is held"):
        sessions.move(session=session, to=date(2026, 12, 1), reason="Late", by="tests", at=NOW)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"asked_before": 10}, "one number is missing"),
        ({"asked_before": 10, "understood_before": 11}, "11 understood before, of 10 asked"),
        ({"pupils": 9, "asked_after": 10, "understood_after": 5}, "10 were asked after, and 9 were there"),
    ],
)
def test_impossible_counts_are_refused(school, bodies, said, words):
    from upstream_web.awareness.operations import sessions

    session = planned(school, bodies["staffordshire-county-council"])
    with pytest.raises(WrongUse, match=words):
        sessions.report(session=session, said=sessions.Report(**said), by="tests", at=NOW)


def test_an_empty_report_says_what_it_counts_as(school, bodies, browser_of):
    session = planned(school, bodies["staffordshire-county-council"])
    address = f"/act/education/sessions/{session.pk}/report/"
    keeper = browser_of("manager")
    assert "it still counts as one session that was held" in keeper.get(address).content.decode()
    empty = keeper.post(address, {"pupils": ""}, follow=True).content.decode()
    assert "It counts as held; how many pupils came is unknown" in empty
    counted = keeper.post(address, {"pupils": "31"}, follow=True).content.decode()
    assert "It counts as held, with 31 pupils." in counted


def test_session_needs_a_package_in_use_and_is_not_reported_early(school, bodies):
    from upstream_web.awareness.operations import packages, sessions

    body = bodies["staffordshire-county-council"]
    session = planned(school, body, date(2026, 12, 1))
    with pytest.raises(WrongUse, match="Report it after its day"):
        sessions.report(session=session, said=sessions.Report(), by="tests", at=NOW)
    package, _ = school
    package.criteria = "aims"
    packages.retire(package=package, reason="Out of date", by="tests", at=NOW)
    with pytest.raises(WrongUse, match="Walk away is retired"):
        planned(school, body)
    with pytest.raises(WrongUse, match="does not meet: Fits the age"):
        packages.approve(package=package, by="tests", at=NOW)


def test_charter_signature_from_signing_to_leaving(bodies):
    from upstream_web.awareness import queries
    from upstream_web.awareness.models import Charter, SignUp
    from upstream_web.awareness.operations import charters
    from upstream_web.records.operations import keeping

    owner = bodies["staffordshire-county-council"]
    charter = Charter(title="Safer places", pledges="One", owner=owner, launched_on=date(2025, 1, 1))
    keeping.make(record=charter, by="tests", at=NOW)
    signature = SignUp(charter=charter, venue="A pub", sort="pub", district="E06000021", signed_on=date(2025, 8, 31))
    charters.sign(signature=signature, by="tests", at=NOW)
    assert signature.until_on == date(2026, 8, 31)
    assert list(queries.lapsed_signatures(date(2026, 9, 1))) == [signature]
    charters.renew(signature=signature, on=date(2026, 9, 10), by="tests", at=NOW)
    assert list(queries.signatures_in_force(date(2027, 9, 10))) == [signature]
    with pytest.raises(WrongUse, match="last signed on 10 Sep 2026"):
        charters.renew(signature=signature, on=date(2026, 9, 10), by="tests", at=NOW)
    charters.visit(signature=signature, on=date(2026, 10, 1), outcome="failed", by="tests", at=NOW)
    charters.leave(signature=signature, on=date(2026, 10, 2), reason="Struck off", by="tests", at=NOW)
    assert not queries.signatures_in_force(date(2026, 10, 3)).exists()
    with pytest.raises(WrongUse, match="left on 2 Oct 2026"):
        charters.renew(signature=signature, on=date(2026, 11, 1), by="tests", at=NOW)


def refusal(change):
    """Say with which words the database refuses a change; empty when it lets it be."""
    try:
        with transaction.atomic():
            change()
    except IntegrityError as refused:
        return str(refused)
    return ""


def breaks(model, name, **values):
    """Tell whether a named constraint forbids what is written straight into the table."""
    return name in refusal(lambda: model.objects.filter(pk=model.objects.first().pk).update(**values))


def is_kept_once(model):
    """Tell whether the database refuses the first record of a table a second time."""
    again = copy.copy(model.objects.first())
    again.pk, again._state.adding = None, True
    return refusal(lambda: model.objects.bulk_create([again])) != ""


def test_database_refuses_what_cannot_be(loaded):
    from upstream_web.awareness import models

    for model in (models.Package, models.Setting, models.Observation, models.Course, models.Team, models.Requirement,
                  models.Headcount, models.Completion, models.SignUp):  # fmt: skip
        assert is_kept_once(model), model
    assert breaks(models.Package, "package_ages_in_order", age_from=20, age_to=11)
    assert breaks(models.Package, "package_evidence_has_a_source", rating="strong", rating_source="")
    assert breaks(models.Package, "package_approved_was_checked", state="approved", checked_on=None)
    assert breaks(models.Setting, "setting_roll_has_its_day", on_roll=5, roll_on=None)
    assert breaks(models.Session, "session_counts_when_held", state="planned", pupils=4)
    assert breaks(models.Session, "session_cancelled_says_why", state="cancelled", why="", pupils=None, staff=None,
                  asked_before=None, understood_before=None, asked_after=None, understood_after=None)  # fmt: skip
    assert breaks(models.Session, "session_understood_before_were_asked", state="held", why="", asked_before=4,
                  understood_before=5)  # fmt: skip
    assert breaks(models.Session, "session_understood_after_were_asked", state="held", why="", asked_after=4,
                  understood_after=5)  # fmt: skip
    assert breaks(models.Observation, "observation_weak_has_an_action", judgement="weak", action="", action_due_on=None,
                  action_done_on=None)  # fmt: skip
    assert breaks(models.Observation, "observation_action_has_its_day", action="Do it", action_due_on=None)
    assert breaks(models.SessionMove, "session_move_has_a_reason", reason="")
    assert breaks(models.SessionMove, "session_move_moves_the_day", old_on=ON, new_on=ON)
    assert breaks(models.Course, "course_target_is_a_share", target_per_cent=101)
    assert breaks(models.Requirement, "requirement_target_is_a_share", target_per_cent=0)
    assert breaks(models.Completion, "completion_is_of_somebody", number=0)
    assert breaks(models.Campaign, "campaign_ends_after_it_starts", starts_on=ON, ends_on=date(2026, 1, 1))
    assert breaks(models.Campaign, "campaign_effect_says_how_it_is_known", what_changed="Much", evaluation="")
    assert breaks(models.Reach, "reach_days_in_order", from_on=ON, until_on=date(2026, 1, 1))
    assert breaks(models.Reach, "reach_has_a_source", source="")
    assert breaks(models.Charter, "charter_target_has_its_day", target=5, target_on=None)
    assert breaks(models.Charter, "charter_holds_for_some_time", renewal_months=0)
    assert breaks(models.SignUp, "signature_holds_after_signing", until_on=date(2020, 1, 1))
    assert breaks(models.SignUp, "signature_visit_has_an_outcome", visited_on=ON, outcome="")
    assert breaks(models.SignUp, "signature_left_says_why", left_on=ON, why_left="")
    assert breaks(models.Programme, "programme_ends_after_it_starts", starts_on=ON, ends_on=date(2026, 1, 1))
    assert breaks(models.Programme, "programme_ages_in_order", age_from=20, age_to=8)
    assert breaks(
        models.ActivitySession, "activity_parts_within_attendance", attended=3, boys_14_to_17=4, girls_14_to_17=0
    )
    assert breaks(models.ActivitySession, "activity_cancelled_had_nobody", is_cancelled=True, attended=300)
    assert breaks(models.ActivitySession, "activity_offers_places", places=0)


def test_people_keep_what_is_their_own_bodys_only(school, bodies, cast, browser_of):
    from upstream_web.awareness.models import Session
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations import organisations

    harbour = Organisation(name="Harbour Project", type="commissioned_provider")
    organisations.make(organisation=harbour, by="tests", at=NOW)
    assert harbour.key == "harbour-project"  # where the navigator of the cast works
    package, setting = school
    browser = browser_of("navigator")
    sent = {"package": package.pk, "setting": setting.pk, "on": "2026-12-01", "year_groups": ["y7"]}
    foreign = browser.post(reverse("education-session-new"), sent | {"provider": bodies["staffordshire-police"].pk})
    assert foreign.status_code == 200  # shown again: only the own body can be chosen
    own = browser.post(reverse("education-session-new"), sent | {"provider": harbour.pk})
    assert own.status_code == 302
    session = Session.objects.get()
    moved = {"to": "2026-12-08", "reason": "Tutor ill"}
    assert browser.post(reverse("session-move", args=[session.pk]), moved).status_code == 302
    session.refresh_from_db()
    assert session.on == date(2026, 12, 8)
    assert browser.get(reverse("education-package-edit", args=[package.pk])).status_code == 403
    assert browser_of("lead").get(reverse("session-cancel", args=[session.pk])).status_code == 403


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"on": "2026-01-10", "girls_under_11": "4"}, "By sex and age there are 4: say how many came in all."),
        ({"on": "2090-01-10", "attended": "4"}, "The session is still to come: leave this empty until it was held."),
    ],
)
def test_who_came_is_told_in_all_and_of_what_was_held(db, cast, browser_of, sent, words):
    assert words in browser_of("manager").post("/act/education/activity-sessions/new/", sent).content.decode()
