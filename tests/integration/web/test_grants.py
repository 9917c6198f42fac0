"""Giving, changing, confirming and ending access, and the pages that do it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.access.authorisation import may
from upstream_web.access.models import Grant, User
from upstream_web.access.operations import grants, users
from upstream_web.access.permissions import Permission
from upstream_web.access.roles import Analyst, BoardMember, Lead, Manager, PanelMember
from upstream_web.audit.models import Event
from upstream_web.organisations import reviewing
from upstream_web.organisations.reviewing import Movement

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def today():
    return timezone.localdate()


def page(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def give(user, role=PanelMember, **more):
    return grants.give(user=user, role=role, reason="Needed", by="tests", at=timezone.now(), **more)


# ---- operations ------------------------------------------------------------------------------------------------------


def test_person_holds_several_roles_and_what_any_of_them_gives(cast):
    lead = cast["lead"]
    assert lead.bodies == {"police"}
    give(lead, Analyst)
    assert lead.role_title == "Lead in a member body, Partnership analyst"
    assert may(lead, Permission.FEED_LOAD)
    assert may(lead, Permission.PRACTICE_BENCHMARK)


def test_ended_grant_holds_no_longer_at_once_and_stays_known(cast):
    analyst = cast["analyst"]
    grants.end(grant=analyst.all_grants[0], reason="Left", by=cast["administrator"], at=timezone.now())
    assert not may(analyst, Permission.FEED_LOAD)
    assert may(analyst, Permission.OWN_ACCOUNT_CHANGE)
    kept = Grant.objects.get(user=analyst)
    assert (kept.ended_by, kept.end_reason, kept.last_day) == ("administrator@test", "Left", today())
    line = Event.objects.order_by("pk").last()
    assert (line.action, line.kind, line.about, line.detail["role"]) == (
        "access ended",
        "user",
        "analyst@test",
        "analyst",
    )


def test_giving_leaves_one_line_in_the_trail(cast):
    before = Event.objects.count()
    give(cast["outsider"])
    assert Event.objects.count() == before + 1
    users.make(username="new@test", name="New", role=PanelMember, password="x", by="tests", at=AT)
    assert Event.objects.count() == before + 2
    assert Event.objects.order_by("pk").last().detail["with"] == ["access given"]


def test_nobody_gives_changes_or_confirms_their_own_access(cast):
    administrator = cast["administrator"]
    own = administrator.all_grants[0]
    with pytest.raises(grants.OwnAccess):
        grants.give(user=administrator, role=Manager, reason="Because", by=administrator, at=AT)
    with pytest.raises(grants.OwnAccess):
        grants.confirm(grant=own, by=administrator, at=timezone.now())
    with pytest.raises(grants.OwnAccess):
        grants.change_end(grant=own, ends_on=None, by=administrator, at=timezone.now())
    with pytest.raises(grants.OwnAccess):
        users.stop(user=administrator, reason="Because", by=administrator, at=timezone.now())


def test_role_in_one_body_names_the_body(cast):
    with pytest.raises(grants.BodyMissing):
        give(cast["outsider"], Lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=cast["outsider"], role="lead", starts_on=TODAY, given_by="x", given_at=AT, reason="x")


def test_same_role_is_not_given_twice_at_one_time_but_again_afterwards(cast):
    outsider = cast["outsider"]
    give(outsider, starts_on=today(), ends_on=today() + timedelta(days=10))
    with pytest.raises(grants.GivenAlready):
        give(outsider, starts_on=today() + timedelta(days=10))
    give(outsider, starts_on=today() + timedelta(days=11))
    give(outsider, BoardMember, starts_on=today())
    assert outsider.role_title == "Scrutiny panel member, Board member"


def test_last_day_lies_not_before_the_first(cast):
    with pytest.raises(grants.EndsBeforeItStarts):
        give(cast["outsider"], starts_on=TODAY, ends_on=TODAY - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            user=cast["outsider"], role="panel", starts_on=TODAY, ends_on=TODAY - timedelta(days=1),
            given_by="x", given_at=AT, reason="x",
        )  # fmt: skip


def test_stopped_person_loses_everything_and_cannot_sign_in(cast):
    lead = cast["lead"]
    give(lead, Analyst, starts_on=today() + timedelta(days=5))
    users.stop(user=lead, reason="Left", by=cast["administrator"], at=timezone.now())
    assert not lead.is_active
    assert all(grant.ended_at for grant in lead.grants.all())


@given(st.data())
def test_queryset_and_grant_agree_on_whether_it_holds(data):
    """`Grant.is_in_force` and the queryset of the same name are one rule; the days are compared one by one."""
    start = data.draw(st.integers(0, 6))
    end = data.draw(st.one_of(st.none(), st.integers(start, 8)))
    ended = data.draw(st.one_of(st.none(), st.integers(0, 8)))
    days = [TODAY + timedelta(days=number) for number in range(10)]
    ended_at = (
        datetime.combine(days[ended], datetime.min.time(), UTC) + timedelta(hours=12) if ended is not None else None
    )
    grant = Grant(role="panel", starts_on=days[start], ends_on=None if end is None else days[end], ended_at=ended_at)
    held = [number for number, day in enumerate(days) if grant.is_in_force(day)]
    last = min(8 if end is None else end, 9)
    expected = [n for n in range(10) if start <= n and (end is None or n <= last) and (ended is None or n < ended)]
    assert held == expected


def test_queryset_in_force_is_the_same_rule(cast):
    outsider = cast["outsider"]
    give(outsider, starts_on=today() + timedelta(days=3))
    give(outsider, BoardMember, starts_on=today() - timedelta(days=9), ends_on=today() - timedelta(days=1))
    grants.end(grant=give(outsider, Analyst), reason="x", by="tests", at=timezone.now())
    for shift in (-10, -9, -1, 0, 1, 3, 4):
        day = today() + timedelta(days=shift)
        found = set(Grant.objects.in_force(day))
        assert found == {grant for grant in Grant.objects.all() if grant.is_in_force(day)}


# ---- joined, moved, left ---------------------------------------------------------------------------------------------

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def held(role, start, end=None):
    return Grant(role=role.key, starts_on=start, ends_on=end)


@pytest.mark.parametrize(
    ("given_grants", "what"),
    [
        ([], None),
        ([held(Analyst, date(2026, 1, 1))], None),
        ([held(Analyst, date(2026, 3, 1))], Movement.JOINED),  # both days belong to the period
        ([held(Analyst, date(2026, 3, 31))], Movement.JOINED),
        ([held(Analyst, date(2026, 4, 1))], None),
        ([held(Analyst, date(2026, 1, 1), date(2026, 3, 30))], Movement.LEFT),
        ([held(Analyst, date(2026, 1, 1), date(2026, 3, 31))], None),  # still there at the end of the last day
        ([held(Analyst, date(2026, 1, 1), date(2026, 2, 28))], Movement.LEFT),  # on the first of March it was gone
        ([held(Analyst, date(2026, 1, 1), date(2026, 2, 27))], None),  # that belongs to February
        ([held(Analyst, date(2026, 1, 1), date(2026, 3, 9)), held(Manager, date(2026, 3, 10))], Movement.MOVED),
        ([held(Analyst, date(2026, 1, 1), date(2026, 3, 9)), held(Analyst, date(2026, 3, 10))], None),
        ([held(Analyst, date(2026, 3, 5), date(2026, 3, 9))], Movement.CAME_AND_LEFT),
    ],
)
def test_what_became_of_somebody_within_a_period(given_grants, what):
    assert reviewing.movement(given_grants, FIRST, LAST) == what


def test_report_of_movements_is_a_page_and_a_file(browser_of, cast):
    browser = browser_of("steward")
    period = {"first": "2026-11-01", "last": today().isoformat()}
    assert "10 people joined" not in page(browser.get(reverse("access-changes"), period))  # the outsider holds nothing
    assert "9 people joined" in page(browser.get(reverse("access-changes"), period))
    response = browser.get(reverse("access-changes-export"), period)
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Person,Sign-in name,What,Held before,Holds after"
    assert len(lines) == 1 + 9
    assert "Administrator,administrator@test,joined,nothing,Administrator (the partnership)" in lines
    assert Event.objects.order_by("pk").last().action == "report of joiners, movers and leavers downloaded"


def test_period_the_wrong_way_round_is_refused_with_a_word(browser_of):
    response = browser_of("steward").get(reverse("access-changes"), {"first": "2026-11-20", "last": "2026-11-01"})
    assert "Give a day after the first one" in page(response)


# ---- yearly confirmation ---------------------------------------------------------------------------------------------


def test_role_is_to_be_confirmed_after_a_year_and_in_time_again_once_it_is(browser_of, cast):
    # One year from Thursday 20 November 2025 ends on Friday 20 November 2026, which is a working day.
    grant = cast["lead"].all_grants[0]
    Grant.objects.filter(pk=grant.pk).update(starts_on=date(2025, 11, 20))
    due = {each.grant.pk: each.stand.due_on for each in reviewing.confirmations(date(2026, 11, 19)).grants}
    assert grant.pk not in due or due[grant.pk] == date(2026, 11, 20)
    assert reviewing.confirmations(date(2026, 11, 21)).late == 1
    browser_of("manager").post(reverse("access-confirm", args=[grant.pk]))
    grant.refresh_from_db()
    assert (grant.confirmed_by, grant.confirmed_on) == ("manager@test", today())
    assert reviewing.confirmations(today()).late == 0


def test_own_role_is_confirmed_by_somebody_else(browser_of, cast):
    grant = cast["manager"].all_grants[0]
    response = browser_of("manager").post(reverse("access-confirm", args=[grant.pk]), follow=True)
    assert "This is your own access" in page(response)
    grant.refresh_from_db()
    assert grant.confirmed_on is None


# ---- unused accounts -------------------------------------------------------------------------------------------------


def test_account_is_unused_after_ninety_days(cast):
    now = timezone.now().replace(hour=12)  # late in the evening the same hour before the clocks changed is another day
    Grant.objects.update(starts_on=today() - timedelta(days=400))
    User.objects.update(last_seen_at=now)
    User.objects.filter(username="lead@test").update(last_seen_at=now - timedelta(days=90))
    User.objects.filter(username="board@test").update(last_seen_at=now - timedelta(days=91))
    User.objects.filter(username="panel@test").update(last_seen_at=None)
    assert [each.user.username for each in reviewing.dormant(today())] == ["panel@test", "board@test"]


def test_access_of_unused_accounts_is_ended_together(browser_of, cast):
    Grant.objects.update(starts_on=today() - timedelta(days=400))
    User.objects.exclude(username__in=["panel@test", "board@test"]).update(last_seen_at=timezone.now())
    browser = browser_of("administrator")
    assert "Scrutiny panel member" in page(browser.get(reverse("dormant-list")))
    chosen = [cast["panel"].pk, cast["board"].pk, cast["manager"].pk]  # the manager was here: left alone
    browser.post(reverse("dormant-end"), {"person": chosen})
    assert {each.user.username for each in Grant.objects.exclude(ended_at=None)} == {"panel@test", "board@test"}
    line = Event.objects.order_by("pk").last()
    assert (line.action, line.detail["ended"]) == ("access of unused accounts ended", 2)


# ---- pages -----------------------------------------------------------------------------------------------------------


def form(**more):
    return {"role": "panel", "body": "", "starts_on": today().isoformat(), "ends_on": "", "reason": "Needed", **more}


def test_new_person_gets_a_password_that_is_shown_once(browser_of, client):
    browser = browser_of("administrator")
    given_form = form(username="new@test", name="New Person", email="new@example.org")
    shown = page(browser.post(reverse("person-new"), given_form))
    password = shown.partition('class="handed-out">')[2].partition("<")[0]
    assert len(password) == 19
    signed_in = client.post(reverse("sign-in"), {"username": "new@test", "password": password})
    assert signed_in.headers["Location"] == reverse("today")
    assert not any(password in str(event.detail) for event in Event.objects.all())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"username": "ANALYST@test"}, "Somebody has this sign-in name"),
        ({"role": "lead"}, "Choose the organisation"),
        ({"ends_on": "2020-01-01"}, "Give a day after the first one"),
        ({"reason": ""}, "Give why they need it"),
    ],
)
def test_person_who_cannot_be_added_as_asked(browser_of, more, said):
    response = browser_of("administrator").post(
        reverse("person-new"), form(username="new@test", name="New", email="", **{}) | more
    )
    assert said in page(response)
    assert not User.objects.filter(username="new@test").exists()


def test_role_is_given_and_ended_on_pages(browser_of, cast):
    browser, outsider = browser_of("administrator"), cast["outsider"]
    browser.post(reverse("grant-give", args=[outsider.pk]), form())
    grant = Grant.objects.get(user=outsider)
    assert "Scrutiny panel member" in page(browser.get(reverse("person", args=[outsider.pk])))
    again = browser.post(reverse("grant-give", args=[outsider.pk]), form())
    assert "has the role Scrutiny panel member there" in page(again)
    browser.post(reverse("grant-change", args=[grant.pk]), {"ends_on": (today() + timedelta(days=9)).isoformat()})
    grant.refresh_from_db()
    assert grant.ends_on == today() + timedelta(days=9)
    browser.post(reverse("grant-change", args=[grant.pk]), {"act": "end", "reason": "Left the panel"})
    grant.refresh_from_db()
    assert grant.ended_by == "administrator@test"
    assert "Left the panel" in page(browser.get(reverse("person", args=[outsider.pk])))


def test_list_of_people_is_narrowed(browser_of):
    browser = browser_of("administrator")
    assert "10 people" in page(browser.get(reverse("person-list")))
    assert "1 person" in page(browser.get(reverse("person-list"), {"q": "outsi"}))
    assert "2 people" in page(browser.get(reverse("person-list"), {"body": "harbour-project"}))
    assert "1 person" in page(browser.get(reverse("person-list"), {"role": "lead", "body": "police"}))


def test_list_of_people_takes_the_same_number_of_queries_for_more_people(browser_of, django_assert_max_num_queries):
    browser = browser_of("administrator")
    for number in range(30):
        users.make(username=f"p{number}@test", name=f"P{number}", role=PanelMember, password="x", by="tests", at=AT)
    with django_assert_max_num_queries(14):
        browser.get(reverse("person-list"))


def test_organisation_shows_who_works_there(browser_of, cast):
    from upstream.partnership import Member
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations import organisations

    organisations.ensure_members([Member("Police", "police")], at=AT)
    shown = page(browser_of("board").get(Organisation.objects.get().get_absolute_url()))
    assert "Lead in a member body" in shown
    assert reverse("person", args=[cast["lead"].pk]) not in shown  # a board member sees names, not their access


def test_old_roles_became_grants():
    """The migration that gives everybody the one role that they had, run on a person from before it."""
    from importlib import import_module
    from types import SimpleNamespace

    made = []
    before = SimpleNamespace(role="steward", made_at=AT, pk=1)
    tables = {
        "Grant": SimpleNamespace(objects=SimpleNamespace(create=lambda **given: made.append(given))),
        "User": SimpleNamespace(objects=SimpleNamespace(order_by=lambda _: [before])),
    }
    module = import_module("upstream_web.access.migrations.0003_carry_roles_over")
    module.carry_over(SimpleNamespace(get_model=lambda _, name: tables[name]), None)
    assert [(each["role"], each["starts_on"], each["user"]) for each in made] == [("steward", TODAY, before)]
