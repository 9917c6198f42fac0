"""Receipts: what one load took in and refused."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from upstream.ingestion import Receipt
from upstream_web.access.authorisation import may, requires
from upstream_web.access.permissions import Permission
from upstream_web.assets.queries import get_receipt, get_source
from upstream_web.assets.views.crumbs import feed_crumbs
from upstream_web.audit.actions import Action
from upstream_web.audit.operations import events

FAULTS_ON_A_PAGE = 200


def _rejected_path(receipt: Receipt) -> Path | None:
    path = Path(receipt.rejected_file) if receipt.rejected_file else None
    return path if path is not None and path.is_file() else None


@requires(Permission.FEED_VIEW)
def receipt_page(request: HttpRequest, feed: str, receipt_id: str) -> HttpResponse:
    """Show one receipt: what was taken and refused, with each fault, and the periods that it covers."""
    source, receipt = get_source(feed), get_receipt(feed, receipt_id)
    offered = _rejected_path(receipt) is not None and may(request.user, Permission.REJECTED_ROW_DOWNLOAD)
    context = {
        "area": "know",
        "section": "feeds",
        "feed": feed,
        "source": source,
        "receipt": receipt,
        "faults_shown": receipt.faults[:FAULTS_ON_A_PAGE],
        "fault_total": max(sum(receipt.fault_counts.values()), len(receipt.faults)),
        "rejected_address": reverse("receipt-rejected", args=[feed, receipt_id]) if offered else "",
        "crumbs": [*feed_crumbs(feed, source.title), (f"Receipt of {receipt.file_name}", "")],
    }
    return render(request, "assets/receipt.html", context)


@requires(Permission.REJECTED_ROW_DOWNLOAD)
def rejected_rows(request: HttpRequest, feed: str, receipt_id: str) -> HttpResponseBase:
    """Give the refused rows as a file that can be sent back to the supplier."""
    receipt = get_receipt(feed, receipt_id)
    path = _rejected_path(receipt)
    if path is None:
        raise Http404("No row of that file was refused.")
    by = request.user.get_username()
    events.record(Action.REJECTED_ROWS_DOWNLOADED, by=by, at=timezone.now(), kind="receipt", about=receipt_id)
    name = f"{feed}-{receipt_id}-rejected{''.join(path.suffixes) or '.csv'}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv")
