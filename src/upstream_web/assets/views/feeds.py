"""Feeds: what comes in, from whom, on what terms, and whether it came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission


@requires(Permission.FEED_VIEW)
def feed_list(request: HttpRequest) -> HttpResponse:
    """Show every feed with its months and its state."""
    return render(request, "assets/feed_list.html", {"area": "know", "section": "feeds", "section_page": True})


@requires(Permission.FEED_VIEW)
def feed_page(request: HttpRequest, feed: str) -> HttpResponse:
    """Show one feed: its contract in words, its months, its receipts."""
    return render(request, "assets/feed.html", {"area": "know", "section": "feeds", "feed": feed})
