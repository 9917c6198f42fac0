"""Papers as they were kept: which there are, what they say, and their files, byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse

from upstream.exceptions import UpstreamFailure
from upstream.papers import Paper
from upstream.papers.storing import pack, unpack
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.core.operations import name_of
from upstream_web.core.workbench import get_partnership
from upstream_web.records.models import Record
from upstream_web.records.models.kept_paper import KeptPaper

FOLDER = "papers"
CONTENT = "json.gz"
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
DOWNLOADED = declare("paper downloaded", ActKind.DISCLOSURE)


class KeptFileChanged(UpstreamFailure):
    """A kept file is not the one that was kept."""


def papers_of(record: Record) -> Any:
    """Give the kept papers about a record, newest first."""
    kind, key = record.trail_name()
    return KeptPaper.objects.filter(kind=kind, key=key).select_related("publication")


def get_kept_paper(record: Record, number: int) -> KeptPaper:
    """Give one kept paper about a record that was fetched for a person; raises Http404."""
    kept: KeptPaper | None = papers_of(record).filter(number=number).first()
    if kept is None:
        raise Http404(f"There is no version {number} of this paper.")
    return kept


def content_of(kept: KeptPaper) -> Paper:
    """Give the paper as content, from which its forms are made alike."""
    return content_at(kept.content)


def is_public(kept: KeptPaper) -> bool:
    """Tell whether a kept paper was opened to everybody, and not withdrawn since."""
    publication = getattr(kept, "publication", None)
    return publication is not None and publication.is_open


def says_the_same(kept: KeptPaper, paper: Paper) -> bool:
    """Tell whether a paper, composed with the moment, the number and the reason of a kept one, is just that one.

    A moment is the same in every time zone, though it is not written alike: the kept one stands for both.
    """
    stands = content_of(kept)
    return pack(replace(paper, made_at=stands.made_at)) == pack(stands)


def content_at(digest: str) -> Paper:
    """Give the content that was kept under a hash."""
    return unpack(_read(digest, CONTENT))


def file_of(kept: KeptPaper, form: str) -> bytes:
    """Give one form as it was kept; raises Http404 and `KeptFileChanged`."""
    if form not in kept.files:
        raise Http404(f"{kept} is not kept as {form!r}.")
    return _read(kept.files[form], form)


def send(kept: KeptPaper, form: str, *, by: Any, at: datetime) -> HttpResponse:
    """Answer with one form as a download, and write in the trail that it went out."""
    body = file_of(kept, form)
    announce(DOWNLOADED.words, by=name_of(by), at=at, kind=kept.kind, about=kept.key, detail={"form": form})
    response = HttpResponse(body, content_type=MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{kept.kind}-{kept.key}-v{kept.number}.{form}"'
    return response


def _path(digest: str, ending: str) -> Path:
    return get_partnership().data.root / FOLDER / digest[:2] / f"{digest}.{ending}"


def write_once(content: bytes, ending: str) -> str:
    """Keep a file under its hash, and give the hash; the same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest, ending)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_bytes(content)
        draft.chmod(0o444)
        draft.rename(path)
    return digest


def _read(digest: str, ending: str) -> bytes:
    path = _path(digest, ending)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise KeptFileChanged(
            f"A kept file of this paper ({ending}) is not the one that was kept.",
            expected=f"a file with the hash {digest}",
            do="Restore it from a backup.",
        )
    return content
