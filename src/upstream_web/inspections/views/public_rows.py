"""“You said, inspectors said, we did”: the rows, each approved before the public sees it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.inspections import queries
from upstream_web.inspections.models import PublicRow, Recommendation
from upstream_web.inspections.operations import public_rows
from upstream_web.inspections.register import INSPECTIONS, RECOMMENDATIONS
from upstream_web.records.forms import RecordForm
from upstream_web.records.operations.keeping import ChangedMeanwhile, check_as_shown
from upstream_web.records.publications import documents
from upstream_web.records.views.pages import frame

WRITERS = (Permission.INSPECTION_CHANGE, Permission.RESPONSE_PUBLISH)  # of words that wait for approval


class PublicRowForm(RecordForm):
    """What the public is told."""

    hints = {  # noqa: RUF012  (as in RecordForm: overridden, never changed)
        "you_said": "What residents, children or parents told us about it. Leave it empty rather than guess.",
        "inspectors_said": "The recommendation in words that a fourteen-year-old understands.",
        "did_it_work": "What we know, and what we do not know yet.",
    }

    class Meta:
        """What people write."""

        model = PublicRow
        fields = ("you_said", "inspectors_said", "we_did", "did_it_work")


@requires(Permission.INSPECTION_VIEW)
@require_safe
def public_row_list(request: SignedInRequest) -> HttpResponse:
    """Show every recommendation asked of us with what the public is told of it."""
    asked = (
        RECOMMENDATIONS.visible_to(request.user)
        .filter(queries.IS_OURS)
        .select_related("public_row", "inspection")
        .order_by("-inspection__published_on", "pk")
    )
    newest = {document.newest.paper.key: document.newest for document in documents(PublicRow.kind)}
    rows = [
        (each, row, row and newest.get(row.trail_name()[1]))
        for each in asked
        for row in [getattr(each, "public_row", None)]
    ]
    may_write, may_approve = (may(request.user, each) for each in WRITERS)
    context = {
        "area": "account",
        "section": "inspections",
        "crumbs": [(INSPECTIONS.title, INSPECTIONS.address()), ("You said, inspectors said, we did", "")],
        "rows": rows,
        "approved": sum(1 for *_, newest in rows if newest and newest.is_open),
        "may_write": may_write,
        "may_approve": may_approve,
        "reads_now": may_write or may_approve,
    }
    return render(request, "inspections/public_row_list.html", context)


def _recommendation(request: SignedInRequest, key: int) -> Recommendation:
    return RECOMMENDATIONS.get(request.user, key)


@requires(Permission.INSPECTION_CHANGE)
@require_http_methods(["GET", "POST"])
def public_row_edit(request: SignedInRequest, key: int) -> HttpResponse:
    """Write the row of one recommendation."""
    recommendation = _recommendation(request, key)
    row = PublicRow.objects.filter(recommendation=recommendation).first() or PublicRow(recommendation=recommendation)
    form = PublicRowForm(request.POST or None, instance=row, person=request.user)
    if form.is_valid():
        try:
            public_rows.write(row=form.instance, by=request.user, at=timezone.now())
        except ChangedMeanwhile:
            form.add_error(None, "Somebody else changed it while you were writing. Save once more.")
        else:
            messages.success(request, "Kept. The public reads these words once they are approved.")
            return redirect("public-row-list")
    context = {**frame(RECOMMENDATIONS, recommendation, here="For the public"), "form": form}
    return render(request, "inspections/public_row_form.html", context, status=400 if form.is_bound else 200)


@requires(Permission.RESPONSE_PUBLISH)
@require_POST
def approve(request: SignedInRequest, key: int) -> HttpResponse:
    """Approve a row for the public, or take it back."""
    recommendation = _recommendation(request, key)
    row: PublicRow | None = getattr(recommendation, "public_row", None)
    if row is None:
        messages.error(request, "There is nothing to approve yet. Write the row first.")
        return redirect("public-row-list")
    try:
        if request.POST.get("take_back"):
            public_rows.take_back(row=row, by=request.user, at=timezone.now())
            messages.success(request, "The row is off the public page.")
        else:
            check_as_shown(row, request.POST.get("version", ""))
            public_rows.approve(row=row, on=timezone.localdate(), by=request.user, at=timezone.now())
            messages.success(request, "Approved: the public sees exactly these words.")
    except UpstreamFailure as failure:
        messages.error(request, str(failure))
    return redirect("public-row-list")
