"""Publishing a strategy, setting a version beside the one before, and marking commitments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upstream.exceptions import WrongUse
from upstream.papers import fragment
from upstream_web.access.authorisation import check_may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.history import Change
from upstream_web.records.papers import papers_of
from upstream_web.records.publications import publication_of
from upstream_web.records.views.pages import frame
from upstream_web.strategy import papers
from upstream_web.strategy.forms import CommitmentStateForm
from upstream_web.strategy.models import Priority, Strategy, StrategySection, StrategyState
from upstream_web.strategy.operations import strategies
from upstream_web.strategy.register import COMMITMENTS, STRATEGIES


@requires(Permission.STRATEGY_PUBLISH)
@require_POST
def strategy_publish(request: SignedInRequest, key: int) -> HttpResponse:
    """Sign a draft off and put it in force."""
    strategy = STRATEGIES.get(request.user, key)
    check_may(request.user, Permission.STRATEGY_PUBLISH, about=strategy)
    try:
        strategies.publish(strategy=strategy, by=request.user, at=timezone.now())
    except WrongUse as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Version {strategy.number} is in force; the one before stays readable.")
        if strategy.replaces is not None and publication_of(strategy.replaces) is not None:
            messages.warning(
                request,
                f"The public still reads version {strategy.replaces.number} as the one in force: "
                f"publish version {strategy.number} for the public as well.",
            )
    return redirect(strategy)


@requires(Permission.STRATEGY_PUBLISH)
@require_http_methods(["GET", "POST"])
def strategy_open_to_public(request: SignedInRequest, key: int) -> HttpResponse:
    """Show what everybody would read of the strategy and its progress today, and publish it."""
    strategy = STRATEGIES.get(request.user, key)
    check_may(request.user, Permission.STRATEGY_PUBLISH, about=strategy)
    if strategy.state != StrategyState.PUBLISHED:
        messages.error(request, "Only the strategy in force is shown to the public.")
        return redirect(strategy)
    if request.method == "POST":
        kept = strategies.open_to_public(strategy=strategy, by=request.user, at=timezone.now())
        messages.success(request, f"Everybody can read it now, as version {kept.number}.")
        return redirect(strategy)
    paper = papers.strategy_paper(strategy, on=timezone.localdate(), made_at=timezone.now())
    shown = mark_safe(fragment(paper, prefix="paper-"))  # the papers' renderer escapes every word
    context = {**frame(STRATEGIES, strategy, here="For the public"), "shown": shown, "earlier": papers_of(strategy)}
    return render(request, "strategy/strategy_public.html", context)


@requires(Permission.STRATEGY_CHANGE)
@require_POST
def commitment_mark(request: SignedInRequest, key: int) -> HttpResponse:
    """Say that a commitment was kept, or dropped, or stands again."""
    commitment = COMMITMENTS.get(request.user, key)
    check_may(request.user, Permission.STRATEGY_CHANGE, about=commitment)
    form = CommitmentStateForm(request.POST)
    if form.is_valid():
        strategies.mark(commitment=commitment, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"The commitment is now: {commitment.get_state_display().lower()}.")
    else:
        messages.error(request, "Say how the commitment stands, and why.")
    return redirect(commitment)


@dataclass(frozen=True)
class Pair:
    """A text as it was and as it is; either may be missing."""

    old: Any
    new: Any
    change: Change

    @property
    def kind(self) -> str:
        """Say what became of it: kept, changed, added or dropped."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "dropped"
        return "kept" if self.change.before == self.change.after else "changed"


def _pair(old: Any, new: Any, name: str) -> Pair:
    before, after = (getattr(each, name) if each is not None else "" for each in (old, new))
    return Pair(old, new, Change(name, name, before, after))


@dataclass(frozen=True)
class PriorityPair:
    """A priority in both versions, with its commitments in pairs."""

    pair: Pair
    commitments: list[Pair]

    @property
    def priority(self) -> Priority:
        """The priority as it is, or was."""
        return self.pair.new or self.pair.old


def _commitment_pairs(old: Priority | None, new: Priority | None) -> list[Pair]:
    before = list(old.commitments.present()) if old else []
    after = list(new.commitments.present()) if new else []
    came = {each.came_from_id: each for each in after if each.came_from_id}
    pairs = [_pair(each, came.get(each.pk), "words") for each in before]
    known = {each.pk for each in before}
    return [*pairs, *(_pair(None, each, "words") for each in after if each.came_from_id not in known)]


def priority_pairs(old: Strategy, new: Strategy) -> list[PriorityPair]:
    """Set the priorities of two versions side by side, by where each came from."""
    before, after = list(old.priorities.present()), list(new.priorities.present())
    came = {each.came_from_id: each for each in after if each.came_from_id}
    pairs = [(each, came.get(each.pk)) for each in before]
    known = {each.pk for each in before}
    pairs += [(None, each) for each in after if each.came_from_id not in known]  # type: ignore[misc]
    return [PriorityPair(_pair(was, now, "meaning"), _commitment_pairs(was, now)) for was, now in pairs]


def section_pairs(old: Strategy, new: Strategy) -> list[Pair]:
    """Set the texts of two versions side by side, by their headings."""
    before: dict[str, StrategySection] = {each.heading: each for each in old.sections.present()}
    after = {each.heading: each for each in new.sections.present()}
    headings = list(dict.fromkeys([*before, *after]))
    return [_pair(before.get(heading), after.get(heading), "text") for heading in headings]


def _former(strategy: Strategy) -> Strategy | None:
    if strategy.replaces is not None:
        return strategy.replaces
    return Strategy.objects.present().filter(number__lt=strategy.number).order_by("-number").first()


@requires(Permission.PLAN_VIEW)
@require_safe
def strategy_compare(request: SignedInRequest, key: int) -> HttpResponse:
    """Show a version beside the one before."""
    strategy = STRATEGIES.get(request.user, key)
    former = _former(strategy)
    pairs = priority_pairs(former, strategy) if former else []
    every = [pair for each in pairs for pair in each.commitments]
    context = {
        "area": STRATEGIES.area,
        "section": STRATEGIES.section,
        "crumbs": [
            *STRATEGIES.crumbs(),
            (str(strategy), strategy.get_absolute_url()),
            ("Beside the version before", ""),
        ],
        "strategy": strategy,
        "former": former,
        "pairs": pairs,
        "texts": [pair for pair in section_pairs(former, strategy) if pair.kind != "kept"] if former else [],
        "counts": {kind: sum(pair.kind == kind for pair in every) for kind in ("kept", "changed", "added", "dropped")},
    }
    return render(request, "strategy/strategy_compare.html", context)
