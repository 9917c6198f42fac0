"""Records as programs read and write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.db import models

from upstream_web.records import history
from upstream_web.records.forms import RecordForm
from upstream_web.records.models import Record
from upstream_web.records.register import Register

JSON_TYPES: tuple[tuple[type[models.Field[Any, Any]], dict[str, Any]], ...] = (
    (models.BooleanField, {"type": "boolean"}),
    (models.DecimalField, {"type": "string", "format": "decimal"}),
    (models.FloatField, {"type": "number"}),
    (models.IntegerField, {"type": "integer"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.ForeignKey, {"type": "integer"}),
    (models.JSONField, {}),
)


def plain(value: Any) -> Any:
    """Write a value as JSON has it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)


def shape(record: Record, *, told: bool = True) -> dict[str, Any]:
    """Write a record: its fields under their names, foreign keys by the key of the other.

    Unless they are `told` the fields are left out: what is published of such a record stands at its address.
    """
    fields = history.fields_of(type(record)) if told else []
    return {
        "key": record.pk,
        "kind": record.kind,
        "title": str(record),
        "version": record.version,
        "made_at": plain(record.made_at),
        "made_by": record.made_by,
        "changed_at": plain(record.changed_at),
        "changed_by": record.changed_by,
        "removed": record.removed_at is not None,
        "address": record.get_absolute_url(),
        "fields": {field.name: plain(getattr(record, field.attname)) for field in fields},
    }


def schema_of(field: models.Field[Any, Any]) -> dict[str, Any]:
    """Describe a field as JSON Schema."""
    found: dict[str, Any] = next(
        (dict(kind) for model, kind in JSON_TYPES if isinstance(field, model)), {"type": "string"}
    )
    if field.null and "type" in found:
        found |= {"type": [found["type"], "null"]}
    if field.max_length and "string" in str(found.get("type")):
        found |= {"maxLength": field.max_length}
    return found | {"title": str(field.verbose_name).capitalize()}


def form_data(form: RecordForm, given: dict[str, Any], version: int | None) -> dict[str, Any]:
    """Write what a program gives as the register's form takes it; what is left out stays as it is."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        bound = form[name]
        value = given.get(name, bound.initial)
        if isinstance(field.widget, forms.CheckboxInput):
            if value:
                data[name] = "on"
        elif value is not None:
            data[name] = value if isinstance(value, list) else str(field.prepare_value(value))
    if version is not None:
        data["began_from"] = str(version)
    return data


def unknown_fields(register: Register[Any], given: dict[str, Any]) -> list[str]:
    """Name what a program gives that the register's form does not take."""
    return sorted(given.keys() - (register.form.base_fields.keys() - {"began_from"}))
