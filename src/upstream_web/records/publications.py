"""What everybody may read: kept papers that were opened to the public. Nothing else of the records is reached here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Max, QuerySet
from django.http import Http404
from django.urls import reverse

from upstream.papers import Paper
from upstream_web.records.models import Publication, Record
from upstream_web.records.papers import content_at


@dataclass(frozen=True)
class Document:
    """One paper with its published versions, newest first; the newest is what counts, also when it was withdrawn."""

    versions: tuple[Publication, ...]

    @property
    def newest(self) -> Publication:
        """The version that counts."""
        return self.versions[0]

    @property
    def address(self) -> str:
        """Where everybody finds the version that counts."""
        return reverse("public-document", args=[self.newest.paper.kind, self.newest.paper.key])

    @property
    def first_opened_at(self) -> datetime:
        """When it was first published."""
        return self.versions[-1].opened_at

    @property
    def changed_at(self) -> datetime:
        """When a version was last published or withdrawn."""
        return max(max(filter(None, (each.opened_at, each.withdrawn_at))) for each in self.versions)

    def version(self, number: int) -> Publication:
        """Give one version; raises Http404."""
        found = next((each for each in self.versions if each.paper.number == number), None)
        if found is None:
            raise Http404(f"There is no published version {number} of this document.")
        return found


def publications(kinds: Iterable[str]) -> QuerySet[Publication]:
    """Give what was opened to the public of some kinds, newest first; withdrawn versions too."""
    return Publication.objects.filter(paper__kind__in=list(kinds)).select_related("paper")


def documents(kind: str) -> list[Document]:
    """Give the published documents of a kind, the one that was last changed first."""
    found: dict[str, list[Publication]] = {}
    for each in publications([kind]).order_by("-paper__number"):
        found.setdefault(each.paper.key, []).append(each)
    told = [Document(tuple(versions)) for versions in found.values()]
    return sorted(told, key=lambda document: document.newest.opened_at, reverse=True)


def get_document(kind: str, key: str) -> Document:
    """Give one published document; raises Http404 whether it is not there or was never published."""
    versions = tuple(publications([kind]).filter(paper__key=key).order_by("-paper__number"))
    if not versions:
        raise Http404("Nothing was published under this address.")
    return Document(versions)


def newest_publication_of(record: Record) -> Publication | None:
    """Give the newest published version of a record, also when it was withdrawn; None before the first."""
    kind, key = record.trail_name()
    return publications([kind]).filter(paper__key=key).order_by("-paper__number").first()


def publication_of(record: Record) -> Publication | None:
    """Give what everybody reads of a record now: its newest published version, or None when that was withdrawn."""
    newest = newest_publication_of(record)
    return newest if newest is not None and newest.is_open else None


def last_change(kinds: Iterable[str]) -> datetime | None:
    """Give when anything of some kinds was last published or withdrawn; None before the first time."""
    found = publications(kinds).aggregate(opened=Max("opened_at"), withdrawn=Max("withdrawn_at"))
    return max(filter(None, found.values()), default=None)


@lru_cache(maxsize=256)
def content(digest: str) -> Paper:
    """Give what was frozen under a hash; it can be nothing else the next time."""
    return content_at(digest)
