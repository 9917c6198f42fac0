"""What the pages show of published papers: taken from what was frozen, and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from upstream.papers import Paper, Text, fragment, text_fragment
from upstream_web.core.workbench import get_partnership
from upstream_web.public.shelves import BY_KIND, PUBLIC_ROW, SHELVES, Shelf
from upstream_web.records import publications
from upstream_web.records.models import Publication
from upstream_web.records.publications import Document


@dataclass(frozen=True)
class Line:
    """A document as a list names it."""

    document: Document
    paper: Paper
    shelf: Shelf
    successor: Document | None = None

    @property
    def address(self) -> str:
        """Where its newest version is read."""
        return self.document.address

    @property
    def newest(self) -> Publication:
        """The version that counts."""
        return self.document.newest


def lines(shelf: Shelf) -> list[Line]:
    """Give the documents of a shelf, the newest first."""
    found = publications.documents(shelf.kind)
    return [
        Line(each, publications.content(each.newest.paper.content), shelf, _successor(shelf, each, found))
        for each in found
    ]


def successor(shelf: Shelf, document: Document) -> Document | None:
    """Give the document that took the place of one, such as the strategy in force for an earlier one."""
    return _successor(shelf, document, publications.documents(shelf.kind)) if shelf.has_successors else None


def _successor(shelf: Shelf, document: Document, found: list[Document]) -> Document | None:
    if not shelf.has_successors:
        return None
    later = [each for each in found if each.newest.is_open and each.first_opened_at > document.first_opened_at]
    return max(later, key=lambda each: each.first_opened_at, default=None)


def shelves() -> list[tuple[Shelf, list[Line]]]:
    """Give every shelf with what stands on it."""
    return [(shelf, lines(shelf)) for shelf in SHELVES]


def latest(most: int) -> list[tuple[Publication, Shelf]]:
    """Give the versions that were published last, the newest first."""
    found = publications.publications(BY_KIND)[:most]
    return [(each, BY_KIND[each.paper.kind]) for each in found]


def last_change() -> datetime | None:
    """Give when anything was last published or withdrawn."""
    return publications.last_change([*BY_KIND, PUBLIC_ROW])


@lru_cache(maxsize=64)
def _shown(digest: str) -> SafeString:
    cache = get_partnership().data.cache / "drawings"
    paper = publications.content(digest)
    return mark_safe(fragment(paper, prefix="paper-", cache=cache))  # the papers' renderer escapes every word


def shown(publication: Publication) -> SafeString:
    """Give a frozen paper to stand in a page."""
    return _shown(publication.paper.content)


@dataclass(frozen=True)
class Row:
    """One row of “You said, inspectors said, we did”: its words under their headings; none once it was withdrawn."""

    key: str
    title: str
    words: tuple[tuple[str, SafeString], ...]
    withdrawn: Publication | None = None


@dataclass(frozen=True)
class Report:
    """The rows about one report."""

    title: str
    rows: tuple[Row, ...]


def rows() -> list[Report]:
    """Give the rows, under the reports that they answer; one that was withdrawn says since when and why."""
    found: dict[str, list[Row]] = {}
    for document in publications.documents(PUBLIC_ROW):
        paper = publications.content(document.newest.paper.content)
        found.setdefault(paper.subtitle, []).append(_row(document, paper))
    return [Report(title, tuple(told)) for title, told in found.items()]


def _row(document: Document, paper: Paper) -> Row:
    if not document.newest.is_open:
        return Row(document.newest.paper.key, paper.title, (), document.newest)
    words = tuple(
        (section.heading, mark_safe(text_fragment(block.markdown)))  # escapes everything but its own marks
        for section in paper.sections
        for block in section.blocks
        if isinstance(block, Text)
    )
    return Row(document.newest.paper.key, paper.title, words)
