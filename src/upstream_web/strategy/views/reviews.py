"""The yearly review, a step at a time; what a step says is kept between visits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import check_may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.forms import SharedForm
from upstream_web.records.operations.keeping import ChangedMeanwhile
from upstream_web.strategy import queries, review_page
from upstream_web.strategy.models import StrategyReview, Verdict
from upstream_web.strategy.operations import reviews, strategies
from upstream_web.strategy.operations.reviews import Decided
from upstream_web.strategy.register import REVIEWS, STRATEGIES

STEP_TITLES = dict(review_page.STEPS)
TEXT_OF_STEP = {"evidence": "evidence_words", "worked": "worked_words"}
CHANGED = "Somebody else saved this review at the same moment; your words are below. Look at theirs, and save again."


class TextForm(SharedForm):
    """The words of a step."""

    words = forms.CharField(widget=forms.Textarea(attrs={"data-rows": 8}), max_length=20_000)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].error_messages["required"] = "Write what the review found"


@requires(Permission.STRATEGY_CHANGE)
@require_POST
def review_begin(request: SignedInRequest, key: int) -> HttpResponse:
    """Begin the yearly review of a strategy, or go on with the one under way."""
    strategy = STRATEGIES.get(request.user, key)
    check_may(request.user, Permission.STRATEGY_CHANGE, about=strategy)
    if strategy.state != "published":
        raise Http404("Only the strategy in force is reviewed.")
    review = reviews.begin(strategy=strategy, by=request.user, at=timezone.now())
    return redirect("strategy-review-step", key=review.pk, step="evidence")


@requires(Permission.STRATEGY_CHANGE)
def review_step(request: SignedInRequest, key: int, step: str) -> HttpResponse:
    """Show one step of a review, and keep what it says."""
    review: StrategyReview = REVIEWS.get(request.user, key)
    check_may(request.user, Permission.STRATEGY_CHANGE, about=review)
    if step not in STEP_TITLES:
        raise Http404(f"A review has no step {step!r}.")
    return {"commitments": _commitments, "publish": _publish}.get(step, _text)(request, review, step)


def _refusal(refused: WrongUse | ChangedMeanwhile) -> str:
    return CHANGED if isinstance(refused, ChangedMeanwhile) else str(refused)


def _show(request: SignedInRequest, review: StrategyReview, step: str, **more: Any) -> HttpResponse:
    title = STEP_TITLES[step]
    context = {
        "area": REVIEWS.area,
        "section": REVIEWS.section,
        "crumbs": [*REVIEWS.crumbs(review), (str(review), review.get_absolute_url()), (title, "")],
        "review": review,
        "step": step,
        "title": title,
        "steps": review_page.steps_of(review, step),
        "today": timezone.localdate(),
        "since": review_page.since_of(review),
        "decided_already": bool(review.new_version_id or review.finished_on),
        **more,
    }
    return render(request, f"strategy/review_{step}.html", context)


def _next(step: str) -> str:
    keys = list(STEP_TITLES)
    return keys[keys.index(step) + 1]


def _text(request: SignedInRequest, review: StrategyReview, step: str) -> HttpResponse:
    name = TEXT_OF_STEP[step]
    label = "What changed in the evidence" if step == "evidence" else "What worked, and what did not"
    form = TextForm(request.POST or None, label=label, initial={"words": getattr(review, name)})
    if request.method == "POST" and form.is_valid() and _text_kept(request, review, name, form):
        return redirect("strategy-review-step", key=review.pk, step=_next(step))
    since = review_page.since_of(review)
    if step == "evidence":
        more: dict[str, Any] = {
            "measures": review_page.changed_measures(review.strategy, since),
            "assessment": review_page.newest_assessment(since),
        }
    else:
        more = {
            "done": review_page.done_since(review.strategy, since),
            "progress": queries.progress_per_priority(since, timezone.localdate(), review.strategy),
        }
    return _show(request, review, step, form=form, **more)


def _text_kept(request: SignedInRequest, review: StrategyReview, name: str, form: TextForm) -> bool:
    """Keep the words of a step; where that is refused they stay on the form."""
    words = form.cleaned_data["words"].strip()
    if words == getattr(review, name):
        return True
    setattr(review, name, words)
    try:
        reviews.write(review=review, fields=[name], by=request.user, at=timezone.now())
    except (WrongUse, ChangedMeanwhile) as refused:
        messages.error(request, _refusal(refused))
        return False
    return True


def _commitments(request: SignedInRequest, review: StrategyReview, step: str) -> HttpResponse:
    tables = review_page.decision_tables(review)
    taken_back = [each.pk for table in tables for each in table.added if request.POST.get(f"take-back-{each.pk}")]
    if request.method == "POST":
        decided = [each for table in tables for each in read_decisions(table, request.POST)]
        try:
            reviews.decide(review=review, decided=decided, taken_back=taken_back, by=request.user, at=timezone.now())
        except (WrongUse, ChangedMeanwhile) as refused:
            messages.error(request, _refusal(refused))
            tables = [review_page.as_typed(table, request.POST) for table in tables]
        else:
            messages.success(request, "Kept. You can go on another day.")
            return redirect("strategy-review-step", key=review.pk, step=_next(step))
    verdicts = [(verdict.value, verdict.label) for verdict in Verdict if verdict != Verdict.ADD]
    return _show(request, review, step, tables=tables, verdicts=verdicts, taken_back=taken_back)


def read_decisions(table: review_page.Table, given: Mapping[str, str]) -> list[Decided]:
    """Read what a form decides on the commitments of one priority; new words that equal the old ones change nothing."""
    found = []
    for row in table.rows:
        key = row.commitment.pk
        verdict = given.get(f"verdict-{key}", Verdict.KEEP)
        if verdict not in (Verdict.KEEP, Verdict.CHANGE, Verdict.DROP):
            continue
        words = given.get(f"words-{key}", "").strip()
        if verdict == Verdict.CHANGE and words == row.commitment.words:
            verdict = Verdict.KEEP
        found.append(Decided(table.priority, row.commitment, verdict, words, given.get(f"reason-{key}", "")[:500]))
    added = given.get(f"add-{table.priority.pk}", "").strip()
    if added:
        reason = given.get(f"add-reason-{table.priority.pk}", "")[:500]
        found.append(Decided(table.priority, None, Verdict.ADD, added, reason))
    return found


def _publish(request: SignedInRequest, review: StrategyReview, step: str) -> HttpResponse:
    if request.method != "POST":
        return _show(request, review, step, **review_page.page_context(review, request.user))
    try:
        return _ended(request, review)
    except (WrongUse, ChangedMeanwhile) as refused:
        messages.error(request, _refusal(refused))
        return redirect(request.path)


def _ended(request: SignedInRequest, review: StrategyReview) -> HttpResponse:
    """End the review: the strategy stands, or its next version is drafted."""
    if request.POST.get("do") == "stand":
        check_may(request.user, Permission.STRATEGY_PUBLISH)
        reviews.stand(review=review, by=request.user, at=timezone.now())
        messages.success(request, "The strategy stands; the next review is due in a year.")
        return redirect(review)
    reviews.check_under_way(review)
    draft = strategies.draft_next(review=review, by=request.user, at=timezone.now())
    messages.success(request, "The draft stands beside the version in force. Read both, then publish.")
    return redirect("strategy-compare", key=draft.pk)
