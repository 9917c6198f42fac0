"""Columns and filters of a list of records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from upstream_web.core.money import Pounds

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Tag:
    """The state of work as the design shows it: `kind` as in `{% tag %}`, and its words."""

    kind: str
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Column:
    """One column: what it shows, and by which fields it is sorted (none: it is not).

    `value` is the name of an attribute, dotted where it is another record's, or a function of the record.
    `quiet` columns are left out on a phone and kept in exports.
    """

    name: str
    label: str
    value: str | Callable[[Any], Any] = ""
    sort: tuple[str, ...] = ()
    is_number: bool = False
    quiet: bool = False
    only_exported: bool = False

    def of(self, record: Any) -> Any:
        """Give what the column shows of a record; None where there is nothing."""
        source = self.value or self.name
        if callable(source):
            return source(record)
        try:
            found = attrgetter(source)(record)
        except AttributeError:
            return None
        return found() if callable(found) else found


@dataclass(frozen=True)
class Filter:
    """A choice that narrows a list. `lookup` is a field lookup; `narrow` a function for what a lookup cannot say."""

    name: str
    label: str
    choices: Choices | Callable[[], Choices]
    lookup: str = ""
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None

    def options(self) -> Choices:
        """Give what can be chosen, as key and words."""
        return self.choices() if callable(self.choices) else self.choices

    def apply(self, records: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow the records to those that match; a value that is not offered narrows to none."""
        if not value:
            return records
        if value not in {key for key, _ in self.options()}:
            return records.none()
        if self.narrow is not None:
            return self.narrow(records, value)
        return records.filter(**{self.lookup or self.name: value})


@dataclass(frozen=True)
class Asked:
    """What a person asks of a list: words, filters, order and page. Kept in the address, so that it can be sent on."""

    words: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    order: str = ""
    page: int = 1
    removed: bool = False


def matching(records: QuerySet[Any], fields: Sequence[str], words: str) -> QuerySet[Any]:
    """Keep the records in which every word of `words` occurs in one of the fields."""
    for word in words.split()[:12]:
        records = records.filter(_any_of(fields, word))
    return records


def _any_of(fields: Sequence[str], word: str) -> Q:
    found = Q(pk__in=[])
    for name in fields:
        found |= Q(**{f"{name}__icontains": word})
    return found


def plain(value: Any) -> str | int | float | Decimal | date | datetime | None:
    """Give a column's value as a spreadsheet takes it: money as a number, moments by the clock on the wall."""
    if isinstance(value, Pounds):
        return value.amount
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return timezone.make_naive(value).replace(microsecond=0) if timezone.is_aware(value) else value
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return str(value)
