"""What the inspection and audit board has not had yet, and marking it as tabled."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import check_may, may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.words import count_words
from upstream_web.inspections.operations import practices
from upstream_web.inspections.practice_register import PRACTICES, decision_tag


@requires(Permission.PRACTICE_VIEW)
@require_http_methods(["GET", "POST"])
def to_table(request: SignedInRequest) -> HttpResponse:
    """List the practice to be tabled with its comparisons, ready to print; mark what a meeting has had."""
    waiting = list(
        PRACTICES.visible_to(request.user)
        .filter(removed_at__isnull=True, tabled_on__isnull=True)
        .order_by("entered_on")
        .prefetch_related("benchmarks__body")
    )
    if request.method == "POST":
        check_may(request.user, Permission.PRACTICE_CHANGE)
        on = parse_date(request.POST.get("on", "") or "0")
        chosen = [each for each in waiting if str(each.pk) in request.POST.getlist("practice")]
        if on is None or not chosen:
            messages.error(request, "Tick what was tabled, and give the day of the meeting.")
            return redirect("practice-to-table")
        try:
            practices.table(practices=chosen, on=on, by=request.user, at=timezone.now())
        except UpstreamFailure as failure:
            messages.error(request, str(failure))
            return redirect("practice-to-table")
        messages.success(request, f"{count_words(len(chosen), 'practice', 'practices')} marked as tabled.")
        return redirect("practice-to-table")
    context = {
        "area": "account",
        "section": "practice",
        "crumbs": [(PRACTICES.title, PRACTICES.address()), ("To be tabled", "")],
        "rows": [
            (each, [(b, decision_tag(b)) for b in each.benchmarks.all() if b.removed_at is None]) for each in waiting
        ],
        "today": timezone.localdate(),
        "may_table": may(request.user, Permission.PRACTICE_CHANGE),
    }
    return render(request, "inspections/practice_to_table.html", context)
