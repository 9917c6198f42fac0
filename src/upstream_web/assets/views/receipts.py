"""Receipts: what one load took in and refused."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission


@requires(Permission.FEED_VIEW)
def receipt_page(request: HttpRequest, feed: str, receipt_id: str) -> HttpResponse:
    """Show one receipt."""
    return render(request, "assets/receipt.html", {"area": "know", "section": "feeds"})


@requires(Permission.REJECTED_ROW_DOWNLOAD)
def rejected_rows(request: HttpRequest, feed: str, receipt_id: str) -> HttpResponse:
    """Give the refused rows as a file that can be sent back."""
    return render(request, "assets/receipt.html", {"area": "know", "section": "feeds"})
