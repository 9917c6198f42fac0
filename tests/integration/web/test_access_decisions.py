"""The one authorisation function: role × organisation × caseload × purpose × class of field, page and list alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.access.authorisation import RecordClosed, check_may, decide, may, scope_of
from upstream_web.access.models import Grant
from upstream_web.access.permissions import Permission
from upstream_web.access.purposes import EVERY_CLASS, FieldClass, Purpose
from upstream_web.access.roles import OF_EVERYBODY, ROLES, Lead, Manager, Navigator, ServiceManager

TODAY = date(2026, 11, 20)
BODIES = ("", "police", "council", "harbour-project")


@dataclass(frozen=True)
class Case:
    """A record as the rule sees it."""

    key: str = "1"
    bodies: frozenset[str] = frozenset()
    named: frozenset[int] = frozenset()
    restricted: bool = False
    field_class: FieldClass = FieldClass.ORDINARY

    def trail_name(self):
        return "case", self.key

    def body_keys(self):
        return self.bodies

    def people(self):
        return self.named

    def is_restricted(self):
        return self.restricted


@dataclass
class Somebody:
    """A person who was given some roles, without a database."""

    given: list[Grant] = field(default_factory=list)
    opened: list = field(default_factory=list)
    pk: int = 7
    is_authenticated: bool = True
    is_active: bool = True

    def grants_on(self, day=None):
        return [grant for grant in self.given if grant.is_in_force(day or timezone.localdate())]

    @property
    def open_emergencies(self):
        return self.opened


def grant(role, body="", starts_on=TODAY - timedelta(days=30), ends_on=None):
    return Grant(role=role.key, body=body, starts_on=starts_on, ends_on=ends_on)


def emergency(record, permission):
    return SimpleNamespace(record=record.trail_name(), permission=permission.name)


roles = st.sampled_from(ROLES)
grants = st.lists(st.builds(grant, roles, st.sampled_from(BODIES)), max_size=3)
permissions = st.sampled_from(list(Permission))
classes = st.sampled_from(list(FieldClass))
purposes = st.one_of(st.none(), st.sampled_from(list(Purpose)))
cases = st.builds(
    Case,
    key=st.sampled_from("12"),
    bodies=st.frozensets(st.sampled_from(BODIES[1:]), max_size=2),
    named=st.frozensets(st.sampled_from([7, 8]), max_size=2),
    restricted=st.booleans(),
    field_class=classes,
)
openings = st.lists(st.builds(emergency, cases, permissions), max_size=2)


def plainly_allowed(person, permission, about, purpose, field_class):
    """The rule again, slowly and one grant at a time: a reference that shares no line with the site."""
    named = person.pk in about.people()
    uses = any(Permission.EMERGENCY_ACCESS_USE in each.held_as.permissions for each in person.given)
    opened = uses and any(
        each.record == about.trail_name() and each.permission == permission.name for each in person.opened
    )
    for each in person.given:
        role = each.held_as
        of_the_office = role.office_permissions if each.body else frozenset()  # the whole partnership is no office
        if permission not in role.permissions | role.own_body_permissions | of_the_office | role.own_permissions:
            continue
        if purpose is not None and purpose not in role.purposes:
            continue
        if about.field_class not in role.field_classes or field_class not in role.field_classes:
            continue
        everywhere = permission in role.permissions
        at_home = permission in role.own_body_permissions and (each.body == "" or each.body in about.body_keys())
        in_office = permission in of_the_office and each.body in about.body_keys()
        own = permission in role.own_permissions and named
        if opened or ((everywhere or at_home or in_office or own) and (named or not about.is_restricted())):
            return True
    ordinary = about.field_class is FieldClass.ORDINARY and field_class is FieldClass.ORDINARY
    return permission in OF_EVERYBODY and purpose is None and named and ordinary


@given(grants, openings, permissions, cases, purposes, classes)
def test_decision_is_what_a_plain_reading_of_the_rule_says(given_grants, opened, permission, about, purpose, asked):
    person = Somebody(given_grants, opened)
    decision = decide(person, permission, about=about, purpose=purpose, field_class=asked)
    assert decision.allowed == plainly_allowed(person, permission, about, purpose, asked)
    assert decision.why
    assert decision.allowed or decision.redact == EVERY_CLASS


@given(grants, openings, permissions, cases, purposes)
def test_list_shows_exactly_the_records_whose_pages_open(given_grants, opened, permission, about, purpose):
    person = Somebody(given_grants, opened)
    scope = scope_of(person, permission, purpose=purpose, field_class=about.field_class)
    assert scope.covers(about) == may(person, permission, about=about, purpose=purpose)
    assert not (scope.nothing and scope.covers(about))


@given(grants, permissions, cases)
def test_more_grants_never_take_anything_away(given_grants, permission, about):
    few, many = Somebody(given_grants[:1]), Somebody(given_grants)
    assert may(many, permission, about=about) >= may(few, permission, about=about)
    assert decide(many, permission, about=about).redact <= decide(few, permission, about=about).redact


@given(permissions, cases)
def test_nobody_may_anything_without_being_given_it(permission, about):
    for person in (
        Somebody(is_authenticated=False),
        Somebody([grant(Manager)], is_active=False),
        Somebody([grant(Manager, ends_on=TODAY - timedelta(days=1))]),
    ):
        assert not may(person, permission, about=about) or permission in OF_EVERYBODY


@pytest.mark.parametrize("permission", list(Permission))
def test_somebody_holds_every_permission(permission):
    assert any(role.holds(permission) for role in ROLES) or permission in OF_EVERYBODY


def test_view_in_the_database_and_decision_agree(db):
    """The queryset of records is the twin of `decide`, asked of the table."""
    from upstream.partnership import Member
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations import organisations

    names = ("Police", "Council", "Harbour Project")
    organisations.ensure_members([Member(name, "other") for name in names], at=datetime(2026, 11, 20, tzinfo=UTC))
    for role in ROLES:
        for body in BODIES:
            person = Somebody([grant(role, body)])
            for permission in Permission:
                shown = set(Organisation.objects.visible_to(person, permission))
                assert shown == {each for each in Organisation.objects.all() if may(person, permission, about=each)}


# ---- what the mission says of each person: "must never" --------------------------------------------------------------


def test_only_those_who_help_a_person_see_more_than_ordinary_fields():
    seeing = {role.key for role in ROLES if role.field_classes - {FieldClass.ORDINARY}}
    assert seeing == {"navigator", "service_manager"}


def test_lead_reports_on_actions_of_their_own_body_only():
    lead = Somebody([grant(Lead, "police")])
    ours, theirs = Case(bodies=frozenset({"police"})), Case(bodies=frozenset({"council"}))
    assert may(lead, Permission.ACTION_REPORT, about=ours)
    assert not may(lead, Permission.ACTION_REPORT, about=theirs)
    assert may(lead, Permission.PLAN_VIEW, about=theirs)
    assert may(lead, Permission.ACTION_REPORT)  # there is something on which they may
    assert "own organisation" in decide(lead, Permission.ACTION_REPORT, about=theirs).why


def test_practitioner_reports_where_they_are_named_only():
    practitioner = Somebody([grant(Navigator, "harbour-project")])
    assert may(practitioner, Permission.ACTION_REPORT, about=Case(named=frozenset({7})))
    colleagues = Case(named=frozenset({8}), bodies=frozenset({"harbour-project"}))
    assert not may(practitioner, Permission.ACTION_REPORT, about=colleagues)


def test_provider_sees_its_own_contract_and_nobody_elses():
    provider = Somebody([grant(ServiceManager, "harbour-project")])
    scope = scope_of(provider, Permission.FUND_VIEW)
    assert (scope.everything, scope.own, scope.bodies) == (False, False, frozenset({"harbour-project"}))
    competitor = Case(bodies=frozenset({"other-project"}))
    assert not decide(provider, Permission.FUND_VIEW, about=competitor).opens_in_emergency


def test_restricted_record_is_closed_to_the_manager_who_is_not_named_and_opens_in_an_emergency():
    manager, record = Somebody([grant(Manager)]), Case(restricted=True)
    with pytest.raises(RecordClosed) as refused:
        check_may(manager, Permission.REVIEW_VIEW, about=record)
    assert (refused.value.kind, refused.value.key) == ("case", "1")
    manager.opened = [emergency(record, Permission.REVIEW_VIEW)]
    assert may(manager, Permission.REVIEW_VIEW, about=record)
    assert not may(manager, Permission.REVIEW_CHANGE, about=record), "an emergency opens one permission"
    assert not may(manager, Permission.REVIEW_VIEW, about=Case(key="2", restricted=True)), "and one record"
    assert may(manager, Permission.REVIEW_VIEW, about=Case(restricted=True, named=frozenset({7})))


def test_emergency_never_gives_what_no_role_of_the_person_has():
    practitioner, record = Somebody([grant(Navigator, "harbour-project")]), Case(restricted=True)
    practitioner.opened = [emergency(record, Permission.REVIEW_VIEW)]
    assert not may(practitioner, Permission.REVIEW_VIEW, about=record)
    assert not decide(practitioner, Permission.REVIEW_VIEW, about=record).opens_in_emergency


def test_purpose_for_which_a_role_was_not_given_is_refused():
    manager = Somebody([grant(Manager)])
    assert may(manager, Permission.PLAN_VIEW, purpose=Purpose.PLANNING)
    refused = decide(manager, Permission.PLAN_VIEW, purpose=Purpose.SAFEGUARDING)
    assert not refused
    assert "not given for helping and safeguarding a person" in refused.why


def test_what_a_person_may_not_see_stays_covered_on_a_record_they_may_open():
    assert decide(Somebody([grant(Manager)]), Permission.PLAN_VIEW).redact == EVERY_CLASS - {FieldClass.ORDINARY}
    practitioner = Somebody([grant(Navigator, "harbour-project")])
    assert decide(practitioner, Permission.PLAN_VIEW).redact == {FieldClass.PATIENT_INFORMATION}


def test_grant_holds_from_its_first_day_to_its_last():
    person = Somebody([grant(Manager, starts_on=TODAY, ends_on=TODAY + timedelta(days=2))])
    held = [may(person, Permission.PLAN_VIEW, on=TODAY + timedelta(days=days)) for days in range(-1, 4)]
    assert held == [False, True, True, True, False]


def test_grants_are_read_once_whatever_is_asked_of_them(cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lead = type(cast["lead"]).objects.get(pk=cast["lead"].pk)
    with CaptureQueriesContext(connection) as asked:
        for permission in Permission:
            may(lead, permission)
            scope_of(lead, permission)
    assert len(asked) == 1
