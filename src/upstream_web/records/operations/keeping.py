"""The writes that every kind of record shares. Operations of their own kind use `keep_new` and `keep` within."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import reversion

from upstream.exceptions import Overtaken
from upstream_web.core.operations import name_of, operation, tell, under_way
from upstream_web.records.models import Record
from upstream_web.records.operations import notices

AnyRecord = TypeVar("AnyRecord", bound=Record)


class ChangedMeanwhile(Overtaken):
    """Somebody else saved the record after it was read; nothing was overwritten."""

    def __init__(self, record: Record) -> None:
        super().__init__(
            f"{record} was changed by somebody else since it was read.",
            do="Look at it as it is now, and send again what is still right.",
        )


def check_as_shown(record: Record, version: str) -> None:
    """Raise `ChangedMeanwhile` when a page showed another `version` of the record beside the button that was pressed.

    A page that says none is believed.
    """
    if version and version != str(record.version):
        raise ChangedMeanwhile(record)


def keep_new(record: AnyRecord, *, by: Any, at: datetime) -> AnyRecord:
    """Write a record for the first time, within an operation."""
    under_way()
    record.version = 1
    record.made_at = record.changed_at = at
    record.made_by = record.changed_by = name_of(by)
    record.save(force_insert=True)
    notices.tell_of_assignment(record, assigned=record.assigned(), by=by, at=at)  # nobody follows it yet
    return record


def keep(record: AnyRecord, *, by: Any, at: datetime) -> AnyRecord:
    """Write a changed record, within an operation; raises `ChangedMeanwhile` when it is not what was read."""
    under_way()
    table = type(record)._default_manager
    was = table.filter(pk=record.pk).first() if record.assigned() else None
    before = was.assigned() if was else frozenset()
    if not table.filter(pk=record.pk, version=record.version).update(version=record.version + 1):
        raise ChangedMeanwhile(record)
    record.version += 1
    record.changed_at, record.changed_by = at, name_of(by)
    record.save()
    notices.tell_of_change(record, assigned=record.assigned() - before, by=by, at=at)
    return record


def keep_all(records: Iterable[AnyRecord], *, fields: list[str], by: Any, at: datetime) -> list[AnyRecord]:
    """Write many changed records at once, within an operation, each with its place in its history."""
    kept = [keep(record, by=by, at=at) for record in records]
    tell(records=len(kept), fields=fields)
    return kept


@operation("record made")
def make(*, record: AnyRecord, by: Any, at: datetime) -> AnyRecord:
    """Write a new record."""
    keep_new(record, by=by, at=at)
    tell(record)
    return record


@operation("several records made")
def make_all(*, records: Iterable[AnyRecord], by: Any, at: datetime) -> list[AnyRecord]:
    """Write new records that were entered together, such as a list of schools: one line in the trail for all."""
    made = [keep_new(record, by=by, at=at) for record in records]
    tell(kind=made[0].kind if made else "", records=len(made))
    return made


@operation("record changed")
def change(*, record: AnyRecord, fields: list[str], by: Any, at: datetime) -> AnyRecord:
    """Write a changed record; `fields` names what was changed, for the trail."""
    keep(record, by=by, at=at)
    tell(record, fields=fields)
    return record


@operation("record removed")
def remove(*, record: AnyRecord, reason: str, by: Any, at: datetime) -> AnyRecord:
    """Take a record out of sight; it can be brought back."""
    record.removed_at = at
    reversion.set_comment(f"removed: {reason}")
    tell(record, reason=reason)
    return keep(record, by=by, at=at)


def no_rule(_: Any) -> None:
    """Refuse nothing: the rule of records whose values may all be kept."""


@operation("record brought back")
def bring_back(*, record: AnyRecord, by: Any, at: datetime, check: Callable[[Any], None] = no_rule) -> AnyRecord:
    """Bring a removed record back, where `check` lets it stand as it is."""
    check(record)
    record.removed_at = None
    tell(record)
    return keep(record, by=by, at=at)


@operation("earlier state restored")
def restore(
    *, record: AnyRecord, values: Mapping[str, Any], version: int, by: Any, at: datetime,
    check: Callable[[Any], None] = no_rule,
) -> AnyRecord:  # fmt: skip
    """Give a record the values it had at an earlier `version`; what it is now stays in its history.

    `check` is asked about the record with these values, as the form asks before saving them, and raises to refuse.
    """
    for name, value in values.items():
        setattr(record, name, value)
    check(record)
    reversion.set_comment(f"version {version} restored")
    tell(record, version=version)
    return keep(record, by=by, at=at)
