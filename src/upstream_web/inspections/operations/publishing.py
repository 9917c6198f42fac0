"""A response published: the paper is frozen as data and as files with their hashes, and never changed again."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Max
from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString

from upstream.exceptions import UpstreamFailure, WrongUse
from upstream_web.core.operations import operation, tell
from upstream_web.core.workbench import get_partnership
from upstream_web.inspections import kept_papers, papers, policies
from upstream_web.inspections.models import PublishedResponse, ResponseRecord
from upstream_web.inspections.operations import ladder
from upstream_web.inspections.operations.responses import settle
from upstream_web.inspections.policies import RecommendationState, StepRefused
from upstream_web.inspections.standing import response_standing
from upstream_web.records.operations.keeping import keep_new

FOLDER = "published_responses"


class PublishedFileChanged(UpstreamFailure):
    """A file of a published version is not the one that was published."""


@operation("response published")
def publish(*, response: ResponseRecord, by: Any, at: datetime, reason: str = "") -> PublishedResponse:
    """Publish a response, or a correction of it beside what was published before.

    Raises `StepRefused` with everything that is still missing. The recommendations that it answers pass on to the
    next step of the ladder.
    """
    missing = policies.why_not_publish(response_standing(response))
    if missing:
        raise StepRefused("The response cannot be published yet.", do=" ".join(missing))
    last = response.published.aggregate(last=Max("number"))["last"] or 0
    if last and not reason.strip():
        raise WrongUse("A correction says what it corrects.", do="Give the reason.")
    number, on = last + 1, timezone.localdate(at)
    paper = papers.response_paper(response, made_at=at, version=str(number), reason=reason, is_draft=False)
    published = PublishedResponse(
        response=response, number=number, published_on=on, reason=reason, paper=kept_papers.to_data(paper),
        files={form: _keep_file(papers.file_of(paper, form), form) for form in papers.MEDIA_TYPES},
    )  # fmt: skip
    keep_new(published, by=by, at=at)
    for recommendation in response.inspection.recommendations.present():
        if recommendation.is_ours and recommendation.state == RecommendationState.RECEIVED:
            ladder.answer(recommendation=recommendation, on=on, by=by, at=at)
    settle(response, by=by, at=at)
    tell(published, number=number, files=published.files)
    return published


def _folder() -> Path:
    return get_partnership().data.root / FOLDER


def _keep_file(content: bytes, form: str) -> str:
    """Keep a file under its hash, and give the hash; the same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    path = _folder() / f"{digest}.{form}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_bytes(content)
        draft.rename(path)
        path.chmod(0o444)
    return digest


def kept_file(published: PublishedResponse, form: str) -> bytes:
    """Give a file as it was published; raises `PublishedFileChanged` when its hash is another."""
    digest = published.files.get(form)
    if digest is None:
        raise Http404(f"Version {published.number} has no file of the form {form!r}.")
    path = _folder() / f"{digest}.{form}"
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise PublishedFileChanged(
            f"The {form} file of version {published.number} is not the one that was published.",
            do="Restore it from a backup; the trail holds its hash.",
        )
    return content


def kept_html(published: PublishedResponse) -> SafeString:
    """Give a published version to stand inside a page of the site."""
    return papers.html_of(kept_papers.from_data(published.paper))
