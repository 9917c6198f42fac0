"""What is done on the page of an indicator beyond writing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import check_may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.performance.models import Indicator
from upstream_web.performance.operations import indicators
from upstream_web.performance.register import INDICATORS
from upstream_web.records.operations.keeping import ChangedMeanwhile


@requires(Permission.INDICATOR_CHANGE)
def indicator_retire(request: SignedInRequest, key: int) -> HttpResponse:
    """Ask why an indicator is retired, and retire it; a retired one is taken up again from the same place."""
    indicator: Indicator = INDICATORS.get(request.user, key)
    check_may(request.user, Permission.INDICATOR_CHANGE, about=indicator)
    context = {
        "area": INDICATORS.area,
        "section": INDICATORS.section,
        "crumbs": [*INDICATORS.crumbs(), (str(indicator), indicator.get_absolute_url()), ("Retire", "")],
        "indicator": indicator,
    }
    if request.method != "POST":
        return render(request, "performance/retire.html", context)
    reason = request.POST.get("reason", "").strip()[:500]
    if indicator.is_adopted and not reason:
        return render(request, "performance/retire.html", {**context, "missing": True})
    try:
        if indicator.is_adopted:
            indicators.retire(indicator=indicator, reason=reason, by=request.user, at=timezone.now())
            messages.success(request, "Retired. It stays readable, with all that it said.")
        else:
            indicators.take_up(indicator=indicator, by=request.user, at=timezone.now())
            messages.success(request, "Taken up again.")
    except (WrongUse, ChangedMeanwhile) as refused:
        messages.warning(request, str(refused))
    return redirect(indicator)
