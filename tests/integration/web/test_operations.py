"""An operation is one transaction and exactly one line in the trail, however many others it calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from upstream_web.audit.models import Event
from upstream_web.core.acts import ActKind
from upstream_web.core.models import Job
from upstream_web.core.operations import NoOperationUnderWay, operation, tell, under_way

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WHO = {"by": "ash@test", "at": AT}


@dataclass
class Thing:
    """Something that the trail can point at."""

    key: str

    def trail_name(self) -> tuple[str, str]:
        return "thing", self.key


def write(word: str) -> None:
    Job.objects.create(kind="note", title=word, queued_by="ash@test", queued_at=AT)


def written() -> list[str]:
    return sorted(Job.objects.values_list("title", flat=True))


@operation("inner tried in tests", ActKind.ERASURE)
def inner(*, thing, by, at, fails=False):
    write("inner")
    tell(inner=thing.key)
    if fails:
        raise ArithmeticError("the inner one fails")


@operation("outer tried in tests", ActKind.DISCLOSURE)
def outer(*, thing, by, at, inner_fails=False, fails=False, goes_on=False):
    write("outer")
    tell(thing, outer=1)
    try:
        inner(thing=Thing("within"), by=by, at=at, fails=inner_fails)
    except ArithmeticError:
        if not goes_on:
            raise
    if fails:
        raise ArithmeticError("the outer one fails")


@operation("pointing tried in tests")
def pointing(*, first, second, by, at, gives=None):
    return gives


def line() -> Event:
    """The one line that there is."""
    return Event.objects.get()


def test_operation_leaves_one_line_that_says_what_it_was_about(db):
    outer(thing=Thing("T-1"), **WHO)
    found = line()
    assert (found.action, found.act_kind, found.actor, found.at) == (
        "outer tried in tests",
        "disclosure",
        "ash@test",
        AT,
    )
    assert (found.kind, found.about) == ("thing", "T-1")
    assert found.detail == {"outer": 1, "inner": "within", "with": ["inner tried in tests"]}
    assert written() == ["inner", "outer"]


def test_operation_that_fails_leaves_nothing(db):
    for given in ({"fails": True}, {"inner_fails": True}):
        with pytest.raises(ArithmeticError):
            outer(thing=Thing("T-1"), **WHO, **given)
    assert (written(), Event.objects.count()) == ([], 0)


def test_operation_may_go_on_when_one_within_it_fails(db):
    outer(thing=Thing("T-1"), **WHO, inner_fails=True, goes_on=True)
    assert written() == ["outer"]
    assert line().action == "outer tried in tests"


def test_operation_points_at_what_it_gives_back_or_else_at_what_it_was_given(db):
    pointing(first="no name", second=Thing("given"), gives=Thing("given back"), **WHO)
    pointing(first="no name", second=Thing("given"), **WHO)
    assert list(Event.objects.values_list("about", flat=True)) == ["given back", "given"]


def test_why_and_to_whom_stand_in_columns_of_their_own(db):
    @operation("telling tried in tests")
    def telling(*, by, at):
        tell(reason="asked for", recipient="the panel", purpose="scrutiny", rows=3)

    telling(**WHO)
    found = line()
    assert (found.reason, found.recipient, found.purpose, found.detail) == (
        "asked for", "the panel", "scrutiny", {"rows": 3},
    )  # fmt: skip


def test_person_is_named_by_sign_in_name(cast):
    before = Event.objects.count()
    pointing(first=1, second=2, by=cast["manager"], at=AT)
    assert Event.objects.get(chain=before + 1).actor == "manager@test"


def test_nothing_is_told_outside_an_operation(db):
    with pytest.raises(NoOperationUnderWay):
        tell(rows=3)
    pointing(first=1, second=2, **WHO)
    with pytest.raises(NoOperationUnderWay):
        under_way()


def test_what_is_slow_is_done_ahead_of_the_transaction(db):
    from django.db import connection

    depth = len(connection.savepoint_ids)  # the test itself runs in a transaction
    seen = []

    def slow(*, thing, by, at):
        seen.append(len(connection.savepoint_ids))
        return f"rendered {thing.key}"

    @operation("kept after being rendered in tests", ahead=slow)
    def keep(*, thing, by, at):
        seen.append(len(connection.savepoint_ids))
        return under_way().ready

    @operation("kept within another in tests")
    def around(*, thing, by, at):
        return keep(thing=thing, by=by, at=at)

    assert keep(thing=Thing("T-1"), **WHO) == "rendered T-1"
    assert seen == [depth, depth + 1]
    assert around(thing=Thing("T-2"), **WHO) is None  # the transaction has begun: nothing is ahead of it
