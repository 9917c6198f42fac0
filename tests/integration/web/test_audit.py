"""The trail: added to, never changed, with one way in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from upstream_web.audit.actions import Action
from upstream_web.audit.models import Event
from upstream_web.audit.models.event import TrailIsAppendOnly
from upstream_web.audit.operations import events
from upstream_web.core.acts import announce

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def line(db):
    return events.record(Action.BUILD_MADE, by="sam@test", at=AT, kind="build", about="2026-11-20.1", detail={"n": 1})


def test_line_says_who_what_and_when(line):
    kept = Event.objects.get(pk=line.pk)
    assert (kept.actor, kept.action, kept.at, kept.kind, kept.about, kept.detail) == (
        "sam@test", "build made", AT, "build", "2026-11-20.1", {"n": 1},
    )  # fmt: skip


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


def test_trail_has_no_foreign_keys():
    assert [field.name for field in Event._meta.get_fields() if field.is_relation] == []


def test_unknown_act_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(at=AT, actor="x", action="never heard of it")


def test_announced_act_is_written(db):
    announce("assessment made", by="ash@test", at=AT, kind="assessment", about="2026-11-20.1")
    assert Event.objects.get().action == Action.ASSESSMENT_MADE


def test_announced_act_without_a_word_for_it_is_an_error(db):
    with pytest.raises(ValueError, match="is not a valid Action"):
        announce("something odd", by="ash@test", at=AT)
