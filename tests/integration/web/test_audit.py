"""The trail: added to, never changed, with one way in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from upstream_web.audit.actions import Action
from upstream_web.audit.models import Event, Head
from upstream_web.audit.models.event import TrailIsAppendOnly
from upstream_web.audit.operations import events
from upstream_web.audit.operations.events import TrailHeadAltered
from upstream_web.core.acts import ActKind, ActUnknown, announce, declare, under

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
declare("tried out in tests", ActKind.DISCLOSURE)


@pytest.fixture
def line(db):
    return events.record(Action.BUILD_MADE, by="sam@test", at=AT, kind="build", about="2026-11-20.1", detail={"n": 1})


def test_line_says_who_what_and_when(line):
    kept = Event.objects.get(pk=line.pk)
    assert (kept.actor, kept.action, kept.at, kept.kind, kept.about, kept.detail) == (
        "sam@test", "build made", AT, "build", "2026-11-20.1", {"n": 1},
    )  # fmt: skip


def test_line_says_what_kind_of_processing_it_was(line):
    assert Event.objects.get().act_kind == "combination"


def test_line_is_never_changed(line):
    line.actor = "somebody else"
    with pytest.raises(TrailIsAppendOnly):
        line.save()
    with pytest.raises(TrailIsAppendOnly):
        Event.objects.all().update(actor="somebody else")


def test_line_is_never_removed(line):
    with pytest.raises(TrailIsAppendOnly):
        line.delete()
    with pytest.raises(TrailIsAppendOnly):
        Event.objects.all().delete()
    assert Event.objects.count() == 1


REFUSED = [
    "UPDATE audit_event SET actor = 'somebody else'",
    "UPDATE audit_event SET chain = chain + 1",
    "DELETE FROM audit_event",
]
REFUSED_BY_ONE = {
    "sqlite": ["INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event"],
    "postgresql": ["TRUNCATE audit_event"],
}


def test_database_refuses_what_the_models_refuse(line):
    for statement in [*REFUSED, *REFUSED_BY_ONE[connection.vendor]]:
        with pytest.raises(DatabaseError, match="line of the trail"), transaction.atomic():
            connection.cursor().execute(statement)
    assert Event.objects.get().actor == "sam@test"


def test_trail_has_no_foreign_keys():
    assert [field.name for field in Event._meta.get_fields() if field.is_relation] == []


def test_act_that_nobody_declared_is_refused(db):
    with pytest.raises(ActUnknown, match="never heard of it"):
        events.record("never heard of it", by="x", at=AT)
    assert not Event.objects.exists()


def test_announced_act_is_written(db):
    announce("assessment made", by="ash@test", at=AT, kind="assessment", about="2026-11-20.1")
    assert Event.objects.get().action == Action.ASSESSMENT_MADE


def test_announced_act_that_nobody_declared_is_an_error(db):
    with pytest.raises(ActUnknown, match="something odd"):
        announce("something odd", by="ash@test", at=AT)


def test_line_says_why_for_whom_and_to_whom(db):
    announce(
        "tried out in tests", by="ash@test", at=AT, purpose="scrutiny", body="County Council", recipient="the panel",
        reason="asked for at the meeting",
    )  # fmt: skip
    kept = Event.objects.get()
    assert (kept.purpose, kept.body, kept.recipient, kept.reason) == (
        "scrutiny", "County Council", "the panel", "asked for at the meeting",
    )  # fmt: skip


def test_circumstances_of_a_block_hold_for_everything_in_it(db):
    with under(body="County Council", request_id="abc"):
        with under(reason="an emergency"):
            announce("tried out in tests", by="ash@test", at=AT, body="Fire and Rescue")
        announce("tried out in tests", by="ash@test", at=AT)
    announce("tried out in tests", by="ash@test", at=AT)
    assert list(Event.objects.values_list("body", "reason", "request_id")) == [
        ("Fire and Rescue", "an emergency", "abc"), ("County Council", "", "abc"), ("", "", ""),
    ]  # fmt: skip


def test_circumstance_without_a_place_is_an_error(db):
    with pytest.raises(ValueError, match="mood"):
        announce("tried out in tests", by="ash@test", at=AT, mood="bright")


def test_line_of_a_page_names_its_request(db, client):
    response = client.post("/sign-in/", {"username": "nobody@test", "password": "a guess"})
    kept = Event.objects.get(action="sign-in failed")
    assert kept.request_id == response.headers["X-Request-ID"]


def test_text_that_is_too_long_or_odd_is_made_to_fit(db):
    events.record("tried out in tests", by="x" * 300, at=AT, about="a\x00b\x1fc\nd\ud800")
    kept = Event.objects.get()
    assert (len(kept.actor), kept.about) == (254, "a b c d?")


def test_moment_without_a_time_zone_is_an_error(db):
    with pytest.raises(ValueError, match="time zone"):
        events.record("tried out in tests", by="x", at=datetime(2026, 11, 20))  # noqa: DTZ001


def test_lines_are_numbered_without_a_gap_though_some_fail(db):
    for number in range(6):
        try:
            with transaction.atomic():
                events.record("tried out in tests", by="x", at=AT)
                if number % 2:
                    raise ArithmeticError
        except ArithmeticError:
            continue
    assert list(Event.objects.values_list("chain", flat=True)) == [1, 2, 3]
    assert Head.objects.get().number == 3


def test_nothing_is_added_behind_an_altered_head(line):
    Head.objects.update(number=0, hash="0" * 64)
    with pytest.raises(TrailHeadAltered, match="upstream audit verify"):
        events.record("tried out in tests", by="x", at=AT)


def test_nothing_is_added_where_the_head_is_missing(line):
    Head.objects.all().delete()
    with pytest.raises(TrailHeadAltered, match="missing"):
        events.record("tried out in tests", by="x", at=AT)
