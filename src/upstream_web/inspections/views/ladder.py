"""Steps of the closure ladder: one page a step, with what it takes and what stands in the way."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import check_may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.inspections.chain import has_actions
from upstream_web.inspections.forms.steps import STEP_FORMS, StepForm
from upstream_web.inspections.models import Recommendation
from upstream_web.inspections.page import public_doubt
from upstream_web.inspections.policies import BY_NAME, why_not
from upstream_web.inspections.register import RECOMMENDATIONS
from upstream_web.inspections.standing import standing_of
from upstream_web.records.operations.keeping import ChangedMeanwhile
from upstream_web.records.views.pages import frame

TOLD_TO_THE_PUBLIC = ("close", "recheck", "reopen")  # steps after which what was approved may no longer hold


@requires(Permission.INSPECTION_VIEW)
@require_http_methods(["GET", "POST"])
def step(request: SignedInRequest, key: int, name: str) -> HttpResponse:
    """Show what a step needs to be told, and take it. The step's own permission is asked about the recommendation."""
    recommendation = RECOMMENDATIONS.get(request.user, key)
    if name not in STEP_FORMS:
        raise Http404(f"There is no step {name!r}.")
    transition = BY_NAME[name]
    check_may(request.user, transition.permission, about=recommendation)
    form = STEP_FORMS[name](request.POST or None, recommendation=recommendation, today=timezone.localdate())
    if form.is_valid() and _taken(request, form):
        messages.success(request, f"Recorded. It stands at “{recommendation.get_state_display()}”.")
        if name in TOLD_TO_THE_PUBLIC and (doubt := public_doubt(recommendation)):
            messages.warning(request, doubt)
        return redirect(recommendation)
    context = {
        **frame(RECOMMENDATIONS, recommendation, here=transition.label),
        "form": form,
        "transition": transition,
        "reasons": _reasons(recommendation, name),
    }
    return render(request, "inspections/step.html", context, status=400 if form.is_bound else 200)


def _reasons(recommendation: Recommendation, name: str) -> list[str]:
    """Say what stands in the way, as far as the form cannot put it right."""
    has_plan = name == "approve-plan" or has_actions(recommendation)
    return why_not(BY_NAME[name], recommendation.state, standing_of(recommendation, has_plan=has_plan))


def _taken(request: SignedInRequest, form: StepForm) -> bool:
    try:
        form.take(by=request.user, at=timezone.now())
    except ChangedMeanwhile:
        form.add_error(None, "Somebody else changed it while you were writing. Look at it again, then save once more.")
        form.recommendation.refresh_from_db()
        return False
    except UpstreamFailure as failure:
        form.add_error(None, str(failure))
        form.recommendation.refresh_from_db()
        return False
    return True
