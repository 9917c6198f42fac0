"""Published papers: the shelf on which they stand, each version exactly as it was frozen, and its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date

from upstream_web.public import reading
from upstream_web.public.answering import GONE, for_everybody, page
from upstream_web.public.shelves import PUBLIC_ROW, Shelf
from upstream_web.records import papers, publications
from upstream_web.records.models import Publication
from upstream_web.records.publications import Document, get_document

INLINE = ("pdf",)  # browsers show these themselves


@for_everybody
def shelf(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """List what stands on a shelf."""
    context = {"shelf": shelf, "lines": reading.lines(shelf)}
    return page(request, "shelf", context, changed_at=publications.last_change([shelf.kind]))


@for_everybody
def document(request: HttpRequest, shelf: Shelf, key: int) -> HttpResponse:
    """Show the newest version of a document."""
    found = get_document(shelf.kind, str(key))
    return _show(request, shelf, found, found.newest)


@for_everybody
def version(request: HttpRequest, shelf: Shelf, key: int, number: int) -> HttpResponse:
    """Show one version of a document."""
    found = get_document(shelf.kind, str(key))
    return _show(request, shelf, found, found.version(number))


def _show(request: HttpRequest, shelf: Shelf, found: Document, version: Publication) -> HttpResponse:
    context = {
        "shelf": shelf,
        "document": found,
        "successor": reading.successor(shelf, found),
        "version": version,
        "paper": publications.content(version.paper.content) if version.is_open else None,
        "shown": reading.shown(version) if version.is_open else "",
    }
    status = 200 if version.is_open else GONE
    changed_at = publications.last_change([shelf.kind]) if shelf.has_successors else found.changed_at
    return page(request, "document", context, changed_at=changed_at, status=status)


@for_everybody
def file(request: HttpRequest, shelf: Shelf, key: int, number: int, form: str) -> HttpResponse:
    """Give a file of a version, byte for byte as it was frozen; a withdrawn one leads to the page that says why."""
    found = get_document(shelf.kind, str(key))
    version = found.version(number)
    if not version.is_open:
        return _show(request, shelf, found, version)
    if form not in papers.MEDIA_TYPES:
        raise Http404(f"There is no file of the form {form!r}.")
    response = HttpResponse(papers.file_of(version.paper, form), content_type=papers.MEDIA_TYPES[form])
    how = "inline" if form in INLINE else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{shelf.word}-{key}-version-{number}.{form}"'
    response["Last-Modified"] = http_date(found.changed_at.timestamp())
    return response


@for_everybody
def rows(request: HttpRequest) -> HttpResponse:
    """Show “You said, inspectors said, we did”."""
    context = {"reports": reading.rows()}
    return page(request, "rows", context, changed_at=publications.last_change([PUBLIC_ROW]))
