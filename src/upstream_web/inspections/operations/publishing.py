"""A response published: the paper is kept as content and as files with their hashes, and never changed again."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream.papers import Paper
from upstream_web.core.operations import operation, tell
from upstream_web.inspections import papers, policies
from upstream_web.inspections.models import ResponseRecord
from upstream_web.inspections.operations import ladder
from upstream_web.inspections.operations.responses import settle
from upstream_web.inspections.policies import RecommendationState, StepRefused
from upstream_web.inspections.standing import response_standing
from upstream_web.records.models import KeptPaper
from upstream_web.records.operations.keeping import keep
from upstream_web.records.operations.papers import Rendered, check_corrects, keep_paper, render_ahead
from upstream_web.records.papers import papers_of


def _paper(response: ResponseRecord, reason: str, at: datetime) -> Paper:
    number = papers_of(response).count() + 1
    return papers.response_paper(response, made_at=at, version=str(number), reason=reason, is_draft=False)


def check_can_be_published(response: ResponseRecord) -> None:
    """Raise `StepRefused` with everything that is still missing, or `NothingCorrected`."""
    missing = policies.why_not_publish(response_standing(response))
    if missing:
        raise StepRefused("The response cannot be published yet.", do=" ".join(missing))
    check_corrects(papers_of(response).first(), partial(papers.response_as_in, response))


def _rendered(*, response: ResponseRecord, at: datetime, reason: str = "", **_: Any) -> Rendered:
    check_can_be_published(response)
    return render_ahead(_paper(response, reason, at), papers.FORMS)


@operation("response published", ahead=_rendered)
def publish(*, response: ResponseRecord, by: Any, at: datetime, reason: str = "") -> KeptPaper:
    """Publish a response, or a correction of it beside what was published before; everybody reads it at once.

    Raises `StepRefused` with everything that is still missing, and `NothingCorrected` where a correction would say
    what is published. The recommendations that it answers pass on to the next step of the ladder.
    """
    check_can_be_published(response)
    if papers_of(response).exists() and not reason.strip():
        raise WrongUse("A correction says what it corrects.", do="Give the reason.")
    on, paper = timezone.localdate(at), _paper(response, reason, at)
    kept = keep_paper(record=response, paper=paper, reason=reason, forms=papers.FORMS, public=True, by=by, at=at)
    if response.published_on is None:
        response.published_on = on
        keep(response, by=by, at=at)
    for recommendation in response.inspection.recommendations.present():
        if recommendation.is_ours and recommendation.state == RecommendationState.RECEIVED:
            ladder.answer(recommendation=recommendation, on=on, by=by, at=at)
    settle(response, by=by, at=at)
    tell(response, number=kept.number)
    return kept
