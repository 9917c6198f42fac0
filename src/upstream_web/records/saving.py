"""Writing what a register's form holds: the one way in for pages and for the programming interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import decide
from upstream_web.records import history
from upstream_web.records.forms import RecordForm
from upstream_web.records.models import Record
from upstream_web.records.operations import keeping
from upstream_web.records.register import Register

TRIES = 3


@dataclass(frozen=True)
class Outcome:
    """How a form ended: the record as it is now, whether it was saved, which fields changed, or why it is closed."""

    record: Record
    form: RecordForm | None = None
    saved: bool = False
    fields: tuple[str, ...] = ()
    closed: str = ""


def check_may_change(register: Register[Any], person: Any, record: Record | None = None) -> None:
    """Raise `PermissionDenied` unless the person may change this record, or make one when none is given."""
    if not register.may_change(person, record):
        raise PermissionDenied(_why_not(register, person, record))


def get_to_change(register: Register[Any], person: Any, key: Any) -> Any:
    """Give a record that the person may change; raises `PermissionDenied` or Http404."""
    record = register.get(person, key)
    check_may_change(register, person, record)
    return record


def _why_not(register: Register[Any], person: Any, record: Record | None) -> str:
    if register.change is None:
        return f"{register.title} are not changed here."
    decided = decide(person, register.change, about=record)
    return decided.why if not decided else f"{register.title} are not yours to change."


def save_new(register: Register[Any], form: RecordForm, *, person: Any, at: datetime) -> Record | None:
    """Write the new record that a form holds; None when the form has faults, which it then shows."""
    if not form.is_valid():
        return None
    if not register.may_change(person, form.instance):
        form.add_error(None, _why_not(register, person, form.instance))
        return None
    try:
        record: Record = register.make(form.instance, by=person, at=at)
    except UpstreamFailure as refused:
        form.add_error(None, str(refused))
        return None
    except IntegrityError:
        _say_broken(form)
        return None
    return record


def _say_broken(form: RecordForm) -> None:
    """Say which rule of the database the record breaks that the form could not see by itself.

    Such as two who send the same at the same moment, or a rule about what the form does not show.
    """
    try:
        form.instance.validate_constraints()
    except ValidationError as broken:
        for name, said in broken.message_dict.items():
            form.add_error(name if name in form.fields else None, said)
    else:
        form.add_error(None, "Somebody else kept the same at this moment. Your words are below: look, then save again.")


def save_change(
    register: Register[Any], key: Any, data: Any, files: Mapping[str, Any] | None = None, *, person: Any, at: datetime
) -> Outcome:
    """Write what a form changes of a record; without data, give the form. Two people who write at once lose nothing."""
    form: RecordForm | None = None
    for _ in range(TRIES):  # somebody may save between reading and writing; then the form is merged once more
        record = get_to_change(register, person, key)
        closed = register.can_change(record) or _removed(register, record)
        if closed:
            return Outcome(record, closed=closed)
        before = {field.attname: getattr(record, field.attname) for field in history.fields_of(register.model)}
        form = register.form(data, files, instance=record, person=person)
        if not form.is_bound or not form.is_valid():
            return Outcome(record, form)
        fields = form.changed_names(before)
        if not fields:
            return Outcome(record, form, saved=True)
        try:
            record = register.change_record(record, fields, by=person, at=at)
        except keeping.ChangedMeanwhile:
            continue
        except UpstreamFailure as refused:
            form.add_error(None, str(refused))
            return Outcome(record, form)
        except IntegrityError:
            _say_broken(form)
            return Outcome(record, form)
        return Outcome(record, form, saved=True, fields=tuple(fields))
    assert form is not None
    form.add_error(None, "Others are saving this record again and again. Your words are below: save once more.")
    return Outcome(record, form)


def _removed(register: Register[Any], record: Record) -> str:
    return f"This {register.noun} was removed; bring it back first." if record.removed_at else ""
