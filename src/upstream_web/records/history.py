"""What a record was: its versions, what changed from one to the next, and the values of an earlier one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import reversion
from django.db import models
from reversion.models import Revision, Version

from upstream_web.core.words import moment_words, short_day_words
from upstream_web.records.models import Record

OWN_NOTES = frozenset({"id", "version", "made_at", "made_by", "changed_at", "changed_by", "removed_at"})


@dataclass(frozen=True)
class Piece:
    """Some words of a changed text: `kept`, `added` or `taken`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field before and after, as people read it."""

    name: str
    label: str
    before: str
    after: str

    @property
    def is_text(self) -> bool:
        """Whether the words are many enough to show which of them changed."""
        return len(self.before) + len(self.after) > 80 and bool(self.before)

    @property
    def pieces(self) -> list[Piece]:
        """The words that stayed, came and went, in reading order."""
        return list(_pieces(self.before, self.after))


@dataclass(frozen=True)
class State:
    """A record as it was saved once: who saved it, when, with which words, and what that changed."""

    version: int
    at: datetime
    by: str
    words: str
    changes: tuple[Change, ...]
    is_removed: bool


def newest_change() -> int:
    """Give the number of the newest change of any record: as long as it stays, what records tell stays."""
    return Revision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def follow(model: type[Record]) -> None:
    """Keep the history of a kind of record from now on; harmless when done twice."""
    if not reversion.is_registered(model):
        reversion.register(model)


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = before.split(" "), after.split(" ")
    for act, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            yield Piece("kept", " ".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("taken", " ".join(old[i1:i2]))
        if j2 > j1:
            yield Piece("added", " ".join(new[j1:j2]))


def fields_of(model: type[Record]) -> list[models.Field[Any, Any]]:
    """Give the fields that people change."""
    return [field for field in model._meta.concrete_fields if field.name not in OWN_NOTES]


def said(field: models.Field[Any, Any], value: Any) -> str:
    """Write a kept value of a field as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(field, models.BooleanField):
        return "yes" if value else "no"
    if field.is_relation:
        return _related(field, value)
    if isinstance(value, date):
        return moment_words(value) if isinstance(value, datetime) else short_day_words(value)
    if isinstance(value, dict):
        return "\n".join(f"{name}: {each}" for name, each in value.items() if each not in (None, ""))
    choices = dict(field.flatchoices or ())
    if isinstance(value, list):
        return "\n".join(_item(each, choices) for each in value)
    return str(choices.get(value, value))


def _item(value: Any, choices: Mapping[Any, Any]) -> str:
    if isinstance(value, dict):
        return "; ".join(str(each) for each in value.values() if each not in (None, ""))
    return str(choices.get(value, value))


def shown(field: models.Field[Any, Any], record: Record) -> Any:
    """Give a field's value for a page: days, numbers and other records as they are, all else in words."""
    value = getattr(record, field.name)
    if isinstance(value, date | int | models.Model) and not isinstance(value, bool) and not field.flatchoices:
        return value
    return said(field, getattr(record, field.attname))


def _related(field: models.Field[Any, Any], value: Any) -> str:
    found = field.related_model._base_manager.filter(pk=value).first()  # type: ignore[union-attr]
    return str(found) if found else f"no longer kept ({value})"


def values_at(version: Version, model: type[Record]) -> dict[str, Any]:
    """Give the values that people changed, by the name under which a record takes them."""
    kept = version.field_dict
    return {field.attname: kept[field.attname] for field in fields_of(model) if field.attname in kept}


def find_version(record: Record, number: int) -> Version | None:
    """Give the kept version of that number, or None when it is not kept."""
    for version in Version.objects.get_for_object(record).select_related("revision"):
        if version.field_dict.get("version") == number:
            return version
    return None


def base_values(record: Record, number: int) -> dict[str, Any] | None:
    """Give what people wrote in an earlier version, or None when it is not kept.

    What operations set (a state, an agreement) is left out: it is not changed by a form and not brought back by
    restoring.
    """
    version = find_version(record, number)
    if version is None:
        return None
    written = {field.attname for field in fields_of(type(record)) if field.editable}
    return {name: value for name, value in values_at(version, type(record)).items() if name in written}


def changes_between(model: type[Record], before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """List the fields that differ."""
    return tuple(
        Change(
            field.name,
            str(field.verbose_name),
            said(field, before.get(field.attname)),
            said(field, after.get(field.attname)),
        )
        for field in fields_of(model)
        if before.get(field.attname) != after.get(field.attname)
    )


def states(record: Record, *, most: int = 200) -> list[State]:
    """Give what the record was, newest first."""
    kept = list(Version.objects.get_for_object(record).select_related("revision")[: most + 1])
    model = type(record)
    found = []
    for place, version in enumerate(kept[:most]):
        earlier = values_at(kept[place + 1], model) if place + 1 < len(kept) else {}
        own = version.field_dict
        found.append(
            State(
                own["version"],
                own["changed_at"],
                own["changed_by"],
                version.revision.get_comment() or "",
                changes_between(model, earlier, values_at(version, model)),
                own.get("removed_at") is not None,
            )
        )
    return found


def last_changed_by(record: Record, name: str) -> str:
    """Give who changed a field last: somebody else may have saved other fields of the record since."""
    found = (state.by for state in states(record) if any(change.name == name for change in state.changes))
    return next(found, record.changed_by)
