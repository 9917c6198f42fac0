"""Results that are kept until any record changes."""

from __future__ import annotations

from datetime import UTC, datetime

from upstream_web.core.operations import operation
from upstream_web.organisations.models import Organisation
from upstream_web.organisations.operations import organisations
from upstream_web.records.kept import kept_until_changed

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def make(name):
    return organisations.make(organisation=Organisation(name=name, type="community"), by="tests", at=NOW)


def count():
    return kept_until_changed("organisations", lambda: asked.append(1) or Organisation.objects.count())


asked: list[int] = []


def test_result_is_kept_until_a_record_changes_and_never_within_an_operation(db):
    asked.clear()
    make("Youth Club")
    assert [count(), count(), len(asked)] == [1, 1, 1]
    make("Boxing Club")
    assert [count(), count(), len(asked)] == [2, 2, 2]

    @operation("two clubs made")
    def make_two(*, by, at):
        before = count()
        make("Chess Club")
        return before, count()

    assert make_two(by="tests", at=NOW) == (2, 3)
    assert [count(), count(), len(asked)] == [3, 3, 5]
