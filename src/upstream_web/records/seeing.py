"""Which records and which people may come together: always the register's own answer, never a second rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from upstream_web.access.models import User
from upstream_web.records import marks
from upstream_web.records.models import Record
from upstream_web.records.models.hanging import RecordName
from upstream_web.records.register import find_register

CANDIDATES = 40


def records_open_to(person: Any, names: Iterable[RecordName]) -> dict[RecordName, Record]:
    """Give those of the named records that `person` may see, one question for each kind."""
    keys: dict[str, set[int]] = defaultdict(set)
    for kind, key in names:
        keys[kind].add(key)
    found: dict[RecordName, Record] = {}
    for kind, wanted in keys.items():
        register = find_register(kind)
        if register is not None:
            found |= {(kind, record.pk): record for record in register.visible_to(person).filter(pk__in=wanted)}
    return found


def is_open_to(person: Any, name: RecordName) -> bool:
    """Whether `person` may see a record."""
    register = find_register(name[0])
    return register is not None and register.visible_to(person).filter(pk=name[1]).exists()


def people_who_see(name: RecordName, words: str, *, most: int = 8) -> list[User]:
    """Give active people who may see the record and of whose names one begins with `words`."""
    begins = Q(name__istartswith=words) | Q(name__icontains=f" {words}") | Q(username__istartswith=words)
    people = User.objects.with_rights().filter(begins, is_active=True)
    found = []
    for person in people.order_by("name", "pk")[:CANDIDATES]:
        if is_open_to(person, name):
            found.append(person)
        if len(found) == most:
            break
    return found


def names_of_nobody(text: str, name: RecordName) -> list[str]:
    """Give the names that a text mentions in vain: whether nobody has them, or may not see the record, is not said."""
    told = {written for written, person in marks.mentioned(text).items() if is_open_to(person, name)}
    return [written for written in dict.fromkeys(marks.MENTION.findall(text)) if written.lower() not in told]
