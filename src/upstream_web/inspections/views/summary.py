"""The audit committee's table, on a page that prints on one sheet, and as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.inspections import queries
from upstream_web.inspections.register import INSPECTIONS, RECOMMENDATIONS
from upstream_web.inspections.summary import summarise
from upstream_web.records.exports import write_table

SENT = declare("audit committee's table downloaded", ActKind.DISCLOSURE)


@requires(Permission.INSPECTION_VIEW)
@require_safe
def summary(request: SignedInRequest) -> HttpResponse:
    """Show what is open, how it does and how old it is."""
    found = summarise(RECOMMENDATIONS.visible_to(request.user), timezone.localdate())
    context = {
        "area": "account",
        "section": "inspections",
        "crumbs": [(INSPECTIONS.title, INSPECTIONS.address()), ("For the audit committee", "")],
        "summary": found,
    }
    return render(request, "inspections/summary.html", context)


@requires(Permission.INSPECTION_VIEW)
@require_safe
def summary_export(request: SignedInRequest, form: str) -> HttpResponse:
    """Send the same rows as a file."""
    records = RECOMMENDATIONS.visible_to(request.user).filter(queries.IS_OURS).order_by("due_on", "pk")
    response, sent = write_table(RECOMMENDATIONS, records, form, at=timezone.now(), by=request.user.get_username())
    announce(
        SENT.words, by=request.user.get_username(), at=timezone.now(), kind="recommendation",
        detail={"form": form, "rows": sent},
    )  # fmt: skip
    return response
