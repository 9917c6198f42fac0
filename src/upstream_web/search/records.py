"""Finding records of every kind, each as far as the person may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from reversion.models import Version

from upstream_web.records.models import Record
from upstream_web.records.register import Register, registers
from upstream_web.records.seeing import records_open_to

MOST_OF_A_KIND = 6
MOST_COUNTED = 100
RECENT = 10
VERSIONS_LOOKED_AT = 60


@dataclass(frozen=True)
class RecordsFound:
    """The newest records of one kind that fit, how many there are, and where all of them stand."""

    register: Register[Any]
    records: list[Record]
    count: int
    address: str

    @property
    def count_words(self) -> str:
        """Say how many fit; beyond a hundred nobody counts."""
        return f"more than {MOST_COUNTED}" if self.count > MOST_COUNTED else f"{self.count:,}"

    @property
    def has_more(self) -> bool:
        """Whether more fit than are shown."""
        return self.count > len(self.records)


def find_records(person: Any, words: str) -> Iterator[RecordsFound]:
    """Find records in which every word occurs, by kind; each kind is read until enough is found, and no further."""
    if not words.split():
        return
    for register in registers():
        if not register.in_search:
            continue
        fitting = register.found_by(person, register.visible_to(person).filter(removed_at=None), words)
        records = list(fitting.order_by("-pk")[: MOST_OF_A_KIND + 1])
        if records:
            full = len(records) > MOST_OF_A_KIND
            count = len(fitting.order_by().values_list("pk")[: MOST_COUNTED + 1]) if full else len(records)
            address = f"{register.address()}?{urlencode({'q': words})}"
            yield RecordsFound(register, records[:MOST_OF_A_KIND], count, address)


def changed_lately(person: Any) -> list[Record]:
    """Give the records that the person changed last, newest first, as far as they may still see them."""
    kinds = {register.model._meta.label_lower: register.kind for register in registers()}
    versions = Version.objects.filter(revision__user=person).select_related("content_type")
    newest = versions.order_by("-revision_id", "-pk")[:VERSIONS_LOOKED_AT]
    names: dict[tuple[str, int], None] = {}
    for version in newest:
        kind = kinds.get(f"{version.content_type.app_label}.{version.content_type.model}")
        if kind is not None:
            names.setdefault((kind, int(version.object_id)))
    wanted = list(names)[: RECENT * 2]
    seen = records_open_to(person, wanted)
    return [seen[name] for name in wanted if name in seen][:RECENT]
