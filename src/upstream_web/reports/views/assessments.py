"""Pages of the needs assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream.assessments.document import Chapter, Document
from upstream.assessments.versions import Version
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.core.acts import announce
from upstream_web.core.drawing.figures import table_rows
from upstream_web.core.jobs import enqueue
from upstream_web.core.models import Job
from upstream_web.core.workbench import find_build
from upstream_web.reports import queries
from upstream_web.reports.background import MAKE_ASSESSMENT
from upstream_web.reports.reading import read_sentences

FILE_TITLES = {
    "needs-assessment.pdf": "PDF",
    "needs-assessment.docx": "Word",
    "needs-assessment.html": "Web page",
    "figures.json": "All figures as data",
}
FILE_KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
}
WHERE = {"area": "know", "section": "assessments"}


@dataclass(frozen=True)
class Download:
    """One file of a version."""

    name: str
    title: str
    size: int


def downloads(version: Version) -> list[Download]:
    """List the files of a version in the order in which they are offered."""
    held = {path.name: path.stat().st_size for path in version.files()}
    return [Download(name, title, held[name]) for name, title in FILE_TITLES.items() if name in held]


@requires(Permission.ASSESSMENT_VIEW)
@require_safe
def assessment_list(request: HttpRequest) -> HttpResponse:
    """Show every version, and how far one under way has got."""
    progress = making(request)
    if request.GET.get("part") == "progress":
        response = render(request, "reports/parts/progress.html", progress)
        if not progress["job"]:
            response["HX-Refresh"] = "true"
        return response
    versions = queries.versions()
    newest = versions[0] if versions else None
    context = {
        **WHERE,
        **progress,
        "section_page": True,
        "newest": newest,
        "document": queries.get_document(newest) if newest else None,
        "versions": [(version, downloads(version)) for version in versions],
    }
    return render(request, "reports/assessment_list.html", context)


def making(request: HttpRequest) -> dict[str, Any]:
    """Give the job under way, or why the person's last one failed unless a version was made since."""
    jobs = Job.objects.filter(kind=MAKE_ASSESSMENT)
    under_way = jobs.open().order_by("queued_at").first()
    last = jobs.order_by("-queued_at").first()
    failed = last.failure if last and last.state == Job.State.FAILED and not under_way else ""
    return {"job": under_way, "failed": failed}


@requires(Permission.ASSESSMENT_MAKE)
@require_POST
def assessment_make(request: HttpRequest) -> HttpResponse:
    """Queue a new version unless one is being made already."""
    if find_build() is None:
        raise Http404("There is no build yet; load a feed first.")
    if not Job.objects.filter(kind=MAKE_ASSESSMENT).open().exists():
        enqueue(MAKE_ASSESSMENT, title="Needs assessment", by=request.user.get_username(), at=timezone.now())
    return redirect("assessment-list")


@requires(Permission.ASSESSMENT_VIEW)
@require_safe
def assessment(request: HttpRequest, version_id: str) -> HttpResponse:
    """Show what a version says in short, what changed since the one before, and what it was made from."""
    version = queries.get_assessment(version_id)
    document = queries.get_document(version)
    earlier = _earlier(version)
    context = {
        **_frame(version, document),
        "summary": read_sentences(document.summary, queries.definitions()),
        "answers": [(chapter, " ".join(sentence.text for sentence in chapter.answer)) for chapter in document.chapters],
        "earlier": earlier,
        "changes": queries.changes_since(version, earlier) if earlier else (),
        "number_count": len(document.numbers()),
        "sources": {"columns": document.sources.columns, "rows": table_rows(document.sources)},
    }
    return render(request, "reports/assessment_detail.html", context)


@requires(Permission.ASSESSMENT_VIEW)
@require_safe
def assessment_chapter(request: HttpRequest, version_id: str, slug: str) -> HttpResponse:
    """Show one chapter to be read."""
    version = queries.get_assessment(version_id)
    document = queries.get_document(version)
    chapter = queries.get_chapter(document, slug)
    context = {
        **_frame(version, document),
        **_around(document, chapter),
        "chapter": chapter,
        "answer": read_sentences(chapter.answer, queries.definitions()),
        "leaves": queries.chapter_leaves(version, chapter),
    }
    return render(request, "reports/assessment_chapter.html", context)


@requires(Permission.ASSESSMENT_DOWNLOAD)
@require_safe
def assessment_file(request: HttpRequest, version_id: str, name: str) -> FileResponse:
    """Send one of the files of a version."""
    version = queries.get_assessment(version_id)
    path = queries.get_file(version, name)
    sent_as = f"{path.stem}-{version.id}{path.suffix}"
    by = request.user.get_username()
    announce(
        "document downloaded", by=by, at=timezone.now(), kind="assessment", about=version.id, detail={"file": name}
    )
    # The page is one file with styles of its own; as a download it is not run under this site's content policy.
    return FileResponse(path.open("rb"), as_attachment=True, filename=sent_as, content_type=FILE_KINDS[path.suffix])


def _frame(version: Version, document: Document) -> dict[str, Any]:
    newest = queries.versions()[0]
    return {
        **WHERE,
        "version": version,
        "document": document,
        "files": downloads(version),
        "newest": newest,
        "older": newest.id != version.id,
    }


def _earlier(version: Version) -> Version | None:
    versions = queries.versions()
    place = next(index for index, other in enumerate(versions) if other.id == version.id)
    return versions[place + 1] if place + 1 < len(versions) else None


def _around(document: Document, chapter: Chapter) -> Mapping[str, Chapter | None]:
    place = document.chapters.index(chapter)
    before = document.chapters[place - 1] if place else None
    after = document.chapters[place + 1] if place + 1 < len(document.chapters) else None
    return {"before": before, "after": after}
