"""Reads of assessments; a version never changes, so what was read of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.http import Http404

from upstream.assessments.differences import SentenceChange, changed_sentences
from upstream.assessments.document import Chapter, Document
from upstream.assessments.versions import UnknownVersion, Version, get_version, list_versions
from upstream.measures import load_definitions
from upstream.measures.definition import MeasureDefinition
from upstream_web.core.workbench import get_partnership, kept_for_build
from upstream_web.reports.reading import ReadLeaf, read_chapter


def versions() -> list[Version]:
    """List every version of the assessment, newest first."""
    return list_versions(get_partnership())


def get_assessment(version_id: str) -> Version:
    """Give one version; raises `Http404` naming those there are."""
    try:
        return get_version(get_partnership(), version_id)
    except UnknownVersion as failure:
        raise Http404(str(failure)) from failure


def get_file(version: Version, name: str) -> Path:
    """Give one of the files that may be downloaded; raises `Http404` for any other name."""
    found = next((path for path in version.files() if path.name == name), None)
    if found is None:
        raise Http404(f"This assessment has no file called {name}.")
    return found


def get_document(version: Version) -> Document:
    """Read the document of a version."""
    return _recall(version.folder, version.made_at.isoformat())


@lru_cache(maxsize=6)
def _recall(folder: Path, made_at: str) -> Document:
    from upstream.assessments import document_json

    return document_json.recall(folder)


def get_chapter(document: Document, slug: str) -> Chapter:
    """Give one chapter; raises `Http404` for an unknown one."""
    found = next((chapter for chapter in document.chapters if chapter.slug == slug), None)
    if found is None:
        raise Http404(f"This assessment has no chapter called {slug}.")
    return found


def chapter_leaves(version: Version, chapter: Chapter) -> tuple[ReadLeaf, ...]:
    """Lay out a chapter, drawn once a process."""
    return kept_for_build(
        "chapter", lambda: read_chapter(chapter, definitions()), version.id, version.made_at.isoformat(), chapter.slug
    )


def definitions() -> Mapping[str, MeasureDefinition]:
    """Every measure that is defined now."""
    return kept_for_build("definitions of measures", lambda: load_definitions(get_partnership()))


def changes_since(version: Version, earlier: Version) -> tuple[SentenceChange, ...]:
    """List the sentences that a version says and the earlier one did not, or the other way round."""
    return kept_for_build(
        "changes of assessment",
        lambda: changed_sentences(get_document(earlier), get_document(version)),
        version.id,
        earlier.id,
    )
